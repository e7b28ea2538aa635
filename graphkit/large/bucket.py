"""One bucket merged, by the code that merges a whole graph: the results cannot differ.

``python -m graphkit.large FOLDER FIRST STEP BUCKETS`` merges every n-th bucket of a folder.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphkit.extraction.rows import statement_from
from graphkit.graph import merge, statements_of, with_ids
from graphkit.large.database import connect, load_rows, text
from graphkit.linking import Form, with_entities
from graphkit.model import Amount, Article, Evidence, Qualifier, Statement
from graphkit.schema import Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = 512 * 2**20
_SCHEMA = "schema.json"
_EVIDENCE = (
    'STRUCT(article VARCHAR, sentence INTEGER, start INTEGER, "end" INTEGER, text VARCHAR, cue VARCHAR, '
    "cue_start INTEGER, cue_end INTEGER, frame VARCHAR, confidence DOUBLE, claimed_by VARCHAR)[]"
)
_AMOUNT = "STRUCT(value DOUBLE, unit VARCHAR, text VARCHAR)"
STATEMENT_COLUMNS = (
    "{id: 'VARCHAR', subject: 'VARCHAR', relation: 'VARCHAR', object: 'VARCHAR', modality: 'VARCHAR', "
    f"amount: '{_AMOUNT}', qualifiers: 'MAP(VARCHAR, VARCHAR)', claimed_by: 'VARCHAR[]', confidence: 'DOUBLE', "
    f"differs_from: 'VARCHAR[]', articles: 'INTEGER', evidence: '{_EVIDENCE}'}}"
)
_ENTITY_COLUMNS = "{id: 'VARCHAR', type: 'VARCHAR', n: 'BIGINT', mentions: 'VARCHAR[]'}"


def merge_bucket(connection: DuckDBPyConnection, work: Path, bucket: int) -> None:
    """Merge the statements of a bucket, and write what comes of it into the folders of ``work``.

    ``merged`` gets the statements of the graph, ``statements`` those of single articles with the ids of the
    merged ones, ``entities`` what the bucket adds to each entity.

    Args:
        connection: Any database.
        work: Where `graphkit.large.buckets.split` wrote.
        bucket: Its number.
    """
    statements = list(_statements(connection, work, bucket))
    articles = {item.article for statement in statements for item in statement.evidence}
    graph = merge(statements, [Article(id_, "") for id_ in articles], _read_schema(work))
    merged = statements_of(graph)
    order = sorted(with_ids(statements, graph), key=lambda item: (item.evidence[0].article, item.id, str(item)))
    _write(connection, map(statement_row, merged), STATEMENT_COLUMNS, work / "merged", bucket)
    _write(connection, map(statement_row, order), STATEMENT_COLUMNS, work / "statements", bucket)
    _write(connection, _entities(statements), _ENTITY_COLUMNS, work / "entities", bucket)


def write_schema(work: Path, schema: Mapping[str, Relation] | None) -> None:
    """Put the relations where the processes that merge buckets find them; nothing for those that ship."""
    if schema is not None:
        rows = [asdict(relation) for relation in schema.values()]
        (work / _SCHEMA).write_text(json.dumps(rows), encoding="utf-8")


def _read_schema(work: Path) -> dict[str, Relation] | None:
    if not (work / _SCHEMA).is_file():
        return None
    rows = json.loads((work / _SCHEMA).read_text(encoding="utf-8"))
    fixed = ({key: tuple(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows)
    return {row["name"]: Relation(**row) for row in fixed}


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement as a row of a table."""
    amount = statement.qualifiers.get("amount")
    # Only "amount" is an amount; a qualifier of another name that is one would be lost, so it is kept as text.
    others = {name: _plain(value) for name, value in sorted(statement.qualifiers.items()) if value is not amount}
    return {
        "id": statement.id,
        "subject": statement.subject.id,
        "relation": statement.relation,
        "object": statement.object.id,
        "modality": statement.modality,
        "amount": {"value": amount.value, "unit": amount.unit, "text": amount.text} if amount is not None else None,
        "qualifiers": others,
        "claimed_by": [claimant.id for claimant in statement.claimed_by],
        "confidence": statement.confidence,
        "differs_from": list(statement.differs_from),
        "articles": len({item.article for item in statement.evidence}),
        "evidence": [dict(zip(Evidence.__slots__, astuple(item), strict=True)) for item in statement.evidence],
    }


def edge_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes that networkx's edge has, of a row."""
    amount = row["amount"]
    qualifiers: dict[str, Qualifier] = dict(row["qualifiers"])
    if amount is not None:
        qualifiers["amount"] = Amount(**amount)
    return {
        "relation": row["relation"],
        "qualifiers": dict(sorted(qualifiers.items())),
        "modality": row["modality"],
        "claimed_by": tuple(row["claimed_by"]),
        "confidence": row["confidence"],
        "evidence": tuple(Evidence(**item) for item in row["evidence"]),
        "differs_from": tuple(row["differs_from"]),
    }


def _plain(value: Qualifier) -> str:
    return value if isinstance(value, str) else f"{value.value:g} {value.unit}"


def _statements(connection: DuckDBPyConnection, work: Path, bucket: int) -> Iterator[Statement]:
    final: dict[str, str] = {}
    chosen: dict[str, Form] = {}
    for old, id_, *form in _read(connection, work / "names", bucket, "old, id, name, wikidata, labels"):
        final[old] = id_
        chosen[id_] = Form(*form)
    for (said,) in _read(connection, work / "parts", bucket, "s"):
        yield with_entities(statement_from(json.loads(said)), final, chosen)


def _entities(statements: Iterable[Statement]) -> Iterator[dict[str, Any]]:
    types: dict[str, Counter[str]] = {}
    mentions: dict[str, set[str]] = {}
    for statement in statements:
        for entity in (statement.subject, statement.object, *statement.claimed_by):
            types.setdefault(entity.id, Counter())[entity.type] += 1
            mentions.setdefault(entity.id, set()).update(entity.mentions)
    for id_ in sorted(types):
        for number, (type_, count) in enumerate(sorted(types[id_].items())):
            yield {"id": id_, "type": type_, "n": count, "mentions": [] if number else sorted(mentions[id_])}


def _read(connection: DuckDBPyConnection, folder: Path, bucket: int, columns: str) -> Sequence[tuple[Any, ...]]:
    files = sorted((folder / f"bucket={bucket}").glob("*.parquet"))
    if not files:
        return []
    names = "[" + ", ".join(map(text, files)) + "]"
    return connection.execute(f"SELECT {columns} FROM read_parquet({names})").fetchall()


def _write(
    connection: DuckDBPyConnection, rows: Iterable[Mapping[str, Any]], columns: str, folder: Path, bucket: int
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / f"part-{bucket:05}.jsonl"
    source = load_rows(connection, rows, columns, lines)
    connection.execute("SET preserve_insertion_order = true")
    goal = text(folder / f"part-{bucket:05}.parquet")
    connection.execute(f"COPY (FROM {source}) TO {goal} (FORMAT parquet, COMPRESSION zstd)")
    lines.unlink()


def main(arguments: Sequence[str]) -> None:
    """Merge every n-th bucket."""
    work, first, step, buckets = Path(arguments[0]), *map(int, arguments[1:])
    connection = connect(work / f"database-{first}", _MEMORY, 1)
    for bucket in range(first, buckets, step):
        merge_bucket(connection, work, bucket)
