"""The network that scores pairs: one hidden layer over sums of feature weights, one output a relation. numpy only."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphkit.statements.scorer.features import Features, Keys
from graphkit.statements.scorer.nodes import Ints
from graphkit.statements.scorer.pairs import Tree

Floats = npt.NDArray[np.float32]
PARTS = ("first", "second", "common")


@dataclass(frozen=True, slots=True)
class Network:
    """Weights.

    Args:
        keys: The features it knows, sorted.
        weights: A row of hidden weights for each of them, and a last row of zeros for all others.
        dense: For each of `PARTS`, hidden weights of the vector of its head token.
        bias: Of the hidden layer.
        output: From the hidden layer to the relations.
        output_bias: One a relation.
        relations: Names of the outputs.
    """

    keys: Keys
    weights: Floats
    dense: Floats
    bias: Floats
    output: Floats
    output_bias: Floats
    relations: tuple[str, ...]

    def rows(self, keys: Keys) -> Ints:
        """Rows of the weights for keys."""
        return rows_of(self.keys, keys)

    def hidden(self, features: Features) -> Floats:
        """The hidden layer of every pair, before its threshold."""
        pairs, tree = features.pairs, features.tree
        heads = np.array([node.head for node in features.nodes], dtype=np.int64)
        ours, theirs = heads[pairs.first], heads[pairs.second]
        up, down = (from_root(self._tokens(features, role), tree) for role in ("up", "down"))
        rooted = (pairs.shared >= 0)[:, None]
        total = self._sum(features.firsts)[pairs.first] + self._sum(features.seconds)[pairs.second]
        total += self._sum(features.own) + self.bias
        total += up[ours] - up[pairs.common] * rooted + down[theirs] - down[pairs.common] * rooted
        total += self._tokens(features, "common")[pairs.common]
        between = np.vstack([np.zeros((1, total.shape[1]), np.float32), self._tokens(features, "between")])
        between = between.cumsum(axis=0, dtype=np.float64).astype(np.float32)
        total += (between[pairs.right] - between[pairs.left]) * scale(pairs.right - pairs.left)[:, None]
        vectors = self._vectors(features)
        for part, tokens in zip(range(len(PARTS)), (ours, theirs, pairs.common), strict=True):
            total += (vectors @ self.dense[part])[tokens]
        return total

    def score(self, features: Features) -> Floats:
        """Log odds of every relation for every pair."""
        return np.maximum(self.hidden(features), 0) @ self.output + self.output_bias

    def _vectors(self, features: Features) -> Floats:
        """The Doc's vectors; zeros for one that was put together by hand and has none."""
        vectors, wide = features.vectors, self.dense.shape[1]
        if not vectors.size:
            return np.zeros((len(features.tree.head), wide), np.float32)
        if vectors.shape[1] != wide:
            raise ValueError(
                f"the pipeline gives vectors of width {vectors.shape[1]}, the scorer was trained on {wide}: "
                "run python -m graphkit.training relations"
            )
        return vectors

    def _sum(self, keys: Keys) -> Floats:
        rows = self.rows(keys)
        total = np.zeros((len(rows), self.weights.shape[1]), np.float32)
        for column in rows.T:
            total += self.weights[column]
        return total

    def _tokens(self, features: Features, role: str) -> Floats:
        total = self._sum(features.tokens[role])
        tokens, keys = features.extra[role]
        np.add.at(total, tokens, self.weights[self.rows(keys)])
        return total


def rows_of(known: Keys, keys: Keys) -> Ints:
    """Places of keys among sorted known ones; the number of known ones for those that are not."""
    place = np.searchsorted(known, keys)
    found = known[np.minimum(place, len(known) - 1)] == keys
    return np.where(found, place, len(known))


def scale(gap: Ints) -> Floats:
    """The weight of each word between two mentions: many together weigh like a few."""
    return (1 / np.sqrt(np.maximum(gap, 1))).astype(np.float32)


def from_root(values: np.ndarray, tree: Tree) -> np.ndarray:
    """Sums of the values of a token and of all above it."""
    total = values.copy()
    depth, head = tree.depth, tree.head
    for level in range(1, int(depth.max(initial=0)) + 1):
        here = np.flatnonzero(depth == level)
        total[here] += total[head[here]]
    return total


def spelled_out(features: Features, chosen: Ints) -> tuple[Ints, Keys, Floats]:
    """The same features pair by pair, for training and for explanations.

    Args:
        features: Of a Doc.
        chosen: Indexes of pairs.

    Returns:
        For each feature of each pair: the place of the pair in ``chosen``, the key, the value.
    """
    pairs, tree = features.pairs, features.tree
    heads = np.array([node.head for node in features.nodes], dtype=np.int64)
    first, second = pairs.first[chosen], pairs.second[chosen]
    blocks = [_block(features.firsts[first]), _block(features.seconds[second]), _block(features.own[chosen])]
    common, shared = pairs.common[chosen], pairs.shared[chosen]
    levels = np.arange(tree.ancestors.shape[1])[None, :]
    for role, head in (("up", heads[first]), ("down", heads[second])):
        chain = tree.ancestors[head]
        n, level = np.nonzero((levels > shared[:, None]) & (chain >= 0))
        blocks += _token_blocks(features, role, n, chain[n, level], np.ones(len(n), np.float32))
    blocks += _token_blocks(features, "common", np.arange(len(chosen)), common, np.ones(len(chosen), np.float32))
    gap = pairs.right[chosen] - pairs.left[chosen]
    n = np.repeat(np.arange(len(chosen)), gap)
    offset = np.arange(len(n)) - np.repeat(gap.cumsum() - gap, gap)
    blocks += _token_blocks(features, "between", n, pairs.left[chosen][n] + offset, scale(gap)[n])
    pair, key, value = (np.concatenate([block[part] for block in blocks]) for part in range(3))
    kept = key != 0
    return pair[kept], key[kept], value[kept]


_Block = tuple[Ints, Keys, Floats]


def _block(keys: Keys) -> _Block:
    pair = np.repeat(np.arange(keys.shape[0]), keys.shape[1])
    return pair, keys.ravel(), np.ones(keys.size, np.float32)


def _token_blocks(features: Features, role: str, pair: Ints, token: Ints, value: Floats) -> list[_Block]:
    keys = features.tokens[role]
    wide = keys.shape[1]
    found = [(np.repeat(pair, wide), keys[token].ravel(), np.repeat(value, wide))]
    tokens, extra = features.extra[role]
    if len(tokens):
        # Tokens that evoke something are few: each may have several keys.
        order = np.argsort(tokens, kind="stable")
        tokens, extra = tokens[order], extra[order]
        low, high = np.searchsorted(tokens, token, "left"), np.searchsorted(tokens, token, "right")
        count = high - low
        n = np.repeat(np.arange(len(pair)), count)
        offset = np.arange(len(n)) - np.repeat(count.cumsum() - count, count)
        found.append((pair[n], extra[low[n] + offset], value[n]))
    return found


def vectors_of(features: Features, chosen: Ints) -> Floats:
    """The vectors of first head, second head and common token of pairs, side by side."""
    heads = np.array([node.head for node in features.nodes], dtype=np.int64)
    pairs = features.pairs
    tokens = (heads[pairs.first[chosen]], heads[pairs.second[chosen]], pairs.common[chosen])
    return np.concatenate([features.vectors[part] for part in tokens], axis=1)
