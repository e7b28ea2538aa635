"""The one place that turns the merged graph into RDF.

The model: a direct triple for what is stated as fact, a statement node with qualifiers and provenance for everything,
an evidence node for each sentence, and one named graph an article, so that dropping that graph forgets the article.
Mention and instance stay apart, as in GAF (Fokkens et al., "GAF: A Grounded Annotation Framework for Events", 2013).
`graphkit.rdf.read` is the way back; what no literal can carry stands in ``kg:exact``, so that nothing is lost.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeGuard, TypeVar

import networkx as nx
from pyoxigraph import NamedNode, Quad

from graphkit.graph import articles_of, entities_of, relations_of, run_of, statements_of
from graphkit.model import Amount, Article, Entity, Evidence, Qualifier, Run, Statement
from graphkit.rdf.iris import DEFAULT_BASE, VOCABULARIES, Iris, camel_case, relation_name
from graphkit.rdf.literals import days, decimal, exact, is_language, safe, survives, tag
from graphkit.rdf.terms import Lines, OxigraphTerms, Terms
from graphkit.rdf.vocabulary import TYPES, is_currency, is_property, is_wikidata
from graphkit.schema import Relation
from graphkit.text import web_address

_Q = TypeVar("_Q")
_Pair: TypeAlias = tuple[Any, Any]
_TELLS_FACT = "asserted"
_NOTHING: Mapping[str, Any] = {}
_KEPT = 30_000


def to_quads(
    graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE, *, reifiers: bool = False, texts: bool = True
) -> Iterator[Quad]:
    """The quads of a graph; those of an article's sentences are in a graph of their own.

    Args:
        graph: A merged graph.
        base_iri: Where the graph's own names live.
        reifiers: Whether statement nodes are RDF 1.2 reifiers as well, by ``rdf:reifies``.
        texts: Whether the articles' texts are in it; the sentences of the evidence always are.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash.
    """
    writer = Writer(OxigraphTerms(), Iris(base_iri), run_of(graph), reifiers=reifiers, texts=texts)
    return _written(writer, graph)


def to_lines(
    graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE, *, reifiers: bool = False, texts: bool = True
) -> Iterator[str]:
    """The same as N-Quads, which are made many times as fast as quads are: pieces of whole lines.

    Args:
        graph: A merged graph.
        base_iri: Where the graph's own names live.
        reifiers: Whether statement nodes are RDF 1.2 reifiers as well.
        texts: Whether the articles' texts are in it.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash.
    """
    return _written(Writer(Lines(), Iris(base_iri), run_of(graph), reifiers=reifiers, texts=texts), graph)


def _written(writer: Writer[_Q], graph: nx.MultiDiGraph) -> Iterator[_Q]:
    statements = statements_of(graph)
    yield from writer.dataset()
    for relation in relations_of(graph).values():
        yield from writer.relation(relation)
    for entity in entities_of(graph):
        yield from writer.entity(entity)
    articles = articles_of(graph)
    for article in articles:
        yield from writer.article(article)
    languages = {article.id: article.language for article in articles}
    for statement in statements:
        yield from writer.statement(statement, languages)


class Writer(Generic[_Q]):
    """Writes the parts of a graph.

    Args:
        terms: Makes what the quads are: quads of Oxigraph, or lines.
        iris: How names are made.
        run: What made the graph.
        reifiers: Whether statement nodes are RDF 1.2 reifiers as well.
        texts: Whether the articles' texts are in it.
    """

    def __init__(
        self, terms: Terms[_Q], iris: Iris, run: Run | None, *, reifiers: bool = False, texts: bool = True
    ) -> None:
        self._terms = terms
        self._iris = iris
        self._reifiers = reifiers
        self._texts = texts
        self._run = run
        self._run_node = terms.name(iris.run(_digest(run))) if run is not None else None
        self._names = _Names(terms, iris)
        # The same things and words come again and again.
        cached = lru_cache(maxsize=_KEPT)
        self._entity = cached(lambda id_: terms.name(iris.entity(id_)))
        self._article = cached(lambda id_: terms.name(iris.article(id_)))
        self._statement = cached(lambda id_: terms.name(iris.statement(id_)))
        self._relation = cached(lambda name: terms.name(iris.relation(name)))
        self._word = cached(self._text)
        self._integer = cached(lambda value: self._typed(str(value), "integer"))
        # By the text, for a negative zero equals a positive one.
        self._number = cached(lambda digits: self._typed(decimal(float(digits)), "decimal"))
        self._datatypes = {name: f"{VOCABULARIES['xsd']}{name}" for name in ("date", "decimal", "integer")}

    def dataset(self) -> Iterator[_Q]:
        node = self._terms.name(self._iris.base)
        yield self._quad(node, "rdf:type", self._names["void:Dataset"])
        yield self._quad(node, "void:uriSpace", self._text(self._iris.base))
        yield self._quad(node, "void:vocabulary", self._terms.name(self._iris.term("")))
        if self._run is None or self._run_node is None:
            return
        yield self._quad(node, "prov:wasGeneratedBy", self._run_node)
        software = self._terms.name(self._iris.run(self._run.software))
        yield self._quad(software, "rdf:type", self._names["prov:SoftwareAgent"])
        yield self._quad(software, "rdfs:label", self._text(self._run.software))
        yield self._quad(self._run_node, "rdf:type", self._names["prov:Activity"])
        yield self._quad(self._run_node, "prov:wasAssociatedWith", software)
        for pipeline in self._run.pipelines:
            yield self._quad(self._run_node, "kg:pipeline", self._text(pipeline))
        yield self._quad(self._run_node, "kg:configuration", self._terms.literal(exact(self._run.configuration)))

    def relation(self, relation: Relation) -> Iterator[_Q]:
        node = self._terms.name(self._iris.relation(relation.name))
        yield self._quad(node, "rdf:type", self._names["kg:Relation"])
        for language, label in sorted(relation.labels.items()):
            yield self._quad(node, "skos:prefLabel", self._text(label, language))
            yield self._quad(node, "rdfs:label", self._text(label, language))
        yield self._quad(node, "skos:broader", self._terms.name(self._iris.relation(f"{relation.broader}_relation")))
        if relation.symmetric:
            yield self._quad(node, "rdf:type", self._names["owl:SymmetricProperty"])
        if relation.wikidata:
            yield self._quad(node, "skos:closeMatch", self._names[f"wdt:{relation.wikidata}"])

    def entity(self, entity: Entity) -> Iterator[_Q]:
        node = self._terms.name(self._iris.entity(entity.id))
        yield self._quad(node, "rdf:type", self._names[TYPES[entity.type]])
        yield self._quad(node, "schema:name", self._text(entity.name))
        labels = dict(entity.labels)
        # Engines write tags in lower case, where "zh-Hant" and "zh-hant" are one; a language has one label.
        by_tag = {language.lower(): label for language, label in sorted(labels.items())}
        for language, label in sorted(by_tag.items()):
            yield self._quad(node, "rdfs:label", self._text(label, language))
        if not labels:
            yield self._quad(node, "rdfs:label", self._text(entity.name))
        for mention in sorted(set(entity.mentions)):
            yield self._quad(node, "kg:mentionedAs", self._text(mention))
            if mention not in {entity.name, *labels.values()}:
                yield self._quad(node, "skos:altLabel", self._text(mention))
        if entity.wikidata and is_wikidata(entity.wikidata):
            yield self._quad(node, "schema:sameAs", self._terms.name(f"{VOCABULARIES['wd']}{entity.wikidata}"))
        yield from self._terms.quads(node, self._exact(_lost_of_entity(entity)))

    def article(self, article: Article) -> Iterator[_Q]:
        node = self._terms.name(self._iris.article(article.id))
        digest = hashlib.sha256(article.text.encode("utf-8", errors="surrogatepass")).hexdigest()
        yield self._quad(node, "rdf:type", self._names["schema:NewsArticle"], node)
        yield self._quad(node, "dcterms:identifier", self._text(article.id), node)
        yield self._quad(node, "kg:sha256", self._text(digest), node)
        if article.title is None:
            yield self._quad(node, "rdfs:label", self._text(article.id), node)
        else:
            yield self._quad(node, "rdfs:label", self._text(article.title, article.language), node)
            yield self._quad(node, "schema:headline", self._text(article.title, article.language), node)
        if self._texts:
            yield self._quad(node, "schema:articleBody", self._text(article.text, article.language), node)
        if article.date is not None:
            yield self._quad(node, "schema:datePublished", self._typed(article.date.isoformat(), "date"), node)
        if article.language is not None:
            yield self._quad(node, "schema:inLanguage", self._text(article.language), node)
        address = web_address(article.url)
        if address:
            yield self._quad(node, "schema:url", self._terms.name(NamedNode(address).value), node)
        yield from self._source(node, "schema:publisher", article.publisher)
        yield from self._source(node, "schema:author", article.author)
        yield from self._terms.quads(node, self._exact(_lost_of_article(article, texts=self._texts)), node)

    def _source(self, article: Any, term: str, name: str | None) -> Iterator[_Q]:
        if name is not None:
            source = self._terms.name(self._iris.source(name))
            yield self._quad(article, term, source, article)
            yield self._quad(source, "rdf:type", self._names["prov:Agent"], article)
            yield self._quad(source, "rdfs:label", self._text(name), article)

    def statement(self, statement: Statement, languages: Mapping[str, str | None]) -> Iterator[_Q]:
        node = self._statement(statement.id)
        said = self._said(statement)
        if statement.modality == _TELLS_FACT:
            yield self._terms.quad(*said)
        places = [
            self._terms.name(self._iris.evidence(statement.id, number)) for number in range(len(statement.evidence))
        ]
        name = self._names
        pairs = [
            (name["rdf:type"], name["kg:Statement"]),
            *zip((name["rdf:subject"], name["rdf:predicate"], name["rdf:object"]), said, strict=True),
            *self._judgement(statement),
            *self._qualifiers(statement),
            *self._exact(_lost_of_statement(statement)),
            *((name["prov:wasDerivedFrom"], place) for place in places),
        ]
        if self._reifiers:
            pairs.append((name["rdf:reifies"], self._terms.triple(*said)))
        yield from self._terms.quads(node, pairs)
        amount = statement.qualifiers.get("amount")
        if _is_number(amount):
            yield from self._terms.quads(self._terms.name(self._iris.value(statement.id)), self._quantity(amount))
        for place, item in zip(places, statement.evidence, strict=True):
            graph = self._article(item.article)
            yield from self._terms.quads(place, self._evidence(item, graph, languages.get(item.article)), graph)

    def _judgement(self, statement: Statement) -> Iterator[_Pair]:
        """How a statement is meant, who claims it, and what speaks for it."""
        name = self._names
        yield name["kg:polarity"], name["kg:Negative" if statement.modality == "negated" else "kg:Positive"]
        yield name["kg:modality"], name[f"kg:{statement.modality.capitalize()}"]
        if math.isfinite(statement.confidence):
            yield name["kg:confidence"], self._decimal(statement.confidence)
        yield name["kg:articleCount"], self._integer(len({item.article for item in statement.evidence}))
        for claimant in statement.claimed_by:
            yield name["kg:claimedBy"], self._entity(claimant.id)
        for other in statement.differs_from:
            yield name["kg:differsFrom"], self._statement(other)
        if self._run_node is not None:
            yield name["prov:wasGeneratedBy"], self._run_node

    def _said(self, statement: Statement) -> tuple[Any, Any, Any]:
        return (
            self._entity(statement.subject.id),
            self._relation(statement.relation),
            self._entity(statement.object.id),
        )

    def _qualifiers(self, statement: Statement) -> Iterator[_Pair]:
        name = self._names
        for qualifier, value in sorted(statement.qualifiers.items()):
            if isinstance(value, Amount):
                if qualifier == "amount" and _is_number(value):
                    yield name["kg:amount"], self._decimal(value.value)
                    yield name["kg:currency" if is_currency(value.unit) else "kg:unit"], self._word(value.unit)
                    yield name["kg:quantity"], self._terms.name(self._iris.value(statement.id))
            elif qualifier == "time":
                yield from self._time(value)
            elif is_property(qualifier, value):
                yield name[f"kg:{qualifier}"], self._word(value)

    def _quantity(self, amount: Amount) -> Iterator[_Pair]:
        name = self._names
        money = is_currency(amount.unit)
        yield name["rdf:type"], name["schema:MonetaryAmount" if money else "schema:QuantitativeValue"]
        yield name["schema:value"], self._decimal(amount.value)
        yield name["schema:currency" if money else "schema:unitText"], self._word(amount.unit)
        if amount.text:
            yield name["kg:asWritten"], self._word(amount.text)

    def _time(self, time: str) -> Iterator[_Pair]:
        yield self._names["kg:time"], self._word(time)
        span = days(time)
        if span is not None:
            start, end = span
            yield self._names["kg:from"], self._typed(start, "date")
            yield self._names["kg:to"], self._typed(end, "date")
            yield self._names["kg:year"], self._integer(int(start[:4]))

    def _evidence(self, item: Evidence, article: Any, language: str | None) -> list[_Pair]:
        name = self._names
        pairs = [
            (name["rdf:type"], name["kg:Evidence"]),
            (name["oa:hasSource"], article),
            (name["oa:exact"], self._text(item.text, language)),
            (name["oa:start"], self._integer(item.start)),
            (name["oa:end"], self._integer(item.end)),
            (name["kg:sentenceIndex"], self._integer(item.sentence)),
            (name["kg:cueStart"], self._integer(item.cue_start)),
            (name["kg:cueEnd"], self._integer(item.cue_end)),
            (name["kg:cue"], self._word(item.cue)),
            (name["kg:frame"], self._word(item.frame)),
            *self._exact(_lost_of_evidence(item)),
        ]
        if math.isfinite(item.confidence):
            pairs.append((name["kg:confidence"], self._decimal(item.confidence)))
        if item.claimed_by is not None:
            pairs.append((name["kg:claimedBy"], self._entity(item.claimed_by)))
        return pairs

    def _exact(self, lost: Mapping[str, Any]) -> Sequence[_Pair]:
        return ((self._names["kg:exact"], self._terms.literal(exact(lost))),) if lost else ()

    def _quad(self, subject: Any, term: str, value: Any, graph: Any = None) -> _Q:
        return self._terms.quad(subject, self._names[term], value, graph)

    def _text(self, value: str, language: str | None = None) -> Any:
        return self._terms.literal(safe(value), tag(language))

    def _typed(self, value: str, datatype: str) -> Any:
        return self._terms.literal(value, None, self._datatypes[datatype])

    def _decimal(self, value: float) -> Any:
        return self._number(repr(value))


class _Names(dict[str, Any]):
    """Terms by prefix and local name, made when they are first asked for."""

    def __init__(self, terms: Terms[Any], iris: Iris) -> None:
        super().__init__()
        self._terms = terms
        self._iris = iris

    def __missing__(self, term: str) -> Any:
        prefix, _, local = term.partition(":")
        iri = self._iris.term(local) if prefix == "kg" else VOCABULARIES[prefix] + local
        found = self[term] = self._terms.name(iri)
        return found


def _is_number(amount: Qualifier | None) -> TypeGuard[Amount]:
    return isinstance(amount, Amount) and math.isfinite(amount.value)


def _digest(run: Run) -> str:
    return hashlib.sha256(json.dumps(asdict(run), sort_keys=True).encode("ascii")).hexdigest()[:16]


def _lost_of_entity(entity: Entity) -> dict[str, Any]:
    """The fields that do not come back from the other triples as they were."""
    lost: dict[str, Any] = {}
    if not survives(entity.name):
        lost["name"] = entity.name
    if not all(is_language(language) and survives(label) for language, label in entity.labels.items()):
        lost["labels"] = dict(entity.labels)
    if entity.mentions != tuple(sorted(set(entity.mentions))) or not all(map(survives, entity.mentions)):
        lost["mentions"] = list(entity.mentions)
    if entity.wikidata is not None and not is_wikidata(entity.wikidata):
        lost["wikidata"] = entity.wikidata
    return lost


def _lost_of_article(article: Article, *, texts: bool) -> dict[str, Any]:
    fields = {"title": article.title, "language": article.language, "text": article.text if texts else None}
    lost: dict[str, Any] = {name: value for name, value in fields.items() if not survives(value)}
    if article.url is not None and not web_address(article.url):
        lost["url"] = article.url
    return lost


def _lost_of_statement(statement: Statement) -> dict[str, Any]:
    lost: dict[str, Any] = {}
    if not all(_comes_back(name, value) for name, value in statement.qualifiers.items()):
        lost["qualifiers"] = {
            name: asdict(value) if isinstance(value, Amount) else value for name, value in statement.qualifiers.items()
        }
    if relation_name(camel_case(statement.relation)) != statement.relation:
        lost["relation"] = statement.relation
    claimants = [claimant.id for claimant in statement.claimed_by]
    if claimants != sorted(set(claimants)):
        lost["claimed_by"] = claimants
    if list(statement.differs_from) != sorted(set(statement.differs_from)):
        lost["differs_from"] = list(statement.differs_from)
    if not math.isfinite(statement.confidence):
        lost["confidence"] = statement.confidence
    return lost


def _comes_back(name: str, value: Amount | str) -> bool:
    if isinstance(value, Amount):
        return name == "amount" and math.isfinite(value.value) and survives(value.unit) and survives(value.text)
    return (name == "time" or is_property(name, value)) and survives(value)


def _lost_of_evidence(item: Evidence) -> Mapping[str, Any]:
    if survives(item.text) and survives(item.cue) and survives(item.frame) and math.isfinite(item.confidence):
        return _NOTHING
    fields = {"text": item.text, "cue": item.cue, "frame": item.frame}
    lost: dict[str, Any] = {name: value for name, value in fields.items() if not survives(value)}
    if not math.isfinite(item.confidence):
        lost["confidence"] = item.confidence
    return lost
