"""Frames of the user's own, beside those that ship."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphkit.language import supported_languages
from graphkit.schema import Relation, SchemaError, language_of, read_toml, relations_with
from graphkit.statements.frames import Frame, load_frames, parse_frames


def frames_with(files: Sequence[Path | str], language: str) -> tuple[Frame, ...]:
    """The frames of the user's files, then those that ship: of two that fire on the same words, the first reads.

    Args:
        files: TOML files as docs/relations.md describes them; frames for other languages are left out.
        language: Language code.

    Raises:
        SchemaError: If a file cannot be used; the message names file, frame, key and remedy.
    """
    return (*(frame for code, frame in own_frames(files) if code in (None, language)), *load_frames(language))


def own_frames(files: Sequence[Path | str]) -> list[tuple[str | None, Frame]]:
    """The frames of the user's files, each with the language that it is for, None for any.

    Raises:
        SchemaError: If a file cannot be used.
    """
    schema = relations_with(files)
    found: list[tuple[str | None, Frame]] = []
    ids: dict[str, str] = {}
    for file in files:
        table = read_toml(file)
        language = language_of(table, str(file))
        for frame in parse_frames(_entries(table, str(file)), str(file), schema):
            if frame.id in ids:
                where = "here" if ids[frame.id] == str(file) else f"in {ids[frame.id]}"
                raise SchemaError(f"{file}: frame {frame.id!r}: the id is taken {where}; give it another")
            ids[frame.id] = str(file)
            found.append((language, frame))
    _check_not_shipped(found, ids)
    return found


def check_frames(files: Sequence[Path | str]) -> Mapping[str, Relation]:
    """Look, before long work, whether files of frames can be used.

    Returns:
        The relations that ship and those that the files declare, by name.

    Raises:
        SchemaError: If they cannot.
    """
    own_frames(files)
    return relations_with(files)


def _check_not_shipped(found: Sequence[tuple[str | None, Frame]], files: Mapping[str, str]) -> None:
    shipped = {frame.id for language in supported_languages() for frame in load_frames(language)}
    for _, frame in found:
        if frame.id in shipped:
            raise SchemaError(f"{files[frame.id]}: frame {frame.id!r}: a frame that ships has the id; give it another")


def _entries(table: Mapping[str, Any], source: str) -> Sequence[Mapping[str, Any]]:
    entries = table.get("frame", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SchemaError(f"{source}: key 'frame' is {entries!r:.60}; write each frame under [[frame]]")
    return entries
