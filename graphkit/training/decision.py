"""Grow the trees that decide on statements, and calibrate them on articles they have not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from graphkit.statements.scorer.describe import Shares
from graphkit.statements.scorer.propose import Proposal
from graphkit.statements.scorer.trees import Trees

Floats = npt.NDArray[np.float64]
SETTINGS = {
    "n_estimators": 100,
    "max_depth": 4,
    "learning_rate": 0.08,
    "subsample": 0.5,
    "min_samples_leaf": 30,
    "max_features": 0.3,
}
_FRAME_PRIOR, _RELATION_PRIOR = 4, 10
_LIKELY = -2.0
_NEVER = -2.2


def count_shares(judged: Iterable[tuple[Proposal, bool]], rates: Mapping[str, float]) -> Shares:
    """How often frames and relations are right, drawn to the mean where they are seldom seen.

    Args:
        judged: Proposals, and whether each is annotated.
        rates: Log odds that a pair of arguments has a relation.
    """
    frames: dict[str, Counter[bool]] = {}
    names: dict[str, Counter[bool]] = {}
    for proposal, right in judged:
        for frame, _ in proposal.frames:
            frames.setdefault(frame, Counter())[right] += 1
        if proposal.frames or (proposal.odds and proposal.odds[0] > _LIKELY):
            names.setdefault(proposal.relation, Counter())[right] += 1
    by_frame, mean = _shares(frames, _FRAME_PRIOR)
    by_relation, _ = _shares(names, _RELATION_PRIOR)
    return Shares(by_frame, by_relation, mean, rates)


def _shares(counts: dict[str, Counter[bool]], prior: int) -> tuple[dict[str, float], float]:
    hits, total = sum(c[True] for c in counts.values()), sum(c.total() for c in counts.values())
    mean = hits / max(total, 1)
    shares = {name: (c[True] + prior * mean) / (c.total() + prior) for name, c in counts.items()}
    return {name: round(share, 4) for name, share in sorted(shares.items())}, round(mean, 4)


def grow(rows: npt.NDArray[np.float32], right: npt.NDArray[np.bool_], seed: int) -> Trees:
    """Grow trees (Friedman, "Stochastic gradient boosting", 2002); not yet calibrated."""
    model = GradientBoostingClassifier(**SETTINGS, random_state=seed).fit(rows, right)
    grown = [tree.tree_ for tree in model.estimators_[:, 0]]
    size = max(tree.node_count for tree in grown)
    share = right.mean()
    return Trees(
        column=_table(grown, "feature", size, np.int64, least=0),
        limit=_table(grown, "threshold", size, np.float64),
        left=_branches(grown, "children_left", size),
        right=_branches(grown, "children_right", size),
        value=_table(grown, "value", size, np.float64) * model.learning_rate,
        start=float(np.log(share / (1 - share))),
        slope=(1.0, 1.0),
        shift=(0.0, 0.0),
    )


def _table(grown: Sequence[object], name: str, size: int, kind: type, least: float = -np.inf) -> np.ndarray:
    table = np.zeros((len(grown), size), dtype=kind)
    for n, tree in enumerate(grown):
        values = getattr(tree, name).reshape(-1)
        table[n, : len(values)] = np.maximum(values, least)
    return table


def _branches(grown: Sequence[object], name: str, size: int) -> npt.NDArray[np.int64]:
    table = np.tile(np.arange(size), (len(grown), 1))
    for n, tree in enumerate(grown):
        children = getattr(tree, name)
        leads = children >= 0
        table[n, : len(children)][leads] = children[leads]
    return table


def calibrate(odds: Floats, framed: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_]) -> tuple[tuple, tuple]:
    """Platt's scaling of log odds, apart for statements that a frame read and for the others.

    Returns:
        Slopes and shifts, each first for those without a frame.
    """
    fitted = []
    for kind in (False, True):
        # The many that nobody will state must not decide how sure the others are.
        chosen = (framed == kind) & (odds > _NEVER)
        model = LogisticRegression(C=1e6).fit(odds[chosen, None], right[chosen])
        fitted.append((float(model.coef_[0, 0]), float(model.intercept_[0])))
    return tuple(slope for slope, _ in fitted), tuple(shift for _, shift in fitted)
