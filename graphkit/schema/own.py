"""Relations of the user's own, declared in TOML beside the frames that read them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphkit.schema.files import SchemaError, check_keys, read_toml, table_of, text_of, texts_of
from graphkit.schema.relations import Relation, relation_from, relations, type_lists

# The top of a file: relations here, frames in the part that reads statements.
_TOP = ("language", "relation", "frame")
_KEYS = (
    "label",
    "subject",
    "object",
    "kind",
    "broader",
    "symmetric",
    "qualifiers",
    "identity",
    "wikidata",
    "event_date",
)
_KINDS = ("state", "event")
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_PROPERTY = re.compile(r"P[1-9][0-9]*")
_FAMILY = "_relation"
_DEFAULT_FAMILY = "other"
# What exports call other things by: a qualifier of that name would be taken for them.
# fmt: off
RESERVED = frozenset({
    "article", "article_count", "articles", "as_written", "claimants", "claimed_by", "confidence", "configuration",
    "cue", "cue_end", "cue_start", "currency", "differs_from", "evidence", "exact", "frame", "from", "id",
    "mentioned_as", "modality", "name", "pipeline", "polarity", "qualifier", "quantity", "relation", "sentence_index",
    "sentences", "sha256", "source", "target", "to", "type", "unit", "value", "year",
})
# fmt: on


def relations_with(files: Sequence[Path | str] = ()) -> Mapping[str, Relation]:
    """The relations that ship, and those that the user's files declare, in that order.

    Args:
        files: TOML files as docs/relations.md describes them.

    Raises:
        SchemaError: If a file cannot be used; the message names file, relation, key and remedy.
    """
    found = dict(relations())
    for file in files:
        table = read_toml(file)
        check_keys(table, _TOP, str(file))
        for name, entry in table_of(table.get("relation", {}), "relation", str(file)).items():
            place = f"{file}: relation {name!r}"
            if name in relations():
                raise SchemaError(f"{place} is one of those that ship; give it another name, or leave the table out")
            if name in found:
                raise SchemaError(f"{place} is declared twice; leave one out")
            found[name] = _relation(name, table_of(entry, name, str(file)), place)
    return found


def language_of(table: Mapping[str, Any], place: str) -> str | None:
    """The language that the frames of a file are for; None for any.

    Raises:
        SchemaError: If it is no language code.
    """
    if "language" not in table:
        return None
    code = text_of(table, "language", place)
    if not _LANGUAGE.fullmatch(code):
        raise SchemaError(f"{place}: key 'language' is {code!r:.60}; write a code such as 'id'")
    return code


def _relation(name: str, entry: Mapping[str, Any], place: str) -> Relation:
    if not _NAME.fullmatch(name) or name.endswith(_FAMILY):
        raise SchemaError(f"{place}: write the name in lower-case words joined by '_', not ending with '{_FAMILY}'")
    check_keys(entry, _KEYS, place)
    _check_labels(entry, place)
    for side in ("subject", "object"):
        _check_types(entry, side, place)
    if entry.get("kind") not in _KINDS:
        raise SchemaError(f"{place}: key 'kind' is {entry.get('kind')!r:.60}; use {' or '.join(_KINDS)}")
    for key in ("symmetric", "event_date"):
        if not isinstance(entry.get(key, False), bool):
            raise SchemaError(f"{place}: key {key!r} is {entry[key]!r:.60}; write true or false")
    if entry.get("symmetric", False) and entry["subject"] != entry["object"]:
        raise SchemaError(f"{place}: key 'object' differs from 'subject', which a symmetric relation cannot have")
    _check_qualifiers(entry, place)
    if "wikidata" in entry and not _PROPERTY.fullmatch(text_of(entry, "wikidata", place)):
        raise SchemaError(f"{place}: key 'wikidata' is {entry['wikidata']!r:.60}; write a property such as 'P463'")
    if "broader" in entry and not _NAME.fullmatch(text_of(entry, "broader", place)):
        raise SchemaError(f"{place}: key 'broader' is {entry['broader']!r:.60}; write a family such as 'economy'")
    return relation_from(name, {"broader": _DEFAULT_FAMILY, **entry})


def _check_labels(entry: Mapping[str, Any], place: str) -> None:
    if "label" not in entry:
        raise SchemaError(f"{place}: key 'label' is missing; write label = {{ en = \"…\" }}")
    labels = table_of(entry["label"], "label", place)
    for language in labels:
        text_of(labels, language, f"{place}, label")
        if not _LANGUAGE.fullmatch(language):
            raise SchemaError(f"{place}: label {language!r:.60} is no language; write a code such as 'en'")
    if "en" not in labels:
        raise SchemaError(f"{place}: key 'label' has no 'en'; exports fall back on the English one")


def _check_types(entry: Mapping[str, Any], side: str, place: str) -> None:
    lists = type_lists()
    value = entry.get(side)
    if isinstance(value, str) and value in lists:
        return
    if isinstance(value, str) or not value:
        words = " or ".join(repr(name) for name in lists)
        raise SchemaError(f"{place}: key {side!r} is {value!r:.60}; write a list of entity types, or {words}")
    texts_of(value, side, place, lists["any"])


def _check_qualifiers(entry: Mapping[str, Any], place: str) -> None:
    names = texts_of(entry.get("qualifiers", []), "qualifiers", place)
    for name in names:
        if name in RESERVED or not _NAME.fullmatch(name):
            why = "exports call something else by it" if name in RESERVED else "write lower-case words joined by '_'"
            raise SchemaError(f"{place}: key 'qualifiers' has {name!r:.60}; {why}")
    for name in texts_of(entry.get("identity", []), "identity", place):
        if name not in names:
            raise SchemaError(f"{place}: key 'identity' has {name!r:.60}, which is not among its qualifiers")
