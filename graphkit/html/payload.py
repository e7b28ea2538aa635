"""What the page needs to know of a graph, as plain JSON values."""

from __future__ import annotations

from typing import Any

import networkx as nx

from graphkit.graph import articles_of, entities_of, relations_of, statements_of
from graphkit.model import Amount, Article, Entity, Evidence, Qualifier, Statement
from graphkit.text import web_address

Json = dict[str, Any]


def payload(graph: nx.MultiDiGraph) -> Json:
    """Entities, relations, statements and articles; statements name the others by their position.

    Args:
        graph: A merged graph.
    """
    entities, statements, articles = entities_of(graph), statements_of(graph), articles_of(graph)
    places = {entity.id: n for n, entity in enumerate(entities)}
    sources = {article.id: n for n, article in enumerate(articles)}
    return {
        "entities": [_entity(entity) for entity in entities],
        "relations": {
            name: {"labels": dict(relation.labels), "family": relation.broader, "symmetric": relation.symmetric}
            for name, relation in relations_of(graph).items()
        },
        "statements": [_statement(statement, places, sources) for statement in statements],
        "articles": [_article(article) for article in articles],
    }


def _entity(entity: Entity) -> Json:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "labels": dict(sorted(entity.labels.items())),
        "mentions": list(entity.mentions),
        "wikidata": entity.wikidata,
    }


def _statement(statement: Statement, places: dict[str, int], sources: dict[str, int]) -> Json:
    return {
        "id": statement.id,
        "subject": places[statement.subject.id],
        "relation": statement.relation,
        "object": places[statement.object.id],
        "qualifiers": {name: _qualifier(value) for name, value in sorted(statement.qualifiers.items())},
        "modality": statement.modality,
        "claimedBy": [places[entity.id] for entity in statement.claimed_by],
        "confidence": statement.confidence,
        "differsFrom": list(statement.differs_from),
        "evidence": [_evidence(item, sources) for item in statement.evidence],
    }


def _qualifier(value: Qualifier) -> Json | str:
    return {"value": value.value, "unit": value.unit, "text": value.text} if isinstance(value, Amount) else value


def _evidence(item: Evidence, sources: dict[str, int]) -> Json:
    # The cue is placed within the sentence, in code points: the page shows the sentence, not the article.
    return {
        "article": sources[item.article],
        "text": item.text,
        "start": item.start,
        "end": item.end,
        "cue": [item.cue_start - item.start, item.cue_end - item.start],
        "frame": item.frame,
        "confidence": item.confidence,
    }


def _article(article: Article) -> Json:
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "date": article.date.isoformat() if article.date else None,
        "url": web_address(article.url),
    }
