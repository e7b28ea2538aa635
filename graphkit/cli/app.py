"""The command ``graphkit``: its commands, put together."""

from __future__ import annotations

import logging
import sys

import typer
from rich.logging import RichHandler

from graphkit.cli.build import build, demo
from graphkit.cli.console import err
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
    add_completion=False, no_args_is_help=True, help="News articles in, one traceable knowledge graph out."
)
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
