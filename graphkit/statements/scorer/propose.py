"""Possible statements of an article: what frames read and what the network takes for likely, brought together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from graphkit.model import ENTITY_TYPES
from graphkit.schema import relations
from graphkit.statements.scorer.cues import Cues
from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.nodes import Ints
from graphkit.statements.scorer.pairs import VAGUE

LEAST_ODDS, LEAST_CUED = -5.0, -9.0
_MOST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible statement.

    Args:
        subject: Index of the subject's referent.
        relation: Its name.
        object: Index of the object's referent, -1 for an amount.
        amount: Index among the Doc's amounts, -1 where the object is a referent.
        pairs: Pairs of the Doc that may say it, likeliest first.
        odds: Log odds of these pairs by the network.
        frames: Frames that read it, with their confidence, surest first.
    """

    subject: int
    relation: str
    object: int
    amount: int
    pairs: tuple[int, ...]
    odds: tuple[float, ...]
    frames: tuple[tuple[str, float], ...]


Key = tuple[int, str, int, int]


@cache
def _allowed(names: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Which relations hold between which types; `measure` alone between a thing and an amount.

    "Concept" is the type of descriptions that the lexicon does not know: they may turn out to be anything.
    """
    table = np.zeros((len(ENTITY_TYPES), len(ENTITY_TYPES), len(names)), dtype=bool)
    for k, name in enumerate(names):
        relation = relations()[name]
        for a, subject in enumerate(ENTITY_TYPES[:-1]):
            for b, obj in enumerate(ENTITY_TYPES[:-1]):
                fits = subject in relation.subject_types or subject == VAGUE
                table[a, b, k] = name != "measure" and fits and (obj in relation.object_types or obj == VAGUE)
        if name == "measure":
            table[:, ENTITY_TYPES.index("Quantity"), k] = True
    return table


def key_of(subject: int, relation: str, obj: int, amount: int) -> Key:
    """What a statement is told by: its relation and its arguments, in one order for symmetric relations."""
    known = relations().get(relation)
    # Relations of the user's own are nothing that the scorer knows.
    if amount < 0 and known is not None and known.symmetric and subject > obj:
        subject, obj = obj, subject
    return subject, relation, obj, amount


def propose(
    features: Features,
    scores: npt.NDArray[np.float32],
    cues: Cues,
    read: Mapping[Key, Sequence[tuple[str, float]]],
) -> list[Proposal]:
    """Bring together what frames read and what the network takes for likely.

    Args:
        features: Features of the Doc's pairs.
        scores: Log odds of every relation for every pair.
        cues: Words that can evoke relations; its names are those of the scores.
        read: What frames read, by `key_of`, with frame and confidence.
    """
    said = _Said.of(features)
    places = _likely(said, features, scores, cues)
    for key in read:
        if key not in places and (place := said.likeliest(key, scores, cues.names)) is not None:
            places[key] = [place]
    keys = sorted({*places, *read})
    return [_proposal(key, places.get(key, ()), scores, cues.names, read.get(key, ())) for key in keys]


@dataclass(frozen=True, slots=True)
class _Said:
    """The arguments of all pairs, a place a pair."""

    subject: Ints
    object: Ints
    amount: Ints

    @classmethod
    def of(cls, features: Features) -> _Said:
        nodes, pairs = features.nodes, features.pairs
        referent = np.array([node.referent for node in nodes], dtype=np.int64)
        amount = np.array([node.amount for node in nodes], dtype=np.int64)
        return cls(referent[pairs.first], referent[pairs.second], amount[pairs.second])

    def likeliest(self, key: Key, scores: npt.NDArray[np.float32], names: Sequence[str]) -> int | None:
        """The pair that is likeliest to say a statement, None if no pair has its arguments."""
        subject, relation, obj, amount = key
        here = (self.subject == subject) & (self.object == obj) & (self.amount == amount)
        if relations()[relation].symmetric:
            here |= (self.subject == obj) & (self.object == subject) & (self.amount == amount)
        pairs = np.flatnonzero(here)
        return int(pairs[scores[pairs, names.index(relation)].argmax()]) if len(pairs) else None


def _likely(said: _Said, features: Features, scores: npt.NDArray[np.float32], cues: Cues) -> dict[Key, list[int]]:
    """What the network takes for likely, with up to `_MOST_PAIRS` pairs that may say it, likeliest first."""
    nodes, pairs = features.nodes, features.pairs
    kinds = np.array([ENTITY_TYPES.index(node.type) for node in nodes], dtype=np.int64)
    likely = (scores > LEAST_ODDS) | ((scores > LEAST_CUED) & ((cues.above + cues.on_path) > 0))
    n, k = np.nonzero(likely & _allowed(cues.names)[kinds[pairs.first], kinds[pairs.second]])
    # The likeliest first; of equals the one that stands first.
    order = np.lexsort((k, n, -scores[n, k]))
    found: dict[Key, list[int]] = {}
    columns = (said.subject[n], k, said.object[n], said.amount[n], n)
    for subject, column, obj, amount, pair in zip(*(values[order].tolist() for values in columns), strict=True):
        places = found.setdefault(key_of(subject, cues.names[column], obj, amount), [])
        if len(places) < _MOST_PAIRS:
            places.append(pair)
    return found


def _proposal(
    key: Key,
    pairs: Sequence[int],
    scores: npt.NDArray[np.float32],
    names: Sequence[str],
    read: Sequence[tuple[str, float]],
) -> Proposal:
    subject, relation, obj, amount = key
    frames = tuple(sorted(read, key=lambda item: (-item[1], item[0])))
    odds = tuple(scores[list(pairs), names.index(relation)].tolist()) if pairs else ()
    return Proposal(subject, relation, obj, amount, tuple(pairs), odds, frames)
