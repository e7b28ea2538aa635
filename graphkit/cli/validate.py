"""The command ``graphkit validate``: does a graph keep its promises?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from graphkit.cli.console import err, fail, out
from graphkit.rdf import RdfFileError, has_texts, open_dataset, validate_dataset


def validate(
    folder: Annotated[Path, typer.Argument(help="The folder that build wrote, or an RDF file of it.")],
    limit: Annotated[int, typer.Option(min=1, help="Show so many violations at most.")] = 50,
) -> None:
    """Check a graph: SHACL shapes, and its evidence against the articles' texts. Exit code 1: something is wrong."""
    try:
        dataset = open_dataset(folder)
        if not has_texts(dataset):
            err.print("The articles' texts are not in this graph, so its evidence cannot be checked against them.")
        found = validate_dataset(dataset)
    except (RdfFileError, ModuleNotFoundError) as error:
        fail(str(error))
    if not found:
        out.print(f"{len(dataset.store):,} triples, no violation")
        return
    table = Table("check", "where", "what is wrong", "found", "expected")
    for violation in found[:limit]:
        cells = (violation.check, violation.node, violation.message, violation.found, violation.expected)
        table.add_row(*(escape(cell) for cell in cells))
    out.print(table)
    err.print(f"{len(found)} violations" + (f"; the first {limit} are shown" if len(found) > limit else ""))
    raise typer.Exit(1)
