"""The commands ``graphkit pipeline …``: what is known of the language pipelines."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markdown import Markdown

from graphkit.cli.console import fail, out
from graphkit.language import LanguageNotSupportedError, model_card

pipelines = typer.Typer(help="The language pipelines that ship.", no_args_is_help=True)


@pipelines.command()
def info(language: Annotated[str, typer.Argument(help="A language code, such as id.")] = "id") -> None:
    """Show what a pipeline was trained on, its licence, its scores and its limits."""
    try:
        out.print(Markdown(model_card(language)))
    except LanguageNotSupportedError as error:
        fail(str(error))
