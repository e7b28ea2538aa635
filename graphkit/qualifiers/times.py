"""Times in text as ISO 8601, as exact as the text and the date of the article allow.

Plain arithmetic over CLDR's names: dateparser, which reads the dates of articles' metadata, is too slow to be tried
on every word and does not say how exact a date is.
"""

from __future__ import annotations

import bisect
import calendar
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from graphkit.qualifiers.words import any_of, load_words, month_numbers, weekday_numbers

_CENTURY = 2000


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time in a text.

    Args:
        start: First character.
        end: One past the last.
        iso: "2024", "2022-02", "2025-06-05" or an interval of two of them with a slash.
        text: As written.
    """

    start: int
    end: int
    iso: str
    text: str


_Reader = Callable[[regex.Match[str], dt.date | None, str], str | None]


def find_times(text: str, published: dt.date | None, language: str = "id") -> list[FoundTime]:
    """The times of a text in order, none overlapping.

    Args:
        text: Any text.
        published: Date of the article; without it only times that name their year are found.
        language: Language code of the words.
    """
    found: list[FoundTime] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _patterns(language):
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in _near(taken, start)):
                continue
            iso = read(match, published, language)
            if iso is not None:
                found.append(FoundTime(start, end, iso, match[0]))
                bisect.insort(taken, (start, end))
    return sorted(found, key=lambda time: time.start)


def _near(taken: list[tuple[int, int]], start: int) -> Iterator[tuple[int, int]]:
    """Spans that may overlap one that begins at a character; those taken are sorted and short."""
    at = bisect.bisect_left(taken, (start, start))
    yield from taken[max(at - 1, 0) : at + 2]


@cache
def _patterns(language: str) -> tuple[tuple[regex.Pattern[str], _Reader], ...]:
    """Patterns with their readers, the most telling first: what one has taken, the next leave alone."""
    words = load_words(language)
    month, weekday = any_of(month_numbers(language)), any_of(weekday_numbers(language))
    periods = words["periods"]
    when = any_of([*periods["past"], *periods["present"], *periods["future"]])
    relative = any_of([*periods["year"], *periods["month"], *periods["week"]])
    parts = any_of([*periods["quarter"], *periods["half"]])
    number = any_of([n for n in words["numerals"] if n not in {"nol", "setengah"}])
    rules: list[tuple[str, _Reader]] = [
        (rf"(?<d1>\d{{1,2}})\s*[-–]\s*(?<d2>\d{{1,2}})\s+(?<month>{month})\b\.?(?:\s+(?<year>\d{{4}}))?", _day_range),
        (rf"(?<day>\d{{1,2}})\s+(?<month>{month})\b\.?(?:\s+(?<year>\d{{4}})\b)?", _day_month),
        (r"(?<day>\d{1,2})[/](?<m>\d{1,2})[/](?<year>\d{4}|\d{2})\b", _numeric),
        (r"\((?<day>\d{1,2})[/](?<m>\d{1,2})\)", _numeric),
        (r"\b(?<year>(?:19|20)\d{2})-(?<m>\d{2})-(?<day>\d{2})\b", _numeric),
        (rf"\b(?<part>{parts})\s*(?:ke-)?(?<n>[1-4]|IV|I{{1,3}})[\s/-]*(?:tahun\s+)?(?<year>\d{{4}})\b", _part_of_year),
        (rf"\b(?<month>{month})\s*(?:hingga|sampai|-|–)\s*(?<month2>{month})\s+(?<year>\d{{4}})\b", _month_range),
        (rf"\b(?<month>{month})\s+(?<year>(?:19|20)\d{{2}})\b", _month_year),
        (r"\b(?<y1>(?:19|20)\d{2})\s*[-–/]\s*(?<y2>(?:19|20)\d{2})\b", _year_range),
        (r"(?<![\d.,/])\b(?<year>(?:19|20)\d{2})\b(?![.,/]?\d|\s*(?:orang|rupiah|persen|ton|km|unit|meter))", _year),
        (rf"\b(?<n>\d{{1,2}}|{number})\s+(?<unit>hari|pekan|minggu|bulan|tahun)\s+(?:yang\s+)?(?:lalu|silam)\b", _ago),
        (rf"\b(?<weekday>{weekday})\s+(?:pekan|minggu)\s+(?<when>{when})\b", _weekday_of_week),
        (rf"\b(?<weekday>{weekday})\b(?:\s+(?<when>{any_of(periods['future'])})\b)?(?!\s*,?\s*\(?\d)", _weekday),
        (rf"\b(?<unit>{relative})\s+(?<when>{when})\b", _relative),
        (rf"\b(?<month>{month})\s+(?<when>{when})\b", _month_relative),
        (rf"\b{any_of(words['days'])}\b", _named_day),
        (rf"(?:\bpada\s+(?:bulan\s+)?|\bbulan\s+)(?<month>{month})\b(?!\s+\d)", _month_alone),
    ]
    return tuple((regex.compile(pattern, regex.IGNORECASE), read) for pattern, read in rules)


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def _nearest_year(month: int, day: int, published: dt.date | None) -> int | None:
    """The year that brings a day and month nearest to the article."""
    if published is None:
        return None
    years = [year for year in (published.year - 1, published.year, published.year + 1) if _date(year, month, day)]
    return min(years, key=lambda year: (abs((dt.date(year, month, day) - published).days), year), default=None)


def _month(match: regex.Match[str], language: str, group: str = "month") -> int:
    return month_numbers(language)[match[group].lower().rstrip(".")]


def _day_month(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    month, day = _month(match, language), int(match["day"])
    year = int(match["year"]) if match["year"] else _nearest_year(month, day, published)
    return None if year is None else _date(year, month, day)


def _day_range(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    month, first, last = _month(match, language), int(match["d1"]), int(match["d2"])
    year = int(match["year"]) if match["year"] else _nearest_year(month, last, published)
    if year is None or first >= last:
        return None
    start, end = _date(year, month, first), _date(year, month, last)
    return f"{start}/{end}" if start and end else None


def _numeric(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    day, month = int(match["day"]), int(match["m"])
    groups = match.groupdict()
    if groups.get("year"):
        year = int(match["year"])
        return _date(year if year >= 100 else _CENTURY + year, month, day)
    year = _nearest_year(month, day, published) if 1 <= month <= 12 else None
    return None if year is None else _date(year, month, day)


def _part_of_year(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    roman = {"I": 1, "II": 2, "III": 3, "IV": 4}
    n = roman.get(match["n"].upper()) or int(match["n"])
    months = 3 if match["part"].lower() in load_words(language)["periods"]["quarter"] else 6
    if n * months > 12:
        return None
    return f"{match['year']}-{(n - 1) * months + 1:02}/{match['year']}-{n * months:02}"


def _month_range(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    first, last = _month(match, language), _month(match, language, "month2")
    return f"{match['year']}-{first:02}/{match['year']}-{last:02}" if first < last else None


def _month_year(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    return f"{match['year']}-{_month(match, language):02}"


def _year_range(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    return f"{match['y1']}/{match['y2']}" if match["y1"] < match["y2"] else None


def _year(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    return match["year"]


def _ago(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    if published is None:
        return None
    word = match["n"].lower()
    n = int(word) if word.isdigit() else int(load_words(language)["numerals"][word])
    periods = load_words(language)["periods"]
    unit = match["unit"].lower()
    if unit in periods["year"]:
        return str(published.year - n) if published.year > n else None
    if unit in periods["month"]:
        return _shift_month(published, -n)
    days = n * 7 if unit in periods["week"] else n
    return (published - dt.timedelta(days=days)).isoformat()


def _weekday(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    """The last such day up to the article's date, or the next one where the text says so."""
    if published is None:
        return None
    if match["weekday"].lower() in load_words(language)["periods"]["week"] and match["weekday"][0].islower():
        return None
    wanted = weekday_numbers(language)[match["weekday"].lower()]
    if match["when"]:
        return (published + dt.timedelta(days=(wanted - published.weekday() - 1) % 7 + 1)).isoformat()
    return (published - dt.timedelta(days=(published.weekday() - wanted) % 7)).isoformat()


def _weekday_of_week(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    if published is None:
        return None
    wanted = weekday_numbers(language)[match["weekday"].lower()]
    monday = published - dt.timedelta(days=published.weekday())
    shift = _direction(match, language) * 7
    return (monday + dt.timedelta(days=wanted + shift)).isoformat()


def _direction(match: regex.Match[str], language: str) -> int:
    periods: Mapping[str, Any] = load_words(language)["periods"]
    when = match["when"].lower()
    return -1 if when in periods["past"] else 1 if when in periods["future"] else 0


def _relative(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    if published is None:
        return None
    periods, shift = load_words(language)["periods"], _direction(match, language)
    unit = match["unit"].lower()
    if unit in periods["year"]:
        return str(published.year + shift)
    if unit in periods["month"]:
        return _shift_month(published, shift)
    monday = published + dt.timedelta(days=7 * shift - published.weekday())
    return f"{monday.isoformat()}/{(monday + dt.timedelta(days=6)).isoformat()}"


def _shift_month(published: dt.date, shift: int) -> str:
    months = published.year * 12 + published.month - 1 + shift
    return f"{months // 12}-{months % 12 + 1:02}"


def _month_relative(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    """ "April lalu": the last April before the article; "April mendatang": the next."""
    if published is None:
        return None
    month, shift = _month(match, language), _direction(match, language)
    year = published.year
    if shift < 0 and month >= published.month:
        year -= 1
    elif shift > 0 and month <= published.month:
        year += 1
    return f"{year}-{month:02}"


def _month_alone(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    if published is None:
        return None
    month = _month(match, language)
    middle = min(15, calendar.monthrange(published.year, month)[1])
    year = _nearest_year(month, middle, published)
    return f"{year}-{month:02}"


def _named_day(match: regex.Match[str], published: dt.date | None, language: str) -> str | None:
    if published is None:
        return None
    shift = load_words(language)["days"][" ".join(match[0].lower().split())]
    return (published + dt.timedelta(days=shift)).isoformat()
