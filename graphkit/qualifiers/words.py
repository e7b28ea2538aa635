"""Words of amounts and times of a language, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import regex
from babel import Locale


@cache
def load_words(language: str) -> Mapping[str, Any]:
    """The tables of ``<language>.toml``.

    Raises:
        FileNotFoundError: If there is no table for the language.
    """
    return tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))


@cache
def month_numbers(language: str) -> Mapping[str, int]:
    """Month names, long and short, lower case, to 1-12; from CLDR."""
    locale = Locale(language)
    forms = ("wide", "abbreviated")
    return {name.lower().rstrip("."): n for form in forms for n, name in locale.months["format"][form].items()}


@cache
def weekday_numbers(language: str) -> Mapping[str, int]:
    """Weekday names, lower case, to 0 (Monday) - 6; from CLDR."""
    names = Locale(language).days["format"]["wide"]
    return {name.lower(): n for n, name in names.items()}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; spaces match any white space."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(regex.escape(word, special_only=True).replace(r"\ ", r"\s+") for word in ordered) + ")"
