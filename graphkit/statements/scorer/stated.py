"""Candidates from what the scorer takes for likely: the words that evoke it and what else belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from graphkit.mentions.lexicon import load_lexicon
from graphkit.qualifiers import FoundAmount
from graphkit.schema import relations
from graphkit.statements.frames import Frame, Voice
from graphkit.statements.match import Candidate
from graphkit.statements.measures import figure_of
from graphkit.statements.scorer.judge import SCORER, Evoked, Judgement
from graphkit.statements.scorer.pairs import VAGUE
from graphkit.statements.scorer.propose import Proposal
from graphkit.statements.texts import find_text
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView

# What a description is taken for where a relation wants neither it nor its first type most of all.
_SEEN_AS = {"arrested": "Group", "dismissed": "Group", "harmed": "Group", "develops": "Product"}
_OPEN = frozenset({"VERB", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Qualifying:
    """Where the frames of each relation find its qualifiers.

    Args:
        texts: For each relation its text qualifiers with their sources.
        money: Relations that can carry an amount of money.
    """

    texts: Mapping[str, Mapping[str, Sequence[str]]]
    money: frozenset[str]


def qualifying(frames: Sequence[Frame]) -> Qualifying:
    """Collect from frames what qualifies their relations."""
    texts: dict[str, dict[str, list[str]]] = {}
    for frame in frames:
        for name, places in frame.qualifiers.items():
            known = texts.setdefault(frame.relation, {}).setdefault(name, [])
            # The cue of a frame is one of its own words; the scorer's may be any.
            known += [place for place in places if place not in known and place != "cue"]
    return Qualifying(texts, frozenset(frame.relation for frame in frames if frame.amount in {"money", "any"}))


def state(
    view: DocView,
    judgement: Judgement,
    evoked: Evoked,
    qualifiers: Qualifying,
    threshold: float,
    types: dict[int, str],
) -> Iterator[tuple[Candidate, FoundAmount | None]]:
    """Candidates for what no frame read and the scorer takes for likely, with their amounts, likeliest first.

    Args:
        view: The Doc.
        judgement: What the scorer makes of it.
        evoked: Tokens that can evoke a relation, with its name.
        qualifiers: What qualifies each relation.
        threshold: The chance from which something is stated.
        types: Receives new types of things that are only described, so that what is stated of them makes sense.
    """
    order = sorted(range(len(judgement.proposals)), key=lambda n: (-judgement.chances[n], n))
    for n in order:
        proposal, chance = judgement.proposals[n], judgement.chances[n]
        if chance < threshold:
            return
        if proposal.frames or not proposal.pairs or not _typed(view, proposal, types):
            continue
        confidence = round(float(chance), 4)
        if proposal.amount >= 0:
            yield _figure(view, proposal, confidence), view.amounts[proposal.amount]
        else:
            cue = _cue(view, judgement, proposal, evoked)
            yield _candidate(view, proposal, confidence, cue, qualifiers), None


def _typed(view: DocView, proposal: Proposal, types: dict[int, str]) -> bool:
    """Whether the arguments have types that the relation allows; what is only described takes one that it wants."""
    if proposal.amount >= 0:
        return True
    relation = relations()[proposal.relation]
    found = {}
    for referent, wanted in ((proposal.subject, relation.subject_types), (proposal.object, relation.object_types)):
        kind = types.get(referent, view.type_of(referent))
        if kind not in wanted:
            if kind != VAGUE or not view.referents[referent]["described"]:
                return False
            found[referent] = wanted[0] if relation.name not in _SEEN_AS else _SEEN_AS[relation.name]
    types |= found
    return True


def _figure(view: DocView, proposal: Proposal, confidence: float) -> Candidate:
    cue, text = figure_of(view, view.amounts[proposal.amount])
    return Candidate(
        proposal.subject, proposal.relation, None, cue, cue + 1, SCORER, confidence, {"metric": text} if text else {}
    )


def _candidate(view: DocView, proposal: Proposal, confidence: float, cue: Token, qualifiers: Qualifying) -> Candidate:
    texts = (
        _office(view, proposal, cue)
        if proposal.relation == "holds_position"
        else _texts(view, proposal, cue, qualifiers)
    )
    return Candidate(
        subject=proposal.subject,
        relation=proposal.relation,
        object=proposal.object,
        cue_start=cue.i,
        cue_end=cue.i + 1,
        frame=SCORER,
        confidence=confidence,
        texts=texts,
        amount="money" if proposal.relation in qualifiers.money else "",
        timed=proposal.relation != "holds_position",
    )


def _cue(view: DocView, judgement: Judgement, proposal: Proposal, evoked: Evoked) -> Token:
    """The nearest word that evokes the relation by a frame, else what joins the two arguments in the tree."""
    features, pair = judgement.features, proposal.pairs[0]
    first = features.nodes[features.pairs.first[pair]]
    second = features.nodes[features.pairs.second[pair]]
    inside = second if first.outside else first
    sentence = view.sentence(inside.head)
    words = [i for i, name in evoked if name == proposal.relation and sentence.start <= i < sentence.end]
    if words:
        return view.doc[min(words, key=lambda i: (abs(i - first.head) + abs(i - second.head), i))]
    common = view.doc[int(features.pairs.common[pair])]
    if common.pos_ in _OPEN:
        return common
    above = view.doc[inside.head].head
    return above if above.pos_ in _OPEN else view.doc[inside.head]


def _voice(cue: Token) -> Voice:
    if cue.pos_ == "NOUN":
        return "noun"
    return "passive" if cue.lower_.startswith("di") else "active"


def _texts(view: DocView, proposal: Proposal, cue: Token, qualifiers: Qualifying) -> dict[str, str]:
    trigger = Trigger(cue.i, cue.i + 1, cue.i, _voice(cue))
    found = {}
    for name, slots in sorted(qualifiers.texts.get(proposal.relation, {}).items()):
        text = next((text for slot in slots if (text := find_text(view, trigger, slot))), "")
        if text:
            found[name] = text
    return found


def _office(view: DocView, proposal: Proposal, cue: Token) -> dict[str, str]:
    """The title that the article gives to the person, else the one in the cue."""
    titles = load_lexicon(view.language).titles
    known = [office["title"] for office in view.offices if office["person"] == proposal.subject]
    title = known[0] if known else titles.get(cue.lower_, "")
    return {"title": title, "status": "current"} if title else {}
