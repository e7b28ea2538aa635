"""A graph read back as entities, statements and articles."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from graphkit.model import Article, Entity, Run, Statement


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


def run_of(graph: nx.MultiDiGraph) -> Run | None:
    """What made a graph, where that is known."""
    return graph.graph.get("run")


def assemble(
    entities: Iterable[Entity], statements: Iterable[Statement], articles: Iterable[Article], run: Run | None = None
) -> nx.MultiDiGraph:
    """The graph of entities, statements and articles that were merged before: the way back from the views.

    Args:
        entities: All of them; what only claims something is among them.
        statements: Merged ones, with their ids.
        articles: Those that the evidence is from.
        run: What made the graph.
    """
    graph = nx.MultiDiGraph(articles={article.id: article for article in sorted(articles, key=lambda item: item.id)})
    if run is not None:
        graph.graph["run"] = run
    for entity in sorted(entities, key=lambda item: item.id):
        graph.add_node(
            entity.id,
            name=entity.name,
            type=entity.type,
            wikidata=entity.wikidata,
            labels=dict(sorted(entity.labels.items())),
            aliases=entity.mentions,
        )
    for statement in sorted(statements, key=lambda item: item.id):
        graph.add_edge(
            statement.subject.id,
            statement.object.id,
            key=statement.id,
            relation=statement.relation,
            qualifiers=dict(statement.qualifiers),
            modality=statement.modality,
            claimed_by=tuple(claimant.id for claimant in statement.claimed_by),
            confidence=statement.confidence,
            evidence=statement.evidence,
            differs_from=statement.differs_from,
        )
    return graph


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
