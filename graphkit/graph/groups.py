"""Which statements are one: those with one key, and the less specific ones with those that they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from graphkit.graph.identity import Family, Key
from graphkit.graph.specificity import Unit, absorb
from graphkit.schema import Relation

_T = TypeVar("_T")
Said: TypeAlias = tuple[Family, Key, Sequence[str], _T]


@dataclass(slots=True)
class Group(Generic[_T]):
    """What is merged into one statement.

    Args:
        exact: Those that say all of it.
        vague: Those that say less.
    """

    exact: list[_T] = field(default_factory=list)
    vague: list[_T] = field(default_factory=list)

    @property
    def members(self) -> list[_T]:
        """All of them."""
        return self.exact + self.vague if self.vague else self.exact


def group(said: Iterable[Said[_T]], schema: Mapping[str, Relation]) -> dict[tuple[Family, Key], Group[_T]]:
    """Group what is said by the statement that it becomes part of.

    Args:
        said: Family, key, the articles that say it (one at least), and whatever stands for the statement.
        schema: Relations by name.
    """
    events = {name for name, relation in schema.items() if relation.kind == "event"}
    families: dict[Family, dict[Unit, list[_T]]] = {}
    said_by: dict[Family, dict[Unit, set[str]]] = {}
    for family, key, articles, item in said:
        units = families.setdefault(family, {})
        if family.relation not in events:
            units.setdefault(Unit(key), []).append(item)
            continue
        # Which article says it matters to events alone.
        sources = said_by.setdefault(family, {})
        for article in articles if key.time is None else (None,):
            unit = Unit(key, article)
            units.setdefault(unit, []).append(item)
            sources.setdefault(unit, set()).update(articles)
    groups: dict[tuple[Family, Key], Group[_T]] = {}
    for family, units in families.items():
        for unit, goal in _goals(units, said_by.get(family)).items():
            found = groups.setdefault((family, goal.key), Group())
            (found.exact if goal.key == unit.key else found.vague).extend(units[unit])
    return groups


def _goals(units: Mapping[Unit, Sequence[_T]], said_by: Mapping[Unit, set[str]] | None) -> Mapping[Unit, Unit]:
    if len(units) == 1:
        # Most families: there is nothing to compare.
        return {unit: unit for unit in units}
    if said_by is None:
        return absorb(dict.fromkeys(units, ()), event=False)
    return absorb(said_by, event=True)
