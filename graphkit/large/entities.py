"""Entities of all articles, joined as `graphkit.linking.resolve` joins them, name by name instead of all at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.large.database import load_rows, texts
from graphkit.linking import Fusion, Organizations, join_namesakes, join_organizations, plain_id, telling_items

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FETCH = 10_000

# Where a statement has what: see graphkit.extraction.rows.
_SAID = """
CREATE VIEW said AS
SELECT article, s, s->>'$[0][0]' AS subject, s->>'$[2][0]' AS object FROM (
  SELECT json->>'$.article' AS article, unnest(from_json(json->'$.statements', '["JSON"]')) AS s
  FROM read_ndjson_objects({files})
) WHERE CAST(s->>'$[7]' AS DOUBLE) >= {min_confidence}
"""
# One row a form of an entity, with how often it has it.
_USES = """
CREATE TABLE uses AS
SELECT e->>'$[0]' AS id, e->>'$[1]' AS name, e->>'$[2]' AS type, coalesce(e->>'$[4]', '') AS wikidata,
       CASE WHEN (e->'$[5]') = '{}' THEN '' ELSE CAST((e->'$[5]') AS VARCHAR) END AS labels, count(*) AS n
FROM (SELECT unnest([s->'$[0]', s->'$[2]'] || from_json(s->'$[5]', '["JSON"]')) AS e FROM said)
GROUP BY ALL
"""
_ORGANIZATIONS = """
SELECT id, name, labels <> '' AS known, sum(n), any_value(mentions) FROM uses JOIN (
  SELECT id, list(DISTINCT mention) AS mentions FROM (
    SELECT e->>'$[0]' AS id, unnest(from_json(e->'$[3]', '["VARCHAR"]')) AS mention FROM (
      SELECT unnest([s->'$[0]', s->'$[2]'] || from_json(s->'$[5]', '["JSON"]')) AS e FROM said
    ) WHERE (e->>'$[2]') = 'Organization'
  ) GROUP BY id
) USING (id) WHERE type = 'Organization' GROUP BY id, name, known
"""
_UNNAMED_ORGANIZATIONS = """
SELECT id, name, labels <> '' AS known, sum(n), [] FROM uses WHERE type = 'Organization' GROUP BY id, name, known
"""
# What the other argument tells of a person; a claimant is told nothing of.
_TOLD = """
SELECT DISTINCT id, other, other_type, title FROM (
  SELECT s->'$[0]' AS e, s->'$[2]' AS o, {title} AS title FROM said
  UNION ALL SELECT s->'$[2]', s->'$[0]', {title} FROM said
  UNION ALL SELECT unnest(from_json(s->'$[5]', '["JSON"]')), NULL, NULL FROM said
), LATERAL (SELECT e->>'$[0]' AS id, o->>'$[2]' AS other_type,
            coalesce((SELECT final FROM organizations WHERE old = (o->>'$[0]')), o->>'$[0]') AS other)
WHERE (e->>'$[2]') = 'Person' AND contains(id, '~')
ORDER BY split_part(id, '~', 1), id
"""
_TITLE = (
    "CASE WHEN (s->>'$[1]') = 'holds_position' AND json_type(s->'$[3].title') = 'VARCHAR' THEN s->>'$[3].title' END"
)
# What the knowledge base has of the names that people bear.
_TAKEN = """
SELECT DISTINCT id FROM uses
WHERE NOT contains(id, '~') AND id IN (SELECT split_part(id, '~', 1) FROM uses WHERE contains(id, '~'))
"""
# The form that an entity goes by, as graphkit.linking.resolve.choose has it.
_FORMS = """
CREATE TABLE forms AS
WITH named AS (
  SELECT coalesce(final, id) AS id, name, wikidata, labels, sum(n) AS n, labels <> '' AS known
  FROM uses LEFT JOIN final ON old = id GROUP BY ALL
), eligible AS (
  SELECT * FROM named QUALIFY known = bool_or(known) OVER (PARTITION BY id)
), counted AS (
  SELECT *, sum(n) OVER (PARTITION BY id, name) AS total FROM eligible
)
SELECT id, name, wikidata, labels FROM counted
QUALIFY row_number() OVER (
  PARTITION BY id ORDER BY total DESC, length(name) DESC, name, wikidata = '', wikidata, labels) = 1
"""


def join_entities(
    connection: DuckDBPyConnection, files: list[str], min_confidence: float, work: Path, fused: Path
) -> None:
    """Make the tables ``final`` (old id, final id) and ``forms`` (how each final id is called), and the view ``said``.

    Args:
        connection: An empty database.
        files: Shards of results, as `graphkit.extraction.Results` writes them.
        min_confidence: Statements below it are left out.
        work: A folder for what is passed on.
        fused: Where the report of what was fused goes: JSON Lines.
    """
    connection.execute(_SAID.format(files=texts(files), min_confidence=min_confidence))
    connection.execute(_USES)
    clusters = join_organizations(_organizations(connection))
    _table(connection, "organizations", clusters.final().items(), work)
    with fused.open("w", encoding="utf-8", newline="\n", errors="replace") as report:

        def note(fusions: list[Fusion]) -> None:
            report.writelines(json.dumps(asdict(fusion), ensure_ascii=False) + "\n" for fusion in fusions)

        note(sorted(clusters.fusions()))
        _table(connection, "people", _people(connection, note), work)
    connection.execute("CREATE TABLE final AS FROM organizations UNION ALL FROM people")
    connection.execute(_FORMS)


def _organizations(connection: DuckDBPyConnection) -> Organizations:
    found = Organizations()
    for query in (_UNNAMED_ORGANIZATIONS, _ORGANIZATIONS):
        # The second time for what they are called; what they are named is counted by then.
        counted = query is _UNNAMED_ORGANIZATIONS
        for id_, name, known, count, mentions in _rows(connection, query):
            found.add(id_, name, mentions, known, int(count) if counted else 0)
    return found


def _people(connection: DuckDBPyConnection, note: Any) -> Iterator[tuple[str, str]]:
    """Id within the article and final id of each person; all who bear one name at a time."""
    taken = {id_ for (id_,) in _rows(connection, _TAKEN)}
    rows = _rows(connection.cursor(), _TOLD.format(title=_TITLE))
    for plain, named in groupby(rows, key=lambda row: plain_id(row[0])):
        contexts: dict[str, set[str]] = {}
        for id_, other, other_type, title in named:
            items = contexts.setdefault(id_, set())
            if other is not None:
                items.update(telling_items(other, other_type, title))
        final, fusions = join_namesakes(plain, contexts, plain in taken)
        note(fusions)
        yield from final.items()


def _rows(connection: DuckDBPyConnection, query: str) -> Iterator[tuple[Any, ...]]:
    result = connection.execute(query)
    while rows := result.fetchmany(_FETCH):
        yield from rows


def _table(connection: DuckDBPyConnection, name: str, pairs: Any, work: Path) -> None:
    rows = ({"old": old, "final": final} for old, final in pairs)
    source = load_rows(connection, rows, "{old: 'VARCHAR', final: 'VARCHAR'}", work / f"{name}.jsonl")
    connection.execute(f"CREATE TABLE {name} AS SELECT old, final FROM {source}")
    (work / f"{name}.jsonl").unlink()
