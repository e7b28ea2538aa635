"""Figures of the relation stage: scores with intervals, by relation, and stated against observed confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from graphkit.training.gold import Fact

_SAMPLES = 1000
_EDGES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The possible statements of one article and what is annotated.

    Args:
        facts: What is annotated.
        relations: Relation of each possible statement.
        framed: Whether a frame read it.
        hits: Which annotated statement it is, -1 for none.
        chances: How likely it is right by the scorer.
    """

    facts: Sequence[Fact]
    relations: tuple[str, ...]
    framed: npt.NDArray[np.bool_]
    hits: npt.NDArray[np.int64]
    chances: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and their harmonic mean; recall of salient statements."""

    precision: float
    recall: float
    f1: float
    salient: float


def stated(outcome: Outcome, threshold: float) -> npt.NDArray[np.bool_]:
    """What is likely enough, with a frame or without."""
    return outcome.chances >= threshold


def counts(outcome: Outcome, chosen: npt.NDArray[np.bool_]) -> tuple[int, int, int, int, int]:
    """Stated, right, annotated, right and salient, annotated and salient."""
    hits = {int(n) for n in outcome.hits[chosen] if n >= 0}
    salient = sum(outcome.facts[n].salient for n in hits)
    return int(chosen.sum()), len(hits), len(outcome.facts), salient, sum(fact.salient for fact in outcome.facts)


def score(totals: npt.NDArray[np.int64]) -> Score:
    """Scores from sums of `counts`."""
    made, right, wanted, found, salient = (int(n) for n in totals)
    precision, recall = right / max(made, 1), right / max(wanted, 1)
    return Score(precision, recall, 2 * right / max(made + wanted, 1), found / max(salient, 1))


def measure(outcomes: Sequence[Outcome], threshold: float) -> Score:
    """The score at a threshold."""
    return score(np.array([counts(o, stated(o, threshold)) for o in outcomes]).sum(axis=0))


def report(title: str, outcomes: Sequence[Outcome], threshold: float) -> str:
    """Scores with 95 % intervals (bootstrap over articles), by relation, and a table of reliability, in Markdown."""
    lines = [f"## {title}: {len(outcomes)} articles, threshold {threshold:.2f}", ""]
    lines += ["| what is stated | P | R | F1 | F1, 95 % | salient R |", "|---|---|---|---|---|---|"]
    alone = np.array([counts(o, o.framed) for o in outcomes])
    both = np.array([counts(o, stated(o, threshold)) for o in outcomes])
    lines += [_scored("all that frames read", alone), _scored("what is likely enough", both), ""]
    lines += ["| relation | gold | frames P | R | scorer P | R |", "|---|---|---|---|---|---|"]
    lines += [*_by_relation(outcomes, threshold), ""]
    lines += ["| confidence | frames: statements | stated | right | scorer: statements | stated | right |"]
    lines += ["|---|---|---|---|---|---|---|", *_reliability(outcomes, threshold), "", ""]
    return "\n".join(lines)


def _scored(name: str, table: npt.NDArray[np.int64]) -> str:
    result = score(table.sum(axis=0))
    rng = np.random.default_rng(0)
    drawn = [score(table[rng.integers(0, len(table), len(table))].sum(axis=0)).f1 for _ in range(_SAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    figures = f"{result.precision:.3f} | {result.recall:.3f} | {result.f1:.3f} | {low:.3f}–{high:.3f}"
    return f"| {name} | {figures} | {result.salient:.3f} |"


def _by_relation(outcomes: Sequence[Outcome], threshold: float) -> list[str]:
    names = sorted({fact.relation for outcome in outcomes for fact in outcome.facts})
    gold = {name: sum(fact.relation == name for o in outcomes for fact in o.facts) for name in names}
    lines = []
    for name in sorted(names, key=lambda name: (-gold[name], name)):
        figures = []
        for everything in (False, True):
            made = right = 0
            for o in outcomes:
                kept = stated(o, threshold) if everything else o.framed
                chosen = kept & np.array([relation == name for relation in o.relations], dtype=bool)
                made += int(chosen.sum())
                right += len({int(n) for n in o.hits[chosen] if n >= 0})
            figures += [f"{right / made:.2f}" if made else "–", f"{right / gold[name]:.2f}"]
        lines.append(f"| `{name}` | {gold[name]} | {' | '.join(figures)} |")
    return lines


def _reliability(outcomes: Sequence[Outcome], threshold: float) -> list[str]:
    chances = np.concatenate([o.chances for o in outcomes])
    right = np.concatenate([o.hits >= 0 for o in outcomes])
    framed = np.concatenate([o.framed for o in outcomes])
    lines = []
    for low, high in pairwise(_EDGES):
        cells = []
        for kind in (framed, ~framed & (chances >= threshold)):
            chosen = kind & (chances >= low) & (chances < high)
            n = int(chosen.sum())
            cells += [str(n), f"{chances[chosen].mean():.2f}", f"{right[chosen].mean():.2f}"] if n else ["0", "–", "–"]
        lines.append(f"| {low:.1f}–{high:.1f} | {' | '.join(cells)} |")
    return lines
