"""The articles that a graph is made of, as a folder keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from graphkit.collection.identity import Entry, Membership, settle
from graphkit.collection.rows import article_from, article_line, content_digest, text_digest
from graphkit.collection.shards import Shards, batches
from graphkit.model import Article
from graphkit.storage import Storage, is_url

SHARD_SIZE = 500
_MANIFEST, _FORMAT = "manifest.json", 1
# So many shards of less than half the size are tolerated: each build of a few articles adds one.
_MOST_SMALL = 16


class CollectionError(ValueError):
    """A folder whose articles cannot be used; the message says why and what to do."""


@dataclass(slots=True)
class Changes:
    """What a run did to a collection.

    Args:
        given: Place where it was read, and entry, of each article of the run.
        unchanged: Number of those that were there already.
        replaced: Number of articles that a newer version took the place of.
    """

    given: list[tuple[str, Entry]] = field(default_factory=list)
    unchanged: int = 0
    replaced: int = 0


class Collection:
    """Articles in shards, with a manifest that says which shards count.

    Nothing that others see changes before `commit`, and that is one write of one file.

    Args:
        storage: The folder.

    Raises:
        CollectionError: If the folder was written by a newer version, or its manifest is damaged.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._shards = Shards(storage, "articles")
        self._entries = [entry for name in self._manifest() for entry in self._index(name)]

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, articles: Iterable[Article]) -> Changes:
        """Add articles; one of the same file and id takes the place of the one that was there.

        Args:
            articles: They are written as they come, and not held.
        """
        changes = Changes()
        before: dict[tuple[str, str], dict[str, Entry]] = {}
        for entry in self._entries:
            before.setdefault(entry.name, {})[entry.digest] = entry
        now: dict[tuple[str, str], dict[str, Entry]] = {}
        written: list[Entry] = []
        for batch in batches(self._unseen(articles, before, now, changes), SHARD_SIZE):
            for entry in self._write([(entry, article_line(article)) for entry, article in batch]):
                now[entry.name][entry.digest] = entry
                written.append(entry)
        gone = [entry for name in now for digest, entry in before.get(name, {}).items() if digest not in now[name]]
        changes.replaced = len(gone)
        self._drop(gone)
        self._entries += written
        changes.given = [(source, now[entry.name][entry.digest]) for source, entry in changes.given]
        return changes

    def remove(self, name: str) -> list[str]:
        """Forget the articles of a name.

        Args:
            name: The id that statements give an article, or the file or place that it was read from.

        Returns:
            The ids of those that were forgotten; none if there is none of that name.
        """
        places = {name, _absolute(name)}
        found = {
            id_: entry
            for id_, entry in self.settled().members.items()
            if id_ == name or entry.source in places or entry.name[0] in places
        }
        # Copies go with it, else its text would be back under another id.
        texts = {entry.text for entry in found.values()}
        self._drop([entry for entry in self._entries if entry.text in texts])
        return list(found)

    def clear(self) -> None:
        """Forget all articles."""
        self._entries = []

    def settled(self) -> Membership:
        """The articles under their final ids."""
        return settle(self._entries)

    def commit(self) -> None:
        """Make the changes count; until then the folder holds what it held."""
        self._compact()
        names = sorted({entry.shard for entry in self._entries})
        if not names and _MANIFEST not in self._storage.names():
            return
        text = json.dumps({"format": _FORMAT, "articles": names}, indent=1) + "\n"
        self._storage.write(_MANIFEST, text.encode("ascii"))
        self._shards.delete(set(self._shards.names()) - set(names))
        self._shards.sweep()

    def articles(self) -> Iterator[Article]:
        """The articles under their final ids, shard by shard."""
        ids = {(entry.shard, entry.row): id_ for id_, entry in self.settled().members.items()}
        for name in sorted({shard for shard, _ in ids}):
            for row, line in enumerate(self._shards.lines(name)):
                if (name, row) in ids:
                    yield replace(article_from(line), id=ids[name, row])

    def _manifest(self) -> list[str]:
        try:
            manifest = json.loads(self._storage.read(_MANIFEST))
        except FileNotFoundError:
            return []
        except ValueError as error:
            raise CollectionError(f"{self._place()}: is damaged ({error}); build into another folder") from error
        if manifest.get("format") != _FORMAT:
            raise CollectionError(f"{self._place()}: another version of graphkit wrote it; build into another folder")
        return manifest["articles"]

    def _place(self) -> str:
        return f"{self._storage.location}/{_MANIFEST}"

    def _index(self, shard: str) -> Iterator[Entry]:
        for row, (id_, digest, text, source) in enumerate(self._shards.index(shard)):
            yield Entry(id_, digest, text, source, shard, row)

    def _unseen(
        self,
        articles: Iterable[Article],
        before: dict[tuple[str, str], dict[str, Entry]],
        now: dict[tuple[str, str], dict[str, Entry]],
        changes: Changes,
    ) -> Iterator[tuple[Entry, Article]]:
        """The articles that the collection does not have; all are noted in ``now`` and ``changes``."""
        for article in articles:
            given = article.source if article.source is not None else article.id
            source = _absolute(article.source) if article.source is not None else ""
            stored = replace(article, source=source)
            entry = Entry(article.id, content_digest(article), text_digest(article), source, "", 0)
            changes.given.append((given, entry))
            known = before.get(entry.name, {}).get(entry.digest)
            seen = now.setdefault(entry.name, {})
            changes.unchanged += known is not None
            if known is None and entry.digest not in seen:
                yield entry, stored
            seen.setdefault(entry.digest, known if known is not None else entry)

    def _write(self, batch: list[tuple[Entry, bytes]]) -> list[Entry]:
        index = [[entry.id, entry.digest, entry.text, entry.source] for entry, _ in batch]
        shard = self._shards.write([line for _, line in batch], index)
        return [replace(entry, shard=shard, row=row) for row, (entry, _) in enumerate(batch)]

    def _drop(self, gone: Iterable[Entry]) -> None:
        dropped = set(gone)
        if dropped:
            self._entries = [entry for entry in self._entries if entry not in dropped]

    def _compact(self) -> None:
        """Write shards anew that hold what was forgotten, and small ones where there are many."""
        held: dict[str, list[Entry]] = {}
        for entry in self._entries:
            held.setdefault(entry.shard, []).append(entry)
        holed = {name for name, entries in held.items() if len(entries) < len(self._shards.index(name))}
        small = {name for name, entries in held.items() if len(entries) < SHARD_SIZE / 2}
        rewritten = holed | (small if len(small) > _MOST_SMALL else set())
        lines = {name: self._shards.lines(name) for name in sorted(rewritten)}
        moved = sorted(entry for name in rewritten for entry in held[name])
        self._entries = [entry for entry in self._entries if entry.shard not in rewritten]
        for batch in batches(moved, SHARD_SIZE):
            self._entries += self._write([(entry, lines[entry.shard][entry.row]) for entry in batch])


def _absolute(source: str) -> str:
    if is_url(source) or source == "stdin" or source.startswith("stdin:"):
        return source
    return str(Path(source).absolute())
