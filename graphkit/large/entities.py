"""Entities of all articles, joined as `graphkit.linking.resolve` joins them.

DuckDB finds the few that are like another one; Python judges those, name by name, and the rest are settled in SQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.collection import batches
from graphkit.large.database import fetch_rows, text
from graphkit.linking import (
    ACRONYM,
    Fusion,
    Organizations,
    join_namesakes,
    join_organizations,
    telling_items,
)
from graphkit.model import plain

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_INSERT = 50_000

# One row a form of an entity, with how often it has it.
_USES = """
CREATE TABLE uses AS
SELECT id, name, type, wikidata, labels, count(*) AS n FROM mentioned GROUP BY ALL
"""
# What organizations are called; and those that another one can be: it is called by an acronym, or differs from one
# in a word. A block is what graphkit.linking.organizations has for one; words that are too short do no harm here.
_CALLED = """
CREATE TABLE called AS
SELECT DISTINCT id, unnest(mentions) AS name FROM mentioned WHERE type = 'Organization'
"""
_ALIKE = """
CREATE TABLE alike AS
WITH ids AS (SELECT DISTINCT id, string_split(substr(id, strpos(id, '/') + 1), '-') AS words
             FROM uses WHERE type = 'Organization'),
     places AS (SELECT id, words, unnest(range(1, len(words) + 1)) AS place FROM ids),
     blocks AS (SELECT id, hash(place, words[place][1], words[1:place - 1], words[place + 1:]) AS block
                FROM places WHERE length(words[place]) >= 6)
SELECT id FROM blocks QUALIFY count(*) OVER (PARTITION BY block) > 1
UNION SELECT id FROM called WHERE regexp_full_match(name, {acronym})
UNION SELECT id FROM uses WHERE type = 'Organization' AND regexp_full_match(name, {acronym})
"""
_NAMED = """
SELECT id, name, labels <> '' AS known, sum(n) FROM uses
WHERE type = 'Organization' AND id IN (FROM alike) GROUP BY id, name, known
"""
_MENTIONS = "SELECT id, list(name) FROM called WHERE id IN (FROM alike) GROUP BY id"
# People whom the knowledge base does not have, by the name that they bear, and whether it has somebody of that name.
_BEARERS = """
CREATE TABLE bearers AS
WITH named AS (
  SELECT DISTINCT id, split_part(id, '~', 1) AS plain FROM uses WHERE type = 'Person' AND contains(id, '~')
)
SELECT id, plain, count(*) OVER (PARTITION BY plain) AS n, plain IN (SELECT id FROM uses) AS taken FROM named
"""
# What the other argument tells of a person; a claimant is told nothing of.
_TOLD = """
SELECT plain, id, taken, coalesce(final, other) AS other, other_type, title FROM bearers JOIN (
  SELECT subject.id AS id, object.id AS other, object.type AS other_type, {title} AS title FROM said
  WHERE subject.type = 'Person'
  UNION ALL SELECT object.id, subject.id, subject.type, {title} FROM said WHERE object.type = 'Person'
  UNION ALL SELECT claimant.id, NULL, NULL, NULL FROM (SELECT unnest(claimed_by) AS claimant FROM said)
  WHERE claimant.type = 'Person'
) USING (id) LEFT JOIN organizations ON old = other
WHERE n > 1 GROUP BY ALL ORDER BY plain, id
"""
_TITLE = "CASE WHEN relation = 'holds_position' THEN qualifiers['title'] END"
# A name with one bearer loses the mark of its article.
_FINAL = """
CREATE TABLE final AS FROM organizations UNION ALL FROM people
UNION ALL SELECT id, plain FROM bearers WHERE n = 1 AND NOT taken
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


def join_entities(connection: DuckDBPyConnection, fused: Path) -> None:
    """Make the tables ``final`` (old id, final id) and ``forms`` (how each final id is called).

    Args:
        connection: With what `graphkit.large.columns.load_statements` makes.
        fused: Where the report of what was fused goes: JSON Lines.
    """
    connection.execute(_USES)
    connection.execute(_CALLED)
    connection.execute(_ALIKE.format(acronym=text(ACRONYM)))
    clusters = join_organizations(_organizations(connection))
    _table(connection, "organizations", clusters.final().items())
    connection.execute(_BEARERS)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with fused.open("w", encoding="utf-8", newline="\n", errors="replace") as report:

        def note(fusions: list[Fusion]) -> None:
            report.writelines(encode(plain(fusion)) + "\n" for fusion in fusions)

        note(sorted(clusters.fusions()))
        _table(connection, "people", _people(connection, note))
    connection.execute(_FINAL)
    connection.execute(_FORMS)


def _organizations(connection: DuckDBPyConnection) -> Organizations:
    """Those that can be another one: in a block, or by an acronym."""
    found = Organizations()
    for id_, name, known, count in fetch_rows(connection, _NAMED):
        found.add(id_, name, (), known, int(count))
    for id_, mentions in fetch_rows(connection, _MENTIONS):
        found.mentions[id_].update(mentions)
    return found


def _people(connection: DuckDBPyConnection, note: Any) -> Iterator[tuple[str, str]]:
    """Id within the article and final id of each person of a name that several bear; one name at a time."""
    rows = fetch_rows(connection, _TOLD.format(title=_TITLE))
    for name, named in groupby(rows, key=itemgetter(0)):
        contexts: dict[str, set[str]] = {}
        taken = False
        for _, id_, known, other, other_type, title in named:
            taken = known
            items = contexts.setdefault(id_, set())
            if other is not None:
                items.update(telling_items(other, other_type, title))
        final, fusions = join_namesakes(name, contexts, taken)
        note(fusions)
        yield from final.items()


def _table(connection: DuckDBPyConnection, name: str, pairs: Iterable[tuple[str, str]]) -> None:
    """A table of ids and final ids, some of them at a time."""
    connection.execute(f"CREATE TABLE {name} (old VARCHAR, final VARCHAR)")
    for batch in batches(pairs, _INSERT):
        columns = np.array(batch, dtype=object)
        connection.register("batch", {"old": columns[:, 0], "final": columns[:, 1]})
        connection.execute(f"INSERT INTO {name} SELECT old, final FROM batch")
        connection.unregister("batch")
