"""The relations a statement can have, read once from ``relations.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from graphkit.model import ENTITY_TYPES

_NOT_QUANTITY = tuple(name for name in ENTITY_TYPES if name != "Quantity")


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation of the schema.

    Args:
        name: As statements carry it, e.g. ``trade_partner``.
        labels: What a reader sees, by language code.
        comments: What it says of its arguments, by language code.
        inverse: What a reader sees who starts from the object, by language code; None for symmetric ones.
        subject_types: Entity types that its subject may have.
        object_types: Entity types that its object may have.
        symmetric: Whether the order of the arguments says nothing.
        kind: A state holds over a time, an event happens at a time.
        wikidata: A Wikidata property of the same sense and direction, such as ``P463``.
        qualifiers: What a statement of it may carry besides.
        identity: Qualifiers, besides amount and time, that make another statement when they differ.
        broader: The family it belongs to.
        event_date: Whether a statement without a time of its own mostly happened on the day that its article reports.
    """

    name: str
    labels: Mapping[str, str]
    comments: Mapping[str, str]
    inverse: Mapping[str, str] | None
    subject_types: tuple[str, ...]
    object_types: tuple[str, ...]
    symmetric: bool
    kind: Literal["state", "event"]
    wikidata: str | None
    qualifiers: tuple[str, ...]
    identity: tuple[str, ...]
    broader: str
    event_date: bool = False

    def allows(self, subject_type: str, object_type: str) -> bool:
        """Whether entities of these types may be its subject and object."""
        return subject_type in self.subject_types and object_type in self.object_types


@cache
def relations() -> Mapping[str, Relation]:
    """The relations that ship, by name, in the order of the file."""
    return {name: relation_from(name, entry) for name, entry in _table()["relation"].items()}


@cache
def type_lists() -> Mapping[str, tuple[str, ...]]:
    """The words that stand for several entity types in a relation: "actor" and "any"."""
    return {"actor": tuple(_table()["actor"]), "any": _NOT_QUANTITY}


def relation_from(name: str, entry: Mapping[str, Any]) -> Relation:
    """A relation from its table in a TOML file."""

    def expand(value: str | list[str]) -> tuple[str, ...]:
        return type_lists()[value] if isinstance(value, str) else tuple(value)

    return Relation(
        name=name,
        labels=entry["label"],
        comments=entry.get("comment", {}),
        inverse=entry.get("inverse"),
        subject_types=expand(entry["subject"]),
        object_types=expand(entry["object"]),
        symmetric=entry.get("symmetric", False),
        kind=entry["kind"],
        wikidata=entry.get("wikidata"),
        qualifiers=tuple(entry.get("qualifiers", ())),
        identity=tuple(entry.get("identity", ())),
        broader=entry["broader"],
        event_date=entry.get("event_date", False),
    )


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("relations.toml").read_text(encoding="utf-8"))
