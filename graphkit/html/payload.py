"""What the page needs to know of a graph, as plain JSON values: rows that name one another by position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx

from graphkit.graph import articles_of, entities_of, relations_of, statements_of
from graphkit.html.marks import marks
from graphkit.model import ENTITY_TYPES, MODALITIES, Amount, Article, Entity, Qualifier, Statement
from graphkit.schema import Relation
from graphkit.text import web_address

Json = dict[str, Any]
Row = list[Any]


def graph_data(graph: nx.MultiDiGraph, nodes: Sequence[Json]) -> Json:
    """All that the page needs to draw, filter and list; `rows` in page/data.js names the columns.

    Args:
        graph: A merged graph.
        nodes: The node of each entity, in order of the entities' ids, with ``x``, ``y`` and ``size``.
    """
    entities, statements, articles = entities_of(graph), statements_of(graph), articles_of(graph)
    places = {entity.id: n for n, entity in enumerate(entities)}
    sources = {article.id: n for n, article in enumerate(articles)}
    numbers = {statement.id: n for n, statement in enumerate(statements)}
    schema = relations_of(graph)
    used = sorted(schema)
    return {
        "types": list(ENTITY_TYPES),
        "modalities": list(MODALITIES),
        "relations": [_relation(schema[name]) for name in used],
        "entities": [_entity(entity, node) for entity, node in zip(entities, nodes, strict=True)],
        "statements": [_statement(item, places, used.index(item.relation), sources, numbers) for item in statements],
        "articles": [_article(article) for article in articles],
    }


def evidence_data(graph: nx.MultiDiGraph) -> Json:
    """The sentences, which the page reads when somebody asks for the first of them.

    A sentence that is evidence for several statements is kept once.

    Args:
        graph: A merged graph.
    """
    sources = {article.id: n for n, article in enumerate(articles_of(graph))}
    sentences: dict[tuple[int, int, int, str], int] = {}
    frames: dict[str, int] = {}
    rows = []
    for statement in statements_of(graph):
        row = []
        for item in statement.evidence:
            key = (sources[item.article], item.start, item.end, item.text)
            number = sentences.setdefault(key, len(sentences))
            frame = frames.setdefault(item.frame, len(frames))
            row.append([number, frame, item.confidence, *marks(statement, item)])
        rows.append(row)
    return {"sentences": [list(sentence) for sentence in sentences], "frames": list(frames), "evidence": rows}


def _relation(relation: Relation) -> Row:
    return [relation.name, dict(sorted(relation.labels.items())), relation.symmetric]


def _entity(entity: Entity, node: Json) -> Row:
    mentions = [name for name in entity.mentions if name != entity.name]
    labels = dict(sorted((language, label) for language, label in entity.labels.items() if label != entity.name))
    kind = ENTITY_TYPES.index(entity.type)
    return [entity.id, entity.name, kind, labels, mentions, entity.wikidata, node["x"], node["y"], node["size"]]


def _statement(
    statement: Statement, places: dict[str, int], relation: int, sources: dict[str, int], numbers: dict[str, int]
) -> Row:
    return [
        statement.id,
        places[statement.subject.id],
        relation,
        places[statement.object.id],
        MODALITIES.index(statement.modality),
        statement.confidence,
        sorted({sources[item.article] for item in statement.evidence}),
        {name: _qualifier(value) for name, value in sorted(statement.qualifiers.items())},
        [places[entity.id] for entity in statement.claimed_by],
        [numbers[id_] for id_ in statement.differs_from if id_ in numbers],
    ]


def _qualifier(value: Qualifier) -> Json | str:
    return {"value": value.value, "unit": value.unit, "text": value.text} if isinstance(value, Amount) else value


def _article(article: Article) -> Row:
    date = article.date.isoformat() if article.date else None
    return [article.id, article.title, article.publisher, article.author, date, web_address(article.url)]
