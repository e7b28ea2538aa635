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
        cue = view.tokens_in(part["start"], part["end"])
        yield Candidate(
            subject=part["part"],
            relation="part_of",
            object=part["whole"],
            cue_start=cue.start,
            cue_end=cue.stop,
            frame="part_of.name",
            confidence=_NAMED,
            timed=False,
            modality="asserted",
        )
