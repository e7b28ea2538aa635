"""Which names of an article are one thing: "Vladimir Putin" and "Putin", "Badan Logistik (Balog)" and "Balog"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from graphkit.mentions.names import Name

_ORGANIZATION_AFFIXES = re.compile(r"^(?:pt|cv)\.?\s+|\s+(?:tbk|persero)\.?$|[()]", re.IGNORECASE)

_SHORT_FORM = re.compile(r"\(([\w-]+)\)\s*\w")

# "Putin" alone is the famous one only if nobody else in the article bears the name.
_SHORT = "short"


@dataclass(slots=True)
class Referent:
    """One thing in the world as an article speaks of it.

    Args:
        name: Its fullest form in the text.
        names: Every string by which the text names it, in order of appearance.
        record: Id of its knowledge-base record, if a name is in the knowledge base.
        context: Offices and other words seen beside it.
        described: Whether the text only describes it ("lima tersangka") and never names it.
        descriptions: Further strings by which the text means it ("pertemuan tersebut").
    """

    name: str
    type: str
    names: list[str] = field(default_factory=list)
    record: str | None = None
    context: list[str] = field(default_factory=list)
    described: bool = False
    descriptions: list[str] = field(default_factory=list)


def group_names(doc: Doc, names: Sequence[Name]) -> tuple[list[Referent], list[int]]:
    """Group names into referents.

    Args:
        doc: The Doc.
        names: Its names.

    Returns:
        The referents, and for each name the index of its referent.
    """
    groups = _Groups()
    order = sorted(range(len(names)), key=lambda i: (names[i].start - names[i].end, i))
    assigned = [-1] * len(names)
    # Long names first, so that a short one finds the full one wherever that stands.
    for i in order:
        assigned[i] = groups.place(doc[names[i].start : names[i].end].text, names[i])
    groups.join_acronyms(doc, names, assigned)
    return groups.renumber(doc, names, assigned)


class _Groups:
    def __init__(self) -> None:
        self.referents: list[Referent] = []
        self._by_record: dict[str, int] = {}
        self._by_key: dict[tuple[str, str], int] = {}
        self._by_token: dict[str, list[int]] = {}
        self._merged: dict[int, int] = {}

    def place(self, text: str, name: Name) -> int:
        index = self._find(text, name)
        if index is None:
            index = len(self.referents)
            self.referents.append(Referent(text, name.type, record=name.record))
            if name.type == "Person":
                for token in text.casefold().split():
                    self._by_token.setdefault(token, []).append(index)
        referent = self.referents[index]
        if name.record and (not _shared(name) or referent.record or referent.name == text):
            self._by_record.setdefault(name.record, index)
            referent.record = referent.record or name.record
        self._by_key.setdefault((name.type, _key(text)), index)
        return index

    def _find(self, text: str, name: Name) -> int | None:
        if name.record is not None and name.record in self._by_record and not _shared(name):
            return self._by_record[name.record]
        same = self._by_key.get((name.type, _key(text)))
        if same is not None:
            return same
        if name.type == "Organization":
            return self._company(text)
        if name.type != "Person":
            return None
        tokens = text.casefold().split()
        holders = [i for i in self._by_token.get(tokens[0], ()) if _contains(self.referents[i].name, tokens)]
        wanted = None if _shared(name) else name.record
        compatible = [i for i in holders if wanted in (None, self.referents[i].record)]
        # Two people of one family name in an article: a bare family name names neither.
        if len(compatible) == 1:
            return compatible[0]
        return self._by_record.get(name.record) if name.record is not None else None

    def _company(self, text: str) -> int | None:
        """ "Sagara Pangan" is "PT Sagara Pangan Nusantara Tbk" if no other company begins like it."""
        start = _key(text) + " "
        found = [
            index
            for (kind, key), index in self._by_key.items()
            if kind == "Organization"
            and key.startswith(start)
            and _key(name := self.referents[index].name) != name.casefold()
        ]
        return found[0] if " " in text and len(set(found)) == 1 else None

    def join_acronyms(self, doc: Doc, names: Sequence[Name], assigned: list[int]) -> None:
        """A short name in brackets right after a name is that name's short form."""
        for i in range(len(names) - 1):
            long, short = names[i], names[i + 1]
            gap = doc[long.end : short.start].text
            closed = short.end < len(doc) and doc[short.end].text == ")"
            if (
                gap == "("
                and closed
                and _abbreviates(doc[short.start : short.end].text, doc[long.start : long.end].text)
            ):
                self._merge(assigned[i + 1], assigned[i])
        for n, name in enumerate(names):
            inside = _SHORT_FORM.search(doc[name.start : name.end].text)
            for other, index in enumerate(assigned):
                if inside and doc[names[other].start : names[other].end].text == inside[1]:
                    self._merge(index, assigned[n])
        for i, index in enumerate(assigned):
            while index in self._merged:
                index = self._merged[index]
            assigned[i] = index

    def _merge(self, short: int, long: int) -> None:
        if short == long or short in self._merged or long in self._merged:
            return
        first, second = self.referents[short], self.referents[long]
        if first.record and second.record and first.record != second.record:
            return
        second.record = second.record or first.record
        self._merged[short] = long

    def renumber(self, doc: Doc, names: Sequence[Name], assigned: list[int]) -> tuple[list[Referent], list[int]]:
        """Referents in order of first appearance, with all their strings and their most usual type."""
        new: dict[int, int] = {}
        types: dict[int, Counter[str]] = {}
        result: list[Referent] = []
        for name, index in zip(names, assigned, strict=True):
            if index not in new:
                new[index] = len(result)
                result.append(self.referents[index])
            text = doc[name.start : name.end].text
            referent = result[new[index]]
            if text not in referent.names:
                referent.names.append(text)
            types.setdefault(new[index], Counter())[name.type] += 1
        for i, referent in enumerate(result):
            if referent.record is None:
                referent.type = types[i].most_common(1)[0][0]
        return result, [new[index] for index in assigned]


def _shared(name: Name) -> bool:
    """Whether somebody else may bear the name too."""
    return name.type == "Person" and name.alias_kind == _SHORT


def _key(text: str) -> str:
    return " ".join(_ORGANIZATION_AFFIXES.sub(" ", text.casefold()).split())


def _contains(full: str, tokens: Sequence[str]) -> bool:
    remaining = iter(full.casefold().split())
    return all(token in remaining for token in tokens)


def _abbreviates(short: str, long: str) -> bool:
    """Whether the letters of an acronym stand in the long form in that order, beginning alike."""
    letters = [character for character in short.casefold() if character.isalnum()]
    if not letters or len(short) >= len(long):
        return False
    remaining = iter(long.casefold())
    return letters[0] in {word[0] for word in long.casefold().split()} and all(x in remaining for x in letters)
