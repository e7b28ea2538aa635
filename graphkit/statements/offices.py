"""Statements ``holds_position`` from the offices that the mention step read beside names."""

from __future__ import annotations

from collections.abc import Iterator

from graphkit.schema import relations
from graphkit.statements.match import Candidate
from graphkit.statements.view import DocView

_NAMED, _IMPLIED = 0.9, 0.75


def read_offices(view: DocView) -> Iterator[Candidate]:
    """One candidate for each office with a holder and an organization, country or place."""
    relation = relations()["holds_position"]
    for office in view.offices:
        person, organization = office["person"], office["organization"]
        if person is None or organization is None:
            continue
        if not relation.allows(view.type_of(person), view.type_of(organization)):
            continue
        cue = view.tokens_in(office["start"], office["end"])
        yield Candidate(
            subject=person,
            relation=relation.name,
            object=organization,
            cue_start=cue.start,
            cue_end=cue.stop,
            frame="holds_position.implied" if office["implied"] else "holds_position.title",
            confidence=_IMPLIED if office["implied"] else _NAMED,
            texts={"title": office["title"], "status": office["status"]},
            timed=False,
            modality="asserted",
        )
