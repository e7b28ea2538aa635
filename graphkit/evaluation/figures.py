"""Figures from counts, and how far they would move with other articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

Counts: TypeAlias = Mapping[str, float]
Score: TypeAlias = dict[str, float]

_SEED, _RESAMPLES, _TAILS = 0, 1000, (2.5, 97.5)

# The figures that intervals are given for.
_WITH_INTERVAL: Mapping[str, Callable[[Counts], float]] = {
    "precision": lambda counts: statement_score(counts)["precision"],
    "recall": lambda counts: statement_score(counts)["recall"],
    "f1": lambda counts: statement_score(counts)["f1"],
    "salient_recall": lambda counts: share(counts["salient_right"], counts["salient"]),
    "entities": lambda counts: entity_score(counts)["f1"],
    "amounts_and_times": lambda counts: value_score(counts)["f1"],
    "modality_accuracy": lambda counts: share(counts["modality_right"], counts["right"]),
    "claimed_by_accuracy": lambda counts: share(counts["claimed_by_right"], counts["right"]),
}


def share(part: float, whole: float) -> float:
    """A part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0


def score(right: float, predicted: float, gold: float) -> Score:
    """Precision, recall and their harmonic mean."""
    precision, recall = share(right, predicted), share(right, gold)
    return {"precision": precision, "recall": recall, "f1": share(2 * precision * recall, precision + recall)}


def statement_score(counts: Counts) -> Score:
    return score(counts["right"], counts["right"] + counts["wrong"], counts["gold"])


def entity_score(counts: Counts) -> Score:
    return score(counts["entity_right"], counts["entity_predicted"], counts["entity_gold"])


def value_score(counts: Counts) -> Score:
    return score(counts["value_right"], counts["value_predicted"], counts["value_gold"])


def intervals(articles: Sequence[Counts]) -> dict[str, tuple[float, float]]:
    """95 % percentile intervals by a bootstrap over articles (Efron and Tibshirani 1993, chapter 13).

    Articles, not statements, are drawn: the statements of one article stand and fall together.

    Args:
        articles: The counts of each article.

    Returns:
        By name of the figure; empty for a single article, which says nothing of others.
    """
    if len(articles) < 2:
        return {}
    names = sorted({name for counts in articles for name in counts})
    table = np.array([[counts.get(name, 0) for name in names] for counts in articles], dtype=float)
    even = np.full(len(articles), 1 / len(articles))
    draws = np.random.default_rng(_SEED).multinomial(len(articles), even, size=_RESAMPLES) @ table
    samples = [dict(zip(names, row, strict=True)) for row in draws.tolist()]
    found = {}
    for figure, of in _WITH_INTERVAL.items():
        low, high = np.percentile([of(_Missing(sample)) for sample in samples], _TAILS)
        found[figure] = (float(low), float(high))
    return found


class _Missing(dict[str, float]):
    """Counts of which some never rose."""

    def __missing__(self, name: str) -> float:
        return 0.0
