"""Which statements of a graph differ from each other in amount or time alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
    found: dict[str, set[str]] = {}
    for ids in groups.values():
        for first, second in _neighbours(sorted(ids, key=lambda id_: (*_order(statements[id_][1]), id_))):
            if _differ(statements[first], statements[second]):
                found.setdefault(first, set()).add(second)
                found.setdefault(second, set()).add(first)
    return {id_: tuple(sorted(others)) for id_, others in found.items()}


def _neighbours(ids: list[str]) -> Iterable[tuple[str, str]]:
    for i, first in enumerate(ids):
        for second in ids[i + 1 : i + 1 + _REACH]:
            yield first, second


def _order(key: Key) -> tuple[str, str, float]:
    value, unit = key.amount if key.amount is not None else (0.0, "")
    return key.time or "", unit, value


def _differ(first: tuple[Family, Key], second: tuple[Family, Key]) -> bool:
    ours, theirs = first[1], second[1]
    another_amount = ours.amount is not None and theirs.amount is not None and ours.amount != theirs.amount
    another_time = ours.time is not None and theirs.time is not None and not times_agree(ours.time, theirs.time)
    if first[0].relation == "measure":
        same_unit = ours.amount is not None and theirs.amount is not None and ours.amount[1] == theirs.amount[1]
        return another_amount and same_unit and not another_time
    return another_amount or another_time
