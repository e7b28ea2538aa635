"""The command ``graphkit ontology``: the vocabulary of the RDF, for Protégé and other tools."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graphkit.cli.console import fail, out
from graphkit.rdf import DEFAULT_BASE, ontology


def write_ontology(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, else standard output.")] = None,
    base_iri: Annotated[str, typer.Option(help="Where the names of the RDF graph live.")] = DEFAULT_BASE,
) -> None:
    """Write the ontology as Turtle: every class, relation and qualifier, in English and Indonesian."""
    try:
        text = ontology(base_iri)
        if output is None:
            typer.echo(text, nl=False)
            return
        output.write_text(text, encoding="utf-8", newline="\n")
    except ValueError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{output}: cannot be written ({error.strerror}); choose another place")
    out.print(f"Written: {escape(str(output))}", soft_wrap=True)
