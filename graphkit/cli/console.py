"""What all commands share: the consoles, the common options, how errors and progress look."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graphkit.profile import Profile

_T = TypeVar("_T")
out, err = Console(), Console(stderr=True)

NOTHING_DONE = 2
Entities = Annotated[list[Path] | None, typer.Option(help="JSONL file with entities of your own; may be given again.")]
Frames = Annotated[
    list[Path] | None, typer.Option(help="TOML file with frames and relations of your own; may be given again.")
]
Output = Annotated[Path, typer.Option("--output", "-o", help="Folder for the results.")]
OutputPlace = Annotated[str, typer.Option("--output", "-o", help="Folder of the graph; a path or a URL.")]


def several(given: list[_T] | None) -> list[_T]:
    """The values of an option that may be given again."""
    return [] if given is None else given


def fail(message: str) -> NoReturn:
    """Say what is wrong and end the command; exit code 2: nothing was done."""
    err.print(f"[bold red]error:[/] {escape(message)}", soft_wrap=True)
    raise typer.Exit(NOTHING_DONE)


def show_profile(profile: Profile) -> None:
    """Show where the time of a run went."""
    table = Table("stage", "seconds", "CPU seconds", title="Where the time went")
    for stage in profile.stages:
        table.add_row(stage.name, f"{stage.wall:.2f}", f"{stage.cpu:.2f}")
    # Those of worker processes, which the stages do not count.
    for name, spent in sorted(profile.steps.items(), key=lambda item: -item[1]):
        table.add_row(f"  {name}", "", f"{spent:.2f}")
    err.print(table)
