"""The commands that make a graph: ``graphkit build`` and ``graphkit demo``."""

from __future__ import annotations

import datetime as dt
import webbrowser
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graphkit.articles import ReadReport
from graphkit.build import MIN_CONFIDENCE
from graphkit.build import build as build_graph
from graphkit.cli.console import (
    NOTHING_DONE,
    Entities,
    Frames,
    Output,
    OutputPlace,
    err,
    fail,
    out,
    several,
    show_profile,
)
from graphkit.extraction import Execution, Limits, WorkerError, cores
from graphkit.growth import FOLDER
from graphkit.knowledge_graph import KnowledgeGraph, OutputError, check_folder
from graphkit.large import LargeGraph, MissingPackageError
from graphkit.profile import Profile
from graphkit.progress import progress_bar, silent
from graphkit.rdf import DEFAULT_BASE, Iris, RdfFileError
from graphkit.samples import sample_paths


def build(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(help="Files (.txt .html .jsonl .csv), folders, globs, or - for standard input."),
    ] = None,
    output: OutputPlace = "output",
    remove: Annotated[
        list[str] | None, typer.Option(metavar="ARTICLE", help="Forget an article, by id or file; may be given again.")
    ] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Forget all articles of the folder first.")] = False,
    workers: Annotated[
        int | None, typer.Option(min=0, help="Worker processes; 0: none. Default: as many as there are cores.")
    ] = None,
    executor: Annotated[
        str | None, typer.Option(metavar="TCP://HOST:PORT", help="A Dask scheduler that has the workers.")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1.0, help="Seconds that an article may take.")] = 300.0,
    memory_limit: Annotated[float, typer.Option(min=0.5, help="GB of memory that a worker may take.")] = 4.0,
    date: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that carry none.")
    ] = None,
    language: Annotated[str | None, typer.Option(help="Language of articles that carry none.")] = None,
    entities: Entities = None,
    frames: Frames = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out statements below it.")
    ] = MIN_CONFIDENCE,
    base_iri: Annotated[str, typer.Option(help="Where the names of the RDF graph live.")] = DEFAULT_BASE,
    merge_memory: Annotated[
        float | None, typer.Option(min=0.0, help="GB for merging; beyond it, on disk. Default: half of what is free.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no list of inputs read.")] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Show where the time went.")] = False,
    rdf: Annotated[
        Path | None, typer.Option("--from", help="Rebuild the graph from RDF that graphkit wrote; no articles then.")
    ] = None,
) -> None:
    """Build a graph from articles, or add articles to one. Exit code 1: something was lost; 2: nothing was done."""
    if rdf is not None:
        _rebuild(rdf, inputs, output)
        return
    report, times = ReadReport(), Profile()
    limits = Limits(seconds=time_limit, memory=int(memory_limit * 2**30))
    try:
        Iris(base_iri)
        check_folder(output)
        with times.active() if profile else nullcontext():
            graph = build_graph(
                several(inputs),
                folder=output,
                remove=several(remove),
                rebuild=rebuild,
                execution=Execution(cores() if workers is None else workers, executor, limits),
                date=date.date() if date else None,
                language=language,
                entities=several(entities),
                frames=several(frames),
                min_confidence=min_confidence,
                base_iri=base_iri,
                memory=int(merge_memory * 2**30) if merge_memory is not None else None,
                report=report,
                progress=silent if quiet else progress_bar,
            )
            # Without inputs, a build goes on with what the folder has.
            nothing = report.exit_code == NOTHING_DONE and (bool(inputs) or bool(remove) or not graph.counts[2])
            if not nothing and isinstance(graph, KnowledgeGraph):
                graph.save(output)
    except (OSError, ValueError, WorkerError, MissingPackageError) as error:
        fail(str(error))
    _show_report(report, quiet=quiet)
    if nothing:
        given = bool(inputs) or bool(remove)
        fail(
            "no article could be read; nothing was written" if given else "no inputs; name articles, or RDF with --from"
        )
    _show_summary(graph, output)
    if profile:
        show_profile(times)
    raise typer.Exit(report.exit_code if inputs or remove else 0)


def demo(
    output: Output = Path("output"),
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the graph in a browser.")] = True,
) -> None:
    """Build the graph of the sample articles and open it in a browser."""
    report = ReadReport()
    if (output / FOLDER).is_dir():
        fail(f"{output} holds a graph of your own articles; choose another folder with -o")
    try:
        graph = build_graph(sample_paths(), report=report, progress=progress_bar)
        graph.save(output)
    except OutputError as error:
        fail(str(error))
    _show_summary(graph, str(output))
    page = (output / "graph.html").resolve().as_uri()
    if show and not webbrowser.open(page):
        out.print(f"No browser found; open {page}")
    raise typer.Exit(report.exit_code)


def _rebuild(rdf: Path, inputs: list[str] | None, output: str) -> None:
    if inputs:
        fail("articles and --from cannot go together; build the articles alone")
    try:
        graph = KnowledgeGraph.from_rdf(rdf)
        graph.save(output)
    except (OutputError, RdfFileError) as error:
        fail(str(error))
    _show_summary(graph, output)


def _show_report(report: ReadReport, *, quiet: bool) -> None:
    colours = {"failed": "red", "skipped": "yellow", "warning": "yellow", "read": "green", "removed": "green"}
    for entry in report.entries:
        if entry.outcome != "read" or not quiet:
            reason = f": {entry.reason}" if entry.reason else ""
            err.print(f"[{colours[entry.outcome]}]{entry.outcome}[/] {escape(entry.source + reason)}", soft_wrap=True)
    outcomes = [name for name in ("read", "removed", "skipped", "failed") if name != "removed" or report.count(name)]
    counts = ", ".join(f"{report.count(outcome)} {outcome}" for outcome in outcomes)
    err.print(f"Inputs: {counts}")


def _show_summary(graph: KnowledgeGraph | LargeGraph, output: str) -> None:
    out.print("{} entities and {} statements from {} articles".format(*graph.counts))
    names = ", ".join(graph.files)
    out.print(f"Written to {escape(output)}: {names}", soft_wrap=True)
