"""Why the scorer takes a statement for likely: what it looked at, and what would have changed the verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc

from graphkit.statements.component import StatementReader
from graphkit.statements.scorer.features import Features, named_keys
from graphkit.statements.scorer.judge import Judgement, judge
from graphkit.statements.scorer.network import spelled_out
from graphkit.statements.scorer.propose import COLUMNS, key_of
from graphkit.statements.scorer.weights import Weights, load_weights
from graphkit.statements.view import DocView

_MOST = 12


@dataclass(frozen=True, slots=True)
class Contribution:
    """One thing that the scorer looked at.

    Args:
        feature: What it is, in words.
        value: Its value; 1 for something that is there or not.
        effect: By how much the chance (of a clue about the statement) or the log odds (of a clue in the sentence)
            would be lower without it, or with its usual value.
    """

    feature: str
    value: float
    effect: float


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


def explain_score(doc: Doc, subject: int, relation: str, obj: int, amount: int = -1) -> ScoreExplanation | None:
    """Explain the scorer's verdict on a statement.

    Each effect is found by taking one thing away and scoring again: they need not add up.

    Args:
        doc: A Doc that ran through ``graphkit_mentions`` (and may have run on).
        subject: Index of the subject among the Doc's referents.
        relation: Name of the relation.
        obj: Index of the object, -1 for an amount.
        amount: Index of the amount among the Doc's amounts, for `measure`.

    Returns:
        None if the language has no scorer or the scorer never considered the statement.
    """
    weights = load_weights(doc.lang_)
    if weights is None:
        return None
    view = DocView(doc, doc.lang_)
    reader = StatementReader(doc.lang_)
    judgement = judge(view, reader.read(view), reader.evoked(view), weights)
    key = key_of(subject, relation, obj, amount)
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
    kept = [item for item in found if abs(item.effect) >= 0.005]
    return tuple(sorted(kept, key=lambda item: (-abs(item.effect), item.feature))[:_MOST])


def _clues(row: np.ndarray, framed: bool, weights: Weights) -> Iterator[Contribution]:
    without = np.tile(row, (len(COLUMNS) + 1, 1))
    for column in range(len(COLUMNS)):
        without[column, column] = weights.typical[column]
    chances = weights.trees.chance(without, np.full(len(without), framed))
    for column, name in enumerate(COLUMNS):
        yield Contribution(name, round(float(row[column]), 3), round(float(chances[-1] - chances[column]), 4))


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
        yield Contribution(names.get(int(key), "?"), round(float(values[chosen].sum()), 3), round(float(effect), 4))
