"""The pipeline step ``graphkit_statements``: writes what a Doc states into ``doc.user_data`` as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.language import article_data, article_offsets
from graphkit.mentions.component import REFERENTS
from graphkit.model import Amount, Entity, Evidence, Statement
from graphkit.schema import Relation, relations_with
from graphkit.statements.attendance import read_attendance
from graphkit.statements.contributions import Contribution
from graphkit.statements.descriptions import read_descriptions
from graphkit.statements.details import describe
from graphkit.statements.match import FrameMatcher
from graphkit.statements.measures import read_ages, read_measures
from graphkit.statements.offices import read_offices
from graphkit.statements.own import frames_with
from graphkit.statements.parts import read_parts
from graphkit.statements.places import read_places
from graphkit.statements.scorer import explain_score, judge, load_weights, qualifying, state
from graphkit.statements.scorer.judge import entry_key
from graphkit.statements.view import DocView

STATEMENTS, ENTITIES = "graphkit.statements", "graphkit.entities"


@Language.factory("graphkit_statements", default_config={"frames": []}, requires=["token.dep", "token.pos"])
def create_statements(nlp: Language, name: str, frames: list[str]) -> StatementReader:
    """Make the step; it needs ``graphkit_mentions`` before it."""
    return StatementReader(nlp.lang, frames)


class StatementReader:
    """Reads statements from Docs with mentions.

    Args:
        language: Language code of the frames to use.
        frames: TOML files with frames and relations of the user's own.

    Raises:
        SchemaError: If a file of frames cannot be used.
    """

    def __init__(self, language: str, frames: Sequence[Path | str] = ()) -> None:
        self._language = language
        self._schema = relations_with(frames)
        known = frames_with(frames, language)
        self.matcher = FrameMatcher(known)
        self._qualifying = qualifying(known)
        self._weights = load_weights(language)
        if not Doc.has_extension("statements"):
            Doc.set_extension("statements", getter=statements_of)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, *self.match(doc))
        return doc

    def match(self, doc: Doc) -> tuple[list[dict[str, Any]], dict[int, str]]:
        """Read the statements of a Doc without changing it.

        Returns:
            The statements, and new types of referents that are only described.
        """
        found, types = self._weighed(self.view(doc))
        return combine(found, self._schema), types

    def view(self, doc: Doc) -> DocView:
        """A Doc as frames look at it."""
        return DocView(doc, self._language, self._schema)

    def readings(self, view: DocView) -> list[dict[str, Any]]:
        """What frames, the other rules and the scorer read, before what says the same is joined."""
        return self._weighed(view)[0]

    def evoked(self, view: DocView) -> list[tuple[int, str]]:
        """Tokens that can evoke a relation, with its name."""
        return self.matcher.evoked(view)

    def read(self, view: DocView) -> list[dict[str, Any]]:
        """What frames and the other rules read, as plain data."""
        found = [describe(view, candidate) for candidate in self._candidates(view)]
        cues = [entry["cue_start"] for entry in found]
        # "Putin says that China is Russia's main trading partner" is read as trade already.
        spare = (describe(view, candidate) for candidate in read_descriptions(view))
        found += [entry for entry in spare if not any(_within(entry, cue) for cue in cues)]
        taken = {
            (entry["start"], str(entry["qualifiers"]["amount"])) for entry in found if "amount" in entry["qualifiers"]
        }
        for candidate, amount in (*read_ages(view), *read_measures(view, view.amounts)):
            entry = describe(view, candidate, amount)
            if (entry["start"], str(entry["qualifiers"]["amount"])) not in taken:
                found.append(entry)
        return found

    def contributions(self, view: DocView, reading: Mapping[str, Any]) -> Sequence[Contribution]:
        """What speaks for and against one of its readings, as the scorer sees it."""
        key = entry_key(view, reading)
        if self._weights is None or key is None:
            return ()
        verdict = explain_score(view, self.read(view), self.evoked(view), self._weights, key)
        return () if verdict is None else (*verdict.clues, *verdict.words)

    def _weighed(self, view: DocView) -> tuple[list[dict[str, Any]], dict[int, str]]:
        """What was read with calibrated confidence, with what the scorer states besides, and new types."""
        found, types = self.read(view), {}
        if self._weights is None:
            return found, types
        evoked = self.evoked(view)
        judgement = judge(view, found, evoked, self._weights)
        chances = judgement.by_key()
        for entry in found:
            key = entry_key(view, entry)
            if key in chances:
                entry["confidence"] = round(chances[key], 4)
        stated = state(view, judgement, evoked, self._qualifying, self._weights.threshold, types)
        return found + [describe(view, candidate, amount) for candidate, amount in stated], types

    def set_annotations(self, doc: Doc, statements: list[dict[str, Any]], types: Mapping[int, str]) -> None:
        """Write the statements into ``doc.user_data``."""
        doc.user_data[STATEMENTS] = statements
        for referent, kind in types.items():
            doc.user_data[REFERENTS][referent]["type"] = kind

    def _candidates(self, view: DocView) -> Iterator[Any]:
        yield from read_offices(view)
        yield from self.matcher.match(view)
        yield from read_places(view)
        yield from read_parts(view)
        yield from read_attendance(view)


def _within(entry: Mapping[str, Any], cue: int) -> bool:
    """Whether a cue stands in the words by which something is described."""
    return entry["cue_end"] <= cue <= entry["cue_end"] + len(entry["qualifiers"].get("as", ""))


def combine(entries: Iterable[Mapping[str, Any]], schema: Mapping[str, Relation]) -> list[dict[str, Any]]:
    """Join readings of one statement: the same arguments, no qualifier in conflict.

    Args:
        entries: Readings as `describe` gives them.
        schema: Their relations, by name.

    Returns:
        Statements in order of first appearance; each has ``evidence``, a list of the places that say it.
    """
    combined: list[dict[str, Any]] = []
    by_arguments: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for entry in sorted(entries, key=lambda item: (item["cue_start"], item["relation"], item["frame"])):
        relation = schema[entry["relation"]]
        group = by_arguments.setdefault(_arguments(entry, relation), [])
        same = next((other for other in group if _agree(other, entry, relation)), None)
        if same is None:
            same = {key: entry[key] for key in ("subject", "relation", "object", "modality", "confidence")}
            same |= {"qualifiers": {}, "claimed_by": [], "evidence": []}
            group.append(same)
            combined.append(same)
        _absorb(same, entry)
    return combined


def _arguments(entry: Mapping[str, Any], relation: Relation) -> tuple[Any, ...]:
    sides = (entry["subject"], entry["object"])
    if relation.symmetric:
        sides = (min(sides), max(sides))
    return (entry["relation"], *sides)


def _agree(first: Mapping[str, Any], second: Mapping[str, Any], relation: Relation) -> bool:
    kept = ("amount", "time", *relation.identity)
    ours, theirs = first["qualifiers"], second["qualifiers"]
    if first["relation"] == "measure" and ours.get("amount") != theirs.get("amount"):
        return False
    if relation.name == "holds_position":
        return True
    return first["modality"] == second["modality"] and all(
        _compatible(ours[name], theirs[name]) for name in kept if name in ours and name in theirs
    )


def _compatible(first: Any, second: Any) -> bool:
    if isinstance(first, str) and isinstance(second, str):
        return first.casefold().startswith(second.casefold()) or second.casefold().startswith(first.casefold())
    return first == second


def _absorb(target: dict[str, Any], entry: Mapping[str, Any]) -> None:
    for name, value in entry["qualifiers"].items():
        known = target["qualifiers"].get(name)
        longer = isinstance(known, str) and isinstance(value, str) and name == "time" and len(value) > len(known)
        if known is None or longer:
            target["qualifiers"][name] = value
    target["qualifiers"] = dict(sorted(target["qualifiers"].items()))
    target["confidence"] = max(target["confidence"], entry["confidence"])
    target["claimed_by"] += [claimant for claimant in entry["claimed_by"] if claimant not in target["claimed_by"]]
    place = {key: entry[key] for key in ("sentence", "start", "end", "cue_start", "cue_end", "frame", "confidence")}
    place["claimed_by"] = list(entry["claimed_by"])
    _add_evidence(target["evidence"], place)


def _add_evidence(evidence: list[dict[str, Any]], place: dict[str, Any]) -> None:
    """One evidence a sentence: where two frames read the same from it, the surer one."""
    for n, known in enumerate(evidence):
        if known["start"] == place["start"]:
            claimed_by = known["claimed_by"] + [c for c in place["claimed_by"] if c not in known["claimed_by"]]
            evidence[n] = {**(place if place["confidence"] > known["confidence"] else known), "claimed_by": claimed_by}
            return
    evidence.append(place)


def statements_of(doc: Doc) -> tuple[Statement, ...]:
    """The statements of a Doc that ran through ``graphkit_statements``; also ``doc._.statements``.

    Entities carry their canonical names if the Doc ran through ``graphkit_linker`` too. Offsets and sentences are
    those of the article, where the Doc carries one, else those of the Doc.
    """
    reader = _Reader(doc)
    return tuple(reader.statement(entry) for entry in doc.user_data.get(STATEMENTS, ()))


def entities_of(doc: Doc) -> list[Entity]:
    """The entities of a Doc, in the order of its referents; with canonical names if it ran through the linker."""
    linked = doc.user_data.get(ENTITIES)
    if linked is not None:
        return [Entity(**{**entry, "mentions": tuple(entry["mentions"])}) for entry in linked]
    return [
        Entity(f"local/{n}", referent["name"], referent["type"], tuple(sorted(referent["names"])))
        for n, referent in enumerate(doc.user_data.get(REFERENTS, ()))
    ]


class _Reader:
    """Statements from the plain data of one Doc."""

    def __init__(self, doc: Doc) -> None:
        article = article_data(doc)
        self._article = article["id"] if article else ""
        self._text = article["text"] if article else doc.text
        self._offsets = article_offsets(doc)
        self._entities = entities_of(doc)

    def statement(self, entry: Mapping[str, Any]) -> Statement:
        qualifiers = {
            name: Amount(**value) if name == "amount" else value for name, value in entry["qualifiers"].items()
        }
        claimed = sorted((self._entities[i] for i in entry["claimed_by"]), key=lambda entity: entity.id)
        obj = quantity(qualifiers["amount"]) if entry["object"] is None else self._entities[entry["object"]]
        return Statement(
            subject=self._entities[entry["subject"]],
            relation=entry["relation"],
            object=obj,
            qualifiers=qualifiers,
            modality=entry["modality"],
            claimed_by=tuple(claimed),
            evidence=tuple(self._evidence(place) for place in entry["evidence"]),
            confidence=entry["confidence"],
        )

    def _evidence(self, place: Mapping[str, Any]) -> Evidence:
        start, end = self._offsets(place["start"], place["end"])
        cue_start, cue_end = self._offsets(place["cue_start"], place["cue_end"])
        return Evidence(
            article=self._article,
            sentence=place["sentence"],
            start=start,
            end=end,
            text=self._text[start:end],
            cue=self._text[cue_start:cue_end],
            cue_start=cue_start,
            cue_end=cue_end,
            frame=place["frame"],
            confidence=place["confidence"],
            claimed_by=self._entities[place["claimed_by"][0]].id if place["claimed_by"] else None,
        )


def quantity(amount: Amount) -> Entity:
    """The entity that a `measure` statement has as its object."""
    value = f"{amount.value:.15g}"
    return Entity(
        f"quantity/{value}-{amount.unit.lower()}", f"{amount.value:,.15g} {amount.unit}", "Quantity", (amount.text,)
    )
