"""Where the sample articles are."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

_SUFFIXES = frozenset({".html", ".jsonl", ".txt"})


def sample_paths() -> list[Path]:
    """The files with sample articles, in order of name: JSON Lines, an HTML page and a plain text."""
    folder = Path(str(files(__package__)))
    return sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
