"""Lists of words that the readers of a language know, each table from its ``<language>_<table>.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def word_lists(language: str, table: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of a table ("modality", "metrics", "verbs") by name, in the order of the file.

    Raises:
        FileNotFoundError: If the language has no such table.
    """
    text = files(__package__).joinpath(f"{language}_{table}.toml").read_text(encoding="utf-8")
    return {name: tuple(words) for name, words in tomllib.loads(text).items()}


@cache
def word_classes(language: str, table: str) -> Mapping[str, frozenset[str]]:
    """The same lists as sets, to ask whether a word is in one."""
    return {name: frozenset(words) for name, words in word_lists(language, table).items()}
