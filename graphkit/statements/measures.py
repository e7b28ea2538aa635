"""Statements ``measure``: figures about an entity ("laba PT X naik 12 persen", "gempa bermagnitudo 5,6")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from graphkit.qualifiers import FoundAmount
from graphkit.statements.match import Candidate
from graphkit.statements.view import DocView, Filler
from graphkit.statements.words import word_classes, word_lists

_KINDS = frozenset({"money", "percent", "measure"})
_BY_METRIC, _BY_SUBJECT = 0.6, 0.45
_METRIC_LIMIT = 6
_AGE = re.compile(r"\s*\((?P<age>[1-9]\d?|10\d)(?: tahun)?\)")
_AGE_SURE = 0.85


def read_measures(view: DocView, amounts: list[FoundAmount]) -> Iterator[tuple[Candidate, FoundAmount]]:
    """A candidate for each amount whose owner the sentence tells, with the amount.

    Args:
        view: The Doc.
        amounts: Amounts that no other statement has taken.
    """
    for amount in amounts:
        if amount.kind not in _KINDS:
            continue
        span = view.doc.char_span(amount.start, amount.end, alignment_mode="expand")
        metric = _metric(view, span.root)
        if metric is None or not _names_a_figure(view, metric):
            continue
        owner = _owner(view, metric)
        if owner is None:
            continue
        yield _candidate(view, metric, owner), amount


def read_ages(view: DocView) -> Iterator[tuple[Candidate, FoundAmount]]:
    """A candidate for each age in brackets after a person's name: "Budi Hartono (45)"."""
    metric = word_lists(view.language, "metrics")["age"][0]
    for mention in view.mentions:
        if mention.type != "Person" or mention.kind != "name" or not mention.referents:
            continue
        match = _AGE.match(view.text, mention.end)
        if match is None:
            continue
        start, end = match.span("age")
        amount = FoundAmount(start, end, float(match["age"]), "years", match["age"], "measure")
        cue = view.token_at[start]
        yield (
            Candidate(
                subject=mention.referents[0],
                relation="measure",
                object=None,
                cue_start=cue,
                cue_end=cue + 1,
                frame="measure.age",
                confidence=_AGE_SURE,
                texts={"metric": metric},
                timed=False,
            ),
            amount,
        )


def figure_of(view: DocView, amount: FoundAmount) -> tuple[int, str]:
    """The token that tells what an amount measures, and its words; the amount's own head and "" if none does."""
    root = view.doc.char_span(amount.start, amount.end, alignment_mode="expand").root
    metric = _metric(view, root)
    return (root.i, "") if metric is None else (metric.i, _metric_text(view, metric))


@cache
def _figures(language: str) -> frozenset[str]:
    return frozenset(noun for nouns in word_lists(language, "metrics").values() for noun in nouns)


def _names_a_figure(view: DocView, metric: Token) -> bool:
    """Whether a noun is one that has figures: "laba" has, "pertemuan" has not."""
    figures = _figures(view.language)
    if metric.lower_ in figures or metric.lemma_.lower() in figures:
        return True
    return metric.dep_.startswith("nsubj") and metric.head.lower_ in word_classes(view.language, "verbs")["measuring"]


def _candidate(view: DocView, metric: Token, owner: Filler) -> Candidate:
    direct = owner.direct
    return Candidate(
        subject=owner.referents[0],
        relation="measure",
        object=None,
        cue_start=metric.i,
        cue_end=metric.i + 1,
        frame="measure.metric" if direct else "measure.subject",
        confidence=_BY_METRIC if direct else _BY_SUBJECT,
        texts={"metric": _metric_text(view, metric)},
    )


def _metric(view: DocView, root: Token) -> Token | None:
    """The noun that the amount measures: the subject of its verb, or the noun it hangs on."""
    token = root
    for _ in range(5):
        head = token.head
        if head == token:
            return None
        if head.pos_ == "VERB" or head.pos_ == "ADJ":
            subject = next((c for c in head.children if c.dep_.startswith("nsubj") and c.lower_ != "yang"), None)
            if subject is None and head.dep_ in {"acl", "acl:relcl"}:
                return head.head if head.head.pos_ in {"NOUN", "PROPN"} else None
            if subject is not None:
                return subject
        elif (
            head.pos_ == "NOUN"
            and view.mention_at(head.i) is not None
            and token.dep_ in {"nmod", "nummod", "appos", "obl", "amod"}
        ):
            return head
        token = head
    return None


def _owner(view: DocView, metric: Token) -> Filler | None:
    """Whose figure it is: the metric itself if it is a name, its owner, else the subject of its clause."""
    mention = view.mention_at(metric.i)
    if mention is not None and mention.kind != "nominal":
        return view.filler(metric)
    for child in metric.subtree:
        if child != metric and child.i > metric.i and child.i - metric.i < _METRIC_LIMIT:
            inner = view.mention_at(child.i)
            if inner is not None and inner.kind == "name":
                return view.filler(child)
    return _clause_subject(view, metric)


def _clause_subject(view: DocView, metric: Token) -> Filler | None:
    """Who has the figure: "*PT X* mencatat laba", "*rudal itu* memiliki panjang"."""
    verb = metric
    for _ in range(3):
        verb = verb.head
        if verb.pos_ == "VERB":
            subjects = (child for child in verb.lefts if child.dep_.startswith("nsubj") and child != metric)
            return next((found for child in subjects if (found := view.filler(child, direct=False))), None)
    return None


def _metric_text(view: DocView, metric: Token) -> str:
    words = [metric.text]
    for token in view.doc[metric.i + 1 : min(view.sentence(metric.i).end, metric.i + 3)]:
        if token.pos_ not in {"NOUN", "ADJ"}:
            break
        words.append(token.text)
    return " ".join(words)
