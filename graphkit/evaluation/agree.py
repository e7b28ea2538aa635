"""When a predicted statement is the annotated one: the rules of the measure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from graphkit.evaluation.annotations import Reading, Thing, name_key

# Compared by value; the others are free text in the article's words, and count by being there.
VALUES = ("amount", "time")

_FIGURE = "measure"
_TOLERANCE = 0.005
_PLURAL = re.compile(r"s\b")


def same_statement(gold: Reading, predicted: Reading, symmetric: bool) -> bool:
    """Whether relation and arguments are the same; for a figure, its owner and amount.

    Args:
        gold: The annotation.
        predicted: What was predicted.
        symmetric: Whether the order of the arguments says nothing.
    """
    if gold.relation != predicted.relation:
        return False
    if gold.relation == _FIGURE:
        amounts = (reading.qualifiers.get("amount") for reading in (gold, predicted))
        return _same_thing(gold.subject, predicted.subject) and same_amount(*amounts)
    straight = _same_thing(gold.subject, predicted.subject) and _same_thing(gold.object, predicted.object)
    crossed = _same_thing(gold.subject, predicted.object) and _same_thing(gold.object, predicted.subject)
    return straight or (symmetric and crossed)


def same_amount(first: Mapping[str, Any] | None, second: Mapping[str, Any] | None) -> bool:
    """Whether two amounts have one unit and values half a percent apart at most; spelling of units is forgiven."""
    if not first or not second or _unit(first) != _unit(second):
        return False
    one, other = first["value"], second["value"]
    return bool(abs(one - other) <= _TOLERANCE * max(abs(one), abs(other)))


def same_time(first: Any, second: Any) -> bool:
    """Whether one ISO 8601 time is the other, or a closer one within it."""
    if not first or not second:
        return False
    one, other = str(first), str(second)
    return one.startswith(other) or other.startswith(one)


def agreeing_qualifiers(gold: Reading, predicted: Reading) -> frozenset[str]:
    """The qualifiers of the annotation that the prediction has, amount and time with the same value."""
    ours, theirs = gold.qualifiers, predicted.qualifiers
    found = {name for name in ours if name not in VALUES and theirs.get(name)}
    if same_amount(ours.get("amount"), theirs.get("amount")):
        found.add("amount")
    if same_time(ours.get("time"), theirs.get("time")):
        found.add("time")
    return frozenset(found)


def _same_thing(first: Thing | None, second: Thing | None) -> bool:
    return first is not None and second is not None and not first.keys.isdisjoint(second.keys)


def _unit(amount: Mapping[str, Any]) -> str:
    singular = _PLURAL.sub("", name_key(amount.get("unit")))
    return singular.replace("metre", "meter").replace("tonne", "ton")
