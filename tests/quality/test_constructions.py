"""The shipped pipeline on sixty sentences of our own: how many arcs and names it gets right may only rise."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from graphkit import load_pipeline
from graphkit.training.scores import universal
from tests.quality.test_floors import SLACK

HERE = Path(__file__).parent
SENTENCES = tomllib.loads((HERE / "constructions.toml").read_text(encoding="utf-8"))
FLOORS = tomllib.loads((HERE / "pipeline_floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trained() -> Language:
    return load_pipeline("id", extraction=False)


def arcs(doc: Doc) -> set[str]:
    return {f"{token.text} {universal(token.dep_)} {token.head.text}" for token in doc}


def results(nlp: Language, entries: list[dict[str, Any]]) -> dict[str, tuple[int, int, list[str]]]:
    """Right, wanted and missed arcs and names of some sentences."""
    found = {"arcs": [0, 0, []], "names": [0, 0, []]}
    for entry in entries:
        doc = nlp(entry["text"])
        seen = {"arcs": arcs(doc), "names": {f"{ent.text} {ent.label_}" for ent in doc.ents}}
        for kind, tally in found.items():
            missed = [wanted for wanted in entry[kind] if wanted not in seen[kind]]
            tally[0] += len(entry[kind]) - len(missed)
            tally[1] += len(entry[kind])
            tally[2] += [f"{entry['text']} « {wanted}" for wanted in missed]
    return {kind: (right, wanted, missed) for kind, (right, wanted, missed) in found.items()}


def test_there_are_sixty_sentences_of_every_construction() -> None:
    assert sum(map(len, SENTENCES.values())) == 60 and min(map(len, SENTENCES.values())) >= 3


@pytest.mark.parametrize("kind", ["arcs", "names"])
def test_what_is_right_may_only_rise(kind: str, trained: Language) -> None:
    right, wanted, missed = results(trained, [entry for group in SENTENCES.values() for entry in group])[kind]
    share = right / wanted
    assert share >= FLOORS[kind], f"{share:.3f}; missed:\n" + "\n".join(missed)
    assert share < FLOORS[kind] + SLACK, f"{share:.3f}: raise the floor"


if __name__ == "__main__":
    nlp = load_pipeline("id", extraction=False)
    for construction, group in SENTENCES.items():
        counts = results(nlp, group)
        arc_counts, name_counts = counts["arcs"], counts["names"]
        print(f"{construction:20} arcs {arc_counts[0]}/{arc_counts[1]}  names {name_counts[0]}/{name_counts[1]}")  # noqa: T201
