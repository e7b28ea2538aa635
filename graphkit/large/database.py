"""DuckDB as the merge uses it: within its memory, spilling to a folder of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FETCH = 5_000


class MissingPackageError(RuntimeError):
    """A package that is not always installed is needed; the message names it and the extra that brings it."""


def connect(work: Path, memory: int, threads: int) -> DuckDBPyConnection:
    """An empty database in a folder.

    Args:
        work: A folder for it and for what does not fit in memory.
        memory: Bytes that it may use.
        threads: Number of threads.

    Raises:
        MissingPackageError: If DuckDB is not installed.
    """
    try:
        import duckdb
    except ImportError as error:
        raise MissingPackageError(
            "there are more statements than memory holds; pip install 'graphkit-news[large]'"
        ) from error
    work.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{memory // 2**20}MiB'")
    connection.execute(f"SET threads = {max(1, threads)}")
    connection.execute(f"SET temp_directory = {text(work / 'spill')}")
    # Order costs memory; whatever has one is sorted.
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")
    return connection


def text(value: object) -> str:
    """A value as a string literal of SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def texts(values: Iterable[object]) -> str:
    """Values as a list literal of SQL."""
    return "[" + ", ".join(map(text, values)) + "]"


def fetch_rows(connection: DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, some of them in memory at a time; the database can be asked for more meanwhile."""
    result = connection.cursor().execute(query, list(values))
    while batch := result.fetchmany(_FETCH):
        yield from batch


def load_rows(connection: DuckDBPyConnection, rows: Iterable[Mapping[str, Any]], columns: str, path: Path) -> str:
    """A SQL expression for rows that Python makes; they go through a file, which is faster than parameters.

    Args:
        connection: The database.
        rows: Plain JSON values by column.
        columns: Names and types, as a struct literal of DuckDB: ``{id: 'VARCHAR'}``.
        path: Where to put them.
    """
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(encode(row) + "\n" for row in rows)
    return f"read_json({text(path)}, format = 'newline_delimited', columns = {columns})"
