"""Statements of all articles with one entity for one thing."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graphkit.linking.fusion import Fusion
from graphkit.linking.organizations import Organizations, join_organizations
from graphkit.linking.people import contexts_of, join_people
from graphkit.model import Entity, Evidence, Statement


def resolve(statements: Iterable[Statement], fusions: list[Fusion] | None = None) -> list[Statement]:
    """The statements with people and organizations joined across articles.

    Args:
        statements: Statements of all articles, with the entities that the linker gave each article.
        fusions: Receives what was taken for one, and why.

    Returns:
        The same statements in the same order. Entities of one id have one name: the knowledge base's, else
        the most usual one, of equals the longest, then the first in the alphabet. Mentions stay those of the
        article.
    """
    known = list(statements)
    clusters = join_organizations(Organizations.of(known))
    organizations = clusters.final()
    taken = {entity.id for statement in known for entity in _entities(statement)}
    people, fused = join_people(contexts_of(known, organizations), taken)
    if fusions is not None:
        fusions += sorted([*clusters.fusions(), *fused])
    final = organizations | people
    forms: dict[str, Counter[Form]] = {}
    for statement in known:
        for entity in _entities(statement):
            forms.setdefault(final.get(entity.id, entity.id), Counter())[Form.of(entity)] += 1
    chosen = {id_: choose(counts) for id_, counts in forms.items()}
    return [with_entities(statement, final, chosen) for statement in known]


@dataclass(frozen=True, slots=True, order=True)
class Form:
    """How an article, or the knowledge base, has an entity.

    Args:
        labels: As JSON text, for it must be compared.
    """

    name: str
    wikidata: str
    labels: str

    @classmethod
    def of(cls, entity: Entity) -> Form:
        """The form of an entity."""
        labels = dict(sorted(entity.labels.items()))
        text = json.dumps(labels, ensure_ascii=False, separators=(",", ":")) if labels else ""
        return cls(entity.name, entity.wikidata if entity.wikidata is not None else "", text)


def choose(counts: Mapping[Form, int]) -> Form:
    """The form that an entity goes by, of those that it has, with how often it has each."""
    linked = {form: count for form, count in counts.items() if form.labels}
    eligible = linked if linked else counts
    names: Counter[str] = Counter()
    for form, count in eligible.items():
        names[form.name] += count
    name = min(names, key=lambda name: (-names[name], -len(name), name))
    return min((form for form in eligible if form.name == name), key=lambda form: (not form.wikidata, form))


def with_entities(statement: Statement, final: Mapping[str, str], chosen: Mapping[str, Form]) -> Statement:
    """A statement with the final ids and forms of its entities.

    Args:
        statement: As an article has it.
        final: Id to final id.
        chosen: The form of each final id.
    """

    def entity(old: Entity) -> Entity:
        id_ = final.get(old.id, old.id)
        form = chosen[id_]
        labels = json.loads(form.labels) if form.labels else {}
        return Entity(id_, form.name, old.type, old.mentions, form.wikidata if form.wikidata else None, labels)

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


def _entities(statement: Statement) -> tuple[Entity, ...]:
    return (statement.subject, statement.object, *statement.claimed_by)
