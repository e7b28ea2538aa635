"""Names that stand in pieces in the text: "Gilbert F. Houngbo", "Badan Pendapatan Daerah (Bapenda) Kota Surabaya"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

_BRACKET_LIMIT = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in a Doc.

    Args:
        start: Index of its first token.
        end: One past its last token.
        record: Id of a knowledge-base record that bears the name, if any.
        alias_kind: How the record bears it ("name", "capital", "demonym" …).
        sure: Whether the type comes from data, not from the recogniser's guess.
    """

    start: int
    end: int
    type: str
    record: str | None = None
    alias_kind: str | None = None
    sure: bool = False


def join_names(doc: Doc, names: Sequence[Name], event_tails: frozenset[str]) -> list[Name]:
    """The names with the pieces of one name joined, in order.

    Args:
        doc: The Doc.
        names: Names in order, none overlapping.
        event_tails: Words that end the name of an event ("Open"), whatever stands before.
    """
    found: list[Name] = []
    for name in names:
        if doc[name.end - 1].lower_ in event_tails and not name.record:
            before = found.pop() if found and found[-1].end == name.start else name
            if name.end - before.start > 1:
                name = Name(before.start, name.end, "Event", sure=True)
            elif before is not name:
                found.append(before)
        if found and _goes_on_after_initial(doc, found[-1], name):
            found[-1] = replace(found[-1], end=name.end)
        elif len(found) > 1 and _goes_on_after_bracket(doc, found[-2], found[-1], name):
            found[-2:] = [replace(found[-2], end=name.end, record=None, alias_kind=None)]
        else:
            found.append(name)
    return found


def _goes_on_after_bracket(doc: Doc, first: Name, short: Name, rest: Name) -> bool:
    """ "Badan Pendapatan Daerah (Bapenda) Kota Surabaya" is one name with its short form inside."""
    if first.type != "Organization" or not first.sure or rest.type not in {"Organization", "Place"}:
        return False
    bracketed = doc[first.end : short.start].text == "(" and doc[short.end : rest.start].text == ")"
    one_word = short.end - short.start <= 2 and short.type != "Country"
    return bracketed and one_word and not (rest.record and rest.type == "Organization")


def _goes_on_after_initial(doc: Doc, first: Name, second: Name) -> bool:
    initial = doc[first.end - 1].text.rstrip(".")
    gap = doc[first.end : second.start].text
    single = len(initial) == 1 and initial.isupper() and first.end - first.start > 1
    return single and gap in {"", "."} and first.type == "Person" and second.record is None and second.type != "Country"


def between_places(doc: Doc, names: list[Name]) -> list[Name]:
    """In a chain of places ("di Glodok, Taman Sari, Jakarta") what stands between two is one, too."""
    found = list(names)
    for n in range(1, len(found) - 1):
        before, name, after = found[n - 1], found[n], found[n + 1]
        commas = doc[before.end : name.start].text == "," and doc[name.end : after.start].text == ","
        if commas and before.type == after.type == "Place" and name.record is None and name.type == "Person":
            found[n] = replace(name, type="Place")
    return found


def repeated_names(doc: Doc, names: Sequence[Name], legal_forms: frozenset[str]) -> dict[int, Name]:
    """Where a company that is named in full stands without its legal form, by first token.

    Args:
        doc: The Doc.
        names: Its names.
        legal_forms: Words such as "pt" and "tbk".
    """
    wanted: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        words = [token.text for token in doc[name.start : name.end]]
        core = [word for word in words if word.lower().strip(".") not in legal_forms and word.isalnum()]
        if name.type == "Organization" and name.sure and 1 < len(core) < len(words):
            for size in range(2, len(core) + 1):
                wanted.setdefault(core[0], []).append(tuple(core[:size]))
    found: dict[int, Name] = {}
    for token in doc:
        for words in sorted(wanted.get(token.text, ()), key=len, reverse=True):
            end = token.i + len(words)
            if tuple(other.text for other in doc[token.i : end]) == words and not _inside_longer(names, token.i, end):
                found[token.i] = Name(token.i, end, "Organization", sure=True)
                break
    return found


def _inside_longer(names: Sequence[Name], start: int, end: int) -> bool:
    return any(name.start < start < name.end and name.sure for name in names) or any(
        name.start == start and name.end > end for name in names
    )
