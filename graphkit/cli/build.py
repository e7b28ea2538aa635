"""The commands that make a graph: ``graphkit build`` and ``graphkit demo``."""

from __future__ import annotations

import datetime as dt
import webbrowser
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graphkit.articles import ReadReport
from graphkit.build import MIN_CONFIDENCE
from graphkit.build import build as build_graph
from graphkit.cli.console import NOTHING_DONE, Output, err, fail, out, show_progress
from graphkit.knowledge_graph import KnowledgeGraph, OutputError, check_folder
from graphkit.rdf import DEFAULT_BASE, Iris
from graphkit.samples import sample_paths


def build(
    inputs: Annotated[
        list[str], typer.Argument(help="Files (.txt .html .jsonl .csv), folders, globs, or - for standard input.")
    ],
    output: Output = Path("output"),
    date: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that carry none.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Language of articles that carry none.")] = None,
    entities: Annotated[
        list[Path] | None, typer.Option(help="JSONL file with entities of your own; may be given again.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out statements below it.")
    ] = MIN_CONFIDENCE,
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
            progress=iter if quiet else show_progress,
        )
        if report.exit_code != NOTHING_DONE:
            graph.save(output)
    except (OutputError, ValueError) as error:
        fail(str(error))
    _show_report(report, quiet=quiet)
    if report.exit_code == NOTHING_DONE:
        fail("no article could be read; nothing was written")
    _show_summary(graph, output)
    raise typer.Exit(report.exit_code)


def demo(
    output: Output = Path("output"),
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the graph in a browser.")] = True,
) -> None:
    """Build the graph of the sample articles and open it in a browser."""
    report = ReadReport()
    try:
        graph = build_graph(sample_paths(), report=report, progress=show_progress)
        graph.save(output)
    except OutputError as error:
        fail(str(error))
    _show_summary(graph, output)
    page = (output / "graph.html").resolve().as_uri()
    if show and not webbrowser.open(page):
        out.print(f"No browser found; open {page}")
    raise typer.Exit(report.exit_code)


def _show_report(report: ReadReport, *, quiet: bool) -> None:
    colours = {"failed": "red", "skipped": "yellow", "warning": "yellow", "read": "green"}
    for entry in report.entries:
        if entry.outcome != "read" or not quiet:
            reason = f": {entry.reason}" if entry.reason else ""
            err.print(f"[{colours[entry.outcome]}]{entry.outcome}[/] {escape(entry.source + reason)}", soft_wrap=True)
    counts = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in ("read", "skipped", "failed"))
    err.print(f"Inputs: {counts}")


def _show_summary(graph: KnowledgeGraph, output: Path) -> None:
    numbers = graph.graph.number_of_nodes(), graph.graph.number_of_edges(), len(graph.articles)
    out.print("{} entities and {} statements from {} articles".format(*numbers))
    out.print(
        f"Written to {escape(str(output))}: statements.jsonl, graph.ttl, graph.html, graph.graphml", soft_wrap=True
    )
