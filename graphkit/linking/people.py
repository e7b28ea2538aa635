"""People across articles: one entity for those whom more than the name speaks for.

Two mentions of one full name in two articles are one person if the articles share something else about the
name: an organization, an event, a work, another person by full name, or the same office. A country or a town
says nothing: everybody in the news has to do with some. A single name ("Rajiv") never joins two articles.

The rule follows the practice of coreference across documents, where the name blocks and the context decides
(Bagga & Baldwin, "Entity-based cross-document coreferencing using the vector space model", ACL 1998).
Newcomers are compared with the best known member of a group alone, so that chains of half-likeness fuse no
strangers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphkit.linking.component import SCOPE
from graphkit.model import Entity, Statement

_TELLING = frozenset({"Organization", "Event", "Product"})


@dataclass(slots=True)
class _Bearers:
    """Those who bear one name: groups of ids, and the groups whose best known member has some item."""

    groups: list[list[str]] = field(default_factory=list)
    by_item: dict[str, list[int]] = field(default_factory=dict)

    def place(self, person: str, context: frozenset[str]) -> None:
        shared: dict[int, int] = {}
        for item in context:
            for group in self.by_item.get(item, ()):
                shared[group] = shared.get(group, 0) + 1
        if shared:
            # The group with most in common; of equals the older one.
            self.groups[min(shared, key=lambda group: (-shared[group], group))].append(person)
            return
        for item in context:
            self.by_item.setdefault(item, []).append(len(self.groups))
        self.groups.append([person])


def join_people(statements: Iterable[Statement]) -> dict[str, str]:
    """Final ids of the people that the knowledge base does not have.

    Args:
        statements: Statements of all articles.

    Returns:
        Id within the article to final id. A name with one bearer loses the mark of its article; of several
        bearers each keeps the mark of one of its articles.
    """
    contexts: dict[str, set[str]] = {}
    taken: set[str] = set()
    for statement in statements:
        for entity, telling in _seen(statement):
            taken.add(entity.id)
            if entity.type == "Person" and SCOPE in entity.id:
                contexts.setdefault(entity.id, set()).update(telling)
    return dict(_final_ids(_bearers(contexts), taken))


def _seen(statement: Statement) -> Iterator[tuple[Entity, Iterable[str]]]:
    yield statement.subject, _telling(statement, statement.object)
    yield statement.object, _telling(statement, statement.subject)
    for claimant in statement.claimed_by:
        yield claimant, ()


def _telling(statement: Statement, other: Entity) -> Iterator[str]:
    """What a statement tells of one argument by the other."""
    plain = other.id.partition(SCOPE)[0]
    if other.type in _TELLING and SCOPE not in other.id:
        yield other.id
    if other.type == "Person" and (SCOPE not in other.id or not _is_single(plain)):
        yield plain
    title = statement.qualifiers.get("title")
    if statement.relation == "holds_position" and isinstance(title, str):
        yield f"{title.casefold()} {plain}"


def _bearers(contexts: Mapping[str, Iterable[str]]) -> dict[str, _Bearers]:
    bearers: dict[str, _Bearers] = {}
    known = {person: frozenset(context) for person, context in contexts.items()}
    # The best known first: they are what the others are compared with.
    for person in sorted(known, key=lambda person: (-len(known[person]), person)):
        plain = person.partition(SCOPE)[0]
        bearers.setdefault(plain, _Bearers()).place(person, frozenset() if _is_single(plain) else known[person])
    return bearers


def _final_ids(bearers: Mapping[str, _Bearers], taken: set[str]) -> Iterator[tuple[str, str]]:
    for plain, named in bearers.items():
        alone = len(named.groups) == 1 and plain not in taken
        for group in named.groups:
            final = plain if alone else min(group)
            yield from ((person, final) for person in group)


def _is_single(plain_id: str) -> bool:
    return "-" not in plain_id.partition("/")[2]
