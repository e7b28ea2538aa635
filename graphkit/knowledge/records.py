"""Entity records, and how they are read from JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from graphkit.knowledge.names import entity_id
from graphkit.model import ENTITY_TYPES, EntityType

AliasKind: TypeAlias = Literal["name", "alias", "short", "nickname", "government", "demonym", "capital"]
ALIAS_KINDS: tuple[AliasKind, ...] = get_args(AliasKind)

_ITEM = re.compile(r"Q[1-9][0-9]*")
_ID = re.compile(r"[a-z]+/[a-z0-9][a-z0-9._~-]*")
_KEYS = ("id", "name", "type", "wikidata", "labels", "aliases", "positions", "code", "currency")


class RecordError(ValueError):
    """A record that cannot be used; the message names file, line, key and remedy."""


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of an entity.

    Args:
        kind: ``alias`` a full name, ``short`` one that needs context ("Putin"), ``nickname``, and for
            countries ``government``, ``demonym`` and ``capital``.
    """

    text: str
    kind: AliasKind


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """What is known of one entity.

    Args:
        id: As entities carry it, such as ``country/russia``.
        name: The canonical name.
        wikidata: A Wikidata item, such as ``Q159``.
        labels: Names by language code.
        aliases: Other names, in the order of the data.
        positions: Words that are often near a person's name: offices, countries, parties.
        code: ISO 3166 code of a country, two letters.
        currency: ISO 4217 code of a country's currency.
    """

    id: str
    name: str
    type: EntityType
    wikidata: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[Alias, ...] = ()
    positions: tuple[str, ...] = ()
    code: str | None = None
    currency: str | None = None


def read_records(path: Path | Traversable) -> Iterator[EntityRecord]:
    """Read records from a JSON Lines file, one object a line; ``name`` and ``type`` are required.

    Args:
        path: A file, or a resource of a package.

    Raises:
        RecordError: If the file cannot be read or a line is no valid record.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RecordError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    # Not splitlines(): it also breaks at separators that JSON allows inside strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _parse(line, f"{path}:{number}")


def _parse(line: str, place: str) -> EntityRecord:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"{place}: not JSON ({error}); write one JSON object a line") from error
    if not isinstance(entry, dict):
        raise RecordError(f"{place}: {type(entry).__name__} found; write one JSON object a line")
    for key in entry:
        if key not in _KEYS:
            raise _invalid(place, key, entry[key], f"unknown key; use only {', '.join(_KEYS)}")
    for key in ("name", "type"):
        if key not in entry:
            raise RecordError(f"{place}: key {key!r} is missing; every record needs a name and a type")
    return _record(entry, place)


def _record(entry: Mapping[str, Any], place: str) -> EntityRecord:
    name = _text(entry, "name", place)
    kind = entry["type"]
    if kind not in ENTITY_TYPES[:-1]:
        raise _invalid(place, "type", kind, f"use one of {', '.join(ENTITY_TYPES[:-1])}")
    id_ = entry.get("id", entity_id(kind, name))
    if not isinstance(id_, str) or not _ID.fullmatch(id_) or not id_.startswith(f"{kind.lower()}/"):
        raise _invalid(place, "id", id_, f"write {kind.lower()}/ and a name in lower-case letters, digits and hyphens")
    item = entry.get("wikidata")
    if item is not None and not (isinstance(item, str) and _ITEM.fullmatch(item)):
        raise _invalid(place, "wikidata", item, "write an item such as Q159")
    return EntityRecord(
        id=id_,
        name=name,
        type=kind,
        wikidata=item,
        labels=_labels(entry, place),
        aliases=_aliases(entry, place),
        positions=_texts(entry.get("positions", []), "positions", place),
        code=_text(entry, "code", place) if "code" in entry else None,
        currency=_text(entry, "currency", place) if "currency" in entry else None,
    )


def _labels(entry: Mapping[str, Any], place: str) -> dict[str, str]:
    labels = entry.get("labels", {})
    if not isinstance(labels, dict):
        raise _invalid(place, "labels", labels, 'write an object such as {"id": "Rusia"}')
    return {language: _text(labels, language, place) for language in labels}


def _aliases(entry: Mapping[str, Any], place: str) -> tuple[Alias, ...]:
    aliases = entry.get("aliases", {})
    by_kind = {"alias": aliases} if isinstance(aliases, list) else aliases
    if not isinstance(by_kind, dict):
        raise _invalid(place, "aliases", aliases, 'write a list of names or an object such as {"short": ["PBB"]}')
    for kind in by_kind:
        if kind not in ALIAS_KINDS:
            raise _invalid(place, "aliases", kind, f"use the kinds {', '.join(ALIAS_KINDS)}")
    return tuple(Alias(text, kind) for kind in by_kind for text in _texts(by_kind[kind], "aliases", place))


def _texts(values: Any, key: str, place: str) -> tuple[str, ...]:
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise _invalid(place, key, values, "write a list of words")
    return tuple(values)


def _text(entry: Mapping[str, Any], key: str, place: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise _invalid(place, key, value, "write a text that is not empty")
    return value.strip()


def _invalid(place: str, key: str, value: Any, remedy: str) -> RecordError:
    return RecordError(f"{place}: key {key!r} is {value!r}; {remedy}")
