"""The command ``graphkit evaluate``: how good statements are, against annotations made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from graphkit.cli.console import err, fail, out
from graphkit.evaluation import Evaluation, EvaluationError, Verdict, read_gold, read_predictions
from graphkit.evaluation import evaluate as compare
from graphkit.evaluation.annotations import Reading

_SHOWN_IDS = 5
_NAMES = {
    "modality_accuracy": "modality right",
    "claimed_by_accuracy": "claimed by right",
    "salient_recall": "salient recall",
    "text_qualifiers_present": "text qualifiers there",
    "entity_type_accuracy": "entity type right",
}


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated articles, or a folder with gold.jsonl.")],
    predicted: Annotated[
        Path, typer.Argument(help="A statements.jsonl, the folder that build wrote, or more annotated articles.")
    ],
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out predictions below it.")] = 0.0,
    by_relation: Annotated[bool, typer.Option("--by-relation", help="A table by relation, too.")] = False,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Stated confidence against observed precision, too.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List missed and wrong statements, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON, and nothing else.")] = False,
) -> None:
    """Compare statements with annotations: precision, recall, qualifiers, with 95 % intervals over articles."""
    try:
        result = compare(read_gold(gold), read_predictions(predicted, min_confidence))
    except EvaluationError as error:
        fail(str(error))
    _warn(result)
    if as_json:
        typer.echo(json.dumps(result.to_dict(), ensure_ascii=False, indent=1))
        return
    figures = result.to_dict()
    out.print(
        "{articles} articles, {gold} statements annotated, {predicted} predicted, {matched} right".format(
            articles=figures["articles"], **figures["counts"]
        ),
        _overall(figures),
        "Qualifiers of right statements (amount and time by value, the others by being there)",
        _qualifiers(figures["qualifiers"]),
        sep="\n",
    )
    if by_relation:
        out.print("By relation", _relations(figures["relations"]), sep="\n")
    if reliability:
        out.print("How often statements are right", _reliability(figures["reliability"]), sep="\n")
    if errors:
        _show_errors(result.verdicts)


def _warn(result: Evaluation) -> None:
    for ids, what in (
        (result.strangers, "predicted but not annotated; left out"),
        (result.silent, "annotated but without predictions; all their statements count as missed"),
    ):
        if ids:
            some = ", ".join(ids[:_SHOWN_IDS]) + (" …" if len(ids) > _SHOWN_IDS else "")
            err.print(f"[yellow]warning[/] {len(ids)} articles are {what}: {escape(some)}", soft_wrap=True)


def _overall(figures: Mapping[str, Any]) -> Table:
    table = Table("", "value", "95 % interval")
    for name in ("precision", "recall", "f1"):
        table.add_row(f"statements: {name}", *_cells(figures, figures["statements"][name], name))
    table.add_row("salient recall", *_cells(figures, figures["salient_recall"], "salient_recall"))
    for name, label in (("entities", "entities"), ("amounts_and_times", "amounts and times")):
        for part in ("precision", "recall", "f1"):
            table.add_row(f"{label}: {part}", *_cells(figures, figures[name][part], name if part == "f1" else ""))
    for name in ("entity_type_accuracy", "text_qualifiers_present", "modality_accuracy", "claimed_by_accuracy"):
        table.add_row(_NAMES[name], *_cells(figures, figures[name], name))
    return table


def _cells(figures: Mapping[str, Any], value: float, interval: str) -> tuple[str, str]:
    ends = figures["intervals"].get(interval)
    return f"{value:.3f}", "" if ends is None else f"{ends[0]:.3f} – {ends[1]:.3f}"


def _qualifiers(rows: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table("qualifier")
    for heading in ("annotated", "predicted", "agree"):
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        table.add_row(escape(name), *(str(row[key]) for key in ("gold", "predicted", "right")))
    return table


def _relations(rows: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table("relation")
    for heading in ("precision", "recall", "F1", "annotated", "predicted"):
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        scores = (f"{row[key]:.2f}" for key in ("precision", "recall", "f1"))
        table.add_row(escape(name), *scores, str(row["gold"]), str(row["predicted"]))
    return table


def _reliability(rows: Iterable[Mapping[str, float]]) -> Table:
    table = Table("confidence")
    for heading in ("statements", "stated", "observed"):
        table.add_column(heading, justify="right")
    for row in rows:
        cells = str(row["statements"]), f"{row['stated']:.2f}", f"{row['observed']:.2f}"
        table.add_row(f"{row['from']:.1f} – {row['to']:.1f}", *cells)
    return table


def _show_errors(verdicts: Iterable[Verdict]) -> None:
    for verdict in verdicts:
        if verdict.outcome in ("missed", "wrong"):
            reading = verdict.gold if verdict.predicted is None else verdict.predicted
            colour = {"missed": "yellow", "wrong": "red"}[verdict.outcome]
            line = f"{verdict.article}: {_statement(reading)}"
            frame = f" ({reading.frame})" if reading.frame else ""
            out.print(f"[{colour}]{verdict.outcome:6}[/] {escape(line)}[dim]{escape(frame)}[/]", soft_wrap=True)
            out.print(f"       [dim]{escape(reading.evidence)}[/]", soft_wrap=True)


def _statement(reading: Reading) -> str:
    obj = reading.object
    if obj is None:
        amount = reading.qualifiers.get("amount")
        return f"{reading.subject.name} – {reading.relation} – " + (
            f"{amount['value']:,.15g} {amount.get('unit', '')}" if amount else "?"
        )
    return f"{reading.subject.name} – {reading.relation} – {obj.name}"
