"""The command ``graphkit export``: the graph as RDF in the format that is wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graphkit.cli.console import fail, out
from graphkit.knowledge_graph import KnowledgeGraph, OutputError
from graphkit.rdf import Iris, RdfFileError, graph_file


def export(
    folder: Annotated[Path, typer.Argument(help="The folder that build wrote, or an RDF file of it.")],
    file: Annotated[Path, typer.Argument(help="Ends with .ttl .trig .nt .nq or .jsonld, and .gz for gzip.")],
    rdf12: Annotated[bool, typer.Option("--rdf12", help="Statement nodes as RDF 1.2 reifiers as well.")] = False,
    texts: Annotated[bool, typer.Option("--texts/--no-texts", help="With the articles' texts.")] = True,
    base_iri: Annotated[str | None, typer.Option(help="Where the names live; as it is, if not given.")] = None,
) -> None:
    """Write a graph as RDF: Turtle, TriG (a named graph an article), N-Triples, N-Quads or JSON-LD."""
    try:
        graph = KnowledgeGraph.from_rdf(graph_file(folder))
        if base_iri is not None:
            graph.base_iri = Iris(base_iri).base
        graph.export(file, reifiers=rdf12, texts=texts)
    except (RdfFileError, OutputError, ValueError) as error:
        fail(str(error))
    out.print(f"Written: {escape(str(file))}", soft_wrap=True)
