"""What all commands share: the consoles, the common options, how errors and progress look."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from graphkit.model import Article

out, err = Console(), Console(stderr=True)

NOTHING_DONE = 2
Entities = Annotated[list[Path] | None, typer.Option(help="JSONL file with entities of your own; may be given again.")]
Frames = Annotated[
    list[Path] | None, typer.Option(help="TOML file with frames and relations of your own; may be given again.")
]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")]


def several(given: list[Path] | None) -> list[Path]:
    """The values of an option that may be given again."""
    return [] if given is None else given


def fail(message: str) -> NoReturn:
    """Say what is wrong and end the command; exit code 2: nothing was done."""
    err.print(f"[bold red]error:[/] {escape(message)}", soft_wrap=True)
    raise typer.Exit(NOTHING_DONE)


def show_progress(articles: Iterable[Article]) -> Iterable[Article]:
    """The articles, with a bar that shows how far the work is."""
    return track(list(articles), description="Reading articles", console=err, transient=True)
