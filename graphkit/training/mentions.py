"""How well the pipeline finds and types what annotated articles name: figures by entity type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graphkit.articles import ReadReport, read_articles
from graphkit.language import load_pipeline, make_doc
from graphkit.statements.component import ENTITIES, REFERENTS
from graphkit.training.gold import ARTICLES, GOLD, aliases, read_gold

TYPES = ("Person", "Organization", "Country", "Place", "Event", "Product", "Group")


def measure_mentions(folder: Path, language: str) -> str:
    """Names of entities in annotated articles against those that the pipeline finds, by type.

    An entity counts as found if the pipeline has one of the same type that shares a name with it, whatever the case.
    Entities that are only described ("lima tersangka") count among the annotated ones, but not against the pipeline.

    Precision means something only where the annotators listed every named entity, with or without a statement.

    Args:
        folder: Annotated articles: ``articles.jsonl`` and ``gold.jsonl``.
        language: Code of their language.

    Returns:
        A table in Markdown: precision, recall and F1 by type, and how many are found with another type.
    """
    gold = read_gold(folder / GOLD)
    nlp = load_pipeline(language)
    counts: Counter[tuple[str, str]] = Counter()
    for article in read_articles([folder / ARTICLES], ReadReport()):
        if article.id in gold:
            doc = nlp(make_doc(nlp, article))
            ours = list(zip(doc.user_data[ENTITIES], doc.user_data[REFERENTS], strict=True))
            _count(gold[article.id]["entities"], ours, counts)
    return _table(counts)


def _count(
    annotated: Sequence[Mapping[str, Any]],
    ours: Sequence[tuple[Any, Mapping[str, Any]]],
    counts: Counter[tuple[str, str]],
) -> None:
    theirs = [(aliases(entry), entry["type"]) for entry in annotated]
    found = [(aliases(entity), referent["type"], referent["described"]) for entity, referent in ours]
    for names, kind in theirs:
        kinds = {other for others, other, _ in found if others & names}
        counts[kind, "annotated"] += 1
        counts[kind, "found"] += kind in kinds
        counts[kind, "otherwise"] += bool(kinds) and kind not in kinds
    for names, kind, described in found:
        if not described:
            counts[kind, "named"] += 1
            counts[kind, "right"] += any(kind == other and names & others for others, other in theirs)


def _table(counts: Counter[tuple[str, str]]) -> str:
    lines = ["| type | annotated | P | R | F1 | found as another type |", "|---|---|---|---|---|---|"]
    for kind in (*TYPES, "all"):
        kinds = TYPES if kind == "all" else (kind,)
        annotated, found, otherwise, named, right = (
            sum(counts[one, name] for one in kinds) for name in ("annotated", "found", "otherwise", "named", "right")
        )
        precision, recall = right / max(named, 1), found / max(annotated, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        lines.append(f"| {kind} | {annotated} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {otherwise} |")
    return "\n".join(lines) + "\n"
