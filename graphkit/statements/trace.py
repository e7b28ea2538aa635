"""How a statement was read: the frame or reader, what stood in each slot, where its qualifiers come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphkit.model import Entity
from graphkit.statements.component import StatementReader, entities_of
from graphkit.statements.contributions import Contribution
from graphkit.statements.frames import Frame
from graphkit.statements.match import certainty
from graphkit.statements.readers import readers
from graphkit.statements.slots import find_fillers
from graphkit.statements.texts import find_text
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView, Filler
from graphkit.statements.words import word_classes

Reading: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ParsedToken:
    """A token of the sentence.

    Args:
        head: Position in the sentence of the token it hangs on; its own for the root.
        involved: Whether it is the cue or an argument, stands beside the cue in the tree, or between them.
    """

    text: str
    lemma: str
    pos: str
    relation: str
    head: int
    involved: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Something that stood in a slot.

    Args:
        text: The words at which it was found.
        entity: What they refer to.
        how: "name", "nominal" or "pronoun".
        by_parse: Whether the parse says so, rather than mere nearness.
        factor: What the frame's confidence is multiplied with for it.
        refused: Why it cannot be the argument; empty where it can.
        taken: Whether it is the argument.
    """

    text: str
    entity: str
    type: str
    how: str
    by_parse: bool
    factor: float
    refused: str
    taken: bool


@dataclass(frozen=True, slots=True)
class SlotTrace:
    """A slot that the frame has for an argument, in the order in which it tries them.

    Args:
        side: "subject", "object" or "pair".
    """

    side: str
    slot: str
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value comes from.

    Args:
        name: A qualifier, "modality" or "claimed by".
        why: In words.
    """

    name: str
    value: str
    why: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How one sentence came to say a statement.

    Args:
        tokens: The sentence, parsed.
        frame: The frame that read it; None where a reader without frames did.
        reader: What that reader does; empty for a frame.
        cue: The words that evoked it.
        voice: "active", "passive" or "noun", of the frame's words.
        slots: What stood in each slot of the frame.
        sources: Where qualifiers, modality and claimant come from.
        confidence: Of this sentence, from 0 to 1.
        contributions: What each feature weighed, where a scorer read it; the weightiest first.
        changes: What would have made another statement of it, or none.
    """

    tokens: tuple[ParsedToken, ...]
    frame: Frame | None
    reader: str
    cue: str
    voice: str
    slots: tuple[SlotTrace, ...]
    sources: tuple[Source, ...]
    confidence: float
    contributions: tuple[Contribution, ...]
    changes: tuple[str, ...]


def trace(reader: StatementReader, view: DocView, reading: Reading) -> Trace:
    """Say how a statement was read.

    Args:
        reader: The step that read it.
        view: The Doc, as the step looks at it.
        reading: One of the reader's readings of it.
    """
    entities = entities_of(view.doc)
    fired = _fired(reader, view, reading)
    frame, trigger = fired if fired is not None else (None, None)
    slots = tuple(_slots(view, frame, trigger, reading, entities)) if frame and trigger else ()
    arguments = _arguments(view, reading)
    return Trace(
        tokens=tuple(_tokens(view, reading, arguments)),
        frame=frame,
        reader="" if frame else readers().get(reading["frame"], ""),
        cue=view.text[reading["cue_start"] : reading["cue_end"]],
        voice=trigger.voice if trigger else "",
        slots=slots,
        sources=tuple(_sources(view, frame, trigger, reading, entities)),
        confidence=reading["confidence"],
        contributions=tuple(sorted(reader.contributions(view, reading), key=lambda item: -abs(item.weight))),
        changes=tuple(dict.fromkeys(_changes(view, frame, slots))),
    )


def _fired(reader: StatementReader, view: DocView, reading: Reading) -> tuple[Frame, Trigger] | None:
    """The frame of a reading, and the words at which it fired."""
    cue = view.tokens_in(reading["cue_start"], reading["cue_end"])
    for trigger, frame in reader.matcher.triggers_at(view.doc[cue.start]):
        if frame.id == reading["frame"] and trigger.end == cue.stop:
            return frame, trigger
    return None


def _slots(
    view: DocView, frame: Frame, trigger: Trigger, reading: Reading, entities: Sequence[Entity]
) -> Iterator[SlotTrace]:
    types = _types(view, frame)
    wanted = {"subject": {reading["subject"]}, "object": {reading["object"]}}
    wanted["pair"] = wanted["subject"] | wanted["object"]
    for side in ("pair", "subject", "object"):
        open_ = set(wanted[side])
        for slot in getattr(frame, side):
            fillers = find_fillers(view, trigger, slot)
            pairs = [(filler, referent) for filler in fillers for referent in filler.referents]
            found = [_found(view, entities[r], r in open_, f, types[side]) for f, r in pairs]
            open_ -= {referent for _, referent in pairs}
            yield SlotTrace(side, slot, tuple(found))


def _types(view: DocView, frame: Frame) -> dict[str, frozenset[str]]:
    """The types that each argument may have: the frame's where it takes fewer than the relation."""
    relation = view.schema[frame.relation]
    subject, obj = frozenset(relation.subject_types), frozenset(relation.object_types)
    types = {"subject": frame.subject_types & subject or subject, "object": frame.object_types & obj or obj}
    return types | {"pair": types["subject"] | types["object"]}


def _found(view: DocView, entity: Entity, taken: bool, filler: Filler, types: frozenset[str]) -> Found:
    mention = view.mention_at(filler.token)
    refused = "" if entity.type in types else f"{entity.type} is not among {', '.join(sorted(types))}"
    return Found(
        text=mention.text if mention is not None else view.doc[filler.token].text,
        entity=entity.name,
        type=entity.type,
        how=filler.kind,
        by_parse=filler.direct,
        factor=certainty(filler),
        refused=refused,
        taken=taken and not refused,
    )


def _arguments(view: DocView, reading: Reading) -> set[int]:
    """The tokens of the sentence at which its arguments are mentioned."""
    sentence = _sentence(view, reading)
    wanted = {reading["subject"], reading["object"]}
    heads = (
        view.token_at[mention.head]
        for mention in view.mentions
        if reading["start"] <= mention.start < reading["end"] and wanted & set(mention.referents)
    )
    return {i for i in heads if i in sentence}


def _sentence(view: DocView, reading: Reading) -> range:
    return view.tokens_in(reading["start"], reading["end"])


def _tokens(view: DocView, reading: Reading, arguments: set[int]) -> Iterator[ParsedToken]:
    sentence = _sentence(view, reading)
    cue = set(view.tokens_in(reading["cue_start"], reading["cue_end"]))
    involved = cue | arguments
    for i in (*cue, *arguments):
        involved |= {ancestor.i for ancestor in view.doc[i].ancestors}
    involved |= {child.i for i in cue for child in view.doc[i].children}
    for token in view.doc[sentence.start : sentence.stop]:
        head = token.head.i - sentence.start
        shown = token.i in involved and not token.is_punct
        yield ParsedToken(token.text, token.lemma_, token.pos_, token.dep_, head, shown)


def _sources(
    view: DocView, frame: Frame | None, trigger: Trigger | None, reading: Reading, entities: Sequence[Entity]
) -> Iterator[Source]:
    for name, value in reading["qualifiers"].items():
        if name == "amount":
            yield Source(name, f"{value['value']:,.15g} {value['unit']}", _amount_source(view, reading))
        elif name == "time":
            yield Source(name, value, _time_source(view, reading))
        else:
            yield Source(name, value, _text_source(view, frame, trigger, name))
    yield Source("modality", reading["modality"], _modality_source(view, frame, reading))
    yield Source("claimed by", ", ".join(entities[i].name for i in reading["claimed_by"]), _claim_source(view, reading))


def _text_source(view: DocView, frame: Frame | None, trigger: Trigger | None, name: str) -> str:
    if frame is None or trigger is None:
        return "by what reads it"
    for source in frame.qualifiers.get(name, ()):
        if find_text(view, trigger, source):
            return f"by the frame's source {source!r}"
    return "the frame itself implies it" if name in frame.constants else "by another reading of the sentence"


def _amount_source(view: DocView, reading: Reading) -> str:
    amount = reading["qualifiers"]["amount"]
    inside = [item for item in view.amounts if reading["start"] <= item.start < reading["end"]]
    others = [item.text for item in inside if (item.value, item.unit) != (amount["value"], amount["unit"])]
    return f"written {amount['text']!r}" + (f"; the sentence has also {', '.join(others)}" if others else "")


def _time_source(view: DocView, reading: Reading) -> str:
    iso = reading["qualifiers"]["time"]
    inside = [item for item in view.times if reading["start"] <= item.start < reading["end"]]
    same = [item for item in inside if item.iso == iso]
    others = [f"{item.text!r} ({item.iso})" for item in inside if item.iso != iso]
    tail = f"; the sentence has also {', '.join(others)}" if others else ""
    if same:
        relative = not any(iso[:4] in item.text for item in same) and view.published is not None
        day = f", seen from the article's date {view.published}" if relative else ""
        return f"written {same[0].text!r}{day}{tail}"
    if any(item.iso == iso for item in view.times):
        return f"written in another sentence{tail}"
    return f"not written as such; the article's date is {view.published}{tail}"


def _modality_source(view: DocView, frame: Frame | None, reading: Reading) -> str:
    if frame is not None and frame.modality:
        return "the frame implies it"
    classes = word_classes(view.language, "modality")
    words = [token.lower_ for token in view.doc[_sentence(view, reading).start : _sentence(view, reading).stop]]
    said = {name: [word for word in words if word in listed] for name, listed in classes.items()}
    if said.get(reading["modality"]):
        return f"for {', '.join(said[reading['modality']])!r} in the sentence"
    others = [word for name in said for word in said[name]]
    if reading["modality"] != "asserted":
        return "by what reads it"
    return f"{', '.join(others)!r} is there, but not for this" if others else "no word in the sentence says otherwise"


def _claim_source(view: DocView, reading: Reading) -> str:
    if view.schema[reading["relation"]].broader == "speech":
        return "its subject is who says it"
    claim = view.claim_at(reading["cue_start"])
    if claim is None:
        return "the article itself says it"
    words = " ".join(view.text[claim["start"] : claim["end"]].split())
    speaker = view.mentions[claim["speaker"]]
    how = "a quotation of" if claim["quoted"] else "the words of"
    shown = words if len(words) <= 100 else f"{words[:99]}…"
    return f"{how} {speaker.text!r}" + ("" if speaker.referents else ", who stays unknown") + f": {shown!r}"


def _changes(view: DocView, frame: Frame | None, slots: Sequence[SlotTrace]) -> Iterator[str]:
    if frame is None:
        return
    taken = {found.entity for part in slots for found in part.found if found.taken}
    for part in slots:
        used = any(found.taken for found in part.found)
        for found in part.found:
            if found.entity in taken:
                continue
            if found.refused:
                yield f"{found.entity} stood in slot {part.slot!r} of the {part.side}, but {found.refused}"
            elif not used:
                yield f"without what it took, slot {part.slot!r} would give {found.entity} as the {part.side}"
    types = _types(view, frame)
    for side in ("subject", "object"):
        yield f"only {', '.join(sorted(types[side]))} can be the {side}"
    if frame.needs:
        yield f"without one of {', '.join(sorted(frame.needs))} in the sentence it would not fire"
    if frame.bars:
        yield f"with {' or '.join(sorted(frame.bars))} right beside its words it would not fire"
    for example in frame.examples:
        if not example.statements:
            yield f"a near miss, which it leaves alone: {example.text}"
