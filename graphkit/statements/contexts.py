"""Slots that look beyond the clause of a trigger; `graphkit.statements.slots` lists them with the others."""

from __future__ import annotations

from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView, Filler
from graphkit.statements.words import word_classes

_ACTORS = frozenset({"Person", "Organization", "Country", "Group"})
_APPOSED_REACH = 4


def topic(view: DocView, trigger: Trigger) -> list[Filler]:
    """Whom the sentence is about: its first actor that hangs on no preposition, before the trigger."""
    sentence = view.sentence(trigger.start)
    quoted = view.quoted(trigger.start)
    for i in range(sentence.start, trigger.start):
        token = view.doc[i]
        filler = view.filler(token, direct=False)
        if filler is None or view.quoted(i) != quoted or view.type_of(filler.referents[0]) not in _ACTORS:
            continue
        mention = view.mention_at(i)
        first = i if mention is None else view.token_at[mention.start]
        governed = any(child.dep_ == "case" for child in token.lefts) or (
            first > sentence.start and view.doc[first - 1].pos_ == "ADP"
        )
        if not governed and mention is not None and (mention.kind != "nominal" or token.dep_.startswith("nsubj")):
            return view.fillers(token, direct=False)
    return []


def authority(view: DocView, trigger: Trigger) -> list[Filler]:
    """Who arrests and investigates where nobody is named: the police or court that was spoken of last."""
    words = word_classes(view.language, "verbs")["authorities"]
    found = None
    for mention in view.mentions:
        if view.token_at[mention.start] >= trigger.start:
            break
        first = view.doc[view.token_at[mention.start]].lower_
        if mention.type == "Organization" and mention.referents and first in words:
            found = mention
    if found is None:
        return []
    return [Filler(view.token_at[found.head], found.referents, found.kind, direct=False)]


def apposed(view: DocView, trigger: Trigger) -> list[Filler]:
    """The person who is named right behind a noun: "istrinya, *Infah Novita*", "anaknya bernama *Raka*"."""
    for i in range(trigger.end, min(trigger.end + _APPOSED_REACH, view.sentence(trigger.start).end)):
        mention = view.mention_at(i)
        if mention is not None and mention.kind == "name":
            filler = view.filler(view.doc[i], direct=True)
            return [filler] if filler is not None and mention.type == "Person" else []
        if view.doc[i].lower_ not in {",", "bernama", "yakni", "yaitu", "berinisial", "itu"}:
            return []
    return []
