"""A graph on disk: tables, RDF in shards, and a page of its most connected part."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from graphkit.collection import batches
from graphkit.html import write_html
from graphkit.large.bucket import edge_of, main, write_schema
from graphkit.large.buckets import BUCKET_SIZE, split
from graphkit.large.database import connect, load_rows, text
from graphkit.large.entities import join_entities
from graphkit.model import Article, Run
from graphkit.profile import stage
from graphkit.rdf import DEFAULT_BASE, Iris, to_quads
from graphkit.schema import Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TABLES, QUADS, PAGE = "tables", "quads", "graph.html"
_IN_MEMORY = ("statements.jsonl", "graph.ttl", "graph.graphml")
_ARTICLES_A_SHARD = 5_000
_ARTICLE_FIELDS = ("id", "title", "url", "author", "publisher", "language")
_NODE_FIELDS = ("name", "type", "wikidata", "labels", "aliases")
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
WITH ends AS (SELECT unnest([subject, object]) AS id FROM read_parquet({merged})),
     core AS (SELECT id FROM ends GROUP BY id ORDER BY count(*) DESC, id LIMIT {entities})
FROM read_parquet({merged}) WHERE subject IN (FROM core) AND object IN (FROM core)
ORDER BY articles DESC, confidence DESC, id
LIMIT {statements}
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


@dataclass(frozen=True, slots=True)
class Origin:
    """What the statements of a graph are made by.

    Args:
        schema: Relations by name; those that ship unless given.
        run: For the provenance of the graph, if it is known.
    """

    schema: Mapping[str, Relation] | None = None
    run: Run | None = None

    def marks(self) -> dict[str, Any]:
        """What a networkx graph carries of it."""
        known = {"relations": self.schema, "run": self.run}
        return {name: value for name, value in known.items() if value is not None}


def merge_on_disk(
    files: Sequence[str],
    articles: Iterable[Article],
    count: int,
    folder: Path,
    *,
    fused: Path,
    memory: int,
    workers: int = 0,
    min_confidence: float = 0.0,
    base_iri: str = DEFAULT_BASE,
    origin: Origin | None = None,
    bucket_size: int = BUCKET_SIZE,
) -> LargeGraph:
    """Merge statements of articles bucket by bucket, and write the graph.

    Args:
        files: Shards of results, as `graphkit.extraction.Results` writes them.
        articles: The articles.
        count: Number of statements.
        folder: Gets the results, whole or not at all; what is merged meanwhile is kept in a folder inside.
        fused: Where the report of what was fused goes.
        memory: Bytes that DuckDB may use.
        workers: Processes that merge buckets; 0 merges them in this one.
        min_confidence: Statements below it are left out.
        base_iri: Where the names of the RDF graph live.
        origin: What the statements are made by.
        bucket_size: About how many statements are merged at a time.

    Raises:
        MissingPackageError: If DuckDB is not installed.
        OSError: If there is no space left.
    """
    work = folder / ".merging"
    shutil.rmtree(work, ignore_errors=True)
    made_by = Origin() if origin is None else origin
    connection = connect(work, memory, max(1, workers))
    try:
        with stage("resolve entities"):
            join_entities(connection, list(files), min_confidence, work, fused)
        with stage("split into buckets"):
            buckets = split(connection, count, work, bucket_size)
        with stage("merge"):
            write_schema(work, made_by.schema)
            _merge(work, buckets, workers)
            entities, statements = _tables(connection, work)
        with stage("write quads"):
            number = _quads(connection, work, articles, base_iri, buckets, made_by)
        with stage("write graph.html"):
            write_html(_core(connection, work, made_by), work / PAGE)
        for name in (TABLES, QUADS, PAGE):
            _move(work / name, folder / name)
        # What a build in memory left is not of this graph.
        for name in _IN_MEMORY:
            (folder / name).unlink(missing_ok=True)
    finally:
        connection.close()
        shutil.rmtree(work, ignore_errors=True)
    return LargeGraph(folder, entities, statements, number)


def _merge(work: Path, buckets: int, workers: int) -> None:
    if not workers:
        main([str(work), "0", "1", str(buckets)])
        return
    step = min(workers, buckets)
    command = [sys.executable, "-P", "-m", "graphkit.large", str(work)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
    running = [
        subprocess.Popen([*command, str(first), str(step), str(buckets)], env=environment) for first in range(step)
    ]
    codes = [process.wait() for process in running]
    if any(codes):
        raise OSError(f"merging failed: a process ended with code {next(filter(None, codes))}")


def _tables(connection: DuckDBPyConnection, work: Path) -> tuple[int, int]:
    tables = work / TABLES
    for kind in ("statements", "merged"):
        shutil.move(work / kind, tables / kind)
    (tables / "entities").mkdir()
    parts, goal = text(work / "entities" / "*.parquet"), tables / "entities" / "part-00000.parquet"
    connection.execute(_ENTITIES.format(parts=parts, goal=text(goal)))
    merged = text(tables / "merged" / "*.parquet")
    (entities,) = connection.execute(f"SELECT count(*) FROM read_parquet({text(goal)})").fetchone()
    (statements,) = connection.execute(f"SELECT count(*) FROM read_parquet({merged})").fetchone()
    return entities, statements


def _quads(
    connection: DuckDBPyConnection,
    work: Path,
    articles: Iterable[Article],
    base_iri: str,
    buckets: int,
    made_by: Origin,
) -> int:
    """N-Quads of articles, of entities, and of each bucket; returns the number of articles."""
    (work / QUADS).mkdir()
    number = _articles(connection, work, articles, base_iri, made_by)
    for shard, nodes in enumerate(_entities(connection, work)):
        graph = nx.MultiDiGraph(articles={}, **made_by.marks())
        graph.add_nodes_from(nodes.items())
        _write_quads(to_quads(graph, base_iri), work, f"entities-{shard:05}")
    iris = Iris(base_iri)
    for bucket in range(buckets):
        graph = _graph(connection, work, f"FROM read_parquet({text(_merged(work, bucket))}) ORDER BY id", made_by)
        for node in graph.nodes.values():
            node["aliases"] = ()
        # The texts of the articles are not at hand, and their own quads are written already.
        known = {NamedNode(iris.article(id_)) for id_ in graph.graph["articles"]}
        own = (quad for quad in to_quads(graph, base_iri) if quad.subject not in known)
        _write_quads(own, work, f"statements-{bucket:05}")
    return number


def _articles(
    connection: DuckDBPyConnection, work: Path, articles: Iterable[Article], base_iri: str, made_by: Origin
) -> int:
    """Quads and a table of the articles, without their texts."""

    def rows() -> Iterator[dict[str, Any]]:
        for shard, batch in enumerate(batches(articles, _ARTICLES_A_SHARD)):
            graph = nx.MultiDiGraph(articles={article.id: article for article in batch}, **made_by.marks())
            _write_quads(to_quads(graph, base_iri), work, f"articles-{shard:05}")
            for article in batch:
                row = {name: getattr(article, name) for name in _ARTICLE_FIELDS}
                yield row | {"date": article.date.isoformat() if article.date else None}

    columns = "{" + ", ".join(f"{name}: 'VARCHAR'" for name in (*_ARTICLE_FIELDS, "date")) + "}"
    source = load_rows(connection, rows(), columns, work / "articles.jsonl")
    (work / TABLES / "articles").mkdir()
    goal = text(work / TABLES / "articles" / "part-00000.parquet")
    connection.execute(f"COPY (FROM {source} ORDER BY id) TO {goal} (FORMAT parquet, COMPRESSION zstd)")
    (number,) = connection.execute(f"SELECT count(*) FROM read_parquet({goal})").fetchone()
    return number


def _write_quads(quads: Iterable[Quad], work: Path, name: str) -> None:
    lines = serialize(sorted(set(quads), key=str), format=RdfFormat.N_QUADS)
    (work / QUADS / f"{name}.nq.gz").write_bytes(gzip.compress(lines, 4, mtime=0))


def _merged(work: Path, bucket: int) -> Path:
    return work / TABLES / "merged" / f"part-{bucket:05}.parquet"


def _entities(connection: DuckDBPyConnection, work: Path) -> Iterator[dict[str, dict[str, Any]]]:
    path = text(work / TABLES / "entities" / "*.parquet")
    cursor = connection.cursor().execute(f"SELECT id, {', '.join(_NODE_FIELDS)} FROM read_parquet({path}) ORDER BY id")
    while rows := cursor.fetchmany(_ARTICLES_A_SHARD):
        yield {row[0]: _node(*row[1:]) for row in rows}


def _node(name: str, type_: str, wikidata: str | None, labels: str, aliases: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "type": type_,
        "wikidata": wikidata,
        "labels": json.loads(labels) if labels else {},
        "aliases": tuple(aliases),
    }


def _graph(connection: DuckDBPyConnection, work: Path, query: str, made_by: Origin) -> nx.MultiDiGraph:
    """The merged statements that a query finds, as the networkx graph that the exporters read; articles lack text."""
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description]
    rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    graph = nx.MultiDiGraph(articles={}, **made_by.marks())
    sources = {item["article"] for row in rows for item in row["evidence"]}
    for id_, date, *fields in _wanted(connection, work, "articles", ("id", "date", *_ARTICLE_FIELDS[1:]), sources):
        values = dict(zip(_ARTICLE_FIELDS[1:], fields, strict=True))
        day = dt.date.fromisoformat(date) if date else None
        graph.graph["articles"][id_] = Article(id_, "", date=day, **values)
    ids = {id_ for row in rows for id_ in (row["subject"], row["object"], *row["claimed_by"])}
    for id_, *values in _wanted(connection, work, "entities", ("id", *_NODE_FIELDS), ids):
        graph.add_node(id_, **_node(*values))
    for row in rows:
        graph.add_edge(row["subject"], row["object"], key=row["id"], **edge_of(row))
    return graph


def _wanted(
    connection: DuckDBPyConnection, work: Path, table: str, columns: Sequence[str], ids: Iterable[str]
) -> list[tuple[Any, ...]]:
    path = text(work / TABLES / table / "*.parquet")
    names = ", ".join(columns)
    query = f"SELECT {names} FROM read_parquet({path}) WHERE id IN (SELECT unnest(?)) ORDER BY id"
    wanted = sorted(ids)
    return connection.execute(query, [wanted]).fetchall() if wanted else []


def _core(connection: DuckDBPyConnection, work: Path, made_by: Origin) -> nx.MultiDiGraph:
    """The entities with most statements, and the statements between them that most articles say."""
    merged = text(work / TABLES / "merged" / "*.parquet")
    query = _CORE.format(merged=merged, entities=_SHOWN_ENTITIES, statements=_SHOWN_STATEMENTS)
    graph = _graph(connection, work, query, made_by)
    shown = {key for *_, key in graph.edges(keys=True)}
    for _, _, edge in graph.edges(data=True):
        edge["differs_from"] = tuple(other for other in edge["differs_from"] if other in shown)
    return graph


def _move(source: Path, goal: Path) -> None:
    if goal.is_dir():
        shutil.rmtree(goal)
    source.replace(goal)
