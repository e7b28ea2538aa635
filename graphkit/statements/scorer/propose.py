"""Possible statements of an article: what frames read and what the network takes for likely, brought together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from graphkit.model import ENTITY_TYPES
from graphkit.schema import relations
from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.network import from_root
from graphkit.statements.scorer.nodes import Ints
from graphkit.statements.scorer.pairs import VAGUE
from graphkit.statements.view import DocView

LEAST_ODDS, LEAST_CUED = -5.0, -9.0
_NONE = -12.0


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
    names: tuple[str, ...],
    read: Mapping[Key, Sequence[tuple[str, float]]],
) -> list[Proposal]:
    """Bring together what frames read and what the network takes for likely.

    Args:
        features: Features of the Doc's pairs.
        scores: Log odds of every relation for every pair.
        names: Names of the relations, in the order of the scores.
        read: What frames read, by `key_of`, with frame and confidence.
    """
    found: dict[Key, list[tuple[float, int]]] = {key: [] for key in read}
    nodes, pairs = features.nodes, features.pairs
    kinds = np.array([ENTITY_TYPES.index(node.type) for node in nodes], dtype=np.int64)
    allowed = _allowed(names)[kinds[pairs.first], kinds[pairs.second]]
    cues = cues_of(features, names)
    likely = (scores > LEAST_ODDS) | ((scores > LEAST_CUED) & ((cues.above + cues.on_path) > 0))
    for n, k in zip(*np.nonzero(likely & allowed), strict=True):
        first, second = nodes[pairs.first[n]], nodes[pairs.second[n]]
        key = key_of(first.referent, names[k], second.referent, second.amount)
        found.setdefault(key, []).append((-float(scores[n, k]), int(n)))
    unseen = [key for key, places in found.items() if not places]
    for key, place in _weak(unseen, features, scores, names).items():
        found[key].append(place)
    return [_proposal(key, sorted(places)[:3], read.get(key, ())) for key, places in sorted(found.items())]


def _weak(
    keys: Iterable[Key], features: Features, scores: npt.NDArray[np.float32], names: tuple[str, ...]
) -> dict[Key, tuple[float, int]]:
    """What the network says of statements that frames alone take for likely."""
    wanted: dict[tuple[int, int, int], list[Key]] = {}
    for key in keys:
        subject, relation, obj, amount = key
        wanted.setdefault((subject, obj, amount), []).append(key)
        if relations()[relation].symmetric:
            wanted.setdefault((obj, subject, amount), []).append(key)
    best: dict[Key, tuple[float, int]] = {}
    nodes, pairs = features.nodes, features.pairs
    for n, (i, j) in enumerate(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True) if wanted else ()):
        for key in wanted.get((nodes[i].referent, nodes[j].referent, nodes[j].amount), ()):
            place = (-float(scores[n, names.index(key[1])]), n)
            best[key] = min(best.get(key, place), place)
    return best


def _proposal(key: Key, places: Sequence[tuple[float, int]], read: Sequence[tuple[str, float]]) -> Proposal:
    subject, relation, obj, amount = key
    frames = tuple(sorted(read, key=lambda item: (-item[1], item[0])))
    return Proposal(
        subject, relation, obj, amount, tuple(n for _, n in places), tuple(-odds for odds, _ in places), frames
    )


@dataclass(frozen=True, slots=True)
class Cues:
    """How many words that can evoke each relation stand where, a row a pair, a column a relation.

    Args:
        above: At the token that joins the two arguments.
        on_path: Below it, on the way to one of them.
        between: Between the two mentions.
    """

    above: Ints
    on_path: Ints
    between: Ints


def cues_of(features: Features, names: tuple[str, ...]) -> Cues:
    """Find the words that can evoke relations, for all pairs."""
    tree, pairs = features.tree, features.pairs
    table = np.zeros((len(tree.head), len(names)), dtype=np.int64)
    for token, name in features.evoked:
        if name in names:
            table[token, names.index(name)] = 1
    above = from_root(table, tree)
    heads = np.array([node.head for node in features.nodes], dtype=np.int64)
    rooted = (pairs.shared >= 0)[:, None]
    ways = above[heads[pairs.first]] + above[heads[pairs.second]] - 2 * above[pairs.common] * rooted
    before = np.vstack([np.zeros((1, len(names)), np.int64), table.cumsum(axis=0)])
    return Cues(table[pairs.common], ways, before[pairs.right] - before[pairs.left])


COLUMNS = (
    "odds",
    "odds over prior",
    "cue above",
    "cue on the way",
    "cue between",
    "frequency of the relation",
    "rank in the relation",
    "second odds",
    "sentences",
    "other relation",
    "rank among relations",
    "rank among objects",
    "rank among subjects",
    "frame confidence",
    "frames",
    "frame of another relation",
    "share of the frame",
    "share of the relation",
    "distance",
    "steps",
    "outside",
    "sentence",
    "mentions of subject",
    "mentions of object",
    "first sentence of subject",
    "first sentence of object",
    "subject type",
    "object type",
    "subject described",
    "object described",
    "subject kind",
    "object kind",
    "words of object",
    "likely statements of subject",
    "likely statements",
    "length",
)
_KINDS = ("name", "nominal", "pronoun", "amount", "speaker", "previous", "topic")


@dataclass(frozen=True, slots=True)
class Shares:
    """How often frames and relations were right in training.

    Args:
        frames: Share of hits by frame, smoothed.
        relations: Share of hits of likely proposals by relation, smoothed.
        frame_default: For frames that training did not see.
        rates: Log odds that a pair of arguments has the relation.
    """

    frames: Mapping[str, float]
    relations: Mapping[str, float]
    frame_default: float
    rates: Mapping[str, float]


def describe_proposals(
    view: DocView, features: Features, proposals: Sequence[Proposal], shares: Shares
) -> npt.NDArray[np.float32]:
    """One row a proposal, one column for each of `COLUMNS`."""
    context = _Context(view, features, proposals, tuple(sorted(shares.rates)))
    rows = [context.row(proposal, shares) for proposal in proposals]
    return np.array(rows, dtype=np.float32).reshape(len(rows), len(COLUMNS))


class _Context:
    """What rows of one Doc share."""

    def __init__(
        self, view: DocView, features: Features, proposals: Sequence[Proposal], names: tuple[str, ...]
    ) -> None:
        self._cues = cues_of(features, names)
        self._column = {name: n for n, name in enumerate(names)}
        self._view, self._features = view, features
        self._nodes, self._pairs = features.nodes, features.pairs
        self._counts: dict[int, int] = {}
        self._first: dict[int, int] = {}
        for node in self._nodes:
            if not node.outside:
                self._counts[node.referent] = self._counts.get(node.referent, 0) + 1
                self._first.setdefault(node.referent, node.sentence)
        self._by_pair = _odds_by(proposals, lambda p: frozenset((p.subject, p.object, ~p.amount)))
        self._by_object = _odds_by(proposals, lambda p: (p.subject, p.relation))
        self._by_subject = _odds_by(proposals, lambda p: (p.relation, p.object, p.amount))
        self._by_relation = _odds_by(proposals, lambda p: p.relation)
        self._by_first = _odds_by(proposals, lambda p: p.subject)
        self._likely = sum(_odds(p) > -1 for p in proposals)
        self._framed: dict[Any, set[str]] = {}
        for p in proposals:
            if p.frames:
                self._framed.setdefault(frozenset((p.subject, p.object, ~p.amount)), set()).add(p.relation)

    def row(self, p: Proposal, shares: Shares) -> list[float]:
        odds = _odds(p)
        pair = frozenset((p.subject, p.object, ~p.amount))
        others = self._by_pair[pair]
        framed = self._framed.get(pair, set()) - {p.relation}
        sentences = {self._nodes[self._pairs.first[n]].sentence for n in p.pairs}
        rate = shares.rates.get(p.relation, _NONE)
        return [
            odds,
            odds - rate,
            *self._cue_counts(p),
            rate,
            sum(other > odds for other in self._by_relation[p.relation]),
            p.odds[1] if len(p.odds) > 1 else _NONE,
            len(sentences),
            odds - max((other for other in others if other != odds), default=_NONE),
            sum(other > odds for other in others),
            sum(other > odds for other in self._by_object[(p.subject, p.relation)]),
            sum(other > odds for other in self._by_subject[(p.relation, p.object, p.amount)]),
            p.frames[0][1] if p.frames else 0.0,
            len(p.frames),
            len(framed),
            max((shares.frames.get(name, shares.frame_default) for name, _ in p.frames), default=0.0),
            shares.relations.get(p.relation, 0.1),
            *self._place(p),
            *self._arguments(p),
            sum(other > -1 for other in self._by_first[p.subject]),
            self._likely,
            len(self._view.sentence_index),
        ]

    def _cue_counts(self, p: Proposal) -> list[int]:
        column = self._column.get(p.relation)
        if column is None or not p.pairs:
            return [0, 0, 0]
        pairs = list(p.pairs)
        return [int(table[pairs, column].max()) for table in (self._cues.above, self._cues.on_path, self._cues.between)]

    def _place(self, p: Proposal) -> list[float]:
        if not p.pairs:
            return [99, 99, 2, 99]
        n = p.pairs[0]
        first, second = self._nodes[self._pairs.first[n]], self._nodes[self._pairs.second[n]]
        steps = self._pairs.first_steps[n] + self._pairs.second_steps[n]
        gap = self._pairs.right[n] - self._pairs.left[n]
        return [int(gap), int(steps), float(first.outside or second.outside), first.sentence]

    def _arguments(self, p: Proposal) -> list[float]:
        referents = self._view.referents
        subject, obj = referents[p.subject], referents[p.object] if p.object >= 0 else None
        kinds = (-1, -1)
        if p.pairs:
            n = p.pairs[0]
            pair = self._nodes[self._pairs.first[n]], self._nodes[self._pairs.second[n]]
            kinds = tuple(_KINDS.index(node.kind) for node in pair)
        return [
            self._counts.get(p.subject, 0),
            self._counts.get(p.object, 0) if obj is not None else 0,
            self._first.get(p.subject, 99),
            self._first.get(p.object, 99) if obj is not None else 99,
            ENTITY_TYPES.index(subject["type"]),
            ENTITY_TYPES.index(obj["type"]) if obj is not None else len(ENTITY_TYPES) - 1,
            float(subject["described"]),
            float(obj["described"]) if obj is not None else 0.0,
            *kinds,
            len(obj["name"].split()) if obj is not None else 0,
        ]


def _odds(p: Proposal) -> float:
    return p.odds[0] if p.odds else _NONE


def _odds_by(proposals: Sequence[Proposal], group: Any) -> dict[Any, list[float]]:
    found: dict[Any, list[float]] = {}
    for proposal in proposals:
        found.setdefault(group(proposal), []).append(_odds(proposal))
    return found
