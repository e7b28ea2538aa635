"""The words that every layer shares: article, entity, mention, amount, evidence, statement.

All are frozen, slotted dataclasses of plain values. Offsets count Unicode code points, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

EntityType: TypeAlias = Literal[
    "Person", "Organization", "Country", "Place", "Event", "Product", "Group", "Concept", "Quantity"
]
Modality: TypeAlias = Literal["asserted", "planned", "proposed", "negated", "possible"]
MentionKind: TypeAlias = Literal["name", "nominal", "pronoun"]

ENTITY_TYPES: tuple[EntityType, ...] = (
    "Person",
    "Organization",
    "Country",
    "Place",
    "Event",
    "Product",
    "Group",
    "Concept",
    "Quantity",
)
MODALITIES: tuple[Modality, ...] = ("asserted", "planned", "proposed", "negated", "possible")


def plain(item: Any) -> dict[str, Any]:
    """The fields of a dataclass by name; unlike ``dataclasses.asdict`` it copies nothing and so costs little."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class Article:
    """One news article as it was read.

    Args:
        id: Unique within a run; taken from the input or made from its content.
        text: The body as read; every offset of a statement's evidence points into it.
        source: Where it was read, for messages: a path, with ``:line`` for records of a file.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    date: dt.date | None = None
    author: str | None = None
    publisher: str | None = None
    language: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing in the world, whatever the articles call it.

    Args:
        id: ``type/slug`` in lower case, e.g. ``country/russia``; stable for one input.
        name: The canonical name, English where one is in common use.
        mentions: The strings by which the text names it, sorted, pronouns left out.
        wikidata: A Wikidata item such as ``Q159``, where the knowledge base has one.
        labels: Names by language code, e.g. ``{"en": "Russia", "id": "Rusia"}``.
    """

    id: str
    name: str
    type: EntityType
    mentions: tuple[str, ...] = ()
    wikidata: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a Doc that refers to something.

    Args:
        start: First character in the Doc's text.
        end: One past the last character.
        text: The words themselves.
        head: Character at which the syntactic head of the mention starts.
        kind: Proper name, description ("presiden itu") or pronoun.
        referents: Indexes, among the Doc's referents, of the thing referred to: one for most mentions, several
            for a group of known things ("kedua negara"), none for a pronoun that the text leaves open.
    """

    start: int
    end: int
    text: str
    type: EntityType
    kind: MentionKind
    head: int
    referents: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit.

    Args:
        value: In single units: "US$245 miliar" is 245e9.
        unit: An ISO 4217 code, or an English unit word ("percent", "tonnes", "magnitude").
        text: The amount as written.
    """

    value: float
    unit: str
    text: str = ""


Qualifier: TypeAlias = Amount | str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says a statement, and how it was read.

    Args:
        article: Id of the article.
        sentence: Index of the sentence in the article, from 0.
        start: First character of the sentence in the article's text.
        end: One past its last character.
        text: The sentence as the article has it.
        cue: The word that evoked the frame.
        cue_start: First character of the cue in the article's text.
        cue_end: One past its last character.
        frame: Id of the frame that read the statement.
        confidence: From 0 to 1.
        claimed_by: Id of the entity that the article names as the source of the claim.
    """

    article: str
    sentence: int
    start: int
    end: int
    text: str
    cue: str
    cue_start: int
    cue_end: int
    frame: str
    confidence: float
    claimed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject – relation – object with qualifiers, who claims it, and the sentences that say it.

    The same class serves one article (one evidence or few) and the merged graph (evidence of many articles).

    Args:
        id: Hash of the canonical key, e.g. ``7f3a91bc0d1e2f34``; empty before merging has given one.
        qualifiers: By the names of the schema; ``amount`` is an `Amount`, ``time`` an ISO 8601 date, month,
            year or interval, the rest short text.
        claimed_by: The entities that claim it, in order of id; empty where the article speaks for itself.
        confidence: From 0 to 1.
        differs_from: Ids of statements on the same subject, relation and object with another amount or time.
    """

    subject: Entity
    relation: str
    object: Entity
    qualifiers: Mapping[str, Qualifier] = field(default_factory=dict)
    modality: Modality = "asserted"
    claimed_by: tuple[Entity, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 1.0
    id: str = ""
    differs_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What made a graph, for its provenance; no clock and no paths, so that the same run has the same record.

    Args:
        software: Name and version.
        pipelines: Name and version of each language pipeline, in order.
        configuration: The options that decide what is in the graph, by name.
    """

    software: str
    pipelines: tuple[str, ...] = ()
    configuration: Mapping[str, str | float | None] = field(default_factory=dict)
