"""Which statements of a graph differ from each other in amount or time alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphkit.graph.identity import Family, Key
from graphkit.graph.specificity import times_agree

# Each statement is compared with so many neighbours on either side, in order of time and amount: where
# hundreds differ, the nearest matter, and the work stays linear.
_REACH = 10


def find_differences(statements: Mapping[str, tuple[Family, Key]]) -> dict[str, tuple[str, ...]]:
    """Find statements with the same arguments, modality and identity qualifiers but another amount or time.

    A figure (``measure``) has its amount for an object, so that is left out; figures for two times do not
    differ, they follow each other.

    Args:
        statements: Family and key by statement id.

    Returns:
        For each statement that differs from others, their ids in order; the relation is mutual.
    """
    groups: dict[object, list[str]] = {}
    for id_, (family, key) in statements.items():
        object_ = None if family.relation == "measure" else family.object
        group = (family.subject, family.relation, object_, family.modality, key.identity)
        if family.relation != "measure" or key.identity:
            groups.setdefault(group, []).append(id_)
    found: dict[str, list[str]] = {}
    for ids in groups.values():
        if len(ids) > 1:
            for first, second in _differing(sorted((*_order(statements[id_][1]), id_) for id_ in ids), statements):
                found.setdefault(first, []).append(second)
                found.setdefault(second, []).append(first)
    return {id_: tuple(sorted(others)) for id_, others in found.items()}


def _differing(
    ids: Sequence[tuple[str, str, float, str]], statements: Mapping[str, tuple[Family, Key]]
) -> Iterator[tuple[str, str]]:
    """The pairs that differ, of statements in order; none comes twice."""
    said = [(id_, *statements[id_]) for *_, id_ in ids]
    for place, (first, family, ours) in enumerate(said):
        for second, _, theirs in said[place + 1 : place + 1 + _REACH]:
            if _differ(family, ours, theirs):
                yield first, second


def _order(key: Key) -> tuple[str, str, float]:
    value, unit = key.amount if key.amount is not None else (0.0, "")
    return key.time or "", unit, value


def _differ(family: Family, ours: Key, theirs: Key) -> bool:
    another_amount = ours.amount is not None and theirs.amount is not None and ours.amount != theirs.amount
    if family.relation != "measure":
        return another_amount or _another_time(ours, theirs)
    return another_amount and ours.amount[1] == theirs.amount[1] and not _another_time(ours, theirs)  # type: ignore[index]


def _another_time(ours: Key, theirs: Key) -> bool:
    return ours.time is not None and theirs.time is not None and not times_agree(ours.time, theirs.time)
