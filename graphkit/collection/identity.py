"""Which id an article has in a collection, whatever the order in which articles come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_SHORT, _STEP = 8, 4


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """What the index of a collection keeps of an article as it was read.

    Args:
        id: The id that it was given, or that its file gave it.
        digest: Of all that was read of it.
        text: Digest of its text.
        source: Where it was read, for messages.
        shard: The shard that holds it.
        row: Its line there.
    """

    id: str
    digest: str
    text: str
    source: str
    shard: str
    row: int

    @property
    def name(self) -> tuple[str, str]:
        """What makes a newer article the same one, changed: the file that it is from, and its id there.

        What comes on standard input has no file, so that each text of it is one more article.
        """
        file = file_of(self.source)
        return (f"{file} {self.digest}" if file == "stdin" else file), self.id


def file_of(source: str) -> str:
    """The file of a place: "a.jsonl" of "a.jsonl:12"."""
    path, _, line = source.rpartition(":")
    return path if path and line.isdigit() else source


@dataclass(frozen=True, slots=True)
class Membership:
    """The articles of a collection under their final ids, and those that others stand for.

    Args:
        members: Entry by final id, in order of id.
        copies: Of entries with the text of another, its final id.
    """

    members: dict[str, Entry]
    copies: dict[Entry, str]


def settle(entries: Iterable[Entry]) -> Membership:
    """Give each article an id of its own, and each text one article.

    Of articles with one text, the first in order of id is kept. Of articles with one id, the one whose content
    has the smallest digest keeps it; the others get some digits of their text's digest after it. The order of
    ``entries`` does not matter.
    """
    by_text: dict[str, list[Entry]] = {}
    for entry in entries:
        by_text.setdefault(entry.text, []).append(entry)
    kept = {min(same) for same in by_text.values()}
    members: dict[str, Entry] = {}
    later = []
    for entry in sorted(kept):
        if members.setdefault(entry.id, entry) is not entry:
            later.append(entry)
    for entry in later:
        members[_free_id(entry, members)] = entry
    ids = {entry.text: id_ for id_, entry in members.items()}
    copies = {entry: ids[entry.text] for same in by_text.values() for entry in same if entry not in kept}
    return Membership(dict(sorted(members.items())), copies)


def _free_id(entry: Entry, taken: dict[str, Entry]) -> str:
    length = _SHORT
    while (id_ := f"{entry.id}-{entry.text[:length]}") in taken:
        length += _STEP
    return id_
