"""Statements that frames read from a Doc: find triggers, fill slots, check types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from graphkit.schema import Relation
from graphkit.statements.frames import Frame, Voice
from graphkit.statements.morphology import without_clitic
from graphkit.statements.slots import find_fillers
from graphkit.statements.texts import find_text
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView, Filler

_BY_PLACE = 0.75
_BY_PRONOUN = 0.85


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement between referents of one Doc, not yet written down.

    Args:
        subject: Index of the subject's referent.
        object: Index of the object's referent; none for a quantity.
        cue_start: First token of the words that evoked it.
        cue_end: One past their last token.
        frame: Id of the frame, or of the reader, that found it.
        texts: Text qualifiers.
        amount: Kind of amount to look for beside the cue, "" for none.
        timed: Whether a time beside the cue belongs to it: "Presiden Putin, Kamis (5/6)" dates no office.
        modality: What the frame implies, "" to read it from the sentence.
    """

    subject: int
    relation: str
    object: int | None
    cue_start: int
    cue_end: int
    frame: str
    confidence: float
    texts: Mapping[str, str] = field(default_factory=dict)
    amount: str = ""
    timed: bool = True
    modality: str = ""


class FrameMatcher:
    """Matches frames on Docs.

    Args:
        frames: The frames, most specific first: a trigger that a longer one covers does not fire.
    """

    def __init__(self, frames: Sequence[Frame]) -> None:
        self._index: dict[str, list[tuple[tuple[str, ...], Voice, Frame]]] = {}
        for frame in frames:
            for words, voice in frame.triggers:
                self._index.setdefault(words[0], []).append((words[1:], voice, frame))
        for entries in self._index.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, view: DocView) -> Iterator[Candidate]:
        """Statements that the frames read, in order of their triggers."""
        for token in view.doc:
            if view.mention_at(token.i) is not None and view.mention_at(token.i).kind == "name":
                continue
            fired: set[str] = set()
            for trigger, frame in self.triggers_at(token):
                if trigger.voice != "noun" and token.pos_ == "NOUN" and len(token) < 5:
                    continue
                if frame.relation in fired or not _fits_sentence(view, frame, token, trigger):
                    continue
                found = list(read_with(view, frame, trigger))
                if found:
                    fired.add(frame.relation)
                yield from found

    def evoked(self, view: DocView) -> list[tuple[int, str]]:
        """Tokens outside names that can evoke a relation, with its name, in order."""
        found: set[tuple[int, str]] = set()
        for token in view.doc:
            mention = view.mention_at(token.i)
            if mention is None or mention.kind != "name":
                found |= {(trigger.head, frame.relation) for trigger, frame in self.triggers_at(token)}
        return sorted(found)

    def triggers_at(self, token: Token) -> Iterator[tuple[Trigger, Frame]]:
        """The frames whose words begin at a token, those with most words first."""
        word = token.lower_
        entries = self._index.get(word, [])
        stripped = without_clitic(word)
        if stripped != word:
            nouns = [entry for entry in self._index.get(stripped, ()) if entry[1] == "noun"]
            entries = sorted([*entries, *nouns], key=lambda entry: -len(entry[0]))
        for rest, voice, frame in entries:
            trigger = _trigger(token, rest, voice)
            if trigger is not None:
                yield trigger, frame


def _trigger(token: Token, rest: tuple[str, ...], voice: Voice) -> Trigger | None:
    """The trigger that begins at a token, if the words after it follow."""
    # Most triggers are one word; spans of a Doc cost much more than tokens.
    if not rest:
        return Trigger(token.i, token.i + 1, token.i, voice)
    end = token.i + 1 + len(rest)
    words = (part.lower_ for part in token.doc[token.i + 1 : end])
    if tuple(without_clitic(word) if voice == "noun" else word for word in words) != rest:
        return None
    return Trigger(token.i, end, token.doc[token.i : end].root.i, voice)


def _fits_sentence(view: DocView, frame: Frame, token: Token, trigger: Trigger) -> bool:
    if frame.bars:
        beside = token.doc[max(trigger.start - 1, 0) : min(trigger.end + 2, len(token.doc))]
        if any(other.lower_ in frame.bars for other in beside):
            return False
    return not frame.needs or any(other.lower_ in frame.needs for other in view.sentence(token.i))


def read_with(view: DocView, frame: Frame, trigger: Trigger) -> Iterator[Candidate]:
    """The statements that one frame reads at its trigger."""
    pairs = list(_pairs(view, frame, trigger)) or list(_arguments(view, frame, trigger))
    if not pairs:
        return
    texts = {**frame.constants, **_texts(view, frame, trigger)}
    for (subject, s_filler), (obj, o_filler) in pairs:
        yield Candidate(
            subject=subject,
            relation=frame.relation,
            object=obj,
            cue_start=trigger.start,
            cue_end=trigger.end,
            frame=frame.id,
            confidence=round(frame.confidence * certainty(s_filler) * certainty(o_filler), 4),
            texts=texts,
            amount=frame.amount,
            modality=frame.modality,
        )


_Side = tuple[int, Filler]


def _pairs(view: DocView, frame: Frame, trigger: Trigger) -> Iterator[tuple[_Side, _Side]]:
    """Both arguments from one coordination or group: "Tiongkok dan Rusia", "kedua negara"."""
    relation = view.schema[frame.relation]
    for slot in frame.pair:
        sides = [(referent, filler) for filler in find_fillers(view, trigger, slot) for referent in filler.referents]
        found = [
            (left, right)
            for n, left in enumerate(sides)
            for right in sides[n + 1 :]
            if left[0] != right[0] and _allowed(view, frame, relation, left[0], right[0])
        ]
        if found:
            yield from found
            return


def _arguments(view: DocView, frame: Frame, trigger: Trigger) -> Iterator[tuple[_Side, _Side]]:
    relation = view.schema[frame.relation]
    for subject_slot in frame.subject:
        subjects = _sides(view, trigger, subject_slot)
        for object_slot in frame.object if subjects else ():
            objects = _sides(view, trigger, object_slot)
            found = [
                (s, o)
                for s in subjects
                for o in objects
                if s[0] != o[0] and _allowed(view, frame, relation, s[0], o[0])
            ]
            if found:
                yield from found
                return


def _sides(view: DocView, trigger: Trigger, slot: str) -> list[_Side]:
    fillers = find_fillers(view, trigger, slot)
    return [
        (referent, filler)
        for filler in fillers
        if slot == "self" or not trigger.start <= filler.token < trigger.end
        for referent in filler.referents
    ]


def _allowed(view: DocView, frame: Frame, relation: Relation, subject: int, obj: int) -> bool:
    subject_type, object_type = view.type_of(subject), view.type_of(obj)
    if frame.subject_types and subject_type not in frame.subject_types:
        return False
    if frame.object_types and object_type not in frame.object_types:
        return False
    return relation.allows(subject_type, object_type)


def certainty(filler: Filler) -> float:
    """How much less sure a frame is with an argument that was found by nearness, or is a pronoun."""
    return (1.0 if filler.direct else _BY_PLACE) * (_BY_PRONOUN if filler.kind == "pronoun" else 1.0)


def _texts(view: DocView, frame: Frame, trigger: Trigger) -> dict[str, str]:
    found = {}
    for name, slots in frame.qualifiers.items():
        text = next((text for slot in slots if (text := find_text(view, trigger, slot))), "")
        if text:
            found[name] = text
    return found
