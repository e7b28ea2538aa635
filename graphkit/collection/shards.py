"""Shards: immutable files of some hundred lines each, with an index beside each that tells what is in it.

A shard is named after what it holds, so that writing one twice changes nothing, and one whose index is there is
complete: a run that was killed leaves at most files that nothing speaks of.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graphkit.storage import Storage

_DATA, _INDEX = ".jsonl.gz", ".index.json"
# Above it gzip costs more time than the disk that it saves.
_LEVEL = 4


class Shards:
    """The shards of one kind in a folder.

    Args:
        storage: Where they are.
        kind: How their names begin.
    """

    def __init__(self, storage: Storage, kind: str) -> None:
        self._storage = storage
        self._kind = kind

    def names(self) -> list[str]:
        """The complete shards, in order of name."""
        start = f"{self._kind}-"
        found = (name for name in self._storage.names() if name.startswith(start) and name.endswith(_INDEX))
        return [name.removesuffix(_INDEX) for name in found]

    def write(self, lines: Sequence[bytes], index: Sequence[Any]) -> str:
        """Write a shard.

        Args:
            lines: Lines without their ends.
            index: Plain JSON values, one for each line.

        Returns:
            Its name.
        """
        data = b"".join(line + b"\n" for line in lines)
        name = f"{self._kind}-{hashlib.sha256(data).hexdigest()[:24]}"
        # The index last: it says that the rest is there.
        self._storage.write(name + _DATA, gzip.compress(data, _LEVEL, mtime=0))
        self._storage.write(name + _INDEX, json.dumps(index, separators=(",", ":")).encode("ascii"))
        return name

    def index(self, name: str) -> list[Any]:
        """The index of a shard."""
        return json.loads(self._storage.read(name + _INDEX))

    def lines(self, name: str) -> list[bytes]:
        """The lines of a shard."""
        return gzip.decompress(self._storage.read(name + _DATA)).split(b"\n")[:-1]

    def data_name(self, name: str) -> str:
        """The name of the file that holds a shard's lines."""
        return name + _DATA

    def delete(self, names: Iterable[str]) -> None:
        """Delete shards: the index first, so that no shard is ever incomplete."""
        for name in names:
            self._storage.delete(name + _INDEX)
            self._storage.delete(name + _DATA)

    def sweep(self) -> None:
        """Delete data that has no index, as a killed run leaves it; only for who alone writes here."""
        names = self._storage.names()
        complete = {name.removesuffix(_INDEX) for name in names if name.endswith(_INDEX)}
        for name in names:
            if name.startswith(f"{self._kind}-") and name.endswith(_DATA) and name.removesuffix(_DATA) not in complete:
                self._storage.delete(name)


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Items in lists of a size; the last may be shorter."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
