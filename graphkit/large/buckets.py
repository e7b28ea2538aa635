"""Statements in buckets: all that can be one statement, or differ from it, is in one bucket."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graphkit.large.database import text, texts
from graphkit.schema import Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What is merged in memory at a time: at about a kilobyte a statement, some tens of megabytes.
BUCKET_SIZE = 50_000

# Claimants, and who the evidence says they are, with their final ids. Two referents of an article can turn out to be
# one entity; the last of them stays.
_CLAIMS = """
CREATE TABLE claims AS
WITH claimants AS (
  SELECT said.rowid AS row, unnest(claimed_by) AS claimant, generate_subscripts(claimed_by, 1) AS place
  FROM said WHERE len(claimed_by) > 0
)
SELECT row, list({id: coalesce(final, claimant.id), type: claimant.type, mentions: claimant.mentions}
                 ORDER BY coalesce(final, claimant.id)) AS claimants,
       list_sort(list(coalesce(final, claimant.id))) AS claimed_by
FROM (SELECT * FROM claimants LEFT JOIN final ON old = claimant.id
      QUALIFY row_number() OVER (PARTITION BY row, coalesce(final, claimant.id) ORDER BY place DESC) = 1)
GROUP BY row
"""
# Evidence that names a claimant, and statements with several pieces of evidence. Most have one and no claimant.
_PROOF = """
CREATE TABLE proof AS
WITH items AS (
  SELECT said.rowid AS row, unnest(evidence) AS item, generate_subscripts(evidence, 1) AS place
  FROM said WHERE len(evidence) > 1 OR evidence[1].claimed_by IS NOT NULL
)
SELECT row, list(struct_update(item, claimed_by := coalesce(final, item.claimed_by)) ORDER BY place) AS evidence,
       list_sort(list(DISTINCT item.article)) AS sources
FROM items LEFT JOIN final ON old = item.claimed_by GROUP BY row
"""
# Statements are compared within subject, relation and object; figures within subject and relation. The ends of a
# symmetric relation have no order. MD5, because DuckDB's own hash may change from version to version.
_PARTS = """
COPY (
  WITH linked AS (
    SELECT said.article, coalesce(known_subject.final, said.subject.id) AS subject, said.subject.type AS subject_type,
           said.subject.mentions AS subject_mentions, relation, coalesce(known_object.final, said.object.id) AS object,
           said.object.type AS object_type, said.object.mentions AS object_mentions, modality, amount, qualifiers,
           coalesce(claims.claimed_by, []) AS claimed_by, coalesce(claimants, []) AS claimants, said.confidence,
           coalesce(proof.evidence, said.evidence) AS evidence,
           coalesce(sources, CASE WHEN len(said.evidence) = 1 THEN [said.evidence[1].article] ELSE [] END) AS sources,
           list_contains({symmetric}, relation) AND subject > object AS turned
    FROM said LEFT JOIN final known_subject ON known_subject.old = said.subject.id
              LEFT JOIN final known_object ON known_object.old = said.object.id
              LEFT JOIN claims ON claims.row = said.rowid LEFT JOIN proof ON proof.row = said.rowid
  )
  SELECT * EXCLUDE (turned), CAST(md5_number_lower(concat_ws(
    '\x1f', relation, CASE WHEN turned THEN object ELSE subject END,
    CASE WHEN relation <> 'measure' THEN CASE WHEN turned THEN subject ELSE object END END
  )) % {buckets} AS INTEGER) AS bucket FROM linked
) TO {goal} (FORMAT parquet, COMPRESSION zstd{options})
"""


def split(connection: DuckDBPyConnection, work: Path, schema: Mapping[str, Relation], size: int = BUCKET_SIZE) -> int:
    """Write statements in buckets, with the final ids of their entities, and drop the tables that they come from.

    Args:
        connection: With the tables that `graphkit.large.entities.join_entities` makes.
        work: Gets the folder ``parts``.
        schema: Relations by name.
        size: About how many statements go into a bucket.

    Returns:
        The number of buckets.
    """
    (count,) = connection.execute("SELECT count(*) FROM said").fetchone()
    buckets = max(1, -(-count // size))
    symmetric = texts(sorted(name for name, relation in schema.items() if relation.symmetric))
    connection.execute(_CLAIMS)
    connection.execute(_PROOF)
    parts = work / "parts"
    options = ", PARTITION_BY (bucket), OVERWRITE_OR_IGNORE"
    if not count:
        # Tables without rows have columns all the same.
        (parts / "bucket=0").mkdir(parents=True)
        parts, options = parts / "bucket=0" / "data_0.parquet", ""
    connection.execute(_PARTS.format(buckets=buckets, symmetric=symmetric, goal=text(parts), options=options))
    # All that comes now is in the buckets; their processes need the memory.
    for what in ("VIEW mentioned", "TABLE said", "TABLE claims", "TABLE proof", "TABLE final"):
        connection.execute(f"DROP {what}")
    return buckets
