"""Words that can evoke a relation: how many stand where, for every pair of arguments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.network import from_root
from graphkit.statements.scorer.nodes import Ints


@dataclass(frozen=True, slots=True)
class Cues:
    """How many words that can evoke each relation stand where, a row a pair, a column a relation.

    Args:
        names: Of the relations.
        above: At the token that joins the two arguments.
        on_path: Below it, on the way to one of them.
        between: Between the two mentions.
    """

    names: tuple[str, ...]
    above: Ints
    on_path: Ints
    between: Ints


def cues_of(features: Features, names: tuple[str, ...]) -> Cues:
    """Find the words that can evoke relations, for all pairs.

    Args:
        features: Of the Doc's pairs.
        names: Of the relations.
    """
    tree, pairs = features.tree, features.pairs
    table = np.zeros((len(tree.head), len(names)), dtype=np.int64)
    column = {name: n for n, name in enumerate(names)}
    for token, name in features.evoked:
        if name in column:
            table[token, column[name]] = 1
    above = from_root(table, tree)
    heads = np.array([node.head for node in features.nodes], dtype=np.int64)
    rooted = (pairs.shared >= 0)[:, None]
    ways = above[heads[pairs.first]] + above[heads[pairs.second]] - 2 * above[pairs.common] * rooted
    before = np.vstack([np.zeros((1, len(names)), np.int64), table.cumsum(axis=0)])
    return Cues(names, table[pairs.common], ways, before[pairs.right] - before[pairs.left])
