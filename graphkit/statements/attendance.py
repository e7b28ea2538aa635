"""Statements ``participated_in`` from where somebody speaks or acts: "ujar X dalam konferensi pers di Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from graphkit.model import Mention
from graphkit.statements.lists import listed
from graphkit.statements.match import Candidate
from graphkit.statements.view import DocView, Filler
from graphkit.statements.words import word_classes

_ATTENDEES = frozenset({"Person", "Organization", "Country", "Group"})
_SPEAKERS = frozenset({"Person"})
_SPOKE, _PRESENT, _OPPOSED = 0.45, 0.55, 0.4
_REACH = 12
_FAR = 90


def read_attendance(view: DocView) -> Iterator[Candidate]:
    """Who speaks at an event, who is listed as present, and who meets whom in a match."""
    for mention in view.mentions:
        if mention.type != "Event" or mention.kind == "pronoun" or not mention.referents:
            continue
        start = view.token_at[mention.start]
        yield from _speakers(view, mention, start)
        yield from _opponents(view, mention)
    yield from _present(view)


def _speakers(view: DocView, event: Mention, start: int) -> Iterator[Candidate]:
    """The speaker of a quotation that is closed before the event is named."""
    words = word_classes(view.language, "verbs")
    before = {token.lower_ for token in view.doc[max(start - 3, view.sentence(start).start) : start]}
    if not before & words["settings"]:
        return
    for claim in view.claims:
        speaker = view.mentions[claim["speaker"]]
        behind = claim["end"] <= speaker.start < event.start and event.start - speaker.end < _FAR
        same = view.sentence(start).start_char <= speaker.start
        if behind and same and speaker.referents and view.type_of(speaker.referents[0]) in _SPEAKERS:
            filler = Filler(view.token_at[speaker.head], speaker.referents, speaker.kind)
            yield _candidate(filler, event, start, "participated_in.speaker", _SPOKE)
            return


def _opponents(view: DocView, event: Mention) -> Iterator[Candidate]:
    """Both sides of a match that is named by them: "Persija vs Persib"."""
    tokens = view.tokens_in(event.start, event.end)
    middle = next((i for i in tokens if view.doc[i].lower_ in {"vs", "versus"}), None)
    if middle is None:
        return
    for i in (middle - 1, middle + 1):
        side = view.mention_at(i)
        if side is not None and side.kind == "name" and side.type in _ATTENDEES and side.referents:
            filler = Filler(i, side.referents, side.kind)
            yield _candidate(filler, event, middle, "participated_in.sides", _OPPOSED)


def _present(view: DocView) -> Iterator[Candidate]:
    """Those listed behind "hadir" or "dihadiri", at the event of this sentence or the one spoken of last."""
    for token in view.doc:
        if token.lower_ not in word_classes(view.language, "verbs")["presence"]:
            continue
        event = _event_around(view, token)
        if event is None:
            continue
        for filler in listed(view, token.i + 1, _REACH):
            if view.type_of(filler.referents[0]) in _ATTENDEES and filler.referents != event.referents:
                yield _candidate(filler, event, token.i, "participated_in.present", _PRESENT)


def _event_around(view: DocView, token: Token) -> Mention | None:
    """The event of the sentence, else the last one before it."""
    sentence = view.sentence(token.i)
    events = [m for m in view.mentions if m.type == "Event" and m.kind != "pronoun" and m.referents]
    inside = [m for m in events if sentence.start_char <= m.start < token.idx]
    before = [m for m in events if m.end <= token.idx]
    return inside[0] if inside else max(before, key=lambda m: m.start, default=None)


def _candidate(who: Filler, event: Mention, cue: int, frame: str, confidence: float) -> Candidate:
    return Candidate(
        subject=who.referents[0],
        relation="participated_in",
        object=event.referents[0],
        cue_start=cue,
        cue_end=cue + 1,
        frame=frame,
        confidence=confidence,
    )
