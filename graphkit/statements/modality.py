"""How the text puts a statement: as fact, plan, proposal, denial or possibility."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

_HELPERS = frozenset({"advmod", "aux", "mark", "case", "det", "fixed"})
_REACH = 3


@cache
def _cues(language: str) -> Mapping[str, frozenset[str]]:
    text = files(__package__).joinpath(f"{language}_modality.toml").read_text(encoding="utf-8")
    return {modality: frozenset(words) for modality, words in tomllib.loads(text)["cues"].items()}


def find_modality(cue: Token, language: str) -> str:
    """The modality of what a word says, from the helpers right before it and the verb that governs it.

    Args:
        cue: The head of the words that evoked the statement.
        language: Language code of the cue lists.

    Returns:
        One of the model's modalities; "asserted" where nothing speaks against it.
    """
    cues = _cues(language)
    found = {modality for modality, words in cues.items() for helper in _helpers(cue) if helper in words}
    for modality in ("negated", "proposed", "planned", "possible"):
        if modality in found:
            return modality
    return "asserted"


def _helpers(cue: Token) -> Iterator[str]:
    """Adverbs and auxiliaries of the cue and, for a noun, of the verb above it; the verb above an infinitive."""
    yield from _own_helpers(cue)
    head = cue.head
    if head == cue:
        return
    if cue.pos_ == "NOUN" and head.pos_ == "VERB" and cue.dep_ in {"obj", "nsubj:pass", "obl"}:
        yield from _own_helpers(head)
        yield head.lower_
    elif (
        cue.dep_ in {"xcomp", "ccomp", "advcl"}
        and any(child.lower_ in {"untuk", "agar", "supaya"} for child in cue.lefts)
    ) or cue.dep_ == "xcomp":
        yield head.lower_


def _own_helpers(verb: Token) -> Iterator[str]:
    yield from (child.lower_ for child in verb.lefts if child.dep_ in _HELPERS)
    for i in range(max(verb.sent.start, verb.i - _REACH), verb.i):
        token = verb.doc[i]
        if token.pos_ in {"AUX", "PART"}:
            yield token.lower_
