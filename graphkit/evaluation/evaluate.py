"""The evaluation of many articles: what the counts of all of them come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphkit.evaluation.annotations import GoldArticle, Reading
from graphkit.evaluation.figures import Score, entity_score, intervals, score, share, statement_score, value_score
from graphkit.evaluation.judge import Judgement, Verdict, judge
from graphkit.schema import Relation, relations

_DIGITS = 4
_BINS = 10


@dataclass(frozen=True)
class Evaluation:
    """How predicted statements compare with annotated ones.

    Args:
        judgements: One for each annotated article.
        strangers: Articles that have predictions but no annotation; they are left out.
        silent: Annotated articles without any prediction.
    """

    judgements: tuple[Judgement, ...]
    strangers: tuple[str, ...]
    silent: tuple[str, ...]

    @cached_property
    def counts(self) -> Counter[str]:
        """The counts of all articles."""
        return _sum(judgement.counts for judgement in self.judgements)

    @property
    def statements(self) -> Score:
        """Precision, recall and F1 of statements."""
        return statement_score(self.counts)

    @property
    def by_relation(self) -> dict[str, Score]:
        """Precision, recall, F1 and counts by relation, those with most annotated statements first."""
        totals = _sum_by_name(judgement.relations for judgement in self.judgements)
        order = sorted(totals, key=lambda name: (-totals[name]["gold"], name))
        return {name: _relation_score(totals[name]) for name in order}

    @property
    def by_qualifier(self) -> dict[str, Score]:
        """Of right statements: how many have a qualifier in gold and prediction, and how many of these agree."""
        totals = _sum_by_name(judgement.qualifiers for judgement in self.judgements)
        order = sorted(totals, key=lambda name: (-totals[name]["gold"], name))
        return {
            name: {key: totals[name][key] for key in ("gold", "predicted", "right")}
            | score(totals[name]["right"], totals[name]["predicted"], totals[name]["gold"])
            for name in order
        }

    @property
    def verdicts(self) -> list[Verdict]:
        """What became of each statement, article by article."""
        return [verdict for judgement in self.judgements for verdict in judgement.verdicts]

    @cached_property
    def intervals(self) -> dict[str, tuple[float, float]]:
        """95 % intervals of the main figures, by a bootstrap over articles; see `graphkit.evaluation.figures`."""
        return intervals([judgement.counts for judgement in self.judgements])

    @property
    def reliability(self) -> list[dict[str, float]]:
        """Stated confidence against observed precision, in ten bins; empty where predictions state none.

        Returns:
            ``from`` and ``to`` of the bin, ``statements`` in it, their mean ``stated`` confidence, and the
            ``observed`` share of them that is right.
        """
        judged = [v for v in self.verdicts if v.outcome in ("right", "wrong") and v.predicted is not None]
        stated = [(v.predicted.confidence, v.outcome == "right") for v in judged if v.predicted.confidence is not None]
        bins: dict[int, list[tuple[float, bool]]] = {}
        for confidence, right in stated:
            bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, right))
        return [
            {
                "from": number / _BINS,
                "to": (number + 1) / _BINS,
                "statements": len(bins[number]),
                "stated": share(sum(confidence for confidence, _ in bins[number]), len(bins[number])),
                "observed": share(sum(right for _, right in bins[number]), len(bins[number])),
            }
            for number in sorted(bins)
        ]

    def to_dict(self) -> dict[str, Any]:
        """All figures as plain values, rounded to four digits."""
        counts = self.counts
        return _rounded(
            {
                "articles": len(self.judgements),
                "statements": self.statements,
                "salient_recall": share(counts["salient_right"], counts["salient"]),
                "entities": entity_score(counts),
                "entity_type_accuracy": share(counts["entity_type_right"], counts["entity_known"]),
                "amounts_and_times": value_score(counts),
                "text_qualifiers_present": share(counts["text_right"], counts["text_gold"]),
                "modality_accuracy": share(counts["modality_right"], counts["right"]),
                "claimed_by_accuracy": share(counts["claimed_by_right"], counts["right"]),
                "counts": {
                    "gold": counts["gold"],
                    "predicted": counts["right"] + counts["wrong"],
                    "matched": counts["right"],
                },
                "intervals": {name: list(ends) for name, ends in self.intervals.items()},
                "relations": self.by_relation,
                "qualifiers": self.by_qualifier,
                "reliability": self.reliability,
            }
        )


def evaluate(
    gold: Iterable[GoldArticle],
    predicted: Mapping[str, Sequence[Reading]],
    schema: Mapping[str, Relation] | None = None,
) -> Evaluation:
    """Compare predicted statements with annotated ones.

    A statement is right if relation, subject and object are those of an annotated one, either way round for symmetric
    relations; a figure if its owner and amount are. Entities are the same if they share a name or mention, whatever its
    case and punctuation. Statements of relations outside the schema are neither right nor wrong, nor are those that
    match an annotation marked as optional.

    Args:
        gold: Annotated articles.
        predicted: Predicted statements by article id, as `read_predictions` gives them.
        schema: The relations that count; those that ship unless given.
    """
    known = relations() if schema is None else schema
    symmetric = {name: relation.symmetric for name, relation in known.items()}
    articles = list(gold)
    ids = {article.id for article in articles}
    return Evaluation(
        judgements=tuple(judge(article, predicted.get(article.id, ()), symmetric) for article in articles),
        strangers=tuple(sorted(predicted.keys() - ids)),
        silent=tuple(sorted(ids - predicted.keys())),
    )


def _relation_score(counts: Counter[str]) -> Score:
    predicted = counts["right"] + counts["wrong"]
    return {**score(counts["right"], predicted, counts["gold"]), "gold": counts["gold"], "predicted": predicted}


def _sum(items: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counts in items:
        total.update(counts)
    return total


def _sum_by_name(items: Iterable[Mapping[str, Counter[str]]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for by_name in items:
        for name, counts in by_name.items():
            found.setdefault(name, Counter()).update(counts)
    return found


def _rounded(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, _DIGITS) if isinstance(value, float) else value
