"""The command ``graphkit query``: ask a graph with SPARQL."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rapidfuzz import process
from rich.markup import escape
from rich.table import Table

from graphkit.cli.console import err, fail, out
from graphkit.rdf import Explanation, Job, Limits, QueryError, QueryResult, named_queries, run_limited


class Format(StrEnum):
    """How a query's answer is shown."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"


def query(
    folder: Annotated[Path, typer.Argument(help="The folder that build wrote, or an RDF file of it.")],
    sparql: Annotated[str | None, typer.Argument(help="A SPARQL query, or the name of one that ships.")] = None,
    words: Annotated[list[str] | None, typer.Argument(help="What a named query is about, such as Russia.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A file with the query.")] = None,
    format: Annotated[Format, typer.Option(help="How to show the answer.")] = Format.TABLE,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Stop the query after so many seconds.")] = 60.0,
    iris: Annotated[bool, typer.Option("--iris", help="Show IRIs in the table, not the names of things.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say what is asked, and how much fits each part.")] = False,
) -> None:
    """Ask a graph with SPARQL; prefixes need no declaration. Without a query, list those that ship."""
    if sparql is None and file is None:
        _show_named()
        return
    try:
        text = file.read_text(encoding="utf-8") if file is not None else str(sparql)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file}: cannot be read ({error})")
    try:
        job = Job(folder, text, words or (), Limits(seconds=timeout, rows=limit), explained=explain)
        answer = run_limited(job)
    except QueryError as error:
        fail(_helpful(text, str(error)))
    if explain:
        _show_explanation(answer)
    else:
        _show_result(answer, format, iris=iris)


def _helpful(text: str, message: str) -> str:
    """A single word that is no query was meant as the name of one."""
    if len(text.split()) != 1 or text in named_queries():
        return message
    near = [name for name, _, _ in process.extract(text, list(named_queries()), limit=3, score_cutoff=60)]
    hint = f"; did you mean: {', '.join(near)}?" if near else "; list them with: graphkit query FOLDER"
    return f"there is no query named {text!r}{hint}"


def _show_named() -> None:
    table = Table("name", "what it answers")
    for named in named_queries().values():
        table.add_row(escape(named.usage), escape(named.description))
    out.print(table)


def _show_result(result: QueryResult, format: Format, *, iris: bool) -> None:
    if format is Format.TABLE:
        table = Table()
        for name in result.variables:
            table.add_column(name, overflow="fold")
        for row in result.table(names=not iris):
            table.add_row(*(escape(cell) for cell in row))
        out.print(table)
    else:
        texts = {Format.CSV: result.to_csv, Format.TSV: result.to_tsv, Format.JSON: result.to_json}
        typer.echo(texts[format](), nl=False)
    if result.truncated:
        err.print(f"There is more; these are the first {len(result.rows)} rows.")


def _show_explanation(explanation: Explanation) -> None:
    out.print(escape(explanation.sparql), soft_wrap=True, highlight=False)
    table = Table("pattern", "fits alone")
    for pattern in explanation.patterns:
        table.add_row(escape(pattern.text), "(path)" if pattern.matches is None else f"{pattern.matches:,}")
    out.print(table)
    if any(pattern.matches == 0 for pattern in explanation.patterns):
        out.print("What fits 0 times is not in the graph; unless it is optional, the query can have no answer.")
    size = f"{explanation.triples:,} triples in {escape(explanation.graph)}"
    out.print(f"{explanation.rows:,} rows in {explanation.seconds:.3f} s, of {size}", soft_wrap=True)
