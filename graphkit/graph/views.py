"""A graph read back as entities, statements and articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import networkx as nx

from graphkit.graph.identity import family_of, statement_id
from graphkit.model import Article, Entity, Statement


def entities_of(graph: nx.MultiDiGraph) -> list[Entity]:
    """The entities of a graph by id; their mentions are those of all articles."""
    return [_entity(graph, id_) for id_ in sorted(graph.nodes)]


def statements_of(graph: nx.MultiDiGraph) -> list[Statement]:
    """The statements of a graph by id."""
    entities = {entity.id: entity for entity in entities_of(graph)}
    return [
        Statement(
            subject=entities[subject],
            relation=edge["relation"],
            object=entities[object_],
            qualifiers=dict(edge["qualifiers"]),
            modality=edge["modality"],
            claimed_by=tuple(entities[claimant] for claimant in edge["claimed_by"]),
            evidence=edge["evidence"],
            confidence=edge["confidence"],
            id=id_,
            differs_from=edge["differs_from"],
        )
        for subject, object_, id_, edge in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2])
    ]


def articles_of(graph: nx.MultiDiGraph) -> list[Article]:
    """The articles of a graph by id."""
    return [article for _, article in sorted(graph.graph["articles"].items())]


def _entity(graph: nx.MultiDiGraph, id_: str) -> Entity:
    node = graph.nodes[id_]
    return Entity(
        id=id_,
        name=node["name"],
        type=node["type"],
        mentions=node["aliases"],
        wikidata=node["wikidata"],
        labels=dict(node["labels"]),
    )


def with_ids(statements: Iterable[Statement], graph: nx.MultiDiGraph) -> list[Statement]:
    """The statements of single articles, each with the id of the merged statement that it went into.

    Args:
        statements: Those that the graph was made of.
        graph: As `graphkit.graph.merge` made it of them.
    """
    merged = statements_of(graph)
    schema = graph.graph.get("relations")
    by_evidence = {(family_of(item, schema), evidence): item for item in merged for evidence in item.evidence}
    by_id = {item.id: item for item in merged}
    found = []
    for statement in statements:
        goal = by_id.get(statement_id(statement, schema))
        if goal is None:
            # What a less specific statement went into is known by its evidence only.
            goal = by_evidence[family_of(statement, schema), statement.evidence[0]]
        found.append(replace(statement, id=goal.id, differs_from=goal.differs_from))
    return found
