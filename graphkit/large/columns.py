"""Statements as columns: how DuckDB reads what `graphkit.extraction.rows` writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphkit.large.database import text, texts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_ENTITY = (
    "STRUCT(id VARCHAR, name VARCHAR, type VARCHAR, mentions VARCHAR[], wikidata VARCHAR, labels MAP(VARCHAR, VARCHAR))"
)
_AMOUNT = "STRUCT(value DOUBLE, unit VARCHAR, text VARCHAR)"
_EVIDENCE = (
    'STRUCT(article VARCHAR, sentence INTEGER, start INTEGER, "end" INTEGER, text VARCHAR, cue VARCHAR, '
    "cue_start INTEGER, cue_end INTEGER, frame VARCHAR, confidence DOUBLE, claimed_by VARCHAR)"
)
_STATEMENT = (
    f"STRUCT(subject {_ENTITY}, relation VARCHAR, object {_ENTITY}, amounts MAP(VARCHAR, {_AMOUNT}), "
    f"qualifiers MAP(VARCHAR, VARCHAR), modality VARCHAR, claimed_by {_ENTITY}[], evidence {_EVIDENCE}[], "
    "confidence DOUBLE)"
)
# Only "amount" is an amount; a qualifier of another name that is one would be lost, so it is kept as text.
_SAID = """
CREATE TABLE said AS
SELECT article, subject, relation, object, amounts['amount'] AS amount,
       CASE WHEN cardinality(amounts) = (amount IS NOT NULL)::INTEGER THEN qualifiers ELSE map_from_entries(list_sort(
         map_entries(qualifiers) || [
           {{key: other.key, value: format('{{:g}} {{}}', other.value.value, other.value.unit)}}
           for other in map_entries(amounts) if other.key <> 'amount'
         ]
       )) END AS qualifiers,
       modality, claimed_by, evidence, confidence
FROM (SELECT article, unnest(statements, max_depth := 2) FROM read_json(
  {files}, format = 'newline_delimited', columns = {columns}
))
WHERE confidence >= {min_confidence}
"""
# Entities of statements, one row a use.
_MENTIONED = """
CREATE VIEW mentioned AS
SELECT entity.id AS id, entity.name AS name, entity.type AS type, entity.mentions AS mentions,
       coalesce(entity.wikidata, '') AS wikidata,
       CASE WHEN cardinality(entity.labels) = 0 THEN '' ELSE CAST(to_json(entity.labels) AS VARCHAR) END AS labels
FROM (SELECT subject AS entity FROM said UNION ALL SELECT object FROM said
      UNION ALL SELECT unnest(claimed_by) FROM said WHERE len(claimed_by) > 0)
"""


def load_statements(connection: DuckDBPyConnection, files: Sequence[str], min_confidence: float) -> None:
    """Make the table ``said``, a row a statement, and the view ``mentioned``, a row a use of an entity.

    Args:
        connection: An empty database.
        files: Shards of results, as `graphkit.extraction.Results` writes them.
        min_confidence: Statements below it are left out.
    """
    columns = f"{{article: 'VARCHAR', statements: {text(_STATEMENT + '[]')}}}"
    query = _SAID.format(
        files=texts(files),
        columns=columns,
        min_confidence=min_confidence,
    )
    connection.execute(query)
    connection.execute(_MENTIONED)
