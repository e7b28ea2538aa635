"""One bucket merged. Python says which statements are one, by the code that says so for a graph in memory; DuckDB puts
their evidence, claimants and qualifiers together, as `graphkit.graph.merge` does.

``tests/large/test_merge.py`` holds the two merges equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from graphkit.graph import Family, Group, Key, Said, family, find_differences, group, key, make_id, noisy_or
from graphkit.large.database import fetch_rows, text, texts
from graphkit.large.tables import TABLES
from graphkit.model import Amount, Qualifier
from graphkit.schema import Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SEPARATOR = "\x1f"

_PARTS = "CREATE OR REPLACE TABLE parts AS SELECT row_number() OVER () - 1 AS row, * FROM read_parquet({files})"
# What Python needs to know which statements are one; texts and evidence stay where they are.
_KEYS = """
SELECT row, subject, relation, object, modality, amount.value, amount.unit, qualifiers['time'],
       CASE WHEN list_contains({identified}, relation) THEN qualifiers END,
       CASE WHEN len(sources) > 1 THEN sources END, coalesce(sources[1], '')
FROM parts ORDER BY row
"""
# One row a statement of an article that is part of a merged one. A merged one is alone if there is nothing to put
# together, as most are.
_JOINED = """
CREATE OR REPLACE TABLE joined AS
SELECT parts.*, goal, exact, first, id, differs, size = 1 AND len(evidence) <= 1 AS alone
FROM parts JOIN goals USING (row) JOIN merged USING (goal)
"""
_ITEMS = """
CREATE OR REPLACE TABLE items AS
SELECT DISTINCT goal, unnest(evidence) AS item FROM joined WHERE NOT alone
"""
_SOURCES = """
CREATE OR REPLACE TABLE sources AS
SELECT goal, count(DISTINCT item.article) AS articles, max(item.confidence) AS best FROM items GROUP BY goal
"""
_SEVERAL = """
SELECT goal, item.article, item.confidence, item.text FROM items JOIN sources USING (goal)
WHERE articles > 1 ORDER BY goal
"""
_SINGLE = """
SELECT DISTINCT best FROM sources WHERE articles = 1
UNION SELECT DISTINCT evidence[1].confidence FROM joined WHERE alone AND len(evidence) = 1
"""
# The order of graphkit.graph.merge, and its choice of the direction and the qualifiers that most have.
_TOGETHER = """
CREATE OR REPLACE TABLE together AS
WITH members AS (
  SELECT goal, max(confidence) AS confidence,
         sum(CASE WHEN subject = one AND object = two THEN 0 ELSE greatest(1, len(evidence)) END)
         > sum(CASE WHEN subject = one AND object = two THEN greatest(1, len(evidence)) ELSE 0 END) AS around
  FROM joined JOIN merged USING (goal) WHERE NOT alone GROUP BY goal
), proof AS (
  SELECT goal, list(item ORDER BY item.article, item.start, item.end, item.cue_start, item.cue_end, item.frame,
                    item.sentence, coalesce(item.claimed_by, ''), item.confidence, item.text, item.cue) AS evidence
  FROM items GROUP BY goal
), claims AS (
  SELECT goal, list_sort(list(DISTINCT id)) AS claimed_by
  FROM (SELECT goal, unnest(claimed_by) AS id FROM joined WHERE NOT alone) GROUP BY goal
), amounts AS (
  SELECT goal, arg_max(amount, (n, length(amount.text), amount.text, amount.value, amount.unit)) AS amount
  FROM (SELECT goal, amount, count(*) AS n FROM joined WHERE NOT alone AND exact AND amount IS NOT NULL GROUP BY ALL)
  GROUP BY goal
), said AS (
  SELECT goal, exact, unnest(map_entries(qualifiers)) AS qualifier FROM joined WHERE NOT alone
), counted AS (
  SELECT goal, qualifier.key AS name, qualifier.value AS value, count(*) AS n FROM said JOIN merged USING (goal)
  WHERE exact OR NOT list_contains(own, name) GROUP BY ALL
), chosen AS (
  SELECT goal, name, arg_max(value, (n, length(value), value)) AS value FROM counted GROUP BY goal, name
), details AS (
  SELECT goal, map_from_entries(list({key: name, value: value} ORDER BY name)) AS qualifiers
  FROM chosen GROUP BY goal
)
SELECT merged.id, CASE WHEN around THEN two ELSE one END AS subject, relation,
       CASE WHEN around THEN one ELSE two END AS object, modality, amount,
       coalesce(qualifiers, MAP {}) AS qualifiers, coalesce(claimed_by, []) AS claimed_by,
       coalesce(several.confidence, single.confidence, members.confidence) AS confidence, differs AS differs_from,
       coalesce(articles, 0)::INTEGER AS articles, coalesce(evidence, []) AS evidence
FROM members JOIN merged USING (goal) LEFT JOIN proof USING (goal) LEFT JOIN claims USING (goal)
     LEFT JOIN amounts USING (goal) LEFT JOIN details USING (goal) LEFT JOIN sources USING (goal)
     LEFT JOIN several USING (goal) LEFT JOIN single ON articles = 1 AND single.best = sources.best
"""
_MERGED = """
COPY (
  FROM together
  UNION ALL
  SELECT id, subject, relation, object, modality, amount, qualifiers, claimed_by,
         coalesce(single.confidence, joined.confidence), differs, len(evidence)::INTEGER, evidence
  FROM joined LEFT JOIN single ON best = evidence[1].confidence WHERE alone
  ORDER BY id
) TO {goal} (FORMAT parquet, COMPRESSION zstd)
"""
_STATEMENTS = """
COPY (
  SELECT id, subject, relation, object, modality, amount, qualifiers, claimed_by, confidence, differs AS differs_from,
         len(sources)::INTEGER AS articles, evidence
  FROM joined WHERE first
  ORDER BY article, id, evidence, amount, map_entries(qualifiers), subject, object, claimed_by, confidence
) TO {goal} (FORMAT parquet, COMPRESSION zstd)
"""
_USES = """
COPY (
  SELECT id, type, count(*) AS n, list_sort(list_distinct(flatten(list(mentions)))) AS mentions FROM (
    SELECT subject AS id, subject_type AS type, subject_mentions AS mentions FROM parts
    UNION ALL SELECT object, object_type, object_mentions FROM parts
    UNION ALL SELECT claimant.id, claimant.type, claimant.mentions
              FROM (SELECT unnest(claimants) AS claimant FROM parts WHERE len(claimants) > 0)
  ) GROUP BY id, type ORDER BY id, type
) TO {goal} (FORMAT parquet, COMPRESSION zstd)
"""


def merge_bucket(connection: DuckDBPyConnection, work: Path, bucket: int, schema: Mapping[str, Relation]) -> None:
    """Merge the statements of a bucket, and write what comes of it into the folders of ``work``.

    ``tables/merged`` gets the statements of the graph, ``tables/statements`` those of single articles with the ids
    of the merged ones, ``uses`` what the bucket adds to each entity.

    Args:
        connection: A database for it alone.
        work: Where `graphkit.large.buckets.split` wrote.
        bucket: Its number.
        schema: Relations by name.
    """
    files = sorted((work / "parts" / f"bucket={bucket}").glob("*.parquet"))
    if not files:
        return
    connection.execute(_PARTS.format(files=texts(files)))
    _judge(connection, schema)
    connection.execute(_JOINED)
    connection.execute(_ITEMS)
    connection.execute(_SOURCES)
    _weigh(connection)
    connection.execute(_TOGETHER)
    tables = work / TABLES
    goals = ((_MERGED, tables / "merged"), (_STATEMENTS, tables / "statements"), (_USES, work / "uses"))
    for query, folder in goals:
        folder.mkdir(parents=True, exist_ok=True)
        connection.execute(query.format(goal=text(folder / f"part-{bucket:05}.parquet")))


def _judge(connection: DuckDBPyConnection, schema: Mapping[str, Relation]) -> None:
    """Make the tables ``goals`` (which statement goes where) and ``merged`` (what each goal is)."""
    identified = texts(sorted(name for name, relation in schema.items() if relation.identity))
    said = _said(fetch_rows(connection, _KEYS.format(identified=identified)), schema)
    groups = group(said, schema)
    ids = {said: make_id(*said) for said in groups}
    differences = find_differences({id_: said for said, id_ in ids.items()})
    _goals(connection, groups, ids)
    found = list(ids)
    columns = {
        "goal": np.arange(len(found)),
        "id": _strings(ids.values()),
        "one": _strings(family.subject for family, _ in found),
        "two": _strings(family.object for family, _ in found),
        "relation": _strings(family.relation for family, _ in found),
        "modality": _strings(family.modality for family, _ in found),
        "size": np.fromiter((len(members.members) for members in groups.values()), np.int64, len(found)),
        "own": _strings(_SEPARATOR.join(name for name, _ in key.identity) for _, key in found),
        "differs": _strings(_SEPARATOR.join(differences.get(id_, ())) for id_ in ids.values()),
    }
    _table(connection, "merged", columns, "* REPLACE (" + ", ".join(map(_list, ("own", "differs"))) + ")")


def _goals(
    connection: DuckDBPyConnection,
    groups: Mapping[tuple[Family, Key], Group[int]],
    ids: Mapping[tuple[Family, Key], str],
) -> None:
    rows: list[int] = []
    goals: list[int] = []
    exact: list[bool] = []
    for goal, members in enumerate(groups.values()):
        rows += members.members
        goals += [goal] * len(members.members)
        exact += [True] * len(members.exact) + [False] * len(members.vague)
    first = np.ones(len(rows), dtype=bool)
    if len(set(rows)) < len(rows):
        # What several articles say without a time may be part of several; the one that says no more comes first.
        names = list(ids.values())
        order = sorted(range(len(rows)), key=lambda place: (rows[place], not exact[place], names[goals[place]]))
        for before, place in pairwise(order):
            first[place] = rows[before] != rows[place]
    columns = {"row": np.array(rows, np.int64), "goal": np.array(goals, np.int64), "exact": np.array(exact, bool)}
    _table(connection, "goals", columns | {"first": first})


def _said(rows: Iterable[tuple[Any, ...]], schema: Mapping[str, Relation]) -> Iterator[Said[int]]:
    known: dict[tuple[Any, ...], Key] = {}
    for row, subject, name, object_, modality, value, unit, time, qualifiers, several, source in rows:
        relation = schema.get(name)
        if qualifiers is None and (value, unit, time) in known:
            found = known[value, unit, time]
        else:
            given: dict[str, Qualifier] = dict(qualifiers) if qualifiers is not None else {}
            if time is not None:
                given["time"] = time
            if value is not None:
                given["amount"] = Amount(value, unit)
            found = key(given, relation)
            if qualifiers is None:
                known[value, unit, time] = found
        yield family(subject, name, object_, modality, relation), found, (source,) if several is None else several, row


def _weigh(connection: DuckDBPyConnection) -> None:
    """Make the tables ``several`` and ``single``: the confidence of what several articles say, and of the rest."""
    goals: list[int] = []
    confidences: list[float] = []
    for goal, items in groupby(fetch_rows(connection, _SEVERAL), key=itemgetter(0)):
        goals.append(goal)
        confidences.append(noisy_or(item[1:] for item in items))
    _table(connection, "several", {"goal": np.array(goals, np.int64), "confidence": np.array(confidences, float)})
    best = [value for (value,) in fetch_rows(connection, _SINGLE)]
    alone = [noisy_or([("", value, "")]) for value in best]
    _table(connection, "single", {"best": np.array(best, float), "confidence": np.array(alone, float)})


def _strings(values: Iterable[str]) -> np.ndarray[Any, Any]:
    return np.array(list(values), dtype=object)


def _list(name: str) -> str:
    return f"CASE WHEN {name} = '' THEN [] ELSE string_split({name}, '{_SEPARATOR}') END AS {name}"


def _table(connection: DuckDBPyConnection, name: str, columns: Mapping[str, Any], select: str = "*") -> None:
    """A table of columns that numpy holds."""
    connection.register("given", dict(columns))
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {select} FROM given")
    connection.unregister("given")
