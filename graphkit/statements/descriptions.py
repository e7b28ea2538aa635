"""Statements ``described_as`` from what people say with a copula: "Menurut X, Y merupakan Z"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.statements.match import Candidate
from graphkit.statements.slots import find_fillers
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView, Filler
from graphkit.statements.words import word_classes

_SPEAKERS = frozenset({"Person", "Organization", "Country"})
_SAID = 0.55
_LONGEST = 12


def read_descriptions(view: DocView) -> Iterator[Candidate]:
    """One candidate for each copular clause inside somebody's words."""
    verbs = word_classes(view.language, "verbs")
    for token in view.doc:
        if token.lower_ not in verbs["copulas"] or (token.i and token.nbor(-1).lower_ in verbs["denials"]):
            continue
        trigger = Trigger(token.i, token.i + 1, token.i, "active")
        speaker = next(iter(find_fillers(view, trigger, "speaker")), None)
        subject = _subject(view, token)
        if speaker is None or subject is None or view.type_of(speaker.referents[0]) not in _SPEAKERS:
            continue
        text = _predicate_text(view, token)
        abstract = view.type_of(subject.referents[0]) == "Concept"
        if text and not abstract and subject.referents[0] != speaker.referents[0]:
            yield _candidate(token, speaker, subject, text)


def _candidate(copula: Token, speaker: Filler, subject: Filler, text: str) -> Candidate:
    return Candidate(
        subject=speaker.referents[0],
        relation="described_as",
        object=subject.referents[0],
        cue_start=copula.i,
        cue_end=copula.i + 1,
        frame="described_as.copula",
        confidence=_SAID,
        texts={"as": text},
        timed=False,
        modality="asserted",
    )


def _subject(view: DocView, copula: Token) -> Filler | None:
    """The subject of the clause, which hangs on the predicate or on the copula itself."""
    for head in (copula, copula.head):
        for child in head.lefts:
            if child.dep_.startswith("nsubj") and child.i < copula.i:
                found = view.filler(child)
                if found is not None and found.kind != "pronoun":
                    return found
    return None


def _predicate_text(view: DocView, copula: Token) -> str:
    words = []
    for token in view.doc[copula.i + 1 : min(view.sentence(copula.i).end, copula.i + 1 + _LONGEST)]:
        if token.is_punct:
            break
        words.append(token.text)
    return " ".join(words)
