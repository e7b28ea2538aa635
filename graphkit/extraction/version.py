"""What the statements of an article depend on besides the article, as one short mark."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

# The parts whose code, data and weights decide what is read from an article.
_PARTS = ("model.py", "text.py", "schema", "knowledge", "qualifiers", "articles", "language", "mentions", "statements")
_PARTS_OF_PARTS = ("linking/component.py", "extraction/reader.py", "extraction/rows.py")
_LIBRARIES = ("babel", "dateparser", "numpy", "pycountry", "rapidfuzz", "regex", "spacy", "thinc")


def configuration_version(given: Iterable[Path] = ()) -> str:
    """A mark that changes whenever the statements of an article may: with code, frames, weights, or what is given.

    Args:
        given: Files of the user's own that extraction reads: entity records, relation frames.

    Returns:
        Sixteen hexadecimal digits.
    """
    digest = hashlib.sha256(_shipped().encode("ascii"))
    for path in given:
        digest.update(bytes.fromhex(file_digest(path)))
    return digest.hexdigest()[:16]


def file_digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits; a file that stays as it was is read once.

    Raises:
        OSError: If the file cannot be read.
    """
    status = path.stat()
    return _digest(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=256)
def _digest(path: Path, *state: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@cache
def _shipped() -> str:
    root = files("graphkit")
    digest = hashlib.sha256()
    for part in (*_PARTS, *_PARTS_OF_PARTS):
        for name, file in _files(root.joinpath(part), part):
            digest.update(name.encode("utf-8") + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}".encode())
    return digest.hexdigest()


def _files(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        yield name, place
        return
    for item in sorted(place.iterdir(), key=lambda item: item.name):
        if item.name != "__pycache__" and not item.name.endswith(".pyc"):
            yield from _files(item, f"{name}/{item.name}")


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"
