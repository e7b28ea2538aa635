"""Statements in buckets: all that can be one statement, or differ from it, is in one bucket."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.large.database import text, texts
from graphkit.schema import relations

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What is merged in memory at a time: at some kilobytes a statement, a few hundred megabytes.
BUCKET_SIZE = 50_000

# Statements are compared within subject, relation and object; figures within subject and relation. The ends of a
# symmetric relation have no order. MD5, because DuckDB's own hash may change from version to version.
_PARTS = """
COPY (
  SELECT s, article, CAST(md5_number_lower(
    concat_ws('\x1f', relation, one, CASE WHEN relation <> 'measure' THEN two END)
  ) % {buckets} AS INTEGER) AS bucket
  FROM (
    SELECT s, article, s->>'$[1]' AS relation,
           coalesce(known_subject.final, subject) AS from_id, coalesce(known_object.final, object) AS to_id,
           list_contains({symmetric}, s->>'$[1]') AND from_id > to_id AS turned,
           CASE WHEN turned THEN to_id ELSE from_id END AS one, CASE WHEN turned THEN from_id ELSE to_id END AS two
    FROM said LEFT JOIN final known_subject ON known_subject.old = subject
              LEFT JOIN final known_object ON known_object.old = object
  )
) TO {folder} (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (bucket), OVERWRITE_OR_IGNORE)
"""
_NAMES = """
COPY (
  SELECT DISTINCT bucket, old, id, name, wikidata, labels FROM (
    SELECT DISTINCT bucket, unnest(
      [s->>'$[0][0]', s->>'$[2][0]'] || (s->>'$[5][*][0]')
      || (s->>'$[6][*][10]')) AS old
    FROM read_parquet({parts}, hive_partitioning = true)
  ) LEFT JOIN final USING (old) JOIN forms ON id = coalesce(final, old)
) TO {folder} (FORMAT parquet, PARTITION_BY (bucket), OVERWRITE_OR_IGNORE)
"""


def split(connection: DuckDBPyConnection, count: int, work: Path, size: int = BUCKET_SIZE) -> int:
    """Write statements and the names of their entities in buckets.

    Args:
        connection: With the tables that `graphkit.large.entities.join_entities` makes.
        count: Number of statements.
        work: Gets the folders ``parts`` and ``names``.
        size: About how many statements go into a bucket.

    Returns:
        The number of buckets.
    """
    buckets = max(1, -(-count // size))
    symmetric = texts(sorted(name for name, relation in relations().items() if relation.symmetric))
    parts, names = work / "parts", work / "names"
    connection.execute(_PARTS.format(buckets=buckets, symmetric=symmetric, folder=text(parts)))
    if any(parts.rglob("*.parquet")):
        connection.execute(_NAMES.format(parts=text(parts / "*" / "*.parquet"), folder=text(names)))
    return buckets
