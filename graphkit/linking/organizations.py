"""Organizations across articles: acronyms and spelling variants of those not in the knowledge base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from graphkit.linking.fusion import Clusters
from graphkit.model import Statement

# Also for DuckDB, whose regular expressions (RE2) read it the same.
ACRONYM = r"[A-Z][a-z&-]*[A-Z][A-Za-z&-]{0,8}"
_ACRONYM = re.compile(ACRONYM)

# A variant may differ in one long word of a long name, and only a little ("Dinas Pendidikan Kota Ponorgo").
# Short words and numbers tell branches apart ("Komisi IV", "SMP 2").
_MIN_NAME, _MIN_WORD, _MIN_RATIO = 20, 6, 95.0
# Where so many names differ in one word, the word is what tells them apart.
_LARGEST_BLOCK = 100


@dataclass(slots=True)
class Organizations:
    """What all articles together say of organizations; blocks of alike names are compared, never all pairs.

    Args:
        forms: How often each is called what, by id.
        mentions: All that the texts call it.
        known: Ids of those in the knowledge base.
    """

    forms: dict[str, Counter[str]] = field(default_factory=dict)
    mentions: dict[str, set[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def add(self, id_: str, name: str, mentions: Iterable[str], known: bool, count: int = 1) -> None:
        """Note that one was named."""
        self.forms.setdefault(id_, Counter())[name] += count
        self.mentions.setdefault(id_, set()).update(mentions)
        if known:
            self.known.add(id_)

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> Organizations:
        """Those of statements."""
        found = cls()
        for statement in statements:
            for entity in (statement.subject, statement.object, *statement.claimed_by):
                if entity.type == "Organization":
                    found.add(entity.id, entity.name, entity.mentions, bool(entity.labels))
        return found


def join_organizations(found: Organizations) -> Clusters:
    """Which organizations are one.

    An acronym that the articles use for exactly one organization is that organization. A spelling variant is
    replaced by the more frequent spelling that is at least 95 % alike; variants are compared with such
    spellings only, never with other variants.

    Args:
        found: Those of all articles.
    """
    clusters = Clusters(found.known)
    for id_, goal in _variants({id_: counter for id_, counter in found.forms.items() if id_ not in found.known}):
        clusters.join(id_, goal, "spelling", (max(found.forms[id_]), max(found.forms[goal])))
    for id_, goal, acronym in _acronyms(found):
        clusters.join(id_, goal, "acronym", (acronym, max(found.mentions[goal], key=lambda name: (len(name), name))))
    return clusters


def _acronyms(found: Organizations) -> Iterator[tuple[str, str, str]]:
    full: dict[str, set[str]] = {}
    for id_, names in found.mentions.items():
        if any(" " in name for name in names | set(found.forms[id_])):
            for name in filter(_ACRONYM.fullmatch, names):
                full.setdefault(name, set()).add(id_)
    for id_ in sorted(found.forms):
        counter = found.forms[id_]
        owners = set().union(*(full.get(name, set()) for name in counter)) - {id_}
        if id_ not in found.known and len(owners) == 1 and all(_ACRONYM.fullmatch(name) for name in counter):
            yield id_, min(owners), max(counter)


def _variants(forms: dict[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Spelling variants with the more frequent spelling; only names in one block are compared."""
    blocks: dict[tuple[object, ...], list[str]] = {}
    for id_ in sorted(forms, key=lambda id_: (-forms[id_].total(), id_)):
        keys = list(_blocks(id_))
        goal = next((other for key in keys for other in blocks.get(key, ()) if _alike(id_, other)), None)
        if goal is not None:
            yield id_, goal
            continue
        for key in keys:
            block = blocks.setdefault(key, [])
            if len(block) < _LARGEST_BLOCK:
                block.append(id_)


def _blocks(id_: str) -> Iterator[tuple[object, ...]]:
    """A block for each word in which a variant may differ: all other words, and the word's first letter."""
    words = id_.partition("/")[2].split("-")
    for place, word in enumerate(words):
        if len(id_) >= _MIN_NAME and len(word) >= _MIN_WORD and word.isalpha():
            yield place, word[0], *words[:place], "", *words[place + 1 :]


def _alike(first: str, second: str) -> bool:
    """Whether two names of one block are spellings of one name."""
    ours, theirs = first.partition("/")[2], second.partition("/")[2]
    return len(ours) >= _MIN_NAME and fuzz.ratio(ours, theirs, score_cutoff=_MIN_RATIO) > 0
