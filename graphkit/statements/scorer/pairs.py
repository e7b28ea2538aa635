"""Pairs of possible arguments and what stands between them, in the sentence and in the tree, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, LEMMA, LOWER, POS

from graphkit.statements.scorer.nodes import Ints, Node
from graphkit.statements.view import DocView

# The type of what is only described by a noun that the lexicon does not know; two such are related in no gold.
VAGUE = "Concept"
_FARTHEST = 60


@dataclass(frozen=True, slots=True)
class Tree:
    """The tokens of a Doc as arrays.

    Args:
        lemma: String ids of the lemmas, with the type of the name for tokens inside names.
        lower: String ids of the words in lower case, likewise.
        shape: Part of speech and relation to the head in one number.
        head: Index of each token's head.
        depth: Steps to the root.
        ancestors: For each token the tokens from the root down to itself, by depth, then -1.
    """

    lemma: npt.NDArray[np.uint64]
    lower: npt.NDArray[np.uint64]
    pos: npt.NDArray[np.uint64]
    dep: npt.NDArray[np.uint64]
    head: Ints
    depth: Ints
    ancestors: Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ordered pairs of nodes: the first as subject, the second as object.

    Args:
        first: Index of the first node.
        second: Index of the second.
        common: The token under which both heads stand, possibly one of them; where the sentence falls into two trees
            the root of the first.
        shared: Depth of the common token, -1 where there is none.
        first_steps: Steps from the first head up to it.
        second_steps: Steps from the second.
        left: First token between the two mentions.
        right: One past the last token between them.
    """

    first: Ints
    second: Ints
    common: Ints
    shared: Ints
    first_steps: Ints
    second_steps: Ints
    left: Ints
    right: Ints


def read_tree(view: DocView, nodes: list[Node]) -> Tree:
    """The tokens of a Doc with names made anonymous: a scorer must not learn who did what in one year."""
    table = view.doc.to_array([LEMMA, LOWER, POS, DEP, HEAD])
    lemma, lower, pos, dep = (table[:, n].copy() for n in range(4))
    head = np.arange(len(table)) + table[:, 4].astype(np.int64)
    for node in nodes:
        if node.kind == "name":
            word = view.doc.vocab.strings.add(f"<{node.type}>")
            lemma[node.start : node.end] = lower[node.start : node.end] = word
    chain, chains = np.arange(len(table)), []
    while True:
        chains.append(chain)
        above = head[chain]
        if (above == chain).all():
            break
        chain = above
    upwards = np.stack(chains, axis=1)
    # A root repeats to the end of its row: its depth is where the repetition begins.
    depth = (upwards[:, 1:] != upwards[:, :-1]).sum(axis=1)
    places = depth[:, None] - np.arange(upwards.shape[1])[None, :]
    ancestors = np.where(places >= 0, np.take_along_axis(upwards, np.maximum(places, 0), axis=1), -1)
    return Tree(lemma, lower, pos, dep, head, depth, ancestors)


def pair_up(nodes: list[Node], tree: Tree) -> Pairs:
    """All ordered pairs within a sentence of which at least one stands in it."""
    first, second = _indexes(nodes)
    start = np.array([node.start for node in nodes], dtype=np.int64)
    end = np.array([node.end for node in nodes], dtype=np.int64)
    head = np.array([node.head for node in nodes], dtype=np.int64)
    ours, theirs = tree.ancestors[head[first]], tree.ancestors[head[second]]
    shared = ((ours == theirs) & (ours >= 0)).cumprod(axis=1).sum(axis=1) - 1
    common = np.take_along_axis(ours, np.maximum(shared, 0)[:, None], axis=1)[:, 0] if len(first) else first
    left = np.minimum(end[first], end[second])
    right = np.maximum(start[first], start[second])
    return Pairs(
        first,
        second,
        common,
        shared,
        tree.depth[head[first]] - shared,
        tree.depth[head[second]] - shared,
        left,
        np.maximum(left, np.minimum(right, left + _FARTHEST)),
    )


def _indexes(nodes: list[Node]) -> tuple[Ints, Ints]:
    sentence = np.array([node.sentence for node in nodes], dtype=np.int64)
    outside = np.array([node.outside for node in nodes], dtype=bool)
    referent = np.array([node.referent for node in nodes], dtype=np.int64)
    vague = np.array([node.type == VAGUE for node in nodes], dtype=bool)
    found: list[tuple[Ints, Ints]] = [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    for members in np.split(np.arange(len(nodes)), np.flatnonzero(np.diff(sentence)) + 1) if len(nodes) else ():
        first, second = (side.ravel() for side in np.meshgrid(members, members, indexing="ij"))
        # An amount is never a subject; two things from elsewhere say nothing about this sentence.
        kept = (referent[first] != referent[second]) & (referent[first] >= 0) & ~(outside[first] & outside[second])
        kept &= ~(vague[first] & vague[second])
        found.append((first[kept], second[kept]))
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])
