"""Whether the table of a frame in a TOML file can be used; the first thing that cannot is named with its remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graphkit.model import MODALITIES
from graphkit.schema import Relation, SchemaError, check_keys, table_of, text_of, texts_of
from graphkit.statements.slots import is_slot
from graphkit.statements.texts import is_source

TRIGGERS = ("verbs", "forms", "passives", "nouns")
_SLOTS = ("subject", "object", "pair")
_TYPES = ("subject_types", "object_types")
_WORDS = ("needs", "bars")
_AMOUNTS = ("any", "count", "measure", "money", "percent")
_REST = ("id", "relation", "qualifiers", "constants", "amount", "modality", "confidence", "examples")
_KEYS = (*TRIGGERS, *_SLOTS, *_TYPES, *_WORDS, *_REST)
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")
# These are read by their own grammars, not as words.
_NOT_TEXT = {"amount": 'amount = "money"', "time": "nothing: times are found without being asked for"}


def check_frame(entry: Mapping[str, Any], source: str, schema: Mapping[str, Relation]) -> None:
    """Check the table of one frame.

    Args:
        entry: The table.
        source: The name of its file, for messages.
        schema: The relations that frames may read, by name.

    Raises:
        SchemaError: If something is missing or unknown; the message names file, frame, key and remedy.
    """
    place = f"{source}: frame {entry.get('id', '?')!r:.80}"
    check_keys(entry, _KEYS, place)
    relation = _relation(entry, place, schema)
    _check_triggers(entry, place)
    _check_slots(entry, place)
    for key, allowed in zip(_TYPES, (relation.subject_types, relation.object_types), strict=True):
        texts_of(entry.get(key, []), key, place, allowed)
    _check_qualifiers(entry, relation, place)
    for key, choices in (("amount", ("", *_AMOUNTS)), ("modality", ("", *MODALITIES))):
        if entry.get(key, "") not in choices:
            raise SchemaError(f"{place}: key {key!r} is {entry[key]!r:.60}; use {', '.join(choices[1:])}")
    for key in _WORDS:
        texts_of(entry.get(key, []), key, place)
    _check_confidence(entry, place)
    _check_examples(entry.get("examples", []), place)


def _relation(entry: Mapping[str, Any], place: str, schema: Mapping[str, Relation]) -> Relation:
    id_, name = text_of(entry, "id", place), text_of(entry, "relation", place)
    if name not in schema:
        raise SchemaError(f"{place}: relation {name!r:.60} is not in the schema; declare it as [relation.{name:.60}]")
    start, _, rest = id_.partition(".")
    if start != name or not _NAME.fullmatch(rest):
        raise SchemaError(f"{place}: key 'id' is {id_!r:.60}; write '{name}.' and a name in lower case")
    return schema[name]


def _check_triggers(entry: Mapping[str, Any], place: str) -> None:
    words = [word for key in TRIGGERS for word in texts_of(entry.get(key, []), key, place)]
    if not words:
        raise SchemaError(f"{place}: no words that evoke it; give some under {', '.join(TRIGGERS)}")


def _check_slots(entry: Mapping[str, Any], place: str) -> None:
    for key in _SLOTS:
        for slot in texts_of(entry.get(key, []), key, place):
            if not is_slot(slot):
                what = f"key {key!r} has {slot!r:.60}"
                raise SchemaError(f"{place}: {what}, which is no slot; docs/relations.md lists them")
    if not (entry.get("pair") or (entry.get("subject") and entry.get("object"))):
        raise SchemaError(f"{place}: give slots for 'subject' and 'object', or for 'pair'")


def _check_qualifiers(entry: Mapping[str, Any], relation: Relation, place: str) -> None:
    sources = table_of(entry.get("qualifiers", {}), "qualifiers", place)
    constants = table_of(entry.get("constants", {}), "constants", place)
    for name in (*sources, *constants):
        if name not in relation.qualifiers:
            raise SchemaError(f"{place}: {relation.name!r} has no qualifier {name!r:.60}; it has {_listed(relation)}")
        if name in _NOT_TEXT:
            raise SchemaError(f"{place}: qualifier {name!r} is not read from words; write {_NOT_TEXT[name]}")
    for name, value in sources.items():
        for source in texts_of(value, f"qualifiers.{name}", place):
            if not is_source(source):
                what = f"key 'qualifiers.{name}' has {source!r:.60}"
                raise SchemaError(f"{place}: {what}, which is no source of words; docs/relations.md lists them")
    for name in constants:
        text_of(constants, name, f"{place}, constants")


def _listed(relation: Relation) -> str:
    return ", ".join(relation.qualifiers) if relation.qualifiers else "none"


def _check_confidence(entry: Mapping[str, Any], place: str) -> None:
    value = entry.get("confidence")
    if value is None:
        raise SchemaError(f"{place}: key 'confidence' is missing; write how often it is right where it matches, as 0.7")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise SchemaError(f"{place}: key 'confidence' is {value!r:.60}; write a number above 0, at most 1")


def _check_examples(examples: Any, place: str) -> None:
    if not isinstance(examples, list):
        raise SchemaError(f"{place}: key 'examples' is {examples!r:.60}; write a list of tables")
    for number, example in enumerate(examples, start=1):
        where = f"{place}, example {number}"
        check_keys(table_of(example, "examples", where), ("text", "statements"), where)
        text_of(example, "text", where)
        if "statements" not in example:
            raise SchemaError(f"{where}: key 'statements' is missing; write [] for a near miss")
        for said in texts_of(example["statements"], "statements", where):
            if len([part for part in said.split("|") if part.strip()]) != 3:
                raise SchemaError(f"{where}: {said!r:.60} is no statement; write 'Subject | relation | Object'")
