"""Which statement a less specific one belongs to: "trade with China" to "trade of 245 billion with China"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from graphkit.graph.identity import Key

_BREAK = re.compile(r"(?<=\d)[-T/]")


class Unit(NamedTuple):
    """Statements of one family that stay together.

    Args:
        article: Set for events without a time only: what an article says happened without saying when can be
            an event that another sentence of the same article dates, not one that another article does.
    """

    key: Key
    article: str | None = None


def absorb(units: Mapping[Unit, Collection[str]], event: bool) -> dict[Unit, Unit]:
    """Say into which unit each unit of a family goes: itself, or the one that says all it says and more.

    A unit goes into another only if there is exactly one to choose; where several are more specific, all of
    them must be less specific versions of one. Each step is to strictly more, so chains end and cannot drift.

    Args:
        units: The units of a family, with the articles that say them.
        event: Whether the relation happens at a time; else it holds over a time.

    Returns:
        Unit to unit, complete.
    """
    if len({_shape(unit) for unit in units}) == 1:
        # None says more than another: most families.
        return {unit: unit for unit in units}
    index: dict[Unit, list[Unit]] = {}
    general = {unit: set(_generalisations(unit.key, articles, event)) - {unit} for unit, articles in units.items()}
    for unit, less_specific in general.items():
        for other in less_specific & units.keys():
            index.setdefault(other, []).append(unit)
    goal = {unit: _only_goal(index.get(unit, ()), general) for unit in units}
    return {unit: _follow(unit, goal) for unit in units}


def _shape(unit: Unit) -> tuple[object, ...]:
    """What a unit has, whatever it is; what is less specific has another shape."""
    amount, time, identity = unit.key
    names = tuple(name for name, _ in identity) if identity else ()
    return amount is None, len(time) if time is not None else None, names, unit.article is None


def times_agree(first: str, second: str) -> bool:
    """Whether two times can be one: the same, or one more exact than the other."""
    return first in time_prefixes(second) or second in time_prefixes(first)


@lru_cache(maxsize=10_000)
def time_prefixes(time: str) -> tuple[str, ...]:
    """A time and all less exact versions of it: "2024-05-03" gives "2024", "2024-05" and itself."""
    start = time.split("/")[0]
    cuts = [match.start() for match in _BREAK.finditer(start) if match.start() >= len("2024")]
    return tuple(dict.fromkeys([*(start[:cut] for cut in cuts), start, time]))


def _generalisations(key: Key, articles: Iterable[str], event: bool) -> Iterator[Unit]:
    amounts = dict.fromkeys((key.amount, None))
    identities = [()]
    for item in key.identity:
        identities = [chosen + rest for chosen in identities for rest in ((item,), ())]
    times: list[tuple[str | None, str | None]] = []
    if key.time is not None:
        times = [(time, None) for time in time_prefixes(key.time)]
    times += [(None, article) for article in articles] if event else [(None, None)]
    for amount, identity, (time, article) in product(amounts, identities, times):
        yield Unit(Key(amount, time, identity), article)


def _only_goal(more_specific: Collection[Unit], general: Mapping[Unit, Collection[Unit]]) -> Unit | None:
    if not more_specific:
        return None
    best = max(more_specific, key=_specificity)
    return best if all(other == best or other in general[best] for other in more_specific) else None


def _specificity(unit: Unit) -> tuple[int, int]:
    key = unit.key
    return (key.amount is not None) + (key.time is not None) + len(key.identity), len(key.time or "")


def _follow(unit: Unit, goal: Mapping[Unit, Unit | None]) -> Unit:
    following = goal[unit]
    while following is not None:
        unit, following = following, goal[following]
    return unit
