"""Why the scorer takes a statement for likely: what it looked at, and what would have changed the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graphkit.statements.contributions import Contribution
from graphkit.statements.scorer.describe import COLUMNS
from graphkit.statements.scorer.features import Features, named_keys
from graphkit.statements.scorer.judge import Entries, Evoked, Judgement, judge
from graphkit.statements.scorer.network import spelled_out
from graphkit.statements.scorer.propose import Key
from graphkit.statements.scorer.weights import Weights
from graphkit.statements.view import DocView

_MOST = 12


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """Why a statement has its confidence.

    Args:
        chance: Calibrated, from 0 to 1.
        threshold: From where a statement without a frame is stated.
        odds: Log odds of the network for the likeliest pair of mentions.
        sentence: Index of the sentence of that pair, -1 if there is none.
        clues: What speaks for and against it, as the trees see it, strongest first.
        words: What speaks for and against it in the sentence, as the network sees it, strongest first.
    """

    chance: float
    threshold: float
    odds: float
    sentence: int
    clues: tuple[Contribution, ...]
    words: tuple[Contribution, ...]


def explain_score(
    view: DocView, entries: Entries, evoked: Evoked, weights: Weights, key: Key
) -> ScoreExplanation | None:
    """Explain the scorer's verdict on a statement.

    Each effect is found by taking one thing away and scoring again: they need not add up.

    Args:
        view: A Doc with its mentions.
        entries: What frames read from it.
        evoked: Tokens that can evoke a relation, with its name.
        weights: What was learnt.
        key: Relation and arguments of the statement, as `propose.key_of` gives them.

    Returns:
        None if the scorer never considered the statement.
    """
    judgement = judge(view, entries, evoked, weights)
    for n, p in enumerate(judgement.proposals):
        if (p.subject, p.relation, p.object, p.amount) == key:
            return _explanation(view, judgement, n, weights)
    return None


def _explanation(view: DocView, judgement: Judgement, n: int, weights: Weights) -> ScoreExplanation:
    proposal, features = judgement.proposals[n], judgement.features
    pair = proposal.pairs[0] if proposal.pairs else -1
    words: tuple[Contribution, ...] = ()
    if pair >= 0:
        words = _strongest(_words(view, features, pair, proposal.relation, weights))
    return ScoreExplanation(
        chance=float(judgement.chances[n]),
        threshold=weights.threshold,
        odds=proposal.odds[0] if proposal.odds else float("nan"),
        sentence=features.nodes[features.pairs.first[pair]].sentence if pair >= 0 else -1,
        clues=_strongest(_clues(judgement.rows[n], bool(proposal.frames), weights)),
        words=words,
    )


def _strongest(found: Iterator[Contribution]) -> tuple[Contribution, ...]:
    kept = [item for item in found if abs(item.weight) >= 0.005]
    return tuple(sorted(kept, key=lambda item: (-abs(item.weight), item.feature))[:_MOST])


def _clues(row: np.ndarray, framed: bool, weights: Weights) -> Iterator[Contribution]:
    without = np.tile(row, (len(COLUMNS) + 1, 1))
    for column in range(len(COLUMNS)):
        without[column, column] = weights.typical[column]
    chances = weights.trees.chance(without, np.full(len(without), framed))
    for column, name in enumerate(COLUMNS):
        label = f"{name} {row[column]:.3g}"
        yield Contribution(label, round(float(chances[-1] - chances[column]), 4))


def _words(view: DocView, features: Features, pair: int, relation: str, weights: Weights) -> Iterator[Contribution]:
    network = weights.network
    _, keys, values = spelled_out(features, np.array([pair]))
    rows = network.rows(keys)
    every = network.hidden(features)[pair]
    output = network.output[:, network.relations.index(relation)]
    score = np.maximum(every, 0) @ output
    names = named_keys(view, features, pair)
    for key in np.unique(keys[rows < len(network.keys)]):
        chosen = keys == key
        share = (network.weights[rows[chosen]] * values[chosen, None]).sum(axis=0)
        effect = score - np.maximum(every - share, 0) @ output
        yield Contribution(names.get(int(key), "?"), round(float(effect), 4))
