"""TOML files of the user's own, read once and checked key by key."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

# A file of every relation and frame that ships is a tenth of it; more is some other file by mistake.
_LARGEST = 2**20


class SchemaError(ValueError):
    """A file of relations or frames cannot be used; the message names file, entry, key and remedy."""


def read_toml(path: Path | str) -> Mapping[str, Any]:
    """The table of a TOML file.

    Raises:
        SchemaError: If the file cannot be read, is larger than 1 MiB, or is no TOML.
    """
    if Path(path).exists() and not Path(path).is_file():
        # It is read more than once, which a pipe cannot be.
        raise SchemaError(f"{path}: is no file; give a TOML file of frames")
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise SchemaError(f"{path}: cannot be read ({error.strerror}); give a TOML file of frames") from error
    if len(data) > _LARGEST:
        raise SchemaError(f"{path}: larger than {_LARGEST:,} bytes, which no file of frames should be; split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemaError(f"{path}: byte {error.start} is not UTF-8; convert the file to UTF-8") from error
    try:
        return tomllib.loads(text)
    except ValueError as error:
        # Besides TOMLDecodeError, what Python says of a number with thousands of digits.
        raise SchemaError(f"{path}: not TOML: {error}") from error
    except RecursionError as error:
        raise SchemaError(f"{path}: not TOML that can be read: it is nested too deeply") from error


def check_keys(entry: Mapping[str, Any], known: Collection[str], place: str) -> None:
    """Refuse keys that mean nothing.

    Raises:
        SchemaError: If there is one; the message lists those that are known.
    """
    unknown = sorted(entry.keys() - set(known))
    if unknown:
        raise SchemaError(f"{place}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}")


def text_of(entry: Mapping[str, Any], key: str, place: str) -> str:
    """A text that is not empty.

    Raises:
        SchemaError: If the key is missing or holds something else.
    """
    if key not in entry:
        raise SchemaError(f"{place}: key {key!r} is missing")
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise SchemaError(f"{place}: key {key!r} is {value!r:.60}; write a text that is not empty")
    return value


def texts_of(value: Any, key: str, place: str, choices: Collection[str] = ()) -> tuple[str, ...]:
    """A list of texts, none of them empty; only of some, where choices are given.

    Raises:
        SchemaError: If it is something else.
    """
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise SchemaError(f"{place}: key {key!r} is {value!r:.60}; write a list of texts")
    for item in value:
        if choices and item not in choices:
            raise SchemaError(f"{place}: key {key!r} has {item!r:.60}; use {', '.join(choices)}")
    return tuple(value)


def table_of(value: Any, key: str, place: str) -> Mapping[str, Any]:
    """A table.

    Raises:
        SchemaError: If it is something else.
    """
    if not isinstance(value, dict):
        raise SchemaError(f"{place}: key {key!r} is {value!r:.60}; write a table")
    return value
