"""The one place that turns the merged graph into RDF.

The model: a direct triple for what is stated as fact, a statement node with qualifiers and provenance for everything,
an evidence node for each sentence, and one named graph an article, so that dropping that graph forgets the article.
Mention and instance stay apart, as in GAF (Fokkens et al., "GAF: A Grounded Annotation Framework for Events", 2013).
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal

import networkx as nx
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graphkit.graph import articles_of, entities_of, relations_of, statements_of
from graphkit.model import Amount, Article, Entity, Evidence, Statement
from graphkit.rdf.iris import DEFAULT_BASE, VOCABULARIES, Iris
from graphkit.schema import Relation
from graphkit.text import web_address

_TYPES = {
    "Person": "schema:Person",
    "Organization": "schema:Organization",
    "Country": "schema:Country",
    "Place": "schema:Place",
    "Event": "schema:Event",
    "Product": "schema:Product",
    "Group": "kg:Group",
    "Concept": "skos:Concept",
    "Quantity": "schema:QuantitativeValue",
}
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
# Characters that no XML document may hold, and with it no RDF/XML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TELLS_FACT = "asserted"


def to_quads(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> Iterator[Quad]:
    """The quads of a graph; those of an article's sentences are in a graph of their own.

    Args:
        graph: A merged graph.
        base_iri: Where the graph's own names live.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash.
    """
    writer = _Writer(Iris(base_iri))
    statements = statements_of(graph)
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


class _Writer:
    def __init__(self, iris: Iris) -> None:
        self._iris = iris

    def relation(self, relation: Relation) -> Iterator[Quad]:
        node = NamedNode(self._iris.relation(relation.name))
        yield self._quad(node, "rdf:type", self._name("kg:Relation"))
        for language, label in sorted(relation.labels.items()):
            yield self._quad(node, "skos:prefLabel", _text(label, language))
            yield self._quad(node, "rdfs:label", _text(label, language))
        yield self._quad(node, "skos:broader", NamedNode(self._iris.relation(f"{relation.broader}_relation")))
        if relation.symmetric:
            yield self._quad(node, "rdf:type", self._name("owl:SymmetricProperty"))
        if relation.wikidata:
            yield self._quad(node, "skos:closeMatch", self._name(f"wdt:{relation.wikidata}"))

    def entity(self, entity: Entity) -> Iterator[Quad]:
        node = NamedNode(self._iris.entity(entity.id))
        yield self._quad(node, "rdf:type", self._name(_TYPES[entity.type]))
        labels = dict(entity.labels)
        for language, label in sorted(labels.items()):
            yield self._quad(node, "rdfs:label", _text(label, language))
        if not labels:
            yield self._quad(node, "rdfs:label", _text(entity.name))
        for alias in sorted(set(entity.mentions) - {entity.name, *labels.values()}):
            yield self._quad(node, "skos:altLabel", _text(alias))
        if entity.wikidata:
            yield self._quad(node, "schema:sameAs", self._name(f"wd:{entity.wikidata}"))

    def article(self, article: Article) -> Iterator[Quad]:
        node = NamedNode(self._iris.article(article.id))
        digest = hashlib.sha256(article.text.encode("utf-8", errors="replace")).hexdigest()
        title = article.title if article.title else article.id
        yield self._quad(node, "rdf:type", self._name("schema:NewsArticle"), node)
        yield self._quad(node, "schema:headline", _text(title, article.language), node)
        yield self._quad(node, "kg:sha256", _text(digest), node)
        if article.date:
            yield self._quad(node, "schema:datePublished", self._typed(article.date.isoformat(), "date"), node)
        if article.language:
            yield self._quad(node, "schema:inLanguage", _text(article.language), node)
        address = web_address(article.url)
        if address:
            yield self._quad(node, "schema:url", NamedNode(address), node)
        for term, name in (("schema:publisher", article.publisher), ("schema:author", article.author)):
            if name:
                source = NamedNode(self._iris.source(name))
                yield self._quad(node, term, source, node)
                yield self._quad(source, "rdfs:label", _text(name), node)

    def statement(self, statement: Statement, languages: dict[str, str | None]) -> Iterator[Quad]:
        node = NamedNode(self._iris.statement(statement.id))
        subject = NamedNode(self._iris.entity(statement.subject.id))
        predicate = NamedNode(self._iris.relation(statement.relation))
        obj = NamedNode(self._iris.entity(statement.object.id))
        if statement.modality == _TELLS_FACT:
            yield Quad(subject, predicate, obj, DefaultGraph())
        yield self._quad(node, "rdf:type", self._name("kg:Statement"))
        yield self._quad(node, "rdf:subject", subject)
        yield self._quad(node, "rdf:predicate", predicate)
        yield self._quad(node, "rdf:object", obj)
        polarity = "Negative" if statement.modality == "negated" else "Positive"
        yield self._quad(node, "kg:polarity", self._name(f"kg:{polarity}"))
        yield self._quad(node, "kg:modality", self._name(f"kg:{statement.modality.capitalize()}"))
        yield self._quad(node, "kg:confidence", self._decimal(statement.confidence))
        articles = {item.article for item in statement.evidence}
        yield self._quad(node, "kg:articleCount", self._typed(str(len(articles)), "integer"))
        for claimant in statement.claimed_by:
            yield self._quad(node, "kg:claimedBy", NamedNode(self._iris.entity(claimant.id)))
        for other in statement.differs_from:
            yield self._quad(node, "kg:differsFrom", NamedNode(self._iris.statement(other)))
        yield from self._qualifiers(node, statement)
        for number, item in enumerate(statement.evidence):
            place = NamedNode(self._iris.evidence(statement.id, number))
            yield self._quad(node, "prov:wasDerivedFrom", place)
            yield from self._evidence(place, item, languages.get(item.article))

    def _qualifiers(self, node: NamedNode, statement: Statement) -> Iterator[Quad]:
        for name, value in sorted(statement.qualifiers.items()):
            if isinstance(value, Amount):
                yield from self._amount(node, statement.id, value)
            elif name == "time":
                yield from self._time(node, value)
            else:
                yield self._quad(node, f"kg:{name}", _text(str(value)))

    def _amount(self, node: NamedNode, statement_id: str, amount: Amount) -> Iterator[Quad]:
        full = NamedNode(self._iris.value(statement_id))
        money = bool(_CURRENCY.fullmatch(amount.unit))
        number = self._decimal(amount.value)
        yield self._quad(node, "kg:amount", number)
        yield self._quad(node, "kg:currency" if money else "kg:unit", _text(amount.unit))
        yield self._quad(node, "kg:quantity", full)
        yield self._quad(full, "rdf:type", self._name("schema:MonetaryAmount" if money else "schema:QuantitativeValue"))
        yield self._quad(full, "schema:value", number)
        yield self._quad(full, "schema:currency" if money else "schema:unitText", _text(amount.unit))
        if amount.text:
            yield self._quad(full, "kg:asWritten", _text(amount.text))

    def _time(self, node: NamedNode, time: str) -> Iterator[Quad]:
        yield self._quad(node, "kg:time", _text(time))
        first, _, last = time.partition("/")
        start, end = _first_day(first), _last_day(last if last else first)
        if start:
            yield self._quad(node, "kg:from", self._typed(start, "date"))
            yield self._quad(node, "kg:year", self._typed(str(int(start[:4])), "integer"))
        if end:
            yield self._quad(node, "kg:to", self._typed(end, "date"))

    def _evidence(self, node: NamedNode, item: Evidence, language: str | None) -> Iterator[Quad]:
        graph = NamedNode(self._iris.article(item.article))
        yield self._quad(node, "rdf:type", self._name("kg:Evidence"), graph)
        yield self._quad(node, "oa:hasSource", graph, graph)
        yield self._quad(node, "oa:exact", _text(item.text, language), graph)
        numbers = {
            "oa:start": item.start,
            "oa:end": item.end,
            "kg:sentenceIndex": item.sentence,
            "kg:cueStart": item.cue_start,
            "kg:cueEnd": item.cue_end,
        }
        for term, number in numbers.items():
            yield self._quad(node, term, self._typed(str(number), "integer"), graph)
        yield self._quad(node, "kg:cue", _text(item.cue), graph)
        yield self._quad(node, "kg:frame", _text(item.frame), graph)
        yield self._quad(node, "kg:confidence", self._decimal(item.confidence), graph)
        if item.claimed_by:
            yield self._quad(node, "kg:claimedBy", NamedNode(self._iris.entity(item.claimed_by)), graph)

    def _quad(self, subject: NamedNode, term: str, value: NamedNode | Literal, graph: NamedNode | None = None) -> Quad:
        return Quad(subject, self._name(term), value, DefaultGraph() if graph is None else graph)

    def _name(self, term: str) -> NamedNode:
        prefix, _, local = term.partition(":")
        return NamedNode(self._iris.term(local) if prefix == "kg" else VOCABULARIES[prefix] + local)

    def _typed(self, text: str, datatype: str) -> Literal:
        return Literal(text, datatype=self._name(f"xsd:{datatype}"))

    def _decimal(self, value: float) -> Literal:
        text = format(Decimal(repr(value)), "f")
        return self._typed(text if "." in text else f"{text}.0", "decimal")


def _text(text: str, language: str | None = None) -> Literal:
    """A literal of any text; what no RDF syntax can carry becomes U+FFFD."""
    safe = _FORBIDDEN.sub("\ufffd", text)
    if language and re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language):
        return Literal(safe, language=language)
    return Literal(safe)


def _first_day(time: str) -> str | None:
    match = _DATE.fullmatch(time)
    return f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}" if match else None


def _last_day(time: str) -> str | None:
    match = _DATE.fullmatch(time)
    if match is None:
        return None
    month = int(match[2] or 12)
    day = match[3] or f"{calendar.monthrange(int(match[1]), month)[1]:02}"
    return f"{match[1]}-{month:02}-{day}"
