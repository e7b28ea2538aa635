"""Annotated articles, and which pairs and statements of a Doc they make right."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from graphkit.model import Entity
from graphkit.qualifiers import FoundAmount
from graphkit.schema import relations
from graphkit.statements.component import ENTITIES
from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.propose import Proposal
from graphkit.statements.view import DocView

Floats = npt.NDArray[np.float32]
ARTICLES, GOLD = "articles.jsonl", "gold.jsonl"
UNSURE = 0.5
_OVERLAP, _SLACK = 0.6, 0.05


@dataclass(frozen=True, slots=True)
class Fact:
    """An annotated statement as it shows in a Doc.

    Args:
        relation: Its relation.
        subjects: Referents that match its subject.
        objects: Referents that match its object.
        amount: Its amount, for `measure`.
        words: Words of its evidence.
        salient: Whether a reader would expect it.
    """

    relation: str
    subjects: frozenset[int]
    objects: frozenset[int]
    amount: Mapping[str, Any] | None
    words: frozenset[str]
    salient: bool

    def holds(self, subject: int, obj: int, amount: FoundAmount | None) -> bool:
        """Whether a statement of its relation is this one."""
        if self.relation == "measure":
            return subject in self.subjects and amount is not None and _same_amount(self.amount, amount)
        if subject in self.subjects and obj in self.objects:
            return True
        return relations()[self.relation].symmetric and obj in self.subjects and subject in self.objects


def read_gold(path: Path) -> dict[str, dict[str, Any]]:
    """Annotated articles by id, from a file with one JSON object a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {article["id"]: article for article in map(json.loads, filter(str.strip, lines))}


def facts_of(doc: Doc, article: Mapping[str, Any]) -> list[Fact]:
    """The annotated statements of an article, over the referents of its Doc."""
    known = {entity["name"]: aliases(entity) for entity in article["entities"]}
    ours = [aliases(entry) for entry in doc.user_data[ENTITIES]]

    def matching(name: str) -> frozenset[int]:
        wanted = known.get(name, {_plain(name)})
        return frozenset(n for n, names in enumerate(ours) if names & wanted)

    return [
        Fact(
            relation=entry["relation"],
            subjects=matching(entry["subject"]),
            objects=matching(entry["object"]) if entry["relation"] != "measure" else frozenset(),
            amount=(entry.get("qualifiers") or {}).get("amount"),
            words=_words(entry["evidence"]),
            salient=bool(entry["salient"]),
        )
        for entry in article["statements"]
        if entry["relation"] in relations()
    ]


def label_pairs(
    view: DocView, features: Features, facts: Sequence[Fact], names: Sequence[str]
) -> tuple[Floats, Floats]:
    """Which pairs say which relation, and how much that counts.

    A pair says what is annotated for its arguments if its sentence is the evidence. In other sentences it may say it
    again: that is left open. Where no sentence of the pair is the evidence, all are taken, at half weight.

    Returns:
        Targets and weights, a row a pair, a column a relation.
    """
    nodes, pairs = features.nodes, features.pairs
    subjects, objects, amounts = (
        np.array([getattr(nodes[i], name) for i in side.tolist()], dtype=np.int64)
        for side, name in ((pairs.first, "referent"), (pairs.second, "referent"), (pairs.second, "amount"))
    )
    sentences = np.array([nodes[i].sentence for i in pairs.first.tolist()], dtype=np.int64)
    spoken = [_words(sentence.text) for sentence in view.doc.sents]
    labels = np.zeros((len(subjects), len(names)), np.float32)
    weights = np.ones_like(labels)
    for fact in facts:
        column = names.index(fact.relation)
        here = _holding(fact, view, subjects, objects, amounts)
        said = here & _evidence(fact, spoken)[sentences] if len(here) else here
        if said.any():
            weights[here & ~said & (labels[:, column] == 0), column] = 0
            labels[said, column] = 1
            weights[said, column] = 1
        else:
            fresh = here & (labels[:, column] == 0)
            labels[fresh, column] = 1
            weights[fresh, column] = UNSURE
    return labels, weights


def label_proposals(view: DocView, proposals: Sequence[Proposal], facts: Sequence[Fact]) -> list[int]:
    """For each proposal the annotated statement that it is, -1 for none."""
    found = []
    for proposal in proposals:
        amount = view.amounts[proposal.amount] if proposal.amount >= 0 else None
        matches = (
            n
            for n, fact in enumerate(facts)
            if fact.relation == proposal.relation and fact.holds(proposal.subject, proposal.object, amount)
        )
        found.append(next(matches, -1))
    return found


_Ints = npt.NDArray[np.int64]


def _holding(fact: Fact, view: DocView, subjects: _Ints, objects: _Ints, amounts: _Ints) -> npt.NDArray[np.bool_]:
    if fact.relation == "measure":
        same = [n for n, amount in enumerate(view.amounts) if _same_amount(fact.amount, amount)]
        return np.isin(subjects, sorted(fact.subjects)) & np.isin(amounts, same) & (amounts >= 0)
    left, right = sorted(fact.subjects), sorted(fact.objects)
    here = np.isin(subjects, left) & np.isin(objects, right)
    if relations()[fact.relation].symmetric:
        here |= np.isin(subjects, right) & np.isin(objects, left)
    return here


def _evidence(fact: Fact, spoken: Sequence[frozenset[str]]) -> npt.NDArray[np.bool_]:
    shared = np.array([len(fact.words & words) / max(len(fact.words), 1) for words in spoken])
    return (shared >= max(_OVERLAP, shared.max() - _SLACK)) if len(shared) else shared > 1


def _same_amount(gold: Mapping[str, Any] | None, found: FoundAmount) -> bool:
    if not gold or _unit(gold.get("unit")) != _unit(found.unit):
        return False
    return abs(gold["value"] - found.value) <= 0.005 * max(abs(gold["value"]), abs(found.value))


def _unit(text: str | None) -> str:
    return re.sub(r"s\b", "", _plain(text)).replace("metre", "meter").replace("tonne", "ton")


def aliases(entity: Mapping[str, Any] | Entity) -> set[str]:
    """The names of an entity in one form: lower case, no punctuation."""
    entry = entity if isinstance(entity, Mapping) else {"name": entity.name, "mentions": entity.mentions}
    return {_plain(entry["name"]), *map(_plain, entry.get("mentions", ()))} - {""}


def _plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", " ", text if text is not None else "").strip().casefold()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
