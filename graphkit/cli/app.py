"""The command ``graphkit``: its commands, put together."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer
from rich.logging import RichHandler

from graphkit.cli.build import build, demo
from graphkit.cli.console import err, out
from graphkit.cli.evaluate import evaluate
from graphkit.cli.explain import explain
from graphkit.cli.export import export
from graphkit.cli.ontology import write_ontology
from graphkit.cli.pipeline import pipelines
from graphkit.cli.query import query
from graphkit.cli.relations import relations
from graphkit.cli.serve import serve
from graphkit.cli.store import store
from graphkit.cli.validate import validate

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: graphkit demo. Exit codes: 0 all went well, 1 something was lost, 2 nothing could be done.",
)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"graphkit {version('graphkit-news')}", highlight=False)
        raise typer.Exit


@app.callback()
def graphkit(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """News articles in, one traceable knowledge graph out."""


for command in (build, query, explain, export, validate, store, serve, relations, evaluate, demo):
    app.command()(command)
app.command("ontology")(write_ontology)
app.add_typer(pipelines, name="pipeline")


def main() -> None:
    """Run the command."""
    # Article text may hold any character; a console that lacks one must not stop the run.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    logging.basicConfig(
        level=logging.WARNING, format="%(message)s", handlers=[RichHandler(console=err, show_path=False)]
    )
    app()
