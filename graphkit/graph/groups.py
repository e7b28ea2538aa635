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
    families: dict[Family, list[tuple[Key, Sequence[str], _T]]] = {}
    for family, key, articles, item in said:
        families.setdefault(family, []).append((key, articles, item))
    groups: dict[tuple[Family, Key], Group[_T]] = {}
    for family, members in families.items():
        if len(members) == 1:
            # Most families: there is nothing to compare.
            ((key, _, item),) = members
            groups[family, key] = Group([item])
            continue
        relation = schema.get(family.relation)
        event = relation is not None and relation.kind == "event"
        for goal, found in _groups_of(members, event).items():
            groups[family, goal] = found
    return groups


def _groups_of(members: Iterable[tuple[Key, Sequence[str], _T]], event: bool) -> dict[Key, Group[_T]]:
    """The groups of a family, by key."""
    units: dict[Unit, list[_T]] = {}
    said_by: dict[Unit, set[str]] = {}
    for key, articles, item in members:
        # Which article says it matters to events alone.
        for article in articles if event and key.time is None else (None,):
            unit = Unit(key, article)
            units.setdefault(unit, []).append(item)
            if event:
                said_by.setdefault(unit, set()).update(articles)
    groups: dict[Key, Group[_T]] = {}
    for unit, goal in absorb(said_by if event else dict.fromkeys(units, ()), event).items():
        found = groups.setdefault(goal.key, Group())
        (found.exact if goal.key == unit.key else found.vague).extend(units[unit])
    return groups
