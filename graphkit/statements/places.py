"""Statements about where things are, from the order of names: "di Stadion X, Kota Y", "gempa di Z"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from graphkit.model import Mention
from graphkit.statements.match import Candidate
from graphkit.statements.slots import find_fillers
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView

_PLACES = frozenset({"Place", "Country"})
_LOCATED = frozenset({"Place", "Organization"})
_CHAIN, _IN_PLACE, _EVENT = 0.8, 0.6, 0.65
_IN = frozenset({"di"})


def read_places(view: DocView) -> Iterator[Candidate]:
    """Location chains, things "di" a place, and events "di" a place."""
    names = [mention for mention in view.mentions if mention.kind == "name"]
    for first, second in pairwise(names):
        link = _link(view, first, second)
        if link == "located_in.chain" and _enumerates(view, second):
            link = None
        if link is not None and first.referents != second.referents:
            yield _located(view, first, second, link)
    yield from _events(view)


def _link(view: DocView, first: Mention, second: Mention) -> str | None:
    """How two neighbouring names are joined as a part and its whole, if they are."""
    between = view.text[first.end : second.start].strip()
    if second.type not in _PLACES or first.type not in _LOCATED:
        return None
    if between in {",", "),"} and (first.type == "Place" or between == ",") and _in_chain(view, first):
        return "located_in.chain"
    if between == "(" and second.type == "Country":
        return "located_in.bracket"
    return "located_in.di" if between in _IN or between == ", di" else None


def _enumerates(view: DocView, last: Mention) -> bool:
    """ "di Jawa, Bali, dan Sulawesi" names three places, not one within the other."""
    after = view.tokens_in(last.start, last.end).stop
    following = [token.lower_ for token in view.doc[after : after + 2]]
    return following[:1] == ["dan"] or following == [",", "dan"] or following == [",", "serta"]


def _in_chain(view: DocView, first: Mention) -> bool:
    """A list of places ("Jakarta, Bandung dan Medan") is no chain: a chain begins with a preposition or goes on."""
    start = view.token_at[first.start]
    before = view.doc[start - 1] if start else None
    if first.type == "Organization":
        return before is not None and before.lower_ in _IN
    return before is not None and (
        before.lower_ in {"di", "ke", "dari", ",", "kawasan", "(", "daerah"} or before.pos_ == "NOUN"
    )


def _located(view: DocView, first: Mention, second: Mention, frame: str) -> Candidate:
    cue = view.token_at[second.start]
    return Candidate(
        subject=first.referents[0],
        relation="located_in",
        object=second.referents[0],
        cue_start=cue,
        cue_end=cue + 1,
        frame=frame,
        confidence=_CHAIN if frame != "located_in.di" else _IN_PLACE,
        modality="asserted",
    )


def _events(view: DocView) -> Iterator[Candidate]:
    for mention in view.mentions:
        if mention.type != "Event" or not mention.referents:
            continue
        head = view.doc[view.token_at[mention.head]]
        place = _place_of(view, mention, head)
        if place is not None and place[0] != mention.referents[0]:
            yield Candidate(
                subject=mention.referents[0],
                relation="occurred_in",
                object=place[0],
                cue_start=head.i,
                cue_end=head.i + 1,
                frame="occurred_in.di",
                confidence=_EVENT,
            )


def _place_of(view: DocView, mention: Mention, head: Token) -> tuple[int, int] | None:
    """The place right behind an event's name ("KTT G7 di Kanada") or under its head noun."""
    end = view.tokens_in(mention.start, mention.end).stop
    for trigger in (Trigger(head.i, head.i + 1, head.i, "noun"), Trigger(head.i, end, head.i, "noun")):
        for filler in find_fillers(view, trigger, "prep:di"):
            if view.type_of(filler.referents[0]) in _PLACES and filler.token - end < 3:
                return filler.referents[0], filler.token
    return None
