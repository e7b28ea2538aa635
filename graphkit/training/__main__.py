"""``python -m graphkit.training``: one command a stage; see the README beside this file."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated

import typer

from graphkit.training import assemble as assembly
from graphkit.training.gold import ARTICLES, GOLD
from graphkit.training.mentions import measure_mentions
from graphkit.training.names import LISTS, TEST, TRAIN, NameSources, train_names
from graphkit.training.parser import Effort, train_parser
from graphkit.training.relations import train_relations
from graphkit.training.silver import name_silver, parse_silver
from graphkit.training.teacher import attachment_of, train_teacher
from graphkit.training.texts import read_texts
from graphkit.training.trees import MODERN, OLD, read_trees
from graphkit.training.vectors import train_vectors

logger = logging.getLogger(__name__)

app = typer.Typer(add_completion=False, help=__doc__)
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False)]
News = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
TeacherFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False)]
Silver = Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="What the silver stage wrote.")]
More = Annotated[
    list[Path] | None, typer.Option(exists=True, file_okay=False, help="Articles annotated with less care.")
]
Everything = Annotated[bool, typer.Option(help="Train on what is set apart, too: for weights to be released.")]
Measured = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="Where the measured stages are.")]
Earlier = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="A pipeline that is there already.")]
Listed = Annotated[Path | None, typer.Option(exists=True, file_okay=False, help="Articles with lists of their names.")]


def _need(folder: Path, names: list[str]) -> None:
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise typer.BadParameter(f"{folder} lacks {', '.join(missing)}; see graphkit/training/README.md for the source")


@app.command()
def vectors(treebanks: Folder, news: News, work: Path) -> None:
    """Train floret vectors on raw news and the treebanks' own text."""
    _need(treebanks, [*MODERN.values(), OLD])
    work.mkdir(parents=True, exist_ok=True)
    sources = [news, *(treebanks / name for name in (*MODERN.values(), OLD))]
    train_vectors((text for source in sources for text in read_texts(source)), work)


@app.command()
def teacher(
    treebanks: Folder,
    work: Path,
    output: Path,
    steps: int = 1600,
    seed: int = 0,
    everything: Everything = False,
) -> None:
    """Train a teacher: a parser too slow to ship, which reads raw news for the one that ships."""
    _need(treebanks, [*MODERN.values(), OLD])
    trees = read_trees(treebanks, everything=everything)
    mix = [*trees.modern * 2, *trees.old]
    trained = train_teacher(mix, trees.modern, work / "vectors.floret", steps=steps, seed=seed)
    trained.save(output)
    for name, apart in trees.apart.items():
        logger.info("%s: UAS %.3f LAS %.3f", name, *attachment_of([trained], apart))


@app.command()
def parser(
    treebanks: Folder,
    work: Path,
    steps: int = 2200,
    fine_steps: int = 600,
    width: int = 96,
    seed: int = 0,
    silver: Silver = None,
    start: Earlier = None,
    everything: Everything = False,
) -> None:
    """Train the tagger, lemmatizer and parser that ship, on treebanks and silver data."""
    _need(treebanks, [*MODERN.values(), OLD])
    effort = Effort(steps, fine_steps, width, seed, everything)
    train_parser(treebanks, work / "vectors.floret", work / "parser", effort, silver, start)


@app.command()
def names(
    ner: Folder,
    lists: Folder,
    work: Path,
    steps: int = 2400,
    seed: int = 0,
    silver: Silver = None,
    everything: Everything = False,
) -> None:
    """Train the recogniser of names: a teacher, or with silver data the one that ships."""
    _need(ner, [*TRAIN, TEST])
    _need(lists, list(LISTS.values()))
    sources = NameSources(ner, lists, work / "vectors.floret", silver)
    train_names(sources, work / "names", steps=steps, seed=seed, everything=everything)


@app.command()
def parser_silver(news: News, work: Path, output: Path, teachers: list[TeacherFile], earlier: Earlier = None) -> None:
    """Parse raw news with teachers, or with them and an earlier pipeline, and keep what they are sure of."""
    parse_silver(teachers, work / "vectors.floret", news, output, earlier)


@app.command()
def names_silver(news: News, output: Path, teachers: list[Folder], annotated: Listed = None) -> None:
    """Find names in raw news with several teachers and keep what they agree on."""
    name_silver(teachers, news, output, annotated)


@app.command()
def relations(
    annotated: Folder,
    output: Path,
    more: More = None,
    held_out: Listed = None,
    language: str = "id",
    seed: int = 0,
) -> None:
    """Train the scorer of statements, calibrate it, and print its figures."""
    others = more if more is not None else []
    for folder in (annotated, *others, held_out):
        if folder is not None:
            _need(folder, [ARTICLES, GOLD])
    typer.echo(train_relations(annotated, output, language=language, seed=seed, more=others, held_out=held_out))


@app.command()
def mentions(annotated: Folder, language: str = "id") -> None:
    """Measure how well the pipeline finds and types the entities of annotated articles."""
    _need(annotated, [ARTICLES, GOLD])
    typer.echo(measure_mentions(annotated, language))


@app.command()
def assemble(work: Folder, output: Path, measured: Measured = None) -> None:
    """Put the trained parts together in one pipeline."""
    assembly.assemble(work, output, work if measured is None else measured)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    app()
