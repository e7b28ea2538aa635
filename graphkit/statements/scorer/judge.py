"""The scorer at work: how likely frames' statements are, and which others the article makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from graphkit.statements.scorer.cues import cues_of
from graphkit.statements.scorer.describe import describe_proposals
from graphkit.statements.scorer.features import Features, read_features
from graphkit.statements.scorer.nodes import find_nodes
from graphkit.statements.scorer.propose import Key, Proposal, key_of, propose
from graphkit.statements.scorer.weights import Weights
from graphkit.statements.view import DocView

SCORER = "scorer"
Evoked = Sequence[tuple[int, str]]
Entries = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the scorer makes of a Doc.

    Args:
        features: Of the pairs.
        proposals: Possible statements.
        rows: What is known of each proposal, by `describe.COLUMNS`.
        chances: How likely each is right, from 0 to 1.
    """

    features: Features
    proposals: Sequence[Proposal]
    rows: npt.NDArray[np.float32]
    chances: npt.NDArray[np.float64]

    def by_key(self) -> dict[Key, float]:
        """The chances by relation and arguments."""
        return {
            (p.subject, p.relation, p.object, p.amount): float(chance)
            for p, chance in zip(self.proposals, self.chances, strict=True)
        }


def judge(view: DocView, entries: Entries, evoked: Evoked, weights: Weights) -> Judgement:
    """Judge what frames read from a Doc, and propose more.

    Args:
        view: The Doc.
        entries: What frames read, as `details.describe` gives it.
        evoked: Tokens that can evoke a relation, with its name.
        weights: What was learnt.
    """
    features = study(view, entries, evoked)
    scores = weights.network.score(features)
    names = weights.network.relations
    cues = cues_of(features, names)
    proposals = propose(features, scores, cues, readings(view, entries, names))
    rows = describe_proposals(view, features, proposals, weights.shares, cues)
    framed = np.array([bool(p.frames) for p in proposals], dtype=bool)
    return Judgement(features, proposals, rows, weights.trees.chance(rows, framed))


def study(view: DocView, entries: Entries, evoked: Evoked) -> Features:
    """The features of a Doc's pairs."""
    fired: dict[tuple[int, int, int], list[str]] = {}
    for entry in entries:
        if entry["object"] is not None:
            for sides in ((entry["subject"], entry["object"]), (entry["object"], entry["subject"])):
                # The other way round it speaks for the pair, too; the weights tell the two apart.
                name = entry["frame"] if sides[0] == entry["subject"] else f"{entry['frame']} turned"
                fired.setdefault((entry["sentence"], *sides), []).append(name)
    return read_features(view, find_nodes(view), fired, evoked)


def readings(view: DocView, entries: Entries, known: Iterable[str]) -> dict[Key, list[tuple[str, float]]]:
    """What frames read, by relation and arguments: frame and confidence."""
    names = frozenset(known)
    found: dict[Key, list[tuple[str, float]]] = {}
    for entry in entries:
        key = entry_key(view, entry)
        if key is not None and entry["relation"] in names:
            found.setdefault(key, []).append((entry["frame"], entry["confidence"]))
    return found


def entry_key(view: DocView, entry: Mapping[str, Any]) -> Key | None:
    """What an entry is told by; None for a figure that stands nowhere."""
    if entry["object"] is not None:
        return key_of(entry["subject"], entry["relation"], entry["object"], -1)
    wanted = entry["qualifiers"].get("amount", {})
    for n, amount in enumerate(view.amounts):
        if entry["start"] <= amount.start < entry["end"] and amount.text == wanted.get("text"):
            return key_of(entry["subject"], entry["relation"], -1, n)
    return None
