"""Organizations across articles: acronyms and spelling variants of those not in the knowledge base."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from graphkit.model import Entity, Statement

_ACRONYM = re.compile(r"[A-Z][a-z&-]*[A-Z][A-Za-z&-]{0,8}")

# A variant may differ in one long word of a long name, and only a little ("Dinas Pendidikan Kota Ponorgo").
# Short words and numbers tell branches apart ("Komisi IV", "SMP 2").
_MIN_NAME, _MIN_WORD, _MIN_RATIO = 20, 6, 95.0


def join_organizations(statements: Iterable[Statement]) -> dict[str, str]:
    """Ids to replace by the ids of the same organizations.

    An acronym that the articles use for exactly one organization is that organization. A spelling variant is
    replaced by the more frequent spelling that is at least 95 % alike; variants are compared with such
    spellings only, never with other variants.

    Args:
        statements: Statements of all articles.

    Returns:
        Id to id; those that stay are left out.
    """
    forms: dict[str, Counter[str]] = {}
    mentions: dict[str, set[str]] = {}
    linked: set[str] = set()
    for entity in _organizations(statements):
        forms.setdefault(entity.id, Counter())[entity.name] += 1
        mentions.setdefault(entity.id, set()).update(entity.mentions)
        if entity.labels:
            linked.add(entity.id)
    variants = _variants({id_: counter for id_, counter in forms.items() if id_ not in linked})
    acronyms = _acronyms(forms, mentions, linked)
    joined = variants | {id_: variants.get(full, full) for id_, full in acronyms.items()}
    return {id_: goal for id_, goal in sorted(joined.items()) if id_ != goal}


def _organizations(statements: Iterable[Statement]) -> Iterator[Entity]:
    for statement in statements:
        for entity in (statement.subject, statement.object, *statement.claimed_by):
            if entity.type == "Organization":
                yield entity


def _acronyms(forms: dict[str, Counter[str]], mentions: dict[str, set[str]], linked: set[str]) -> dict[str, str]:
    full: dict[str, set[str]] = {}
    for id_, names in mentions.items():
        if any(" " in name for name in names | set(forms[id_])):
            for name in filter(_ACRONYM.fullmatch, names):
                full.setdefault(name, set()).add(id_)
    found = {}
    for id_, counter in forms.items():
        owners = set().union(*(full.get(name, set()) for name in counter)) - {id_}
        if id_ not in linked and len(owners) == 1 and all(_ACRONYM.fullmatch(name) for name in counter):
            found[id_] = min(owners)
    return found


def _variants(forms: dict[str, Counter[str]]) -> dict[str, str]:
    by_gap: dict[tuple[str, ...], list[str]] = {}
    found: dict[str, str] = {}
    for id_ in sorted(forms, key=lambda id_: (-forms[id_].total(), id_)):
        words = id_.partition("/")[2].split("-")
        gaps = [(*words[:i], "", *words[i + 1 :]) for i in range(len(words)) if len(id_) >= _MIN_NAME]
        spellings = (spelling for gap in gaps for spelling in by_gap.get(gap, ()))
        goal = next((spelling for spelling in spellings if _alike(id_, spelling)), None)
        if goal is not None:
            found[id_] = goal
            continue
        for gap in gaps:
            by_gap.setdefault(gap, []).append(id_)
    return found


def _alike(first: str, second: str) -> bool:
    ours, theirs = first.partition("/")[2], second.partition("/")[2]
    pairs = [(a, b) for a, b in zip(ours.split("-"), theirs.split("-"), strict=True) if a != b]
    long_words = all(min(len(a), len(b)) >= _MIN_WORD and a[0] == b[0] and (a + b).isalpha() for a, b in pairs)
    return long_words and len(ours) >= _MIN_NAME and fuzz.ratio(ours, theirs) >= _MIN_RATIO
