"""Subword vectors (floret) from raw text: 96 dimensions in 20,000 rows, 3- to 5-grams, lower-cased.

floret (Boyd & Warmerdam, "floret: lightweight, robust word vectors", 2022) hashes subwords into a small table, so
that unknown words have vectors too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import floret
import spacy
from spacy.language import Language
from spacy.training.initialize import convert_vectors

_DIMENSIONS, _ROWS = 96, 20_000


def train_vectors(texts: Iterator[str], folder: Path) -> Path:
    """Train vectors on texts.

    Args:
        texts: Raw texts; only counts of their words enter the vectors.
        folder: Where the table is written, as ``vectors.floret``.
    """
    tokenizer = spacy.blank("id").tokenizer
    corpus = folder / "corpus.txt"
    with corpus.open("w", encoding="utf-8") as file:
        for text in texts:
            file.write(" ".join(token.lower_ for token in tokenizer(text) if not token.is_space) + "\n")
    model = floret.train_unsupervised(
        str(corpus),
        model="cbow",
        mode="floret",
        hashCount=2,
        bucket=_ROWS,
        dim=_DIMENSIONS,
        minn=3,
        maxn=5,
        minCount=5,
        epoch=15,
        lr=0.05,
        thread=1,
    )
    path = folder / "vectors.floret"
    model.save_floret_vectors(str(path))
    return path


def add_vectors(nlp: Language, path: Path) -> None:
    """Put trained vectors into the vocabulary of a pipeline."""
    convert_vectors(nlp, path, truncate=0, prune=-1, name="id_core_news.vectors", mode="floret")
