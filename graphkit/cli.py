"""The command ``graphkit``: build a graph, query it, show the demo."""

from __future__ import annotations

import datetime as dt
import logging
import sys
import webbrowser
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.logging import RichHandler
from rich.markdown import Markdown
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from graphkit.articles import ReadReport
from graphkit.build import build as build_graph
from graphkit.knowledge_graph import KnowledgeGraph, OutputError, check_folder
from graphkit.language import LanguageNotSupportedError, model_card
from graphkit.model import Article
from graphkit.rdf import DEFAULT_BASE, Iris, QueryError, QueryResult, named_queries, run_query
from graphkit.samples import sample_paths

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="News articles in, one traceable knowledge graph out."
)
pipelines = typer.Typer(help="The language pipelines that ship.", no_args_is_help=True)
app.add_typer(pipelines, name="pipeline")
_out, _err = Console(), Console(stderr=True)

_NOTHING_DONE = 2
_Output = Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")]


class Format(StrEnum):
    """How a query's answer is shown."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def main() -> None:
    """Run the command."""
    # Article text may hold any character; a console that lacks one must not stop the run.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    logging.basicConfig(
        level=logging.WARNING, format="%(message)s", handlers=[RichHandler(console=_err, show_path=False)]
    )
    app()


@app.command()
def build(
    inputs: Annotated[
        list[str], typer.Argument(help="Files (.txt .html .jsonl .csv), folders, globs, or - for standard input.")
    ],
    output: _Output = Path("output"),
    date: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that carry none.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Language of articles that carry none.")] = None,
    entities: Annotated[
        list[Path] | None, typer.Option(help="JSONL file with entities of your own; may be given again.")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out statements below it.")] = 0.0,
    base_iri: Annotated[str, typer.Option(help="Where the names of the RDF graph live.")] = DEFAULT_BASE,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no list of inputs read.")] = False,
) -> None:
    """Build a graph from articles. Exit code 1: something was lost; 2: nothing could be done."""
    report = ReadReport()
    try:
        Iris(base_iri)
        check_folder(output)
        graph = build_graph(
            inputs,
            date=date.date() if date else None,
            language=language,
            entities=entities if entities is not None else (),
            min_confidence=min_confidence,
            base_iri=base_iri,
            report=report,
            progress=iter if quiet else _progress,
        )
        if report.exit_code != _NOTHING_DONE:
            graph.save(output)
    except (OutputError, ValueError) as error:
        _fail(str(error))
    _show_report(report, quiet=quiet)
    if report.exit_code == _NOTHING_DONE:
        _fail("no article could be read; nothing was written")
    _show_summary(graph, output)
    raise typer.Exit(report.exit_code)


@app.command()
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
        _fail(f"{file}: cannot be read ({error})")
    named = named_queries().get(text)
    try:
        result = run_query(folder, named[1] if named else text)
    except QueryError as error:
        _fail(str(error))
    _show_result(result, format)


@app.command()
def demo(
    output: _Output = Path("output"),
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the graph in a browser.")] = True,
) -> None:
    """Build the graph of the sample articles and open it in a browser."""
    report = ReadReport()
    try:
        graph = build_graph(sample_paths(), report=report, progress=_progress)
        graph.save(output)
    except OutputError as error:
        _fail(str(error))
    _show_summary(graph, output)
    page = (output / "graph.html").resolve().as_uri()
    if show and not webbrowser.open(page):
        _out.print(f"No browser found; open {page}")
    raise typer.Exit(report.exit_code)


@pipelines.command()
def info(language: Annotated[str, typer.Argument(help="A language code, such as id.")] = "id") -> None:
    """Show what a pipeline was trained on, its licence, its scores and its limits."""
    try:
        _out.print(Markdown(model_card(language)))
    except LanguageNotSupportedError as error:
        _fail(str(error))


def _fail(message: str) -> None:
    _err.print(f"[bold red]error:[/] {escape(message)}", soft_wrap=True)
    raise typer.Exit(_NOTHING_DONE)


def _progress(articles: Iterable[Article]) -> Iterable[Article]:
    return track(list(articles), description="Reading articles", console=_err, transient=True)


def _show_report(report: ReadReport, *, quiet: bool) -> None:
    colours = {"failed": "red", "skipped": "yellow", "warning": "yellow", "read": "green"}
    for entry in report.entries:
        if entry.outcome != "read" or not quiet:
            reason = f": {entry.reason}" if entry.reason else ""
            _err.print(f"[{colours[entry.outcome]}]{entry.outcome}[/] {escape(entry.source + reason)}", soft_wrap=True)
    counts = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in ("read", "skipped", "failed"))
    _err.print(f"Inputs: {counts}")


def _show_summary(graph: KnowledgeGraph, output: Path) -> None:
    numbers = graph.graph.number_of_nodes(), graph.graph.number_of_edges(), len(graph.articles)
    _out.print("{} entities and {} statements from {} articles".format(*numbers))
    _out.print(
        f"Written to {escape(str(output))}: statements.jsonl, graph.ttl, graph.html, graph.graphml", soft_wrap=True
    )


def _show_named() -> None:
    table = Table("name", "what it answers")
    for name, (description, _) in named_queries().items():
        table.add_row(name, description)
    _out.print(table)


def _show_result(result: QueryResult, format: Format) -> None:
    if format is Format.TABLE:
        table = Table()
        for name in result.variables:
            table.add_column(name, overflow="fold")
        for row in result.table():
            table.add_row(*(escape(cell) for cell in row))
        _out.print(table)
    else:
        typer.echo(result.to_csv() if format is Format.CSV else result.to_json(), nl=False)


if __name__ == "__main__":
    main()
