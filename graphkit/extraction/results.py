"""What was read from articles, kept under the article's content and the version of what read it."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graphkit.collection import Shards, batches
from graphkit.extraction.rows import statements_from
from graphkit.model import Statement
from graphkit.storage import Storage

_KIND = "statements"
_SHARD_SIZE = 500
_MOST_SMALL = 16


@dataclass(frozen=True, slots=True)
class Place:
    """Where a result is.

    Args:
        reason: Why the article could not be read, where it could not.
        statements: How many there are.
    """

    shard: str
    row: int
    reason: str | None
    statements: int


class Results:
    """The results in a folder, by key.

    Args:
        storage: The folder.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._shards = Shards(storage, _KIND)
        self._places: dict[str, Place] = {}
        for name in self._shards.names():
            self._note(name)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def failure(self, key: str) -> str | None:
        """Why the article of a key could not be read; None if it could."""
        return self._places[key].reason

    @staticmethod
    def store(storage: Storage, lines: Sequence[bytes], index: Sequence[tuple[str, str | None, int]]) -> str:
        """Keep results.

        Args:
            storage: The folder.
            lines: As `graphkit.extraction.rows` makes them.
            index: Key, reason of failure and number of statements of each line.

        Returns:
            The name of the shard.
        """
        return Shards(storage, _KIND).write(lines, index)

    def refresh(self) -> None:
        """Look for what others have written since."""
        known = {place.shard for place in self._places.values()}
        for name in self._shards.names():
            if name not in known:
                self._note(name)

    def statements(self, keys: Iterable[str]) -> list[Statement]:
        """The statements of the articles with these keys, in their order."""
        wanted = list(keys)
        rows: dict[str, list[tuple[int, str]]] = {}
        for key in wanted:
            place = self._places[key]
            rows.setdefault(place.shard, []).append((place.row, key))
        found: dict[str, list[Statement]] = {}
        for shard in sorted(rows):
            lines = self._shards.lines(shard)
            found.update((key, statements_from(lines[row])) for row, key in rows[shard])
        return [statement for key in wanted for statement in found[key]]

    def count(self) -> int:
        """The number of statements in the folder."""
        return sum(place.statements for place in self._places.values())

    def files(self) -> list[str]:
        """Names of the files with all statements; what they hold counts once `keep_only` was called."""
        return [self._shards.data_name(name) for name in self._shards.names()]

    def keep_only(self, keys: Names[str]) -> None:
        """Delete the results of other keys, and make few shards of many small ones."""
        live = {key: place for key, place in self._places.items() if key in keys}
        held: dict[str, dict[int, str]] = {}
        for key, place in live.items():
            held.setdefault(place.shard, {})[place.row] = key
        names = self._shards.names()
        holed = {name for name in names if len(held.get(name, ())) < len(self._shards.index(name))}
        small = {name for name in names if len(held.get(name, ())) < _SHARD_SIZE / 2}
        rewritten = sorted(holed | (small if len(small) > _MOST_SMALL else set()))
        moved = (
            (line, (held[name][row], live[held[name][row]].reason, live[held[name][row]].statements))
            for name in rewritten
            if name in held
            for row, line in enumerate(self._shards.lines(name))
            if row in held[name]
        )
        # New ones first: a key in two shards is no harm, a lost one is work done again.
        written = {
            self.store(self._storage, *map(list, zip(*batch, strict=True))) for batch in batches(moved, _SHARD_SIZE)
        }
        self._shards.delete(set(rewritten) - written)
        self._shards.sweep()
        self._places = {}
        self.refresh()

    def _note(self, name: str) -> None:
        for row, (key, reason, count) in enumerate(self._shards.index(name)):
            self._places.setdefault(key, Place(name, row, reason, count))
