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
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Generic, TypeVar

import networkx as nx
from pyoxigraph import NamedNode, Quad

from graphkit.graph import articles_of, entities_of, relations_of, run_of, statements_of
from graphkit.model import Amount, Article, Entity, Evidence, Run, Statement
from graphkit.rdf.iris import DEFAULT_BASE, VOCABULARIES, Iris, camel_case, relation_name
from graphkit.rdf.literals import days, decimal, exact, is_language, safe, survives, tag
from graphkit.rdf.terms import Lines, OxigraphTerms, Terms
from graphkit.rdf.vocabulary import TYPES, is_currency, is_property, is_quantity, is_wikidata
from graphkit.schema import Relation
from graphkit.text import web_address

_Q = TypeVar("_Q")
_TELLS_FACT = "asserted"


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
    """The same as lines of N-Quads, which are made many times as fast as quads are; a line may come twice.

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
        self._names: dict[str, Any] = {}
        self._datatypes = {name: f"{VOCABULARIES['xsd']}{name}" for name in ("date", "decimal", "integer")}

    def dataset(self) -> Iterator[_Q]:
        node = self._terms.name(self._iris.base)
        yield self._quad(node, "rdf:type", self._name("void:Dataset"))
        yield self._quad(node, "void:uriSpace", self._text(self._iris.base))
        yield self._quad(node, "void:vocabulary", self._terms.name(self._iris.term("")))
        if self._run is None or self._run_node is None:
            return
        yield self._quad(node, "prov:wasGeneratedBy", self._run_node)
        software = self._terms.name(self._iris.run(self._run.software))
        yield self._quad(software, "rdf:type", self._name("prov:SoftwareAgent"))
        yield self._quad(software, "rdfs:label", self._text(self._run.software))
        yield self._quad(self._run_node, "rdf:type", self._name("prov:Activity"))
        yield self._quad(self._run_node, "prov:wasAssociatedWith", software)
        for pipeline in self._run.pipelines:
            yield self._quad(self._run_node, "kg:pipeline", self._text(pipeline))
        yield self._quad(self._run_node, "kg:configuration", self._literal(exact(self._run.configuration)))

    def relation(self, relation: Relation) -> Iterator[_Q]:
        node = self._terms.name(self._iris.relation(relation.name))
        yield self._quad(node, "rdf:type", self._name("kg:Relation"))
        for language, label in sorted(relation.labels.items()):
            yield self._quad(node, "skos:prefLabel", self._text(label, language))
            yield self._quad(node, "rdfs:label", self._text(label, language))
        yield self._quad(node, "skos:broader", self._terms.name(self._iris.relation(f"{relation.broader}_relation")))
        if relation.symmetric:
            yield self._quad(node, "rdf:type", self._name("owl:SymmetricProperty"))
        if relation.wikidata:
            yield self._quad(node, "skos:closeMatch", self._name(f"wdt:{relation.wikidata}"))

    def entity(self, entity: Entity) -> Iterator[_Q]:
        node = self._terms.name(self._iris.entity(entity.id))
        yield self._quad(node, "rdf:type", self._name(TYPES[entity.type]))
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
        yield from self._exact(node, _lost_of_entity(entity))

    def article(self, article: Article) -> Iterator[_Q]:
        node = self._terms.name(self._iris.article(article.id))
        digest = hashlib.sha256(article.text.encode("utf-8", errors="surrogatepass")).hexdigest()
        yield self._quad(node, "rdf:type", self._name("schema:NewsArticle"), node)
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
        yield from self._exact(node, _lost_of_article(article, texts=self._texts), node)

    def _source(self, article: Any, term: str, name: str | None) -> Iterator[_Q]:
        if name is not None:
            source = self._terms.name(self._iris.source(name))
            yield self._quad(article, term, source, article)
            yield self._quad(source, "rdf:type", self._name("prov:Agent"), article)
            yield self._quad(source, "rdfs:label", self._text(name), article)

    def statement(self, statement: Statement, languages: Mapping[str, str | None]) -> Iterator[_Q]:
        node = self._terms.name(self._iris.statement(statement.id))
        said = self._said(statement)
        if statement.modality == _TELLS_FACT:
            yield self._terms.quad(*said)
        yield self._quad(node, "rdf:type", self._name("kg:Statement"))
        yield self._quad(node, "rdf:subject", said[0])
        yield self._quad(node, "rdf:predicate", said[1])
        yield self._quad(node, "rdf:object", said[2])
        if self._reifiers:
            yield self._quad(node, "rdf:reifies", self._terms.triple(*said))
        polarity = "Negative" if statement.modality == "negated" else "Positive"
        yield self._quad(node, "kg:polarity", self._name(f"kg:{polarity}"))
        yield self._quad(node, "kg:modality", self._name(f"kg:{statement.modality.capitalize()}"))
        if math.isfinite(statement.confidence):
            yield self._quad(node, "kg:confidence", self._decimal(statement.confidence))
        articles = {item.article for item in statement.evidence}
        yield self._quad(node, "kg:articleCount", self._typed(str(len(articles)), "integer"))
        for claimant in statement.claimed_by:
            yield self._quad(node, "kg:claimedBy", self._terms.name(self._iris.entity(claimant.id)))
        for other in statement.differs_from:
            yield self._quad(node, "kg:differsFrom", self._terms.name(self._iris.statement(other)))
        if self._run_node is not None:
            yield self._quad(node, "prov:wasGeneratedBy", self._run_node)
        yield from self._qualifiers(node, statement)
        yield from self._exact(node, _lost_of_statement(statement))
        for number, item in enumerate(statement.evidence):
            place = self._terms.name(self._iris.evidence(statement.id, number))
            yield self._quad(node, "prov:wasDerivedFrom", place)
            yield from self._evidence(place, item, languages.get(item.article))

    def _said(self, statement: Statement) -> tuple[Any, Any, Any]:
        return (
            self._terms.name(self._iris.entity(statement.subject.id)),
            self._terms.name(self._iris.relation(statement.relation)),
            self._terms.name(self._iris.entity(statement.object.id)),
        )

    def _qualifiers(self, node: Any, statement: Statement) -> Iterator[_Q]:
        for name, value in sorted(statement.qualifiers.items()):
            if isinstance(value, Amount):
                if is_quantity(name, value) and math.isfinite(value.value):
                    yield from self._amount(node, statement.id, value)
            elif name == "time":
                yield from self._time(node, value)
            elif is_property(name, value):
                yield self._quad(node, f"kg:{name}", self._text(value))

    def _amount(self, node: Any, statement_id: str, amount: Amount) -> Iterator[_Q]:
        full = self._terms.name(self._iris.value(statement_id))
        money = is_currency(amount.unit)
        number = self._decimal(amount.value)
        yield self._quad(node, "kg:amount", number)
        yield self._quad(node, "kg:currency" if money else "kg:unit", self._text(amount.unit))
        yield self._quad(node, "kg:quantity", full)
        yield self._quad(full, "rdf:type", self._name("schema:MonetaryAmount" if money else "schema:QuantitativeValue"))
        yield self._quad(full, "schema:value", number)
        yield self._quad(full, "schema:currency" if money else "schema:unitText", self._text(amount.unit))
        if amount.text:
            yield self._quad(full, "kg:asWritten", self._text(amount.text))

    def _time(self, node: Any, time: str) -> Iterator[_Q]:
        yield self._quad(node, "kg:time", self._text(time))
        span = days(time)
        if span is not None:
            start, end = span
            yield self._quad(node, "kg:from", self._typed(start, "date"))
            yield self._quad(node, "kg:to", self._typed(end, "date"))
            yield self._quad(node, "kg:year", self._typed(str(int(start[:4])), "integer"))

    def _evidence(self, node: Any, item: Evidence, language: str | None) -> Iterator[_Q]:
        graph = self._terms.name(self._iris.article(item.article))
        yield self._quad(node, "rdf:type", self._name("kg:Evidence"), graph)
        yield self._quad(node, "oa:hasSource", graph, graph)
        yield self._quad(node, "oa:exact", self._text(item.text, language), graph)
        numbers = {
            "oa:start": item.start,
            "oa:end": item.end,
            "kg:sentenceIndex": item.sentence,
            "kg:cueStart": item.cue_start,
            "kg:cueEnd": item.cue_end,
        }
        for term, number in numbers.items():
            yield self._quad(node, term, self._typed(str(number), "integer"), graph)
        yield self._quad(node, "kg:cue", self._text(item.cue), graph)
        yield self._quad(node, "kg:frame", self._text(item.frame), graph)
        if math.isfinite(item.confidence):
            yield self._quad(node, "kg:confidence", self._decimal(item.confidence), graph)
        if item.claimed_by is not None:
            yield self._quad(node, "kg:claimedBy", self._terms.name(self._iris.entity(item.claimed_by)), graph)
        yield from self._exact(node, _lost_of_evidence(item), graph)

    def _exact(self, node: Any, lost: Mapping[str, Any], graph: Any = None) -> Iterator[_Q]:
        if lost:
            yield self._quad(node, "kg:exact", self._literal(exact(lost)), graph)

    def _quad(self, subject: Any, term: str, value: Any, graph: Any = None) -> _Q:
        return self._terms.quad(subject, self._name(term), value, graph)

    def _name(self, term: str) -> Any:
        found = self._names.get(term)
        if found is None:
            prefix, _, local = term.partition(":")
            iri = self._iris.term(local) if prefix == "kg" else VOCABULARIES[prefix] + local
            found = self._names[term] = self._terms.name(iri)
        return found

    def _text(self, value: str, language: str | None = None) -> Any:
        return self._terms.literal(safe(value), tag(language))

    def _typed(self, value: str, datatype: str) -> Any:
        return self._terms.literal(value, None, self._datatypes[datatype])

    def _decimal(self, value: float) -> Any:
        return self._typed(decimal(value), "decimal")

    def _literal(self, value: str) -> Any:
        return self._terms.literal(value)


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


def _lost_of_evidence(item: Evidence) -> dict[str, Any]:
    fields = {"text": item.text, "cue": item.cue, "frame": item.frame}
    lost: dict[str, Any] = {name: value for name, value in fields.items() if not survives(value)}
    if not math.isfinite(item.confidence):
        lost["confidence"] = item.confidence
    return lost
