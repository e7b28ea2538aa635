"""Statements of many articles merged into one graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import networkx as nx

from graphkit.graph.confidence import combined_confidence
from graphkit.graph.differences import find_differences
from graphkit.graph.groups import Group, group
from graphkit.graph.identity import Family, Key, family_of, key_of, make_id
from graphkit.model import Amount, Article, Entity, Evidence, Qualifier, Statement
from graphkit.schema import Relation, relations

_T = TypeVar("_T", bound=Hashable)


def merge(
    statements: Iterable[Statement], articles: Iterable[Article], schema: Mapping[str, Relation] | None = None
) -> nx.MultiDiGraph:
    """Merge statements that say the same; the result does not depend on the order of the input.

    Two statements are one if subject, relation, object, amount, time, modality and the relation's identity
    qualifiers are equal. One that lacks some of them joins the only one that says more (see
    `graphkit.graph.specificity.absorb`). Another amount or time is another edge, and both say so in
    ``differs_from``. Who claims it is collected, not compared.

    Args:
        statements: With entities resolved across articles.
        articles: Those that the evidence is from.
        schema: Relations by name; those that ship unless given.

    Returns:
        Nodes are entities by id, with ``name``, ``type``, ``wikidata``, ``labels`` and ``aliases``. Edges are
        statements by id, with ``relation``, ``qualifiers``, ``modality``, ``claimed_by`` (ids),
        ``confidence``, ``evidence`` and ``differs_from`` (ids). ``graph.graph["articles"]`` has the articles
        by id, ``graph.graph["relations"]`` the schema.

    Raises:
        ValueError: If two articles share an id, or evidence is from an article that is not given.
    """
    by_id = _articles_by_id(articles)
    known = relations() if schema is None else schema
    everything = list(statements)
    _check_evidence(everything, by_id)
    groups = _group(everything, known)
    differences = find_differences({make_id(*said): said for said in groups})
    graph = nx.MultiDiGraph(articles=by_id, relations=known)
    for id_, attributes in _nodes(everything):
        graph.add_node(id_, **attributes)
    edges = {make_id(*said): _edge(*said, found, everything) for said, found in groups.items()}
    for id_ in sorted(edges):
        subject, object_, attributes = edges[id_]
        graph.add_edge(subject, object_, key=id_, **attributes, differs_from=differences.get(id_, ()))
    return graph


def _articles_by_id(articles: Iterable[Article]) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for article in articles:
        if found.setdefault(article.id, article) != article:
            raise ValueError(f"two articles have the id {article.id!r}; give each its own")
    return dict(sorted(found.items()))


def _check_evidence(statements: Iterable[Statement], articles: Mapping[str, Article]) -> None:
    for statement in statements:
        for evidence in statement.evidence:
            if evidence.article not in articles:
                raise ValueError(f"evidence is from article {evidence.article!r}, which is not among the articles")


def with_ids(statements: Iterable[Statement], graph: nx.MultiDiGraph) -> list[Statement]:
    """The statements of single articles, each with the id of the merged statement that it went into.

    Args:
        statements: Those that the graph was made of.
        graph: As `merge` made it of them.
    """
    everything = list(statements)
    differs = {id_: edge["differs_from"] for _, _, id_, edge in graph.edges(keys=True, data=True)}
    goals: dict[int, tuple[bool, str]] = {}
    for said, members in _group(everything, graph.graph.get("relations", relations())).items():
        id_ = make_id(*said)
        # What several articles say without a time may be part of several; the one that says no more comes first.
        for places, vague in ((members.exact, False), (members.vague, True)):
            for place in places:
                goals[place] = min(goals.get(place, (vague, id_)), (vague, id_))
    return [
        replace(statement, id=goals[place][1], differs_from=differs[goals[place][1]])
        for place, statement in enumerate(everything)
    ]


def _group(statements: Sequence[Statement], schema: Mapping[str, Relation]) -> dict[tuple[Family, Key], Group[int]]:
    """The places of statements in the sequence, by what they say."""
    return group(
        (
            (family_of(statement, schema), key_of(statement, schema), _articles_of(statement), place)
            for place, statement in enumerate(statements)
        ),
        schema,
    )


def _articles_of(statement: Statement) -> Sequence[str]:
    if len(statement.evidence) == 1:
        return (statement.evidence[0].article,)
    # A statement of one article has one; without evidence it still must go somewhere.
    return sorted({evidence.article for evidence in statement.evidence}) or [""]


def _edge(
    family: Family, key: Key, group: Group[int], statements: Sequence[Statement]
) -> tuple[str, str, dict[str, Any]]:
    members = [statements[place] for place in group.members]
    evidence = tuple(sorted({item for member in members for item in member.evidence}, key=_evidence_order))
    claimants = {claimant.id for member in members for claimant in member.claimed_by}
    confidence = combined_confidence(evidence) if evidence else max(member.confidence for member in members)
    subject, object_ = _direction(family, members)
    attributes = {
        "relation": family.relation,
        "qualifiers": _qualifiers(key, members, members[: len(group.exact)]),
        "modality": family.modality,
        "claimed_by": tuple(sorted(claimants)),
        "confidence": confidence,
        "evidence": evidence,
    }
    return subject, object_, attributes


def _direction(family: Family, members: Iterable[Statement]) -> tuple[str, str]:
    """Of a symmetric relation, the direction that most evidence has."""
    votes: Counter[tuple[str, str]] = Counter()
    for member in members:
        votes[member.subject.id, member.object.id] += max(1, len(member.evidence))
    straight, reverse = (family.subject, family.object), (family.object, family.subject)
    return reverse if votes[reverse] > votes[straight] else straight


def _qualifiers(key: Key, members: Sequence[Statement], exact: Sequence[Statement]) -> dict[str, Qualifier]:
    if len(members) == 1:
        return dict(sorted(members[0].qualifiers.items()))
    names = sorted({name for member in members for name in member.qualifiers})
    own = {"amount", "time", *(name for name, _ in key.identity)}
    found: dict[str, Qualifier] = {}
    for name in names:
        # What the key holds comes from those that say all of it, whatever the less specific ones have.
        sources = exact if name in own else members
        values = [member.qualifiers[name] for member in sources if name in member.qualifiers]
        if values:
            found[name] = _most_common(values, _fullness)
    return found


def _fullness(value: Qualifier) -> tuple[int, str, float, str]:
    if isinstance(value, Amount):
        return len(value.text), value.text, value.value, value.unit
    return len(value), value, 0.0, ""


def _most_common(values: Sequence[_T], tie: Any) -> _T:
    counts = Counter(values)
    if len(counts) == 1:
        return values[0]
    return max(counts, key=lambda value: (counts[value], *tie(value)))


def _nodes(statements: Iterable[Statement]) -> Iterable[tuple[str, dict[str, Any]]]:
    forms: dict[str, list[Entity]] = {}
    for statement in statements:
        for entity in (statement.subject, statement.object, *statement.claimed_by):
            forms.setdefault(entity.id, []).append(entity)
    for id_ in sorted(forms):
        yield id_, _node(forms[id_])


def _node(forms: Sequence[Entity]) -> dict[str, Any]:
    items = {form.wikidata for form in forms if form.wikidata is not None}
    labels = {(language, label) for form in forms for language, label in form.labels.items()}
    return {
        "name": _most_common([form.name for form in forms], lambda name: (len(name), name)),
        "type": _most_common([form.type for form in forms], lambda type_: (type_,)),
        "wikidata": min(items) if items else None,
        "labels": dict(sorted(labels)),
        "aliases": tuple(sorted({mention for form in forms for mention in form.mentions})),
    }


def _evidence_order(evidence: Evidence) -> tuple[Any, ...]:
    return (
        evidence.article,
        evidence.start,
        evidence.end,
        evidence.cue_start,
        evidence.cue_end,
        evidence.frame,
        evidence.sentence,
        evidence.claimed_by or "",
        evidence.confidence,
        evidence.text,
        evidence.cue,
    )
