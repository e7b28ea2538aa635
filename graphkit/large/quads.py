"""N-Quads of a graph on disk, in shards: of articles, of entities, and of the statements of each bucket."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.collection import batches
from graphkit.graph import relations_named
from graphkit.large.database import text
from graphkit.large.origin import Origin
from graphkit.large.tables import TABLES, articles_in, entities_in, statements_in
from graphkit.model import Article, Statement
from graphkit.rdf import QUADS, Iris, Lines, Writer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SHARD = 5_000
# The lines are so much alike that a higher level costs time and saves little.
_LEVEL = 1


def writer_of(origin: Origin) -> Writer[str]:
    """What writes the lines of a graph."""
    return Writer(Lines(), Iris(origin.base_iri), origin.run)


def write_articles(articles: Iterable[Article], work: Path, origin: Origin) -> Iterator[Article]:
    """Write the quads of articles while they pass by."""
    writer = writer_of(origin)
    for shard, batch in enumerate(batches(articles, _SHARD)):
        _write((line for article in batch for line in writer.article(article)), work, f"articles-{shard:05}", writer)
        yield from batch


def write_entities(connection: DuckDBPyConnection, work: Path, origin: Origin) -> None:
    """Write the quads of all entities."""
    writer = writer_of(origin)
    for shard, batch in enumerate(batches(entities_in(connection, work / TABLES), _SHARD)):
        _write((line for entity in batch for line in writer.entity(entity)), work, f"entities-{shard:05}", writer)


def write_statements(connection: DuckDBPyConnection, work: Path, bucket: int, origin: Origin) -> None:
    """Write the quads of the merged statements of a bucket."""
    path = work / TABLES / "merged" / f"part-{bucket:05}.parquet"
    if not path.is_file():
        return
    source = f"FROM read_parquet({text(path)})"
    named = f"SELECT DISTINCT unnest(evidence).article AS id {source}"
    wanted = {id_ for (id_,) in connection.execute(named).fetchall()}
    languages = {article.id: article.language for article in articles_in(connection, work / TABLES, wanted)}
    used = {name for (name,) in connection.execute(f"SELECT DISTINCT relation {source}").fetchall()}
    writer = writer_of(origin)

    def lines(statements: Iterable[Statement]) -> Iterator[str]:
        for relation in relations_named(used, origin.relations).values():
            yield from writer.relation(relation)
        for statement in statements:
            yield from writer.statement(statement, languages)

    _write(lines(statements_in(connection, f"{source} ORDER BY id")), work, f"statements-{bucket:05}", writer)


def _write(lines: Iterable[str], work: Path, name: str, writer: Writer[str]) -> None:
    (work / QUADS).mkdir(exist_ok=True)
    with (work / QUADS / f"{name}.nq.gz").open("wb") as raw, _packed(raw) as file:
        file.write("".join(writer.dataset()).encode("utf-8"))
        for batch in batches(lines, _SHARD):
            file.write("".join(batch).encode("utf-8"))


def _packed(raw: object) -> gzip.GzipFile:
    # Neither clock nor name in the header: the same graph, the same bytes.
    return gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=raw, mtime=0)  # type: ignore[arg-type]
