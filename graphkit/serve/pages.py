"""What is known of one thing in a graph, for its page; and its RDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graphkit.rdf import Dataset, QueryResult, ask
from graphkit.rdf.iris import VOCABULARIES, quote_segment
from graphkit.rdf.query import names_of
from graphkit.text import web_address

KINDS = ("e", "s", "a", "ev", "v", "r", "src", "run")
MOST_STATEMENTS = 200
_MOST_TRIPLES = 2000
_FOLLOWED = ("prov:wasDerivedFrom", "kg:quantity")

_STATEMENTS = """SELECT ?statement ?subject ?s ?p ?object ?o ?modality ?amount ?time ?articles ?confidence {{
  {{ ?statement rdf:subject {node} }} UNION {{ ?statement rdf:object {node} }}
  UNION {{ ?statement kg:claimedBy {node} }}
  ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:modality ?m ; kg:articleCount ?articles ;
    kg:confidence ?confidence .
  ?s schema:name ?subject . ?o schema:name ?object .
  OPTIONAL {{ ?statement kg:quantity/kg:asWritten ?amount }}
  OPTIONAL {{ ?statement kg:time ?time }}
  BIND(LCASE(STRAFTER(STR(?m), "#")) AS ?modality)
}}
GROUP BY ?statement ?subject ?s ?p ?object ?o ?modality ?amount ?time ?articles ?confidence
ORDER BY DESC(?articles) ?p ?subject ?object ?time ?statement"""
_EVIDENCE = """SELECT ?evidence ?sentence ?start ?cue ?cueStart ?cueEnd ?article ?headline ?date ?frame ?claimant ?c {{
  {node} {path} ?evidence .
  ?evidence a kg:Evidence ; oa:exact ?sentence ; oa:start ?start ; kg:cue ?cue ; kg:cueStart ?cueStart ;
    kg:cueEnd ?cueEnd ; kg:frame ?frame ; oa:hasSource ?article .
  ?article rdfs:label ?headline .
  OPTIONAL {{ ?article schema:datePublished ?date }}
  OPTIONAL {{ ?evidence kg:claimedBy ?c . ?c schema:name ?claimant }}
}}
ORDER BY ?date ?headline ?start ?evidence"""
_STATED = """SELECT ?statement ?s ?p ?o {{
  ?statement prov:wasDerivedFrom {node} ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
}} ORDER BY ?statement"""


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a page shows it.

    Args:
        text: What it is called, or the literal.
        link: Where it leads: a page of this server, or a web address; None for a literal.
        language: Of a literal.
    """

    text: str
    link: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that says something.

    Args:
        before: The sentence up to the cue.
        cue: The words that evoked the frame.
        after: The rest.
        article: Where it stands.
        date: When that was published.
        claimant: Whom the article names as its source.
        frame: What read it.
    """

    before: str
    cue: str
    after: str
    article: Value
    date: str
    claimant: Value | None
    frame: str


@dataclass(frozen=True, slots=True)
class Row:
    """A statement in a list."""

    statement: Value
    subject: Value
    relation: Value
    object: Value
    details: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that a page shows.

    Args:
        iri: Of the thing.
        kind: The prefix of its IRI.
        title: What it is called.
        facts: Properties with their values.
        rows: Statements about it.
        quotes: Sentences that say it.
        more: Whether there are more statements than are shown.
    """

    iri: str
    kind: str
    title: str
    facts: Sequence[tuple[Value, Sequence[Value]]]
    rows: Sequence[Row]
    quotes: Sequence[Quote]
    more: bool


def node_of(dataset: Dataset, path: str) -> NamedNode:
    """The thing that a path of the server stands for, however the client escapes it.

    Args:
        path: As the client sent it, without the first slash.
    """
    parts = (quote_segment(unquote(part, errors="surrogateescape")) for part in path.split("/"))
    return NamedNode(dataset.iris.base + "/".join(parts))


def is_known(dataset: Dataset, node: NamedNode) -> bool:
    """Whether the graph says anything of a thing."""
    return next(iter(dataset.store.quads_for_pattern(node, None, None, None)), None) is not None


def describe(dataset: Dataset, node: NamedNode, format: RdfFormat) -> bytes:
    """A thing in RDF: what is said of it; a statement with its evidence and quantity; an entity with its statements."""
    triples = dict.fromkeys(_description(dataset, node))
    return serialize(list(triples), format=format, prefixes=dict(dataset.prefixes))


def _description(dataset: Dataset, node: NamedNode) -> Iterator[Triple]:
    yield from _of(dataset, node)
    for term in _FOLLOWED:
        for quad in dataset.store.quads_for_pattern(node, _name(dataset, term), None, None):
            yield from _of(dataset, quad.object)
    for term in ("rdf:subject", "rdf:object", "prov:wasDerivedFrom", "oa:hasSource"):
        found = dataset.store.quads_for_pattern(None, _name(dataset, term), node, None)
        for quad, _ in zip(found, range(_MOST_TRIPLES), strict=False):
            yield quad.triple


def _of(dataset: Dataset, node: NamedNode) -> list[Triple]:
    quads = sorted(dataset.store.quads_for_pattern(node, None, None, None), key=_type_first)
    return [quad.triple for quad in quads[:_MOST_TRIPLES]]


def _type_first(quad: Quad) -> tuple[bool, str]:
    return quad.predicate.value != f"{VOCABULARIES['rdf']}type", str(quad)


def page_of(dataset: Dataset, node: NamedNode) -> Page:
    """What the page of a thing shows."""
    kind = node.value.removeprefix(dataset.iris.base).partition("/")[0]
    triples = _of(dataset, node)
    link = Links(dataset, {term for triple in triples for term in (node, triple.predicate, triple.object)})
    path = {"s": "prov:wasDerivedFrom", "a": "^oa:hasSource"}.get(kind)
    rows: list[Row] = []
    more = False
    if kind in ("e", "ev"):
        template = _STATEMENTS if kind == "e" else _STATED
        result = ask(dataset, template.format(node=node), limit=MOST_STATEMENTS, names=False)
        rows, more = list(_rows(dataset, result)), result.truncated
    quotes: list[Quote] = []
    if path is not None:
        result = ask(dataset, _EVIDENCE.format(node=node, path=path), limit=MOST_STATEMENTS, names=False)
        quotes, more = list(_quotes(dataset, result)), result.truncated
    return Page(node.value, kind, _title(link, node, triples, dataset), _facts(link, triples), rows, quotes, more)


def _title(link: Links, node: NamedNode, triples: Sequence[Triple], dataset: Dataset) -> str:
    parts = [
        link.value(triple.object).text
        for term in ("rdf:subject", "rdf:predicate", "rdf:object")
        for triple in triples
        if triple.predicate == _name(dataset, term)
    ]
    return " – ".join(parts) if parts else link.value(node).text


def _facts(link: Links, triples: Sequence[Triple]) -> list[tuple[Value, list[Value]]]:
    found: dict[NamedNode, list[Value]] = {}
    for triple in triples:
        found.setdefault(triple.predicate, []).append(link.value(triple.object))
    return [(link.value(predicate), values) for predicate, values in found.items()]


def _rows(dataset: Dataset, result: QueryResult) -> Iterator[Row]:
    link = Links(dataset, {term for row in result.rows for term in row})
    for row in result.rows:
        cells = dict(zip(result.variables, row, strict=True))
        details = [str(cells[name].value) for name in ("amount", "time") if cells.get(name) is not None]  # type: ignore[union-attr]
        modality = cells.get("modality")
        if modality is not None and modality.value != "asserted":  # type: ignore[union-attr]
            details.append(str(modality.value))  # type: ignore[union-attr]
        parts = (link.value(cells[name]) for name in ("statement", "s", "p", "o"))
        yield Row(*parts, details=", ".join(details))


def _quotes(dataset: Dataset, result: QueryResult) -> Iterator[Quote]:
    link = Links(dataset, {term for row in result.rows for term in row})
    for row in result.rows:
        cells = dict(zip(result.variables, row, strict=True))
        text = {name: str(term.value) if term is not None else "" for name, term in cells.items()}  # type: ignore[union-attr]
        # Offsets are code points, as Python's are.
        start = int(text["start"])
        first, last = int(text["cueStart"]) - start, int(text["cueEnd"]) - start
        sentence = text["sentence"]
        yield Quote(
            before=sentence[:first],
            cue=sentence[first:last],
            after=sentence[last:],
            article=link.value(cells["article"]),
            date=text["date"],
            claimant=link.value(cells["c"]) if cells["c"] is not None else None,
            frame=text["frame"],
        )


class Links:
    """Terms with their names and with where they lead.

    Args:
        dataset: The graph.
        terms: All that will be shown, so that their names are looked up at once.
    """

    def __init__(self, dataset: Dataset, terms: set[object]) -> None:
        self._dataset = dataset
        self._names = names_of(dataset, {term for term in terms if isinstance(term, NamedNode)})

    def value(self, term: object) -> Value:
        """A term as a page shows it."""
        if isinstance(term, Literal):
            return Value(term.value, language=term.language)
        if not isinstance(term, NamedNode):
            return Value(str(term))
        base = self._dataset.iris.base
        name = self._names.get(term.value, self._short(term.value))
        if term.value.startswith(base):
            path = term.value.removeprefix(base)
            # The vocabulary is one document.
            return Value(name, "/o" if path.startswith("o#") else f"/{path}")
        return Value(name, web_address(term.value))

    def _short(self, iri: str) -> str:
        starts = sorted(self._dataset.prefixes.items(), key=lambda item: -len(item[1]))
        return next((f"{prefix}:{iri[len(start) :]}" for prefix, start in starts if iri.startswith(start)), iri)


def _name(dataset: Dataset, term: str) -> NamedNode:
    prefix, _, local = term.partition(":")
    return NamedNode(dataset.prefixes[prefix] + local)
