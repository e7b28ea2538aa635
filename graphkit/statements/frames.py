"""Relation frames: which words evoke a relation and where its arguments stand. Read from ``frames/<language>/*.toml``.

A frame has triggers (``verbs``: stems whose active and passive forms are made by the language's morphology;
``forms``: words taken as they are; ``nouns``: nouns, with or without *-nya*) and, for each argument, slots tried in
order. `graphkit.statements.slots` says what each slot means.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graphkit.schema import Relation, SchemaError, relations
from graphkit.statements.frame_checks import check_frame
from graphkit.statements.morphology import Voice, active, passive


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that a frame must read, or must leave alone.

    Args:
        text: The sentence.
        statements: What it says, as ``Subject | relation | Object``; empty for a near miss.
    """

    text: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a language says a relation.

    Args:
        id: Unique, ``relation.name``.
        relation: A relation of the schema.
        triggers: Token sequences in lower case, with the voice of each.
        subject: Slots of the subject, tried in order.
        object: Slots of the object, tried in order; empty where ``pair`` gives both.
        pair: Slots that give subject and object at once, for symmetric relations.
        subject_types: Entity types the subject may have here, if fewer than the schema's.
        object_types: Entity types the object may have here, if fewer than the schema's.
        qualifiers: Slots of the text qualifiers, by name.
        constants: Qualifiers that the frame itself implies, by name.
        amount: Kind of amount to look for: "money", "percent", "any" or "" for none.
        needs: Words of which one must stand in the sentence; empty for none.
        bars: Words of which none may stand right beside the trigger.
        modality: What the frame implies ("planned"), if not what the sentence says.
        confidence: From 0 to 1: how often the frame is right where it matches by the tree.
        examples: Sentences with what they say.
    """

    id: str
    relation: str
    triggers: tuple[tuple[tuple[str, ...], Voice], ...]
    subject: tuple[str, ...]
    object: tuple[str, ...]
    pair: tuple[str, ...]
    subject_types: frozenset[str]
    object_types: frozenset[str]
    qualifiers: Mapping[str, tuple[str, ...]]
    constants: Mapping[str, str]
    amount: str
    needs: frozenset[str]
    bars: frozenset[str]
    modality: str
    confidence: float
    examples: tuple[Example, ...]


@cache
def load_frames(language: str) -> tuple[Frame, ...]:
    """All frames that ship for a language, in order of file and place.

    Raises:
        SchemaError: If a frame cannot be used or an id is there twice; the message says which.
    """
    entries = ((name, tomllib.loads(text).get("frame", ())) for name, text in _sources(language))
    frames = tuple(frame for name, found in entries for frame in parse_frames(found, name, relations()))
    seen: set[str] = set()
    for frame in frames:
        if frame.id in seen:
            raise SchemaError(f"frame {frame.id!r} is defined twice; give one of the two another id")
        seen.add(frame.id)
    return frames


def parse_frames(entries: Iterable[Mapping[str, Any]], source: str, schema: Mapping[str, Relation]) -> Iterator[Frame]:
    """The frames of one TOML file.

    Args:
        entries: Its tables ``[[frame]]``.
        source: Its name, for messages.
        schema: The relations that frames may read, by name.

    Raises:
        SchemaError: If something is missing or unknown; the message names file, frame, key and remedy.
    """
    for entry in entries:
        check_frame(entry, source, schema)
        yield _frame(entry)


def _sources(language: str) -> list[tuple[str, str]]:
    folder = files(__package__).joinpath("frames", language)
    found = sorted((item.name, item) for item in folder.iterdir() if item.name.endswith(".toml"))
    return [(name, item.read_text(encoding="utf-8")) for name, item in found]


def _frame(entry: Mapping[str, Any]) -> Frame:
    return Frame(
        id=entry["id"],
        relation=entry["relation"],
        triggers=tuple(_triggers(entry)),
        subject=tuple(entry.get("subject", ())),
        object=tuple(entry.get("object", ())),
        pair=tuple(entry.get("pair", ())),
        subject_types=frozenset(entry.get("subject_types", ())),
        object_types=frozenset(entry.get("object_types", ())),
        qualifiers={name: tuple(slots) for name, slots in entry.get("qualifiers", {}).items()},
        constants=dict(entry.get("constants", {})),
        amount=entry.get("amount", ""),
        needs=frozenset(word.lower() for word in entry.get("needs", ())),
        bars=frozenset(word.lower() for word in entry.get("bars", ())),
        modality=entry.get("modality", ""),
        confidence=float(entry["confidence"]),
        examples=tuple(Example(item["text"], tuple(item.get("statements", ()))) for item in entry.get("examples", ())),
    )


def _triggers(entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Voice]]:
    for stem in entry.get("verbs", ()):
        first, rest = _first_word(stem)
        yield (active(first), *rest), "active"
        yield (passive(first), *rest), "passive"
    for key, voice in (("forms", "active"), ("passives", "passive"), ("nouns", "noun")):
        for words in entry.get(key, ()):
            yield tuple(words.lower().split()), voice


def _first_word(words: str) -> tuple[str, Sequence[str]]:
    first, *rest = words.lower().split()
    return first, rest
