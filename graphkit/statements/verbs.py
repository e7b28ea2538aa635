"""Verbs whose neighbours take their subject from elsewhere, read from ``<language>_verbs.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def verbs(language: str) -> Mapping[str, frozenset[str]]:
    """Classes of verbs by name: ``copulas``, ``denials``, ``object_control`` and ``judging``."""
    text = files(__package__).joinpath(f"{language}_verbs.toml").read_text(encoding="utf-8")
    return {name: frozenset(forms) for name, forms in tomllib.loads(text).items()}
