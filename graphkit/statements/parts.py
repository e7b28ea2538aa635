"""Statements ``part_of`` from the units that the mention step read inside names."""

from __future__ import annotations

from collections.abc import Iterator

from graphkit.statements.match import Candidate
from graphkit.statements.view import DocView

_NAMED = 0.8


def read_parts(view: DocView) -> Iterator[Candidate]:
    """One candidate for each name that ends with the name of a larger organization."""
    for part in view.parts:
        if part["part"] == part["whole"]:
            continue
        start = view.token_at[part["start"]]
        words = len(view.doc.char_span(part["start"], part["end"], alignment_mode="expand"))
        yield Candidate(
            subject=part["part"],
            relation="part_of",
            object=part["whole"],
            cue_start=start,
            cue_end=start + words,
            frame="part_of.name",
            confidence=_NAMED,
            timed=False,
            modality="asserted",
        )
