"""How the text puts a statement: as fact, plan, proposal, denial or possibility."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.statements.view import DocView
from graphkit.statements.words import word_classes

_HELPERS = frozenset({"advmod", "aux", "mark", "case", "det", "fixed"})
_REACH = 3


def find_modality(view: DocView, cue: Token) -> str:
    """The modality of what a word says, from the helpers right before it and the verb that governs it.

    Args:
        view: The Doc.
        cue: The head of the words that evoked the statement.

    Returns:
        One of the model's modalities; "asserted" where nothing speaks against it.
    """
    cues = word_classes(view.language, "modality")
    found = {modality for modality, words in cues.items() for helper in _helpers(view, cue) if helper in words}
    for modality in ("negated", "proposed", "planned", "possible"):
        if modality in found:
            return modality
    return "asserted"


def _helpers(view: DocView, cue: Token) -> Iterator[str]:
    """Adverbs and auxiliaries of the cue and, for a noun, of the verb above it; the verb above an infinitive."""
    yield from _own_helpers(view, cue)
    head = cue.head
    if head == cue:
        return
    if cue.pos_ == "NOUN" and head.pos_ == "VERB" and cue.dep_ in {"obj", "nsubj:pass", "obl"}:
        yield from _own_helpers(view, head)
        yield head.lower_
    elif (
        cue.dep_ in {"xcomp", "ccomp", "advcl"}
        and any(child.lower_ in {"untuk", "agar", "supaya"} for child in cue.lefts)
    ) or cue.dep_ == "xcomp":
        yield head.lower_


def _own_helpers(view: DocView, verb: Token) -> Iterator[str]:
    yield from (child.lower_ for child in verb.lefts if child.dep_ in _HELPERS)
    for i in range(max(view.sentence(verb.i).start, verb.i - _REACH), verb.i):
        token = verb.doc[i]
        if token.pos_ in {"AUX", "PART"}:
            yield token.lower_
