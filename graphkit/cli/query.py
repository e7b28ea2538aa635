"""The command ``graphkit query``: ask a graph with SPARQL."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from graphkit.cli.console import fail, out
from graphkit.rdf import QueryError, QueryResult, named_queries, run_query


class Format(StrEnum):
    """How a query's answer is shown."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def query(
    folder: Annotated[Path, typer.Argument(help="The folder that build wrote.")],
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL query, or the name of one that ships.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file with the query.")] = None,
    format: Annotated[Format, typer.Option(help="How to show the answer.")] = Format.TABLE,
) -> None:
    """Ask a graph with SPARQL. Without a query, list those that ship."""
    if sparql is None and file is None:
        _show_named()
        return
    try:
        text = file.read_text(encoding="utf-8") if file is not None else str(sparql)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file}: cannot be read ({error})")
    named = named_queries().get(text)
    try:
        result = run_query(folder, named[1] if named else text)
    except QueryError as error:
        fail(str(error))
    _show_result(result, format)


def _show_named() -> None:
    table = Table("name", "what it answers")
    for name, (description, _) in named_queries().items():
        table.add_row(name, description)
    out.print(table)


def _show_result(result: QueryResult, format: Format) -> None:
    if format is Format.TABLE:
        table = Table()
        for name in result.variables:
            table.add_column(name, overflow="fold")
        for row in result.table():
            table.add_row(*(escape(cell) for cell in row))
        out.print(table)
    else:
        typer.echo(result.to_csv() if format is Format.CSV else result.to_json(), nl=False)
