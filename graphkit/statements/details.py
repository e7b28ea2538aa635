"""What belongs to a candidate besides its arguments: amount, time, modality, who claims it, where it is said."""

from __future__ import annotations

import re
from typing import Any

from spacy.tokens import Span

from graphkit.qualifiers import FoundAmount, FoundTime
from graphkit.statements.match import Candidate
from graphkit.statements.modality import find_modality
from graphkit.statements.view import DocView

# Their speaker is their subject: "X menuduh Y" is no claim about an accusation.
_SPEECH_FAMILY = "speech"
# How long or how far is no amount of what is supplied, paid or agreed.
_EXTENTS = frozenset({"kilometers", "meters", "centimeters", "years", "months", "days", "hours", "minutes", "seconds"})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_KINDS = {"any": frozenset({"money", "percent", "measure", "count"}), "money": frozenset({"money"})}


def describe(view: DocView, candidate: Candidate, amount: FoundAmount | None = None) -> dict[str, Any]:
    """The candidate as the plain data that ``doc.user_data`` keeps.

    Args:
        view: The Doc.
        candidate: What was read.
        amount: Its amount, where the reader already knows it.
    """
    cue = view.doc[candidate.cue_start : candidate.cue_end]
    head = cue.root
    sentence = view.sentence(head.i)
    found = amount if amount is not None else _amount(view, candidate, cue, sentence)
    modality = candidate.modality or find_modality(view, head)
    return {
        "subject": candidate.subject,
        "relation": candidate.relation,
        "object": candidate.object,
        "qualifiers": _qualifiers(view, candidate, _when(view, candidate, cue, sentence, modality), found),
        "modality": modality,
        "claimed_by": _claimants(view, candidate, cue),
        "sentence": view.sentence_index[sentence.start],
        "start": sentence.start_char,
        "end": sentence.end_char,
        "cue_start": cue.start_char,
        "cue_end": cue.end_char,
        "frame": candidate.frame,
        "confidence": candidate.confidence,
    }


def _qualifiers(view: DocView, candidate: Candidate, time: str | None, amount: FoundAmount | None) -> dict[str, Any]:
    allowed = view.schema[candidate.relation].qualifiers
    found: dict[str, Any] = {name: text for name, text in candidate.texts.items() if name in allowed}
    if amount is not None and "amount" in allowed:
        found["amount"] = {"value": amount.value, "unit": amount.unit, "text": amount.text}
    if time is not None and "time" in allowed:
        found["time"] = time
    return dict(sorted(found.items()))


def _amount(view: DocView, candidate: Candidate, cue: Span, sentence: Span) -> FoundAmount | None:
    if not candidate.amount:
        return None
    kinds = _KINDS.get(candidate.amount, frozenset({candidate.amount}))
    inside = (item for item in view.amounts if sentence.start_char <= item.start < sentence.end_char)
    near = [item for item in inside if item.kind in kinds and item.unit not in _EXTENTS]
    return min(near, key=lambda amount: (abs(amount.start - cue.end_char), amount.start), default=None)


def _time(view: DocView, cue: Span, sentence: Span) -> FoundTime | None:
    """The time nearest to the cue, inside the same part of the sentence if there is one."""
    inside = (time for time in view.times if sentence.start_char <= time.start < sentence.end_char)
    near = [time for time in inside if not _names(view, time)]
    # A day tells more than the year beside it; a weekday in a source's "ujar X, Kamis (5/6)" dates the speech,
    # but news speaks on the day it happens, so it still is the best there is.
    return min(near, key=lambda time: (_distance(time, cue), time.start), default=None)


def _when(view: DocView, candidate: Candidate, cue: Span, sentence: Span, modality: str) -> str | None:
    """The time in its sentence, else the day that the article reports where that is mostly right."""
    if not candidate.timed:
        return None
    time = _time(view, cue, sentence)
    if time is not None:
        return time.iso
    return _event_date(view, candidate) if modality == "asserted" else None


def _event_date(view: DocView, candidate: Candidate) -> str | None:
    """The day that the article reports, for what mostly happened then; "Piala Asia 2023" has a year of its own."""
    named = "" if candidate.object is None else view.referents[candidate.object]["name"]
    dated = view.schema[candidate.relation].event_date and not _YEAR.search(named)
    return view.event_date if dated else None


def _names(view: DocView, time: FoundTime) -> bool:
    """Whether a time is part of a name: "Piala Dunia 2026"."""
    token = view.token_at.get(time.start)
    mention = None if token is None else view.mention_at(token)
    return mention is not None and mention.kind == "name" and mention.end >= time.end


def _distance(time: FoundTime, cue: Span) -> int:
    return cue.start_char - time.end if time.end <= cue.start_char else time.start - cue.end_char


def _claimants(view: DocView, candidate: Candidate, cue: Span) -> list[int]:
    if view.schema[candidate.relation].broader == _SPEECH_FAMILY:
        return []
    claim = view.claim_at(cue.start_char)
    return [] if claim is None else list(view.mentions[claim["speaker"]].referents)[:1]
