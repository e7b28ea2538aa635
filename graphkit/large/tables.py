"""The tables of a graph on disk, read back as what they were made of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.large.database import fetch_rows, text
from graphkit.model import Amount, Article, Entity, Evidence, Statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES = "tables"
ARTICLE_FIELDS = ("id", "title", "url", "author", "publisher", "language")
# Whole tables or those whose ids are given; a list parameter for each.
_ARTICLES = f"SELECT date, {', '.join(ARTICLE_FIELDS)} FROM read_parquet(?)"
_ENTITIES = "SELECT id, name, type, aliases, wikidata, labels FROM read_parquet(?)"
_WANTED = " WHERE id IN (SELECT unnest(?))"
_STATEMENTS = """
SELECT subject, relation, object, modality, amount, qualifiers, claimed_by, confidence, id, differs_from, evidence
"""


def statements_in(
    connection: DuckDBPyConnection, source: str, entities: Mapping[str, Entity] | None = None
) -> Iterator[Statement]:
    """Statements of a table.

    Args:
        connection: Any database.
        source: What follows the columns in a query: ``FROM … ORDER BY …``.
        entities: Those of the statements, by id; without them, an entity has no more than its id.
    """
    known = _Stubs() if entities is None else entities
    for row in fetch_rows(connection, _STATEMENTS + source):
        subject, relation, object_, modality, amount, qualifiers, claimed_by, confidence, id_, differs, evidence = row
        if amount is not None:
            qualifiers["amount"] = Amount(**amount)
        yield Statement(
            subject=known[subject],
            relation=relation,
            object=known[object_],
            qualifiers=qualifiers,
            modality=modality,
            claimed_by=tuple(known[claimant] for claimant in claimed_by),
            evidence=tuple(Evidence(**item) for item in evidence),
            confidence=confidence,
            id=id_,
            differs_from=tuple(differs),
        )


def articles_in(connection: DuckDBPyConnection, tables: Path, ids: Iterable[str]) -> list[Article]:
    """Articles by id, without their texts, which no table has."""
    rows = _wanted(connection, _ARTICLES, tables / "articles", ids)
    return [
        Article(
            text="",
            date=dt.date.fromisoformat(date) if date is not None else None,
            **dict(zip(ARTICLE_FIELDS, fields, strict=True)),
        )
        for date, *fields in rows
    ]


def entities_in(connection: DuckDBPyConnection, tables: Path, ids: Iterable[str] | None = None) -> Iterator[Entity]:
    """Entities in order of id: those with the ids, or all."""
    for id_, name, type_, aliases, wikidata, labels in _wanted(connection, _ENTITIES, tables / "entities", ids):
        yield Entity(id_, name, type_, tuple(aliases), wikidata, json.loads(labels) if labels else {})


class _Stubs(dict[str, Entity]):
    def __missing__(self, id_: str) -> Entity:
        entity = self[id_] = Entity(id_, "", "Concept")
        return entity


def _wanted(
    connection: DuckDBPyConnection, query: str, folder: Path, ids: Iterable[str] | None
) -> Iterator[tuple[Any, ...]]:
    files = str(folder / "*.parquet")
    if ids is None:
        yield from fetch_rows(connection, f"{query} ORDER BY id", [files])
    elif wanted := sorted(ids):
        yield from fetch_rows(connection, f"{query}{_WANTED} ORDER BY id", [files, wanted])


def count(connection: DuckDBPyConnection, tables: Path, name: str) -> int:
    """The number of rows of a table."""
    (number,) = connection.execute(f"SELECT count(*) FROM read_parquet({text(tables / name / '*.parquet')})").fetchone()
    return number
