"""What the trees look at: one row a possible statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphkit.model import ENTITY_TYPES
from graphkit.statements.scorer.cues import Cues
from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.nodes import Ints
from graphkit.statements.scorer.propose import Proposal
from graphkit.statements.view import DocView

Floats = npt.NDArray[np.float64]
_NONE = -12.0
_FAR, _LIKELY = 99, -1.0

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
    view: DocView, features: Features, proposals: Sequence[Proposal], shares: Shares, cues: Cues
) -> npt.NDArray[np.float32]:
    """One row a proposal, one column for each of `COLUMNS`.

    Args:
        view: The Doc.
        features: Of its pairs.
        proposals: What may be stated.
        shares: How often frames and relations were right.
        cues: Words that can evoke relations.
    """
    if not proposals:
        return np.zeros((0, len(COLUMNS)), dtype=np.float32)
    said = _Said.of(proposals)
    columns = (
        _by_odds(said, shares)
        | _by_frames(said, proposals, shares)
        | _by_cues(said, proposals, cues)
        | _by_place(said, features)
        | _by_arguments(said, view, features)
        | {"length": np.full(len(proposals), len(view.sentence_index))}
    )
    return np.stack([columns[name] for name in COLUMNS], axis=1).astype(np.float32)


@dataclass(frozen=True, slots=True)
class _Said:
    """Proposals as columns; groups are numbered."""

    subject: Ints
    object: Ints
    amount: Ints
    relation: Ints
    names: Sequence[str]
    odds: Floats
    second: Floats
    pairs: Ints
    arguments: Ints

    @classmethod
    def of(cls, proposals: Sequence[Proposal]) -> _Said:
        subject, obj, amount = (
            np.array([getattr(p, name) for p in proposals], dtype=np.int64) for name in ("subject", "object", "amount")
        )
        names = sorted({p.relation for p in proposals})
        number = {name: n for n, name in enumerate(names)}
        odds = np.full((len(proposals), 2), _NONE)
        pairs = np.full((len(proposals), max(1, *(len(p.pairs) for p in proposals))), -1)
        for n, p in enumerate(proposals):
            odds[n, : len(p.odds)] = p.odds[:2]
            pairs[n, : len(p.pairs)] = p.pairs
        relation = np.array([number[p.relation] for p in proposals])
        arguments = _groups(np.minimum(subject, obj), np.maximum(subject, obj), amount)
        return cls(subject, obj, amount, relation, names, odds[:, 0], odds[:, 1], pairs, arguments)


def _groups(*columns: Ints) -> Ints:
    """A number for each row of the columns; equal rows have equal numbers."""
    return np.unique(np.stack(columns, axis=1), axis=0, return_inverse=True)[1].reshape(-1)


def _ranks(group: Ints, odds: Floats) -> tuple[Ints, Floats]:
    """How many of its group have greater odds, and the greatest odds in it that differ from one's own."""
    order = np.lexsort((-odds, group))
    group, odds = group[order], odds[order]
    place = np.arange(len(group))
    opens = np.r_[True, group[1:] != group[:-1]]
    changes = opens | np.r_[True, odds[1:] != odds[:-1]]
    start = np.maximum.accumulate(np.where(opens, place, 0))
    rank = np.maximum.accumulate(np.where(changes, place, 0)) - start
    following = np.minimum.accumulate(np.where(np.r_[changes[1:], True], place + 1, len(group))[::-1])[::-1]
    inside = np.minimum(following, len(group) - 1)
    lower = np.where((following < len(group)) & (group[inside] == group), odds[inside], _NONE)
    other = np.where(rank > 0, odds[start], lower)
    back = np.empty_like(order)
    back[order] = place
    return rank[back], other[back]


def _by_odds(said: _Said, shares: Shares) -> dict[str, np.ndarray]:
    rate = np.array([shares.rates.get(name, _NONE) for name in said.names])[said.relation]
    share = np.array([shares.relations.get(name, 0.1) for name in said.names])[said.relation]
    among, other = _ranks(said.arguments, said.odds)
    likely = said.odds > _LIKELY
    return {
        "odds": said.odds,
        "odds over prior": said.odds - rate,
        "frequency of the relation": rate,
        "share of the relation": share,
        "second odds": said.second,
        "other relation": said.odds - other,
        "rank among relations": among,
        "rank in the relation": _ranks(said.relation, said.odds)[0],
        "rank among objects": _ranks(_groups(said.subject, said.relation), said.odds)[0],
        "rank among subjects": _ranks(_groups(said.relation, said.object, said.amount), said.odds)[0],
        "likely statements of subject": np.bincount(said.subject, weights=likely)[said.subject],
        "likely statements": np.full(len(likely), likely.sum()),
    }


def _by_frames(said: _Said, proposals: Sequence[Proposal], shares: Shares) -> dict[str, np.ndarray]:
    framed = np.array([bool(p.frames) for p in proposals])
    found = np.unique(np.stack([said.arguments, said.relation], axis=1)[framed], axis=0)
    here = np.bincount(found[:, 0], minlength=said.arguments.max() + 1)[said.arguments]
    known = {tuple(row) for row in found.tolist()}
    itself = [row in known for row in zip(said.arguments.tolist(), said.relation.tolist(), strict=True)]
    share = [max((shares.frames.get(f, shares.frame_default) for f, _ in p.frames), default=0.0) for p in proposals]
    return {
        "frame confidence": np.array([p.frames[0][1] if p.frames else 0.0 for p in proposals]),
        "frames": np.array([len(p.frames) for p in proposals]),
        "frame of another relation": here - np.array(itself),
        "share of the frame": np.array(share),
    }


def _by_cues(said: _Said, proposals: Sequence[Proposal], cues: Cues) -> dict[str, np.ndarray]:
    number = {name: n for n, name in enumerate(cues.names)}
    column = np.array([number.get(name, -1) for name in said.names])[said.relation]
    known = (said.pairs >= 0) & (column >= 0)[:, None]
    tables = {"cue above": cues.above, "cue on the way": cues.on_path, "cue between": cues.between}
    if not known.any():
        return {name: np.zeros(len(proposals)) for name in tables}
    return {name: np.where(known, table[said.pairs, column[:, None]], 0).max(axis=1) for name, table in tables.items()}


def _by_place(said: _Said, features: Features) -> dict[str, np.ndarray]:
    nodes, pairs = features.nodes, features.pairs
    seen = said.pairs[:, 0] >= 0
    columns: dict[str, Ints] = {name: np.full(len(seen), _FAR) for name in ("distance", "steps", "sentence")}
    columns["outside"] = np.full(len(seen), 2)
    columns |= {name: np.full(len(seen), -1) for name in ("subject kind", "object kind")}
    columns["sentences"] = np.zeros(len(seen), dtype=np.int64)
    if seen.any():
        n = said.pairs[seen, 0]
        first, second = pairs.first[n], pairs.second[n]
        outside = np.array([node.outside for node in nodes])
        sentence = np.array([node.sentence for node in nodes])
        kind = np.array([_KINDS.index(node.kind) for node in nodes])
        columns["distance"][seen] = pairs.right[n] - pairs.left[n]
        columns["steps"][seen] = pairs.first_steps[n] + pairs.second_steps[n]
        columns["outside"][seen] = outside[first] | outside[second]
        columns["sentence"][seen] = sentence[first]
        columns["subject kind"][seen], columns["object kind"][seen] = kind[first], kind[second]
        places = np.sort(np.where(said.pairs >= 0, sentence[pairs.first[said.pairs]], -1), axis=1)
        columns["sentences"] = (np.diff(places, prepend=-1, axis=1) > 0).sum(axis=1)
    return columns


def _by_arguments(said: _Said, view: DocView, features: Features) -> dict[str, np.ndarray]:
    inside = [node for node in features.nodes if not node.outside and node.referent >= 0]
    referents = view.referents
    counts = np.bincount([node.referent for node in inside], minlength=len(referents) + 1)
    first = np.full(len(referents) + 1, _FAR)
    for node in reversed(inside):
        first[node.referent] = node.sentence
    # One more row, the last, for amounts, whose index is -1.
    types = np.array([*(ENTITY_TYPES.index(entry["type"]) for entry in referents), len(ENTITY_TYPES) - 1])
    described = np.array([*(bool(entry["described"]) for entry in referents), False])
    words = np.array([*(len(entry["name"].split()) for entry in referents), 0])
    columns = {"words of object": words[said.object]}
    for side, index in (("subject", said.subject), ("object", said.object)):
        columns[f"mentions of {side}"] = counts[index]
        columns[f"first sentence of {side}"] = first[index]
        columns[f"{side} type"] = types[index]
        columns[f"{side} described"] = described[index]
    return columns
