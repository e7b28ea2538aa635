"""Where a sentence names the subject, the object and the qualifiers of the statement it is evidence for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from graphkit.model import Amount, Entity, Evidence, Qualifier, Statement

Span = tuple[int, int]

# The kinds of a mark, as the page knows them.
SUBJECT, OBJECT, QUALIFIER, CUE = range(4)
_DATE = re.compile(r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?")


def marks(statement: Statement, evidence: Evidence) -> list[int]:
    """The stretches of an evidence sentence to be marked; none overlaps another.

    An entity is looked for under all its names, at the place that is nearest to the cue. What the sentence
    says with a pronoun, or leaves to the sentence before, has no mark.

    Args:
        statement: What the sentence is evidence for.
        evidence: One of its sentences.

    Returns:
        Kind, start, end; kind, start, end …, in order of start. Offsets are code points of the sentence.
    """
    cue = (evidence.cue_start - evidence.start, evidence.cue_end - evidence.start)
    taken: list[tuple[int, int, int]] = []
    for kind, names in _wanted(statement):
        span = _nearest(evidence.text, names, cue[0], [(start, end) for start, end, _ in taken])
        if span is not None:
            taken.append((*span, kind))
    if 0 <= cue[0] < cue[1] <= len(evidence.text) and _free(cue, [(start, end) for start, end, _ in taken]):
        taken.append((*cue, CUE))
    return [value for start, end, kind in sorted(taken) for value in (kind, start, end)]


def _wanted(statement: Statement) -> Iterator[tuple[int, list[str]]]:
    yield SUBJECT, names_of(statement.subject)
    yield OBJECT, names_of(statement.object)
    for name, value in sorted(statement.qualifiers.items()):
        yield QUALIFIER, _written(name, value)


def names_of(entity: Entity) -> list[str]:
    """All names of an entity, the longest first."""
    names = {entity.name, *entity.labels.values(), *entity.mentions}
    return sorted((name for name in names if name.strip()), key=lambda name: (-len(name), name))


def _written(name: str, value: Qualifier) -> list[str]:
    if isinstance(value, Amount):
        return [value.text] if value.text else []
    date = _DATE.match(value) if name == "time" else None
    return [value, *(_dates(date.groupdict()) if date is not None else [])]


def _dates(parts: Mapping[str, str | None]) -> list[str]:
    """How news writes a date in digits, the fullest first."""
    year, month, day = (int(part) if part is not None else None for part in parts.values())
    if month is None or day is None:
        return [str(year)]
    return [f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}", f"{day}/{month}", str(year)]


def _nearest(text: str, names: Sequence[str], cue: int, taken: Sequence[Span]) -> Span | None:
    """The longest name that the text has, where it is nearest to the cue; case counts unless nothing else fits."""
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    for haystack, needles in ((text, names), (folded, [name.casefold() for name in names])):
        for needle in needles:
            found = [span for span in _occurrences(haystack, needle) if _free(span, taken)]
            if found:
                return min(found, key=lambda span: (abs(span[0] - cue), span[0]))
    return None


def _occurrences(text: str, name: str) -> Iterator[Span]:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (before.isalnum() and name[0].isalnum()) and not (after.isalnum() and name[-1].isalnum()):
            yield start, end
        start = text.find(name, start + 1)


def _free(span: Span, taken: Sequence[Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)
