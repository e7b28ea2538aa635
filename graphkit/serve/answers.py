"""The answer to a query in the media type that the client asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pyoxigraph import RdfFormat, Triple, serialize

from graphkit.rdf import QueryResult
from graphkit.serve.negotiate import best_type

TABLES: Mapping[str, Callable[[QueryResult], str]] = {
    "application/sparql-results+json": QueryResult.to_json,
    "application/json": QueryResult.to_json,
    "application/sparql-results+xml": QueryResult.to_xml,
    "application/xml": QueryResult.to_xml,
    "text/csv": QueryResult.to_csv,
    "text/tab-separated-values": QueryResult.to_tsv,
}
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
_WITHOUT_BOOLEAN = {"text/csv", "text/tab-separated-values"}
ALL_TYPES = (*TABLES, *GRAPHS)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to a client.

    Args:
        media_type: None where the client accepts none that this kind of answer has.
        body: The bytes.
        rows: How many rows or triples it has.
        truncated: Whether there are more.
    """

    media_type: str | None
    body: bytes
    rows: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class Renderer:
    """Makes an answer of a result; runs in the query's process, so that its time counts.

    Args:
        accept: The client's Accept header.
    """

    accept: str | None

    def __call__(self, result: QueryResult) -> Answer:
        offered = list(GRAPHS) if result.triples else list(TABLES)
        if result.boolean is not None:
            offered = [media_type for media_type in offered if media_type not in _WITHOUT_BOOLEAN]
        chosen = best_type(self.accept, offered)
        if chosen is None:
            return Answer(None, ", ".join(offered).encode(), 0, False)
        body = _graph(result, GRAPHS[chosen]) if result.triples else TABLES[chosen](result).encode("utf-8")
        return Answer(chosen, body, len(result.rows), result.truncated)


def _graph(result: QueryResult, format: RdfFormat) -> bytes:
    triples = [Triple(*row) for row in result.rows]  # type: ignore[arg-type]
    return serialize(triples, format=format, prefixes=dict(result.prefixes))
