"""The command ``graphkit serve``: the graph in a browser, and a SPARQL endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graphkit.cli.console import err, fail, out
from graphkit.rdf import Limits, RdfFileError, build_store, graph_files, store_is_fresh


def serve(
    folder: Annotated[Path, typer.Argument(help="The folder that build wrote.")],
    host: Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 shows it to the network.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    timeout: Annotated[float, typer.Option(min=0.1, help="Stop a query after so many seconds.")] = 30.0,
    rows: Annotated[int, typer.Option(min=1, help="At most so many rows an answer.")] = 10_000,
    memory: Annotated[int, typer.Option(min=64, help="MB of memory that a query may take.")] = 2048,
    name: Annotated[list[str] | None, typer.Option(help="Further host name to answer to.")] = None,
) -> None:
    """Serve a graph: SPARQL endpoint at /sparql, query page, the graph, a page for everything in it. Read-only."""
    try:
        import uvicorn

        from graphkit.serve import LOCAL_HOSTS, create_app
    except ModuleNotFoundError as error:
        fail(f"{error.name} is needed to serve; install it with: pip install 'graphkit-news[serve]'")
    try:
        graph_files(folder)
        if not store_is_fresh(folder):
            with err.status("Loading the graph into its store"):
                build_store(folder)
        hosts = [*LOCAL_HOSTS, host, *(name if name is not None else ())]
        app = create_app(folder, Limits(timeout, rows, memory), hosts=hosts, preload=["graphkit.cli"])
    except RdfFileError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{folder}: the store cannot be written ({error}); serve a folder that can be written")
    out.print(f"Serving {escape(str(folder))} at http://{host}:{port}/ (stop with Ctrl+C)", soft_wrap=True)
    uvicorn.run(app, host=host, port=port, log_level="warning")
