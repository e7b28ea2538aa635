"""Which entities were taken for one, and why: union-find with guards, and a record of each step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fusion:
    """One entity that was found to be another.

    Args:
        id: As its articles have it.
        into: The entity that it became part of.
        rule: "acronym", "spelling" or "person".
        because: What speaks for it: the acronym, the names, or what the articles share about the person.
    """

    id: str
    into: str
    rule: str
    because: tuple[str, ...]


class Clusters:
    """Disjoint sets of entities (Tarjan 1975), each with one that it goes by.

    Two guards keep chains of half-likeness from fusing strangers. Two entities that the knowledge base tells apart
    never get into one set, whatever lies between them. And who joins must be like the one that the set goes by,
    or like one that is its spelling variant: no set is wider than that.

    Args:
        known: Ids of entities of the knowledge base.
    """

    def __init__(self, known: Iterable[str]) -> None:
        # Roots of sets that have an entity of the knowledge base.
        self._known = set(known)
        self._parent: dict[str, str] = {}
        self._fusions: list[Fusion] = []

    def root(self, item: str) -> str:
        """The entity that the set of an entity goes by."""
        path = []
        while (parent := self._parent.get(item, item)) != item:
            path.append(item)
            item = parent
        self._parent.update(dict.fromkeys(path, item))
        return item

    def join(self, item: str, goal: str, rule: str, because: tuple[str, ...]) -> bool:
        """Let an entity be another one.

        Args:
            item: An entity that goes by itself.
            goal: Which it is.
            rule: What kind of likeness it is.
            because: What speaks for it.

        Returns:
            Whether that was possible.
        """
        mine, other = self.root(item), self.root(goal)
        if mine == other or mine != item or (mine in self._known and other in self._known):
            return False
        self._parent[mine] = other
        if mine in self._known:
            self._known.add(other)
        self._fusions.append(Fusion(item, goal, rule, because))
        return True

    def final(self) -> dict[str, str]:
        """Id to final id of all that became another, in order."""
        return {item: self.root(item) for item in sorted(self._parent) if self.root(item) != item}

    def fusions(self) -> Iterator[Fusion]:
        """What was fused, with the final id."""
        for fusion in self._fusions:
            yield Fusion(fusion.id, self.root(fusion.id), fusion.rule, fusion.because)
