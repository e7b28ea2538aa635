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

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graphkit.linking.component import SCOPE
from graphkit.linking.fusion import Fusion
from graphkit.model import Entity, Statement

_TELLING = frozenset({"Organization", "Event", "Product"})


@dataclass(slots=True)
class _Bearers:
    """Those who bear one name: groups of ids, and the groups whose best known member has some item."""

    groups: list[list[str]] = field(default_factory=list)
    shared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    by_item: dict[str, list[int]] = field(default_factory=dict)

    def place(self, person: str, context: frozenset[str]) -> None:
        found: dict[int, list[str]] = {}
        for item in sorted(context):
            for group in self.by_item.get(item, ()):
                found.setdefault(group, []).append(item)
        if found:
            # The group with most in common; of equals the older one.
            group = min(found, key=lambda group: (-len(found[group]), group))
            self.groups[group].append(person)
            self.shared[person] = tuple(found[group])
            return
        for item in context:
            self.by_item.setdefault(item, []).append(len(self.groups))
        self.groups.append([person])


def join_people(contexts: Mapping[str, Iterable[str]], taken: Collection[str]) -> tuple[dict[str, str], list[Fusion]]:
    """Final ids of the people that the knowledge base does not have; a name is a block that is looked at alone.

    Args:
        contexts: What tells one bearer of a name from another, by id within the article; see `contexts_of`.
        taken: Ids of people in the knowledge base; others may be among them.

    Returns:
        Id within the article to final id, and what was fused. A name with one bearer loses the mark of its
        article; of several bearers each keeps the mark of one of its articles.
    """
    blocks: dict[str, dict[str, Iterable[str]]] = {}
    for person, context in contexts.items():
        blocks.setdefault(plain_id(person), {})[person] = context
    final: dict[str, str] = {}
    fusions: list[Fusion] = []
    for plain, block in blocks.items():
        ids, fused = join_namesakes(plain, block, plain in taken)
        final.update(ids)
        fusions += fused
    return final, fusions


def join_namesakes(
    plain: str, contexts: Mapping[str, Iterable[str]], taken: bool
) -> tuple[dict[str, str], list[Fusion]]:
    """Final ids of those who bear one name.

    Args:
        plain: The id that the name gives.
        contexts: As `join_people` has them.
        taken: Whether the knowledge base has somebody of that id.
    """
    bearers = _Bearers()
    known = {person: frozenset(context) for person, context in contexts.items()}
    # The best known first: they are what the others are compared with.
    for person in sorted(known, key=lambda person: (-len(known[person]), person)):
        bearers.place(person, frozenset() if _is_single(plain) else known[person])
    alone = len(bearers.groups) == 1 and not taken
    final = {person: plain if alone else min(group) for group in bearers.groups for person in group}
    fusions = [Fusion(person, final[person], "person", shared) for person, shared in sorted(bearers.shared.items())]
    return final, fusions


def contexts_of(statements: Iterable[Statement], final: Mapping[str, str]) -> dict[str, set[str]]:
    """What statements tell of people that the knowledge base does not have, by id within the article.

    Args:
        statements: Statements of all articles.
        final: Id to final id of organizations.
    """
    contexts: dict[str, set[str]] = {}
    for statement in statements:
        for entity, telling in _seen(statement, final):
            if entity.type == "Person" and SCOPE in entity.id:
                contexts.setdefault(entity.id, set()).update(telling)
    return contexts


def plain_id(person: str) -> str:
    """An id without the mark of its article."""
    return person.partition(SCOPE)[0]


def _seen(statement: Statement, final: Mapping[str, str]) -> Iterator[tuple[Entity, Iterable[str]]]:
    yield statement.subject, _telling(statement, statement.object, final)
    yield statement.object, _telling(statement, statement.subject, final)
    for claimant in statement.claimed_by:
        yield claimant, ()


def _telling(statement: Statement, other: Entity, final: Mapping[str, str]) -> Iterator[str]:
    """What a statement tells of one argument by the other."""
    id_ = final.get(other.id, other.id)
    title = statement.qualifiers.get("title") if statement.relation == "holds_position" else None
    yield from telling_items(id_, other.type, title if isinstance(title, str) else None)


def telling_items(other: str, type_: str, title: str | None) -> Iterator[str]:
    """What an argument of a statement tells of the other one.

    Args:
        other: The argument's id.
        type_: Its type.
        title: The office, if the statement says that one is held.
    """
    plain = plain_id(other)
    if type_ in _TELLING and SCOPE not in other:
        yield other
    if type_ == "Person" and (SCOPE not in other or not _is_single(plain)):
        yield plain
    if title is not None:
        yield f"{title.casefold()} {plain}"


def _is_single(plain: str) -> bool:
    return "-" not in plain.partition("/")[2]
