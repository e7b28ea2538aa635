"""Features of pairs of arguments. Each is a number made from where it is seen and what is seen there.

Most features belong to a node, a token or a stretch of tokens, not to a pair. They are kept apart, so that the scorer
can add their weights up once and share them among all pairs of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.strings import get_string_id

from graphkit.statements.scorer.nodes import Ints, Node
from graphkit.statements.scorer.pairs import Pairs, Tree, pair_up, read_tree
from graphkit.statements.view import DocView

Keys = npt.NDArray[np.uint64]

_WHERE = {
    "up": "on the way from the subject",
    "down": "on the way to the object",
    "between": "between the two",
    "common": "joining the two",
}
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)
_NEAR = (1, 2, 3, 5, 8, 12, 20, 35)
_FEW = (1, 2, 4, 8)
_CLOSE = 4
_FRAMES = ("frame", "second frame", "relation of the frame", "relation of the second frame")
ROLES = ("up", "down", "between", "common")


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one Doc's pairs.

    Args:
        nodes: The possible arguments.
        pairs: Pairs of them.
        tree: The tokens.
        tokens: For each role of `ROLES`, keys of every token, one row a token.
        extra: For each role, token indexes and keys of tokens that can evoke a relation.
        firsts: Keys of every node as a subject.
        seconds: Keys of every node as an object.
        own: Keys of every pair itself; 0 for none.
        names: Names of the columns of these three, in order.
        vectors: A vector for every token.
        evoked: Tokens that can evoke a relation, with its name.
    """

    nodes: Sequence[Node]
    pairs: Pairs
    tree: Tree
    tokens: Mapping[str, Keys]
    extra: Mapping[str, tuple[Ints, Keys]]
    firsts: Keys
    seconds: Keys
    own: Keys
    names: tuple[str, ...]
    vectors: npt.NDArray[np.float32]
    evoked: Sequence[tuple[int, str]]


Fired = Mapping[tuple[int, int, int], Iterable[str]]
Triggers = Iterable[tuple[int, str]]


def read_features(view: DocView, nodes: Sequence[Node], fired: Fired, triggers: Triggers) -> Features:
    """Compute the features of all pairs of a Doc.

    Args:
        view: The Doc.
        nodes: The possible arguments, see `find_nodes`.
        fired: Names of frames that read something, by sentence, subject and object.
        triggers: Tokens that can evoke a relation, with its name.
    """
    tree = read_tree(view, list(nodes))
    pairs = pair_up(list(nodes), tree)
    evoking = list(triggers)
    at = np.array([token for token, _ in evoking], dtype=np.int64)
    names = _ids(f"trigger {relation}" for _, relation in evoking)
    plain = _columns(nodes, view)
    columns = (
        _node_keys(tree, nodes, plain, "first"),
        _node_keys(tree, nodes, plain, "second"),
        _pair_keys(nodes, tree, pairs, fired),
    )
    return Features(
        nodes=nodes,
        pairs=pairs,
        tree=tree,
        tokens={role: _token_keys(tree, role) for role in ROLES},
        extra={role: (at, _keys(role, names)) for role in ROLES},
        firsts=_stacked(columns[0]),
        seconds=_stacked(columns[1]),
        own=_stacked(columns[2]),
        names=tuple(name for part in columns for name in part),
        vectors=np.asarray(view.doc.tensor, dtype=np.float32),
        evoked=evoking,
    )


def _stacked(columns: Mapping[str, Keys]) -> Keys:
    return np.stack(list(columns.values()), axis=1)


def named_keys(view: DocView, features: Features, pair: int) -> dict[int, str]:
    """What the keys of a pair stand for, in words.

    Args:
        view: The Doc.
        features: Of its pairs.
        pair: Index of the pair.
    """
    pairs = features.pairs
    own = (features.firsts[pairs.first[pair]], features.seconds[pairs.second[pair]], features.own[pair])
    found = dict(zip(np.concatenate(own).tolist(), features.names, strict=True))
    node = features.nodes[pairs.first[pair]]
    for token in view.sentence(node.head):
        for role in ROLES:
            kinds = ("lemma", "word", "shape")
            for kind, key in zip(kinds, features.tokens[role][token.i].tolist(), strict=True):
                found[key] = f"{_WHERE[role]}: {kind} of {token.text!r}"
    for role in ROLES:
        _, keys = features.extra[role]
        for (_, relation), key in zip(features.evoked, keys.tolist(), strict=True):
            found[key] = f"{_WHERE[role]}: a word that can evoke {relation}"
    return found


def string_id(text: str) -> np.uint64:
    """The number of a string; the same in every run."""
    return np.uint64(get_string_id(text))


def _ids(texts: Iterable[str]) -> Keys:
    return np.array([get_string_id(text) for text in texts], dtype=np.uint64)


def _keys(place: str, *parts: Keys | np.uint64) -> Keys:
    """One key from a place and what is seen there."""
    with np.errstate(over="ignore"):
        key = np.asarray(string_id(place))
        for part in parts:
            key = (key ^ (key >> _SHIFT)) * _MIX + part
        return (key ^ (key >> _SHIFT)) * _MIX | np.uint64(1)


def _token_keys(tree: Tree, role: str) -> Keys:
    return np.stack(
        [
            _keys(f"{role} lemma", tree.lemma),
            _keys(f"{role} word", tree.lower),
            _keys(f"{role} shape", tree.pos, tree.dep),
        ],
        axis=1,
    )


def _columns(nodes: Sequence[Node], view: DocView) -> dict[str, Keys]:
    """What does not depend on the side on which a node stands."""
    counts: dict[int, int] = {}
    for node in nodes:
        if not node.outside:
            counts[node.referent] = counts.get(node.referent, 0) + 1
    referents = view.referents
    known = [
        "amount"
        if node.referent < 0
        else f"{referents[node.referent]['described']}{referents[node.referent]['record'] is not None}"
        for node in nodes
    ]
    claimed = _claimed(view)
    quoted = [bool(claimed[node.head]) for node in nodes]
    units = [view.amounts[node.amount].unit if node.amount >= 0 else "-" for node in nodes]
    return {
        "type": _ids(f"{node.type}" for node in nodes),
        "kind": _ids(f"{node.type} {node.kind}" for node in nodes),
        "known": _ids(f"{node.type} {value}" for node, value in zip(nodes, known, strict=True)),
        "often": _ids(f"{node.type} {_bucket(counts.get(node.referent, 0), _FEW)}" for node in nodes),
        "sentence": _ids(f"sentence {_bucket(node.sentence, _FEW)}" for node in nodes),
        "quoted": _ids(f"quoted {value}" for value in quoted),
        "unit": _ids(units),
    }


def _claimed(view: DocView) -> npt.NDArray[np.bool_]:
    """Which tokens stand in somebody's words."""
    found = np.zeros(len(view.doc), dtype=bool)
    for claim in view.claims:
        if claim["end"] > claim["start"]:
            tokens = view.tokens_in(claim["start"], claim["end"])
            found[tokens.start : tokens.stop] = True
    return found


def _bucket(value: int, edges: Sequence[int]) -> int:
    return sum(value >= edge for edge in edges)


def _node_keys(tree: Tree, nodes: Sequence[Node], plain: Mapping[str, Keys], side: str) -> dict[str, Keys]:
    start, end, head = (
        np.array([getattr(node, name) for node in nodes], dtype=np.int64) for name in ("start", "end", "head")
    )
    inside = np.array([not node.outside for node in nodes], dtype=bool)
    last = len(tree.lower) - 1
    lemma, lower, dep, pos = tree.lemma, tree.lower, tree.dep, tree.pos
    above = tree.head[head]
    kind = plain["type"]
    before, before2 = lower[np.maximum(start - 1, 0)], lower[np.maximum(start - 2, 0)]
    after, after2 = lower[np.minimum(end, last)], lower[np.minimum(end + 1, last)]
    columns = {f"{side} {name}": _keys(f"{side} {name}", values) for name, values in plain.items()}
    local = {
        "dep": (dep[head], kind),
        "shape": (dep[head], pos[head]),
        "lemma": (lemma[head],),
        "word": (lower[head],),
        "opening": (lower[np.minimum(start, last)],),
        "before": (before,),
        "before type": (before, kind),
        "before both": (before, before2),
        "before second": (before2,),
        "after": (after,),
        "after type": (after, kind),
        "after both": (after, after2),
        "after second": (after2,),
        "above": (lemma[above], dep[head]),
        "above word": (lower[above],),
        "above second": (lemma[tree.head[above]], dep[above]),
    }
    for name, parts in local.items():
        columns[f"{side} {name}"] = np.where(inside, _keys(f"{side} {name}", *parts), np.uint64(0))
    return columns


def _pair_keys(nodes: Sequence[Node], tree: Tree, pairs: Pairs, fired: Fired) -> dict[str, Keys]:
    first, second, common = pairs.first, pairs.second, pairs.common
    kinds = _ids(node.type for node in nodes)
    forms = _ids(node.kind for node in nodes)
    head = np.array([node.head for node in nodes], dtype=np.int64)
    start = np.array([node.start for node in nodes], dtype=np.int64)
    types = _keys("both types", kinds[first], kinds[second])
    gap = pairs.right - pairs.left
    order = (start[first] <= start[second]).astype(np.uint64)
    far = order * np.uint64(100) + np.digitize(gap, _NEAR).astype(np.uint64)
    steps = np.minimum(pairs.first_steps, 5) * 10 + np.minimum(pairs.second_steps, 5)
    steps = steps.astype(np.uint64)
    up, down = _branch(tree, head[first], pairs), _branch(tree, head[second], pairs, second=True)
    lemma, lower = tree.lemma[common], tree.lower[common]
    joined = _joined(tree, pairs)
    columns = {
        "types": (types,),
        "types order": (types, far),
        "forms": (forms[first], forms[second]),
        "steps": (steps, order),
        "steps types": (steps, types),
        "branches": (up, down),
        "branches types": (up, down, types),
        "common branches": (lemma, up, down),
        "common word branches": (lower, up, down),
        "common types": (lower, types),
        "joined": (joined, order),
        "joined types": (joined, types, order),
        "crowd": (
            _crowd(nodes, pairs),
            order,
        ),
    }
    keys = {name: _keys(name, *parts) for name, parts in columns.items()}
    return keys | dict(zip(_FRAMES, _fired(nodes, pairs, fired), strict=True))


def _branch(tree: Tree, heads: Ints, pairs: Pairs, second: bool = False) -> Keys:
    """How the branch with a node hangs on the common token: its relation there, 0 for the common token itself."""
    steps = pairs.second_steps if second else pairs.first_steps
    place = np.minimum(pairs.shared + 1, tree.ancestors.shape[1] - 1)
    child = np.take_along_axis(tree.ancestors[heads], place[:, None], axis=1)[:, 0] if len(heads) else heads
    return np.where(steps > 0, tree.dep[child], np.uint64(0))


def _joined(tree: Tree, pairs: Pairs) -> Keys:
    """The words between two mentions as one number, where they are few."""
    gap = pairs.right - pairs.left
    key = np.full(len(gap), string_id("between"), dtype=np.uint64)
    last = len(tree.lower) - 1
    for step in range(_CLOSE):
        word = tree.lower[np.minimum(pairs.left + step, last)]
        key = np.where(step < gap, _keys("word", key, word), key)
    return np.where(gap <= _CLOSE, key, np.uint64(0))


def _crowd(nodes: Sequence[Node], pairs: Pairs) -> Keys:
    """How many other names stand between two mentions."""
    names = np.zeros(max((node.end for node in nodes), default=0) + 2, dtype=np.int64)
    for node in nodes:
        if node.kind == "name":
            names[node.start + 1] = 1
    before = names.cumsum()
    limit = len(before) - 1
    count = before[np.minimum(pairs.right, limit)] - before[np.minimum(pairs.left, limit)]
    return np.minimum(count, 4).astype(np.uint64)


def _fired(nodes: Sequence[Node], pairs: Pairs, fired: Fired) -> list[Keys]:
    """Up to two frames that read something from the sentence with these arguments."""
    columns = [np.zeros(len(pairs.first), np.uint64) for _ in range(4)]
    members: dict[tuple[int, int], list[int]] = {}
    for i, node in enumerate(nodes):
        members.setdefault((node.sentence, node.referent), []).append(i)
    # Pairs come in order of both their nodes.
    places = pairs.first * len(nodes) + pairs.second
    for (sentence, subject, obj), names in fired.items():
        wanted = [
            i * len(nodes) + j for i in members.get((sentence, subject), ()) for j in members.get((sentence, obj), ())
        ]
        at = np.searchsorted(places, np.array(wanted, dtype=np.int64))
        chosen = at[places[np.minimum(at, len(places) - 1)] == wanted] if len(places) else at[:0]
        for m, name in enumerate(sorted(names)[:2]):
            columns[m][chosen] = _keys("frame", string_id(name))
            columns[2 + m][chosen] = _keys("frame of", string_id(name.partition(".")[0]))
    return columns
