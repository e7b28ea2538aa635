"""The way back: RDF that graphkit wrote, as the graph that it was written from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graphkit.graph import assemble
from graphkit.model import MODALITIES, Amount, Article, Entity, Evidence, Qualifier, Run, Statement
from graphkit.rdf.files import RdfFileError, read_quads
from graphkit.rdf.iris import VOCABULARIES, Iris, relation_name
from graphkit.rdf.vocabulary import OWN_PROPERTIES, TYPES

_Value = NamedNode | BlankNode | Literal | Triple
_REMEDY = "write it with: graphkit export"


def read_rdf(path: Path) -> tuple[nx.MultiDiGraph, str]:
    """Read a graph from a file that `graphkit.rdf.write_rdf` wrote, in any of its formats.

    All of the graph comes back but the place where each article was read, which is not written. An export without
    texts gives articles with empty texts.

    Returns:
        The merged graph, and its base IRI.

    Raises:
        RdfFileError: If the file cannot be read, is no RDF, or is not a graph of ours.
    """
    try:
        return graph_of(read_quads(path))
    except RdfFileError:
        raise
    except ValueError as error:
        raise RdfFileError(f"{path}: {error}; {_REMEDY}") from error


def graph_of(quads: Iterable[Quad]) -> tuple[nx.MultiDiGraph, str]:
    """The merged graph that quads were made of, and its base IRI.

    Raises:
        ValueError: If something is missing in them or is not as graphkit writes it.
    """
    nodes: dict[str, _Node] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            nodes.setdefault(quad.subject.value, _Node(quad.subject.value, {})).add(quad.predicate, quad.object)
    reader = _Reader(nodes)
    return assemble(reader.entities.values(), reader.statements(), reader.articles(), reader.run()), reader.iris.base


@dataclass(frozen=True, slots=True)
class _Node:
    """A subject with its values by predicate."""

    iri: str
    values: dict[str, list[_Value]]

    def add(self, predicate: NamedNode, value: _Value) -> None:
        # The same triple can stand in several graphs.
        known = self.values.setdefault(predicate.value, [])
        if value not in known:
            known.append(value)

    def all(self, predicate: str) -> list[_Value]:
        return self.values.get(predicate, [])

    def iris(self, predicate: str) -> list[str]:
        return [value.value for value in self.all(predicate) if isinstance(value, NamedNode)]

    def texts(self, predicate: str) -> list[str]:
        return [value.value for value in self.all(predicate) if isinstance(value, Literal)]

    def text(self, predicate: str) -> str | None:
        return next(iter(self.texts(predicate)), None)

    def need(self, predicate: str) -> str:
        """The only value, IRI or text."""
        found = [*self.iris(predicate), *self.texts(predicate)]
        if len(found) != 1:
            raise ValueError(f"<{self.iri}> has {len(found)} values of <{predicate}>, and must have one")
        return found[0]

    def is_a(self, type_: str) -> bool:
        return type_ in self.iris(f"{VOCABULARIES['rdf']}type")


class _Reader:
    def __init__(self, nodes: Mapping[str, _Node]) -> None:
        self._nodes = nodes
        bases = [text for node in nodes.values() for text in node.texts(_name("void:uriSpace"))]
        if len(bases) != 1:
            raise ValueError(f"no graph of graphkit ({len(bases)} values of void:uriSpace, and must have one)")
        self.iris = Iris(bases[0])
        names = self.iris.prefixes
        self._types = {names[p] + local: type_ for type_, (p, local) in _split(TYPES).items()}
        self.entities = {node.iri: self._entity(node) for node in self._of_kind("e")}

    def _of_kind(self, kind: str) -> list[_Node]:
        start = self.iris.prefixes[kind]
        return [node for iri, node in sorted(self._nodes.items()) if iri.startswith(start) and self._is_whole(node)]

    def _is_whole(self, node: _Node) -> bool:
        return bool(node.all(_name("rdf:type")))

    def _own(self, name: str) -> str:
        return self.iris.term(name)

    def _exact(self, node: _Node) -> dict[str, Any]:
        text = node.text(self._own("exact"))
        return json.loads(text) if text is not None else {}

    def _entity(self, node: _Node) -> Entity:
        types = [self._types[iri] for iri in node.iris(_name("rdf:type")) if iri in self._types]
        if len(types) != 1:
            raise ValueError(f"<{node.iri}> must be of one type of entity, and is of {len(types)}")
        labels = {
            label.language: label.value
            for label in node.all(_name("rdfs:label"))
            if isinstance(label, Literal) and label.language
        }
        items = [iri.removeprefix(VOCABULARIES["wd"]) for iri in node.iris(_name("schema:sameAs"))]
        fields: dict[str, Any] = {
            "name": node.need(_name("schema:name")),
            "mentions": sorted(node.texts(self._own("mentionedAs"))),
            "wikidata": items[0] if items else None,
            "labels": labels,
            **self._exact(node),
        }
        fields["mentions"] = tuple(fields["mentions"])
        fields["labels"] = dict(sorted(fields["labels"].items()))
        return Entity(id=self.iris.id_of(node.iri, "e"), type=types[0], **fields)

    def articles(self) -> list[Article]:
        return [self._article(node) for node in self._of_kind("a")]

    def _article(self, node: _Node) -> Article:
        date = node.text(_name("schema:datePublished"))
        address = node.iris(_name("schema:url"))
        body = node.text(_name("schema:articleBody"))
        fields: dict[str, Any] = {
            "text": body if body is not None else "",
            "title": node.text(_name("schema:headline")),
            "url": address[0] if address else None,
            "date": dt.date.fromisoformat(date) if date is not None else None,
            "author": self._source(node, "schema:author"),
            "publisher": self._source(node, "schema:publisher"),
            "language": node.text(_name("schema:inLanguage")),
            **self._exact(node),
        }
        return Article(id=self.iris.id_of(node.iri, "a"), **fields)

    def _source(self, node: _Node, term: str) -> str | None:
        found = node.iris(_name(term))
        return self.iris.id_of(found[0], "src") if found else None

    def statements(self) -> list[Statement]:
        return [self._statement(node) for node in self._of_kind("s")]

    def _statement(self, node: _Node) -> Statement:
        lost = self._exact(node)
        relation = relation_name(self.iris.id_of(node.need(_name("rdf:predicate")), "r"))
        modality = self._ending(node.need(self._own("modality"))).lower()
        if modality not in MODALITIES:
            raise ValueError(f"<{node.iri}> has the modality {modality!r}; it is one of {', '.join(MODALITIES)}")
        claimants = lost.get("claimed_by", sorted(self._ids(node, "claimedBy", "e")))
        confidence = lost["confidence"] if "confidence" in lost else float(node.need(self._own("confidence")))
        return Statement(
            subject=self._known(node.need(_name("rdf:subject"))),
            relation=lost.get("relation", relation),
            object=self._known(node.need(_name("rdf:object"))),
            qualifiers=_qualifiers(lost["qualifiers"]) if "qualifiers" in lost else self._qualifiers(node),
            modality=modality,
            claimed_by=tuple(self._known(self.iris.entity(id_)) for id_ in claimants),
            evidence=self._evidence_of(node),
            confidence=confidence,
            id=self.iris.id_of(node.iri, "s"),
            differs_from=tuple(lost.get("differs_from", sorted(self._ids(node, "differsFrom", "s")))),
        )

    def _ids(self, node: _Node, name: str, kind: str) -> list[str]:
        return [self.iris.id_of(iri, kind) for iri in node.iris(self._own(name))]

    def _known(self, iri: str) -> Entity:
        if iri not in self.entities:
            raise ValueError(f"the entity <{iri}> is used and not described")
        return self.entities[iri]

    def _ending(self, iri: str) -> str:
        return iri.removeprefix(self._own(""))

    def _qualifiers(self, node: _Node) -> dict[str, Qualifier]:
        found: dict[str, Qualifier] = {}
        for predicate in sorted(node.values):
            name = self._ending(predicate)
            if predicate.startswith(self._own("")) and name not in OWN_PROPERTIES:
                found[name] = node.need(predicate)
        if node.all(self._own("time")):
            found["time"] = node.need(self._own("time"))
        if node.all(self._own("amount")):
            full = self._nodes.get(node.need(self._own("quantity")), _Node("", {}))
            unit = node.text(self._own("currency"))
            written = full.text(self._own("asWritten"))
            found["amount"] = Amount(
                value=float(node.need(self._own("amount"))),
                unit=unit if unit is not None else node.need(self._own("unit")),
                text=written if written is not None else "",
            )
        return dict(sorted(found.items()))

    def _evidence_of(self, node: _Node) -> tuple[Evidence, ...]:
        places = node.iris(_name("prov:wasDerivedFrom"))
        places.sort(key=lambda iri: int(iri.rpartition("-")[2]))
        return tuple(self._evidence(iri) for iri in places)

    def _evidence(self, iri: str) -> Evidence:
        if iri not in self._nodes:
            raise ValueError(f"the evidence <{iri}> is used and not described")
        node = self._nodes[iri]
        claimant = self._ids(node, "claimedBy", "e")
        lost = self._exact(node)
        fields: dict[str, Any] = {
            "text": node.need(_name("oa:exact")),
            "cue": node.need(self._own("cue")),
            "frame": node.need(self._own("frame")),
            "confidence": lost["confidence"] if "confidence" in lost else float(node.need(self._own("confidence"))),
            **lost,
        }
        return Evidence(
            article=self.iris.id_of(node.need(_name("oa:hasSource")), "a"),
            sentence=int(node.need(self._own("sentenceIndex"))),
            start=int(node.need(_name("oa:start"))),
            end=int(node.need(_name("oa:end"))),
            cue_start=int(node.need(self._own("cueStart"))),
            cue_end=int(node.need(self._own("cueEnd"))),
            claimed_by=claimant[0] if claimant else None,
            **fields,
        )

    def run(self) -> Run | None:
        """What made the graph, if it says so."""
        found = [node for node in self._of_kind("run") if node.is_a(_name("prov:Activity"))]
        if not found:
            return None
        software = self.iris.id_of(found[0].need(_name("prov:wasAssociatedWith")), "run")
        pipelines = tuple(sorted(found[0].texts(self._own("pipeline"))))
        return Run(software, pipelines, json.loads(found[0].need(self._own("configuration"))))


def _name(term: str) -> str:
    prefix, _, local = term.partition(":")
    return VOCABULARIES[prefix] + local


def _split(types: Mapping[Any, str]) -> dict[Any, tuple[str, str]]:
    return {type_: (term.partition(":")[0], term.partition(":")[2]) for type_, term in types.items()}


def _qualifiers(values: Mapping[str, Any]) -> dict[str, Qualifier]:
    return {name: Amount(**value) if isinstance(value, dict) else value for name, value in values.items()}
