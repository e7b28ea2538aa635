"""The command ``graphkit store``: the graph on disk, for queries on graphs that outgrow memory."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from graphkit.cli.console import err, fail, out
from graphkit.rdf import RdfFileError, build_store


def store(folder: Annotated[Path, typer.Argument(help="The folder that build wrote.")]) -> None:
    """Make FOLDER/store from the graph; query and serve then open it at once, however large it is."""
    try:
        with err.status("Loading the graph into the store"):
            made = build_store(folder)
    except RdfFileError as error:
        fail(str(error))
    except OSError as error:
        fail(f"{folder}: the store cannot be written ({error}); see whether there is space")
    out.print(f"Written: {escape(str(made))}", soft_wrap=True)
