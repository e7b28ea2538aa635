"""The raw texts that training reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab


def read_texts(path: Path) -> Iterator[str]:
    """The texts of a JSONL file of articles, or the forms of a CoNLL-U file, a sentence at a time."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if path.suffix == ".jsonl":
            yield json.loads(line)["text"]
        elif line.startswith("# text ="):
            yield line.partition("=")[2].strip()


def same_words(tokens: Doc | Span, vocab: Vocab, **annotations: Any) -> Doc:
    """A Doc with the words and spaces of another or of a part of it, and nothing else but the annotations given."""
    words, spaces = [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
    return Doc(vocab, words=words, spaces=spaces, **annotations)
