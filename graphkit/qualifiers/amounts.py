"""Amounts in text: money, percentages, measures and counts, in single units.

Written by hand, for the libraries at hand (babel parses a number that is already cut out, quantulum and price-parser
know no Indonesian scales such as "miliar") leave most of the work undone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from graphkit.qualifiers.words import any_of, load_words

_NUMBER = ("low", "lowscale", "high", "highscale")


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in a text.

    Args:
        start: First character.
        end: One past the last.
        value: In single units; the lower bound of a range.
        unit: ISO 4217 code or English unit word.
        text: As written.
        kind: "money", "percent", "measure" or "count".
        approximate: "about", "more than" or "less than", if the text says so.
        high: Upper bound of a range.
    """

    start: int
    end: int
    value: float
    unit: str
    text: str
    kind: str
    approximate: str | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class _Tables:
    pattern: regex.Pattern[str]
    scales: Mapping[str, float]
    numerals: Mapping[str, float]
    before: Mapping[str, str]
    after: Mapping[str, tuple[str, str]]
    measures: Mapping[str, str]
    approximate: Mapping[str, str]


def find_amounts(text: str, language: str = "id") -> list[FoundAmount]:
    """The amounts of a text in order, none overlapping. Plain numbers without a unit are none.

    Args:
        text: Any text.
        language: Language code of the words.
    """
    return list(_found(text, language))


# Mentions and statements ask one after the other for the same text.
@lru_cache(maxsize=2)
def _found(text: str, language: str) -> tuple[FoundAmount, ...]:
    tables = _tables(language)
    return tuple(amount for match in tables.pattern.finditer(text) if (amount := _read(match, tables)) is not None)


@cache
def _tables(language: str) -> _Tables:
    words = load_words(language)
    after = {unit: (code, "money") for unit, code in words["money_after"].items()}
    after |= {unit: (name, "percent" if name == "percent" else "measure") for unit, name in words["units"].items()}
    after |= {unit: (name, "count") for unit, name in words["counts"].items()}
    approximate = {word: kind for kind, group in words["approximate"].items() for word in group}
    number = r"(?:\d+(?:[.,]\d+)*)"
    spelled = any_of(words["numerals"])
    scale = any_of(words["scales"])
    before, units = any_of(words["money_before"]), any_of(after)
    measure = any_of(words["measure_before"])
    one = rf"(?:{number}|\b{spelled}\b(?:\s+(?:puluh|belas|ratus|setengah))?)"
    pattern = regex.compile(
        rf"(?:(?P<approx>\b{any_of(approximate)})\s+)?"
        rf"(?:(?P<before>(?<![\w]){before})\s*|(?P<measure>(?<![\w]){measure})\s*(?=\d))?"
        rf"(?P<low>{one})(?:\s*(?P<lowscale>{scale})\b)?"
        rf"(?:\s*(?:-|–|hingga|sampai|s/d)\s*(?:{before}\s*)?(?P<high>{number})(?:\s*(?P<highscale>{scale})\b)?)?"
        rf"(?:\s*(?P<unit>{units})(?!\w))?",
        regex.IGNORECASE,
    )
    return _Tables(
        pattern,
        words["scales"],
        words["numerals"],
        words["money_before"],
        after,
        words["measure_before"],
        approximate,
    )


def _read(match: regex.Match[str], tables: _Tables) -> FoundAmount | None:
    unit, kind = _unit(match, tables)
    if unit is None or _inside_word(match):
        return None
    low = _number(match["low"], match["lowscale"] or match["highscale"], tables)
    high = _number(match["high"], match["highscale"] or match["lowscale"], tables) if match["high"] else None
    if low is None:
        return None
    start = (
        match.start("before") if match["before"] else match.start("measure") if match["measure"] else match.start("low")
    )
    # "Rp 2 triliun tahun ini", "peringkat ke-3 dunia": a unit of something else belongs to what follows.
    foreign = bool(match["unit"]) and _is_foreign(match, unit, kind, tables)
    end = max(match.end(name) for name in _NUMBER) if foreign else match.end()
    approximate = tables.approximate.get(" ".join(match["approx"].lower().split())) if match["approx"] else None
    return FoundAmount(start, end, low, unit, match.string[start:end], kind, approximate, high)


def _is_foreign(match: regex.Match[str], unit: str, kind: str, tables: _Tables) -> bool:
    """Whether the word after the number is not its unit, for what stands before it is."""
    other, other_kind = _unit_after(match, tables)
    return bool((match["before"] and other_kind != kind) or (match["measure"] and other != unit))


def _unit(match: regex.Match[str], tables: _Tables) -> tuple[str | None, str]:
    if match["before"]:
        return tables.before[match["before"].lower()], "money"
    if match["measure"]:
        return tables.measures[match["measure"].lower()], "measure"
    return _unit_after(match, tables)


def _unit_after(match: regex.Match[str], tables: _Tables) -> tuple[str | None, str]:
    return tables.after[" ".join(match["unit"].lower().split())] if match["unit"] else (None, "")


def _inside_word(match: regex.Match[str]) -> bool:
    start = match.start("low")
    return (
        not match["before"]
        and not match["measure"]
        and start > 0
        and (match.string[start - 1].isalnum() or match.string[start - 1] in "/-.")
    )


def _number(text: str, scale: str | None, tables: _Tables) -> float | None:
    value = _spelled(text, tables) if not text[0].isdigit() else _digits(text, scaled=scale is not None)
    if value is None:
        return None
    factor = tables.scales[scale.lower()] if scale else 1.0
    # 4.3 * 1e9 is 4299999999.999999 in binary: what was written is meant.
    return float(f"{value * factor:.12g}")


def _spelled(text: str, tables: _Tables) -> float | None:
    words = text.lower().split()
    base = tables.numerals[words[0]]
    if words[1:] == ["setengah"]:
        return base + 0.5
    factor = {"puluh": 10, "ratus": 100}.get(words[1]) if len(words) > 1 else 1
    return base + 10 if factor is None else base * factor


def _digits(text: str, *, scaled: bool) -> float | None:
    """A number with the Indonesian signs: points between thousands, a comma before decimals, or the reverse."""
    thousands = regex.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text)
    if thousands and not (scaled and regex.fullmatch(r"\d{1,3}\.\d{3}", text) and text.startswith("0")):
        return float(text.replace(".", "").replace(",", "."))
    if regex.fullmatch(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?", text) or regex.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d+", text):
        return float(text.replace(",", ""))
    if regex.fullmatch(r"\d+(?:,\d+)?", text):
        return float(text.replace(",", "."))
    return float(text) if regex.fullmatch(r"\d+\.\d+", text) else None
