"""The statements predicted for one article against those annotated in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from graphkit.evaluation.agree import VALUES, agreeing_qualifiers, same_statement
from graphkit.evaluation.annotations import GoldArticle, Reading, Thing, name_key

Outcome = Literal["right", "missed", "wrong", "optional"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one statement.

    Args:
        outcome: "right": predicted and annotated; "missed": annotated only; "wrong": predicted only; "optional":
            predicted, and the annotators disagree on it.
        gold: The annotation; None for what is only predicted.
        predicted: The prediction; None for what is missed.
    """

    outcome: Outcome
    article: str
    gold: Reading | None
    predicted: Reading | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One article, judged.

    Args:
        counts: What `graphkit.evaluation.figures` makes its figures of, by name.
        relations: ``gold``, ``right`` and ``wrong`` statements by relation.
        qualifiers: Of right statements, ``gold``, ``right`` and ``predicted`` qualifiers by name.
        verdicts: What became of each statement: the annotated ones first.
    """

    article: str
    counts: Counter[str]
    relations: Mapping[str, Counter[str]]
    qualifiers: Mapping[str, Counter[str]]
    verdicts: tuple[Verdict, ...]


def judge(gold: GoldArticle, predicted: Sequence[Reading], symmetric: Mapping[str, bool]) -> Judgement:
    """Compare the statements of one article.

    Each annotated statement takes, in order, the prediction that matches it and agrees with most of its qualifiers.

    Args:
        gold: The annotated article.
        predicted: What was predicted for it.
        symmetric: The relations that count, with whether their order says nothing; others are left out.
    """
    relevant = [reading for reading in predicted if reading.relation in symmetric]
    verdicts = tuple(_verdicts(gold, relevant, symmetric))
    counts, relations, qualifiers = _entity_counts(gold, relevant), {}, {}
    for verdict in verdicts:
        _count(verdict, counts, relations, qualifiers)
    counts["claimed_by_right"] = sum(_same_claimant(gold, verdict) for verdict in verdicts)
    return Judgement(gold.id, counts, relations, qualifiers, verdicts)


def _verdicts(gold: GoldArticle, predicted: Sequence[Reading], symmetric: Mapping[str, bool]) -> Iterable[Verdict]:
    left = list(predicted)
    for annotation in gold.statements:
        if annotation.optional:
            continue
        matching = [p for p in left if same_statement(annotation, p, symmetric.get(annotation.relation, False))]
        best = max(matching, key=lambda p: _agreement(annotation, p), default=None)
        yield Verdict("missed" if best is None else "right", gold.id, annotation, best)
        left = [reading for reading in left if reading is not best]
    optional = [annotation for annotation in gold.statements if annotation.optional]
    for reading in left:
        disputed = any(same_statement(o, reading, symmetric.get(o.relation, False)) for o in optional)
        yield Verdict("optional" if disputed else "wrong", gold.id, None, reading)


def _agreement(gold: Reading, predicted: Reading) -> tuple[int, int]:
    """How well qualifiers agree: those compared by value come first."""
    agreeing = agreeing_qualifiers(gold, predicted)
    by_value = sum(name in VALUES for name in agreeing)
    return by_value, len(agreeing) - by_value


def _count(
    verdict: Verdict,
    counts: Counter[str],
    relations: dict[str, Counter[str]],
    qualifiers: dict[str, Counter[str]],
) -> None:
    gold, predicted = verdict.gold, verdict.predicted
    if verdict.outcome == "wrong" and predicted is not None:
        counts["wrong"] += 1
        relations.setdefault(predicted.relation, Counter())["wrong"] += 1
    if gold is None:
        return
    counts["gold"] += 1
    counts["salient"] += gold.salient
    relations.setdefault(gold.relation, Counter())["gold"] += 1
    if predicted is None:
        return
    counts["right"] += 1
    counts["salient_right"] += gold.salient
    relations[gold.relation]["right"] += 1
    counts["modality_right"] += gold.modality == predicted.modality
    _count_qualifiers(gold, predicted, counts, qualifiers)


def _same_claimant(article: GoldArticle, verdict: Verdict) -> bool:
    if verdict.gold is None or verdict.predicted is None:
        return False
    known = article.things.get(verdict.gold.claimed_by)
    names = {name_key(verdict.gold.claimed_by)} | (known.keys if known is not None else set())
    return name_key(verdict.predicted.claimed_by) in names


def _count_qualifiers(
    gold: Reading, predicted: Reading, counts: Counter[str], qualifiers: dict[str, Counter[str]]
) -> None:
    agreeing = agreeing_qualifiers(gold, predicted)
    for name in gold.qualifiers:
        kind = "value" if name in VALUES else "text"
        counts[f"{kind}_gold"] += 1
        qualifiers.setdefault(name, Counter())["gold"] += 1
    for name in agreeing:
        counts["value_right" if name in VALUES else "text_right"] += 1
        qualifiers[name]["right"] += 1
    for name in predicted.qualifiers:
        counts["value_predicted"] += name in VALUES
        qualifiers.setdefault(name, Counter())["predicted"] += 1


def _entity_counts(gold: GoldArticle, predicted: Sequence[Reading]) -> Counter[str]:
    """Entities of predicted statements against those of annotated ones."""
    required = {
        thing.name
        for statement in gold.statements
        if not statement.optional
        for thing in (statement.subject, statement.object)
        if thing is not None
    }
    counts: Counter[str] = Counter(entity_gold=len(required))
    hit = set()
    for thing in _entities(predicted):
        names = [name for name, known in gold.things.items() if known.keys & thing.keys]
        name = next((name for name in names if name in required), names[0] if names else None)
        # An entity that is right, but of which nothing is annotated, is neither required nor wrong.
        counts["entity_predicted"] += name is None or name in required
        if name is not None:
            hit.add(name)
            counts["entity_known"] += 1
            counts["entity_type_right"] += thing.type == gold.things[name].type
    counts["entity_right"] = len(hit & required)
    return counts


def _entities(readings: Iterable[Reading]) -> Iterable[Thing]:
    found: dict[str, Thing] = {}
    for reading in readings:
        for thing in (reading.subject, reading.object):
            if thing is not None:
                found.setdefault(name_key(thing.name), thing)
    return found.values()
