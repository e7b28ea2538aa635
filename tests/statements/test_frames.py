"""Every frame reads its own examples and leaves its near misses alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from graphkit.schema import relations
from graphkit.statements.frames import Example, Frame, load_frames
from graphkit.statements.scorer import SCORER

FRAMES = load_frames("id")
EXAMPLES = [(frame, example) for frame in FRAMES for example in frame.examples]


def said(doc: Doc, relation: str) -> set[frozenset[str] | tuple[str, str]]:
    """What frames read; the scorer's own statements are no frame's doing."""
    read = [s for s in doc._.statements if any(e.frame != SCORER for e in s.evidence)]
    found = [(s.subject.name, s.object.name) for s in read if s.relation == relation]
    return {frozenset(pair) if relations()[relation].symmetric else pair for pair in found}


@pytest.mark.parametrize(("frame", "example"), EXAMPLES, ids=[f"{f.id}-{e.text[:40]}" for f, e in EXAMPLES])
def test_examples(frame: Frame, example: Example, read: Callable[..., Doc]) -> None:
    found = said(read(example.text), frame.relation)
    if not example.statements:
        assert not found
    for wanted in example.statements:
        subject, relation, obj = (part.strip() for part in wanted.split("|"))
        pair = (subject, obj)
        assert (frozenset(pair) if relations()[relation].symmetric else pair) in found


def test_ids_are_unique_and_begin_with_the_relation() -> None:
    ids = [frame.id for frame in FRAMES]
    assert len(ids) == len(set(ids))
    assert all(frame.id.split(".")[0] == frame.relation for frame in FRAMES)


def test_every_frame_has_an_example() -> None:
    assert not [frame.id for frame in FRAMES if not any(example.statements for example in frame.examples)]


@pytest.mark.parametrize("relation", sorted(relations()))
def test_every_relation_is_shown_by_examples(relation: str) -> None:
    """Two sentences that say it and one that only looks like it; two relations are read without frames alone."""
    examples = [example for frame in FRAMES if frame.relation == relation for example in frame.examples]
    if relation in {"measure", "holds_position"}:
        assert not examples or any(example.statements for example in examples)
        return
    assert sum(1 for example in examples if example.statements) >= 2
    assert any(not example.statements for example in examples)
