"""People across articles: one entity for those whom more than the name speaks for.

Two mentions of one full name in two articles are one person if the articles share something else about the name: an
organization, a relative, or the same office. A single name ("Rajiv") never joins two articles. The rule follows the
practice of coreference across documents, where the name blocks and the context decides (Bagga & Baldwin, "Entity-based
cross-document coreferencing using the vector space model", ACL 1998). Each newcomer is compared with the whole group,
never with one member alone, so that chains of half-likeness do not fuse strangers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from graphkit.linking.component import SCOPE
from graphkit.model import Entity, Evidence, Statement

# Everybody in the news has to do with some country: sharing one says nothing.
_TELLS_NOTHING = frozenset({"Country", "Quantity", "Group"})


@dataclass(slots=True)
class _Group:
    members: list[str] = field(default_factory=list)
    context: set[str] = field(default_factory=set)


def resolve(statements: Iterable[Statement]) -> list[Statement]:
    """The statements with people joined across articles.

    Args:
        statements: Statements of all articles.

    Returns:
        The same statements in the same order, with the final entities.
    """
    known = list(statements)
    contexts = _contexts(known)
    groups: dict[str, list[_Group]] = {}
    for entity_id in sorted(contexts):
        _place(entity_id, contexts[entity_id], groups.setdefault(entity_id.partition(SCOPE)[0], []))
    final = dict(_final_ids(groups))
    names = _names(known, final)
    return [_renamed(statement, final, names) for statement in known]


def _contexts(statements: Iterable[Statement]) -> dict[str, set[str]]:
    """What is known about each person that holds in one article alone."""
    contexts: dict[str, set[str]] = {}
    for statement in statements:
        for entity, other in ((statement.subject, statement.object), (statement.object, statement.subject)):
            if entity.type == "Person" and SCOPE in entity.id:
                contexts.setdefault(entity.id, set()).update(_says(statement, other))
        for claimant in statement.claimed_by:
            if claimant.type == "Person" and SCOPE in claimant.id:
                contexts.setdefault(claimant.id, set())
    return contexts


def _says(statement: Statement, other: Entity) -> Iterator[str]:
    if other.type not in _TELLS_NOTHING and SCOPE not in other.id:
        yield other.id
    title = statement.qualifiers.get("title")
    if statement.relation == "holds_position" and isinstance(title, str):
        yield f"{title.casefold()} {other.id}"


def _place(entity_id: str, context: set[str], groups: list[_Group]) -> None:
    single_name = "-" not in entity_id.partition(SCOPE)[0].partition("/")[2]
    fitting = None if single_name else next((group for group in groups if group.context & context), None)
    if fitting is None:
        fitting = _Group()
        groups.append(fitting)
    fitting.members.append(entity_id)
    fitting.context |= context


def _final_ids(groups: dict[str, list[_Group]]) -> Iterator[tuple[str, str]]:
    """A name that only one group bears needs no mark; of several groups each keeps its first article's."""
    for plain, bearers in groups.items():
        for group in bearers:
            final = plain if len(bearers) == 1 else min(group.members)
            yield from ((member, final) for member in group.members)


def _names(statements: Iterable[Statement], final: dict[str, str]) -> dict[str, str]:
    """One name for each entity: the most usual, then the longest, then the first in the alphabet."""
    counts: dict[str, Counter[str]] = {}
    for statement in statements:
        for entity in (statement.subject, statement.object, *statement.claimed_by):
            counts.setdefault(final.get(entity.id, entity.id), Counter())[entity.name] += 1
    return {
        entity_id: min(counter, key=lambda name: (-counter[name], -len(name), name))
        for entity_id, counter in counts.items()
    }


def _renamed(statement: Statement, final: dict[str, str], names: dict[str, str]) -> Statement:
    def entity(old: Entity) -> Entity:
        new_id = final.get(old.id, old.id)
        return replace(old, id=new_id, name=names[new_id])

    def evidence(old: Evidence) -> Evidence:
        return old if old.claimed_by is None else replace(old, claimed_by=final.get(old.claimed_by, old.claimed_by))

    return replace(
        statement,
        subject=entity(statement.subject),
        object=entity(statement.object),
        claimed_by=tuple(sorted((entity(claimant) for claimant in statement.claimed_by), key=lambda e: e.id)),
        evidence=tuple(evidence(item) for item in statement.evidence),
    )
