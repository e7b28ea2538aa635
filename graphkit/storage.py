"""Files of a graph folder, on this machine or wherever fsspec reaches; each appears whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any, Protocol

_PART = ".part"
# Object stores show a file once all of it is there; elsewhere it is written beside its place and moved.
_WHOLE_BY_NATURE = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "adl", "memory"})


class StorageError(OSError):
    """A place cannot be used; the message names it and the remedy."""


class Storage(Protocol):
    """A folder of files.

    Args:
        location: What `open_storage` opens again in another process; empty where there is no such thing.
    """

    location: str

    def names(self) -> list[str]:
        """Names of the files, sorted."""

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            FileNotFoundError: If there is none of that name.
        """

    def write(self, name: str, data: bytes) -> None:
        """Write a file, whole or not at all; one of the same name is replaced."""

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""


def open_storage(location: str | Path) -> Storage:
    """The folder at a location; it is made when the first file is written.

    Args:
        location: A path, or a URL that fsspec knows, such as ``s3://bucket/graph``.

    Raises:
        StorageError: If it is a URL whose protocol cannot be used here.
    """
    text = str(location)
    if is_url(text) and not text.startswith("file://"):
        return RemoteStorage(text)
    return LocalStorage(Path(text.removeprefix("file://")))


def is_url(location: str | Path) -> bool:
    """Whether a location is a URL, not a path."""
    return "://" in str(location)


def filesystem(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL, and the path in it.

    Raises:
        StorageError: If fsspec or the file system's own package is missing.
    """
    try:
        from fsspec.core import url_to_fs

        return url_to_fs(url)
    except ImportError as error:
        raise StorageError(f"{url}: cannot be used ({error}); pip install 'graphkit-news[dask]'") from error
    except ValueError as error:
        raise StorageError(f"{url}: cannot be used ({error})") from error


class LocalStorage:
    """A folder on this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.location = str(folder.absolute())

    def names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        return sorted(path.name for path in self._folder.iterdir() if path.suffix != _PART and path.is_file())

    def read(self, name: str) -> bytes:
        return (self._folder / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=self._folder, prefix=f".{name}.", suffix=_PART)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(self._folder / name)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete what killed runs left half written; only for who alone writes here."""
        if self._folder.is_dir():
            for path in self._folder.glob(f".*{_PART}"):
                path.unlink(missing_ok=True)


class RemoteStorage:
    """A folder that fsspec reaches.

    Args:
        url: E.g. ``s3://bucket/graph``.
    """

    def __init__(self, url: str) -> None:
        self.location = url.rstrip("/")
        self._files, path = filesystem(self.location)
        self._path = path.rstrip("/")

    def names(self) -> list[str]:
        self._files.invalidate_cache()
        if not self._files.isdir(self._path):
            return []
        found = self._files.ls(self._path, detail=True)
        names = (entry["name"].rpartition("/")[2] for entry in found if entry["type"] == "file")
        return sorted(name for name in names if not name.endswith(_PART))

    def read(self, name: str) -> bytes:
        return self._files.cat_file(f"{self._path}/{name}")

    def write(self, name: str, data: bytes) -> None:
        protocol = self._files.protocol
        protocols = {protocol} if isinstance(protocol, str) else set(protocol)
        self._files.makedirs(self._path, exist_ok=True)
        if protocols & _WHOLE_BY_NATURE:
            self._files.pipe_file(f"{self._path}/{name}", data)
            return
        self._files.pipe_file(f"{self._path}/{name}{_PART}", data)
        self._files.mv(f"{self._path}/{name}{_PART}", f"{self._path}/{name}")

    def delete(self, name: str) -> None:
        if self._files.exists(f"{self._path}/{name}"):
            self._files.rm_file(f"{self._path}/{name}")


class MemoryStorage:
    """A folder that ends with the process."""

    def __init__(self) -> None:
        self._content: dict[str, bytes] = {}
        self.location = ""

    def names(self) -> list[str]:
        return sorted(self._content)

    def read(self, name: str) -> bytes:
        try:
            return self._content[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    def write(self, name: str, data: bytes) -> None:
        self._content[name] = data

    def delete(self, name: str) -> None:
        self._content.pop(name, None)
