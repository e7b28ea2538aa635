"""The knowledge base: records by id and by name."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from graphkit.knowledge.countries import country_records
from graphkit.knowledge.names import normalise
from graphkit.knowledge.records import ALIAS_KINDS, Alias, AliasKind, EntityRecord, read_records

_FILES = ("places.jsonl", "organizations.jsonl", "people.jsonl")

# Shorter names are words in lower case or in capitals ("AS" and "as", "PAN" and "pan").
_SHORTEST_IN_ANY_CASE = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A record that bears a name.

    Args:
        kind: How it bears the name; ``name`` for its canonical name and labels.
    """

    record: EntityRecord
    kind: AliasKind


class KnowledgeBase:
    """Entity records by id and by name.

    Args:
        records: In order of prominence: of two that bear a name alike, the earlier one matches first.
        languages: Codes of the languages whose labels count as names.
    """

    def __init__(self, records: Iterable[EntityRecord], languages: tuple[str, ...] = ("en",)) -> None:
        self._records = {record.id: record for record in records}
        exact: dict[str, dict[str, Match]] = {}
        for record in self._records.values():
            for text, kind in _names_of(record, languages):
                exact.setdefault(normalise(text), {}).setdefault(record.id, Match(record, kind))
        self._exact = {name: _ranked(matches.values()) for name, matches in exact.items()}
        self._folded = _fold(self._exact)

    @classmethod
    def load(cls, language: str = "id", extra: tuple[Path | str, ...] = ()) -> KnowledgeBase:
        """The built-in records and a user's own; the same object for the same arguments.

        Args:
            language: Language code of labels and aliases.
            extra: JSON Lines files whose records extend the built-in ones, or override them where ``id`` or
                ``wikidata`` is the same.

        Raises:
            RecordError: If a file holds no valid records.
        """
        return _load(language, tuple(Path(path) for path in extra))

    def get(self, id_: str) -> EntityRecord | None:
        """The record with an id."""
        return self._records.get(id_)

    def find(self, name: str) -> tuple[Match, ...]:
        """Records that bear a name, best first.

        The case of letters counts where it can: "AS" is a country, "as" is none. Only where nothing bears the
        name as written does another case of a longer name match, such as "JAKARTA".
        """
        text = normalise(name)
        found = self._exact.get(text)
        if found is not None:
            return found
        if len(text) < _SHORTEST_IN_ANY_CASE or text.islower():
            return ()
        return self._folded.get(text.casefold(), ())

    def names(self) -> Iterator[tuple[str, EntityRecord, AliasKind]]:
        """Every name with every record that bears it and how."""
        for name, matches in self._exact.items():
            for match in matches:
                yield name, match.record, match.kind

    def __iter__(self) -> Iterator[EntityRecord]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)


@cache
def _load(language: str, extra: tuple[Path, ...]) -> KnowledgeBase:
    records: dict[str, EntityRecord] = {}
    for record in _built_in(language):
        # A capital may also be in the list of places, which says more of it.
        known = records.get(record.id)
        records[record.id] = record if known is None else _combine(known, record)
    by_item = {record.wikidata: record.id for record in records.values() if record.wikidata is not None}
    own: dict[str, EntityRecord] = {}
    for path in extra:
        for record in read_records(path):
            record = _override(ChainMap(own, records), by_item, record)
            own[record.id] = record
    # A user's own records are the prominent ones.
    records = own | {id_: record for id_, record in records.items() if id_ not in own}
    return KnowledgeBase(records.values(), tuple(dict.fromkeys((language, "en"))))


def _override(records: Mapping[str, EntityRecord], by_item: Mapping[str, str], record: EntityRecord) -> EntityRecord:
    known = records.get(record.id) or records.get(by_item.get(record.wikidata or "", ""))
    if known is None or known.type != record.type:
        return record
    return replace(_combine(known, record), id=known.id)


def _built_in(language: str) -> Iterator[EntityRecord]:
    yield from country_records(language)
    data = files(__package__).joinpath("data")
    for name in _FILES:
        yield from read_records(data.joinpath(name))


def _combine(known: EntityRecord, newer: EntityRecord) -> EntityRecord:
    """The newer record, with what only the known one says."""
    names: Mapping[str, Alias] = {alias.text: alias for alias in (*known.aliases, *newer.aliases)}
    if known.name != newer.name:
        names = {known.name: Alias(known.name, "alias")} | names
    return replace(
        newer,
        wikidata=newer.wikidata or known.wikidata,
        labels={**known.labels, **newer.labels},
        aliases=tuple(names.values()),
        positions=tuple(dict.fromkeys((*known.positions, *newer.positions))),
        code=newer.code or known.code,
        currency=newer.currency or known.currency,
    )


def _names_of(record: EntityRecord, languages: Iterable[str]) -> Iterator[tuple[str, AliasKind]]:
    yield record.name, "name"
    for language in languages:
        if language in record.labels:
            yield record.labels[language], "name"
    for alias in record.aliases:
        yield alias.text, alias.kind


def _ranked(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: ALIAS_KINDS.index(match.kind)))


def _fold(exact: Mapping[str, tuple[Match, ...]]) -> dict[str, tuple[Match, ...]]:
    folded: dict[str, dict[str, Match]] = {}
    for name, matches in exact.items():
        if len(name) >= _SHORTEST_IN_ANY_CASE:
            group = folded.setdefault(name.casefold(), {})
            for match in matches:
                group.setdefault(match.record.id, match)
    return {name: _ranked(matches.values()) for name, matches in folded.items()}
