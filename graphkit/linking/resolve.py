"""Statements of all articles with one entity for one thing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from graphkit.linking.organizations import join_organizations
from graphkit.linking.people import join_people
from graphkit.model import Entity, Evidence, Statement


def resolve(statements: Iterable[Statement]) -> list[Statement]:
    """The statements with people and organizations joined across articles.

    Args:
        statements: Statements of all articles, with the entities that the linker gave each article.

    Returns:
        The same statements in the same order. Entities of one id have one name: the knowledge base's, else
        the most usual one, of equals the longest, then the first in the alphabet. Mentions stay those of the
        article.
    """
    known = list(statements)
    final = join_organizations(known)
    known = [_with_entities(statement, final, {}) for statement in known]
    final = join_people(known)
    forms: dict[str, list[Entity]] = {}
    for statement in known:
        for entity in (statement.subject, statement.object, *statement.claimed_by):
            forms.setdefault(final.get(entity.id, entity.id), []).append(entity)
    chosen = {id_: _chosen(entities) for id_, entities in forms.items()}
    return [_with_entities(statement, final, chosen) for statement in known]


def _chosen(forms: Sequence[Entity]) -> Entity:
    linked = [entity for entity in forms if entity.labels]
    counts = Counter(entity.name for entity in (linked or forms))
    name = min(counts, key=lambda name: (-counts[name], -len(name), name))
    return next(entity for entity in (linked or forms) if entity.name == name)


def _with_entities(statement: Statement, final: Mapping[str, str], chosen: Mapping[str, Entity]) -> Statement:
    def entity(old: Entity) -> Entity:
        id_ = final.get(old.id, old.id)
        form = chosen.get(id_, old)
        return replace(old, id=id_, name=form.name, wikidata=form.wikidata, labels=form.labels)

    def evidence(old: Evidence) -> Evidence:
        return old if old.claimed_by is None else replace(old, claimed_by=final.get(old.claimed_by, old.claimed_by))

    # Two referents of an article can turn out to be one entity.
    claimants = {claimant.id: claimant for claimant in map(entity, statement.claimed_by)}
    return replace(
        statement,
        subject=entity(statement.subject),
        object=entity(statement.object),
        claimed_by=tuple(claimants[id_] for id_ in sorted(claimants)),
        evidence=tuple(evidence(item) for item in statement.evidence),
    )
