"""The raw texts that training reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a JSONL file of articles, or the forms of a CoNLL-U file, a sentence at a time."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if path.suffix == ".jsonl":
            yield json.loads(line)["text"]
        elif line.startswith("# text ="):
            yield line.partition("=")[2].strip()
