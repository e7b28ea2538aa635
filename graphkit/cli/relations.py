"""The command ``graphkit relations``: what statements may say, and by which words they are found."""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from graphkit.cli.console import Frames, fail, out, several
from graphkit.language import LanguageNotSupportedError, load_pipeline, make_doc, need_pack
from graphkit.model import Article
from graphkit.schema import Relation, SchemaError, relations_with, type_lists
from graphkit.statements import ExampleResult, Frame, check_examples, frames_with, readers

_SOMETHING_LOST = 1
# Examples are read as if from an article of this day, so that what they give never changes.
_EXAMPLE_DAY = dt.date(2025, 6, 5)


def relations(
    name: Annotated[str | None, typer.Argument(help="One relation, with its frames and their examples.")] = None,
    frames: Frames = None,
    language: Annotated[str, typer.Option(help="Language of the frames.")] = "id",
    check: Annotated[
        bool, typer.Option("--check", help="Run the examples: those of --frames, of the relation, or all.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """List the relations of the schema, or show one with the frames that read it. Your own are added by --frames."""
    files = several(frames)
    try:
        need_pack(language)
        schema, known = relations_with(files), frames_with(files, language)
    except (SchemaError, LanguageNotSupportedError) as error:
        fail(str(error))
    if name is not None and name not in schema:
        near = difflib.get_close_matches(name, schema, n=1)
        fail(f"no relation {name!r}" + (f"; did you mean {near[0]!r}?" if near else "; graphkit relations lists them"))
    chosen = [relation for relation in schema.values() if name in (None, relation.name)]
    if check:
        _check(known, chosen, files, language)
    elif as_json:
        typer.echo(json.dumps([_plain(relation, known) for relation in chosen], ensure_ascii=False, indent=1))
    elif name is None:
        _show_all(chosen, known, language)
    else:
        _show(chosen[0], known)


def _of(relation: Relation, frames: Iterable[Frame]) -> list[Frame]:
    return [frame for frame in frames if frame.relation == relation.name]


def _readers_of(relation: Relation) -> dict[str, str]:
    return {id_: what for id_, what in readers().items() if id_.startswith(f"{relation.name}.")}


def types_text(types: Sequence[str]) -> str:
    """Entity types as a schema file writes them: "actor" and "any" for the lists of these names."""
    return next((word for word, listed in type_lists().items() if tuple(types) == listed), ", ".join(types))


def _show_all(chosen: Sequence[Relation], known: Sequence[Frame], language: str) -> None:
    table = Table("relation", "label", "subject → object", "qualifiers", "frames")
    for relation in chosen:
        arrow = "↔" if relation.symmetric else "→"
        arguments = f"{types_text(relation.subject_types)} {arrow} {types_text(relation.object_types)}"
        label = relation.labels.get(language, relation.labels["en"])
        ways = len(_of(relation, known)) + len(_readers_of(relation))
        cells = (relation.name, label, arguments, ", ".join(relation.qualifiers))
        table.add_row(*map(escape, cells), str(ways))
    out.print(table)
    for word, types in type_lists().items():
        out.print(f"{word}: {', '.join(types)}")


def _show(relation: Relation, known: Sequence[Frame]) -> None:
    arrow = "↔" if relation.symmetric else "→"
    rows = {
        "labels": " · ".join(f"{label} ({code})" for code, label in sorted(relation.labels.items())),
        "arguments": f"{', '.join(relation.subject_types)} {arrow} {', '.join(relation.object_types)}",
        "kind": f"{relation.kind}, of the family {relation.broader}",
        "qualifiers": ", ".join(f"{name}*" if name in relation.identity else name for name in relation.qualifiers),
        "Wikidata": relation.wikidata if relation.wikidata is not None else "",
    }
    out.print(f"[bold]{escape(relation.name)}[/]")
    for name, text in rows.items():
        if text:
            out.print(f"  {name}: {escape(text)}", soft_wrap=True)
    if relation.identity:
        out.print("  (* with another value it is another statement)")
    for id_, what in _readers_of(relation).items():
        out.print(f"\n[bold]{escape(id_)}[/] (no frame)\n  {escape(what)}", soft_wrap=True)
    for frame in _of(relation, known):
        _show_frame(frame)


def _show_frame(frame: Frame) -> None:
    out.print(f"\n[bold]{escape(frame.id)}[/] confidence {frame.confidence:g}")
    for name, text in frame_rows(frame).items():
        out.print(f"  {name}: {escape(text)}", soft_wrap=True)
    for example in frame.examples:
        mark = "[green]✓[/]" if example.statements else "[yellow]✗[/]"
        said = "; ".join(example.statements) if example.statements else "nothing (a near miss)"
        out.print(f"  {mark} {escape(example.text)}\n      [dim]{escape(said)}[/]", soft_wrap=True)


def frame_rows(frame: Frame) -> dict[str, str]:
    """What a frame says, by key; what it leaves open is left out."""
    voices: dict[str, list[str]] = {}
    for words, voice in frame.triggers:
        voices.setdefault(voice, []).append(" ".join(words))
    rows = {f"words ({voice})": ", ".join(words) for voice, words in voices.items()}
    rows |= {key: ", then ".join(getattr(frame, key)) for key in ("pair", "subject", "object")}
    rows |= {key.replace("_", " "): ", ".join(sorted(getattr(frame, key))) for key in ("subject_types", "object_types")}
    rows |= {f"qualifier {name}": ", then ".join(slots) for name, slots in frame.qualifiers.items()}
    rows |= {f"always {name}": text for name, text in frame.constants.items()}
    rows |= {"amount": frame.amount, "modality": frame.modality}
    rows |= {"needs one of": ", ".join(sorted(frame.needs)), "not beside": ", ".join(sorted(frame.bars))}
    return {name: text for name, text in rows.items() if text}


def _plain(relation: Relation, known: Sequence[Frame]) -> dict[str, Any]:
    found = asdict(relation) | {"readers": _readers_of(relation)}
    return found | {"frames": [_plain_value(asdict(frame)) for frame in _of(relation, known)]}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain_value(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain_value(item) for item in value] if isinstance(value, list | tuple) else value


def _check(known: Sequence[Frame], chosen: Sequence[Relation], files: Sequence[Path], language: str) -> None:
    """Run examples; exit code 1 if one of them failed."""
    names = {relation.name for relation in chosen}
    shipped = {frame.id for frame in frames_with((), language)}
    wanted = [frame for frame in known if frame.relation in names and not (files and frame.id in shipped)]
    nlp = load_pipeline(language, frames=files)

    def parse(text: str) -> Any:
        return nlp(make_doc(nlp, Article(id="example", text=text, date=_EXAMPLE_DAY, language=language)))

    results = list(check_examples(wanted, parse, relations_with(files)))
    failed = [result for result in results if not result.passed]
    for result in failed:
        _show_failure(result)
    without = [frame.id for frame in wanted if not frame.examples]
    if without:
        out.print(f"[yellow]no examples:[/] {escape(', '.join(without))}", soft_wrap=True)
    right = len(results) - len(failed)
    out.print(f"{right} of {len(results)} examples of {len(wanted)} frames are read as they should be")
    if failed:
        raise typer.Exit(_SOMETHING_LOST)


def _show_failure(result: ExampleResult) -> None:
    out.print(f"[red]failed[/] {escape(result.frame.id)}: {escape(result.example.text)}", soft_wrap=True)
    if result.missing:
        out.print(f"       not read: {escape('; '.join(result.missing))}", soft_wrap=True)
    out.print(f"       read: {escape('; '.join(result.read) if result.read else 'nothing')}", soft_wrap=True)
