"""A graph on disk: tables, RDF in shards, and a page of its most connected part."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx

from graphkit.graph import assemble
from graphkit.html import write_html
from graphkit.large.buckets import BUCKET_SIZE, split
from graphkit.large.columns import load_statements
from graphkit.large.database import connect, load_rows, text
from graphkit.large.entities import join_entities
from graphkit.large.origin import Origin
from graphkit.large.quads import write_articles, write_entities
from graphkit.large.tables import ARTICLE_FIELDS, TABLES, articles_in, count, entities_in, statements_in
from graphkit.large.work import Crew
from graphkit.model import Article
from graphkit.profile import stage
from graphkit.rdf import QUADS

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PAGE = "graph.html"
_WORK = ".merging-"
_IN_MEMORY = ("statements.jsonl", "graph.ttl", "graph.graphml")
# What a page in a browser can show.
_SHOWN_ENTITIES, _SHOWN_STATEMENTS = 300, 3_000

# What the buckets say of an entity, put together as graphkit.graph.merge puts it together.
_ENTITIES = """
COPY (
  WITH said AS (FROM read_parquet({parts})),
       kinds AS (SELECT id, type, sum(n) AS n FROM said GROUP BY ALL),
       kind AS (SELECT id, arg_max(type, (n, type)) AS type, sum(n) AS uses FROM kinds GROUP BY id),
       called AS (SELECT id, list_sort(list(DISTINCT mention)) AS aliases
                  FROM (SELECT id, unnest(mentions) AS mention FROM said) GROUP BY id)
  SELECT id, name, type, nullif(wikidata, '') AS wikidata, labels, coalesce(aliases, []) AS aliases, uses
  FROM kind JOIN forms USING (id) LEFT JOIN called USING (id) ORDER BY id
) TO {goal} (FORMAT parquet, COMPRESSION zstd)
"""
_CORE = """
CREATE TABLE core AS
SELECT id FROM (SELECT unnest([subject, object]) AS id FROM read_parquet({merged}))
GROUP BY id ORDER BY count(*) DESC, id LIMIT {entities}
"""
_SHOWN = """
FROM read_parquet({merged}) WHERE subject IN (FROM core) AND object IN (FROM core)
ORDER BY articles DESC, confidence DESC, id LIMIT {statements}
"""


@dataclass(frozen=True, slots=True)
class LargeGraph:
    """A graph in a folder.

    Args:
        folder: Has ``tables/*.parquet``, ``quads/*.nq.gz`` and ``graph.html``.
        entities: Their number.
        statements: Number of merged ones.
        articles: Their number.
    """

    folder: Path
    entities: int
    statements: int
    articles: int

    @property
    def counts(self) -> tuple[int, int, int]:
        """Number of entities, statements and articles."""
        return self.entities, self.statements, self.articles

    @property
    def files(self) -> tuple[str, ...]:
        """What was written, by name."""
        return (f"{TABLES}/", f"{QUADS}/", PAGE)

    def quads(self) -> list[Path]:
        """The N-Quads files: together they hold what `graphkit.rdf.to_quads` gives for a graph in memory.

        A quad may be in several of them. This is what a triple store loads.
        """
        return sorted((self.folder / QUADS).glob("*.nq.gz"))


def merge_on_disk(
    files: Sequence[str],
    articles: Iterable[Article],
    folder: Path,
    *,
    fused: Path,
    memory: int,
    workers: int = 0,
    min_confidence: float = 0.0,
    origin: Origin | None = None,
    bucket_size: int = BUCKET_SIZE,
) -> LargeGraph:
    """Merge statements of articles bucket by bucket, and write the graph.

    Args:
        files: Shards of results, as `graphkit.extraction.Results` writes them.
        articles: The articles.
        folder: Gets the results, whole or not at all; what is merged meanwhile is kept in a folder inside.
        fused: Where the report of what was fused goes.
        memory: Bytes that DuckDB may use.
        workers: Processes that merge buckets; 0 merges them in this one.
        min_confidence: Statements below it are left out.
        origin: What the statements are made by.
        bucket_size: About how many statements are merged at a time.

    Raises:
        MissingPackageError: If DuckDB is not installed.
        OSError: If there is no space left.
    """
    for left in folder.glob(f"{_WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    # A name of its own: processes of a run that was killed may not have ended yet.
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
    made_by = Origin() if origin is None else origin
    connection = connect(work, memory, max(1, workers))
    try:
        with stage("load statements"):
            load_statements(connection, files, min_confidence)
        with stage("resolve entities"):
            join_entities(connection, fused)
        with stage("split into buckets"):
            buckets = split(connection, work, made_by.relations, bucket_size)
        with stage("write articles"):
            _articles(connection, work, articles, made_by)
        _merge(connection, work, buckets, workers, made_by)
        with stage("write graph.html"):
            write_html(_core(connection, work / TABLES, made_by), work / PAGE)
        tables = work / TABLES
        counts = [count(connection, tables, name) for name in ("entities", "merged", "articles")]
        for name in (TABLES, QUADS, PAGE):
            _move(work / name, folder / name)
        # What a build in memory left is not of this graph.
        for name in _IN_MEMORY:
            (folder / name).unlink(missing_ok=True)
    finally:
        connection.close()
        shutil.rmtree(work, ignore_errors=True)
    return LargeGraph(folder, *counts)


def _merge(connection: DuckDBPyConnection, work: Path, buckets: int, workers: int, origin: Origin) -> None:
    origin.write(work)
    crew = Crew.start(work, buckets, workers)
    try:
        with stage("merge"):
            crew.wait()
            (work / TABLES / "entities").mkdir()
            goal = work / TABLES / "entities" / "part-00000.parquet"
            connection.execute(_ENTITIES.format(parts=text(work / "uses" / "*.parquet"), goal=text(goal)))
        with stage("write quads"):
            write_entities(connection, work, origin)
            crew.wait()
    finally:
        crew.close()


def _articles(connection: DuckDBPyConnection, work: Path, articles: Iterable[Article], origin: Origin) -> None:
    """A table of the articles, without their texts, and their quads."""
    columns = "{" + ", ".join(f"{name}: 'VARCHAR'" for name in (*ARTICLE_FIELDS, "date")) + "}"
    rows = (
        {name: getattr(article, name) for name in ARTICLE_FIELDS}
        | {"date": article.date.isoformat() if article.date is not None else None}
        for article in write_articles(articles, work, origin)
    )
    source = load_rows(connection, rows, columns, work / "articles.jsonl")
    (work / TABLES / "articles").mkdir(parents=True)
    goal = text(work / TABLES / "articles" / "part-00000.parquet")
    connection.execute(f"COPY (FROM {source} ORDER BY id) TO {goal} (FORMAT parquet, COMPRESSION zstd)")


def _core(connection: DuckDBPyConnection, tables: Path, origin: Origin) -> nx.MultiDiGraph:
    """The entities with most statements, and the statements between them that most articles say."""
    merged = text(tables / "merged" / "*.parquet")
    connection.execute(_CORE.format(merged=merged, entities=_SHOWN_ENTITIES))
    said = list(statements_in(connection, _SHOWN.format(merged=merged, statements=_SHOWN_STATEMENTS)))
    sources = {item.article for statement in said for item in statement.evidence}
    ids = {entity.id for statement in said for entity in (statement.subject, statement.object, *statement.claimed_by)}
    entities = {entity.id: entity for entity in entities_in(connection, tables, ids)}
    shown = {statement.id for statement in said}
    statements = [
        replace(
            statement,
            subject=entities[statement.subject.id],
            object=entities[statement.object.id],
            claimed_by=tuple(entities[claimant.id] for claimant in statement.claimed_by),
            differs_from=tuple(other for other in statement.differs_from if other in shown),
        )
        for statement in said
    ]
    graph = assemble(entities.values(), statements, articles_in(connection, tables, sources), origin.run)
    if origin.schema is not None:
        graph.graph["relations"] = origin.schema
    return graph


def _move(source: Path, goal: Path) -> None:
    if goal.is_dir():
        shutil.rmtree(goal)
    source.replace(goal)
