"""The command ``graphkit explain``: why a statement is in a graph."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from graphkit.cli.console import Entities, Frames, fail, out, several
from graphkit.explain import Account, Explanation
from graphkit.explain import explain as explain_it
from graphkit.model import Amount, Evidence, Statement
from graphkit.statements.trace import Found, Trace

_FIRST = 3
_FROM_SENTENCES = "(read again from the sentences that the graph keeps; --articles takes whole articles)"
_NOT_AGAIN = {
    "sentences": "The sentences that the graph keeps do not give it again on their own: name the inputs of the graph "
    "with --articles (and its --entities, --frames, --date).",
    "article": "The article does not give it now: it, graphkit, or the --entities, --frames or --date are not those "
    "that the graph was built with.",
}


def explain(
    folder: Annotated[Path, typer.Argument(help="The folder that build wrote.")],
    statement: Annotated[str, typer.Argument(help="The id of a statement, or its beginning.")],
    articles: Annotated[
        list[str] | None, typer.Option(help="The graph's inputs, to read the article whole; may be given again.")
    ] = None,
    date: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of articles that carry none, as for build.")
    ] = None,
    entities: Entities = None,
    frames: Frames = None,
    everything: Annotated[bool, typer.Option("--all", help="All sentences, and the whole parse.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say why a statement is in a graph: its sentences, their parse, the frame and what stood in its slots."""
    try:
        found = explain_it(
            folder,
            statement,
            articles=[] if articles is None else articles,
            date=date.date() if date else None,
            entities=several(entities),
            frames=several(frames),
        )
    except ValueError as error:
        fail(str(error))
    if as_json:
        typer.echo(json.dumps(_plain(asdict(found)), ensure_ascii=False, indent=1))
        return
    _show(found, everything=everything)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _show(found: Explanation, *, everything: bool) -> None:
    out.print(f"[bold]{escape(_headline(found.statement))}[/]", soft_wrap=True)
    out.print(escape(_second_line(found.statement)), soft_wrap=True)
    shown = found.accounts if everything else found.accounts[:_FIRST]
    for account in shown:
        _show_account(account, whole_parse=everything)
    rest = len(found.accounts) - len(shown)
    if rest:
        out.print(f"\n… and {rest} more; --all shows them")
    out.print("\n[bold]What would leave it out[/]")
    surest = max(item.confidence for item in found.statement.evidence)
    out.print(f"  --min-confidence above {surest:g}, which is how sure the surest of its sentences is")


def _headline(statement: Statement) -> str:
    return f"{statement.subject.name} – {statement.relation} – {statement.object.name}"


def _second_line(statement: Statement) -> str:
    parts = [
        f"{name}: {value.text if isinstance(value, Amount) else value}" for name, value in statement.qualifiers.items()
    ]
    claimants = ", ".join(entity.name for entity in statement.claimed_by)
    parts += [
        statement.modality,
        f"claimed by {claimants}" if claimants else "",
        f"confidence {statement.confidence:g}",
    ]
    return " · ".join(part for part in (*parts, statement.id) if part)


def _show_account(account: Account, *, whole_parse: bool) -> None:
    item = account.evidence
    place = f"sentence {item.sentence}, characters {item.start} to {item.end}"
    out.print(f"\n[bold]{escape(item.article)}[/], {place}", soft_wrap=True)
    out.print(f"  {_marked(item)}", soft_wrap=True)
    if account.trace is None:
        out.print(f"  read by {escape(item.frame)}, confidence {item.confidence:g}", soft_wrap=True)
        out.print(f"  {_NOT_AGAIN[account.basis]}", soft_wrap=True)
        return
    if account.basis == "sentences":
        out.print(
            "  [dim](read again from the sentences that the graph keeps; --articles takes whole articles)[/]",
            soft_wrap=True,
        )
    out.print(_parse(account.trace, whole=whole_parse))
    for line in (*_lines(account.trace, item), *(f"[yellow]but[/] {escape(text)}" for text in account.differences)):
        out.print(f"  {line}", soft_wrap=True)


def _marked(item: Evidence) -> str:
    start, end = item.cue_start - item.start, item.cue_end - item.start
    return f"{escape(item.text[:start])}[reverse]{escape(item.text[start:end])}[/]{escape(item.text[end:])}"


def _parse(trace: Trace, *, whole: bool) -> Table:
    table = Table("", "word", "lemma", "part of speech", "relation", "of", box=None, padding=(0, 2, 0, 2))
    for number, token in enumerate(trace.tokens):
        if token.involved or whole:
            head = "" if token.head == number else trace.tokens[token.head].text
            cells = (str(number), token.text, token.lemma, token.pos, token.relation, head)
            table.add_row(*map(escape, cells))
    return table


def _lines(trace: Trace, item: Evidence) -> Iterator[str]:
    if trace.frame is None:
        yield f"[bold]reader[/] {escape(item.frame)}: {escape(trace.reader)}"
    else:
        yield f"[bold]frame[/] {escape(item.frame)}, for {escape(repr(trace.cue))} ({trace.voice})"
        for slot in trace.slots:
            found = "; ".join(_found(entry) for entry in slot.found) if slot.found else "[dim]nothing[/]"
            yield f"  {slot.side} from slot {escape(slot.slot)}: {found}"
    for source in trace.sources:
        value = source.value if source.value else "nobody"
        yield f"[bold]{escape(source.name)}[/] {escape(value)}: {escape(source.why)}"
    yield f"[bold]confidence[/] {escape(_confidence(trace))}"
    for contribution in trace.contributions:
        yield f"  {contribution.weight:+.2f} {escape(contribution.feature)}"
    if trace.changes:
        yield "[bold]what would change it[/]"
        yield from (f"  - {escape(change)}" for change in trace.changes)


def _found(entry: Found) -> str:
    mark = "[green]✓[/] " if entry.taken else ("[red]✗[/] " if entry.refused else "")
    how = entry.how + ("" if entry.by_parse else ", by place")
    return f"{mark}{escape(entry.text)} = {escape(entry.entity)} ({entry.type}, {how})"


def _confidence(trace: Trace) -> str:
    taken = [found for slot in trace.slots for found in slot.found if found.taken]
    less = [f"{found.factor:g} ({found.text})" for found in taken if found.factor < 1]
    if trace.frame is None or not less:
        return f"{trace.confidence:g}"
    return f"{trace.confidence:g}: {trace.frame.confidence:g} of the frame × {' × '.join(less)}"
