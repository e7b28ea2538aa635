"""What RDF literals hold of plain values, and what of a value no literal can carry."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

# Characters that no XML document may hold, and with it no RDF/XML and no SPARQL result in XML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# As engines keep it: RDF 1.1 lets them change tags to lower case.
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", re.DOTALL)


def safe(value: str) -> str:
    """A text as literals can have it; what no RDF syntax can carry becomes U+FFFD, one for one, so offsets hold."""
    return _FORBIDDEN.sub("\ufffd", value)


@lru_cache(maxsize=256)
def tag(language: str | None) -> str | None:
    """The language tag of a text, where its language is one."""
    return language if language and _LANGUAGE.fullmatch(language.lower()) else None


def survives(value: str | None) -> bool:
    """Whether a text comes back from a literal as it was."""
    return value is None or not _FORBIDDEN.search(value)


def is_language(tag: str) -> bool:
    """Whether a language code comes back from a literal as it was."""
    return _LANGUAGE.fullmatch(tag) is not None


def decimal(value: float) -> str:
    """A finite number as xsd:decimal has it, all its digits kept.

    Raises:
        ValueError: If the number is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no decimal number")
    digits = format(Decimal(repr(float(value))), "f")
    return digits if "." in digits else f"{digits}.0"


@lru_cache(maxsize=4096)
def days(time: str) -> tuple[str, str] | None:
    """The first and the last day of an ISO 8601 time or interval; None where it is no date of the calendar."""
    first, _, last = time.partition("/")
    start, end = _day(first, first_of_it=True), _day(last if last else first, first_of_it=False)
    return (start.isoformat(), end.isoformat()) if start and end and start <= end else None


def _day(time: str, *, first_of_it: bool) -> dt.date | None:
    match = _DATE.fullmatch(time)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2] or (1 if first_of_it else 12))
    try:
        last = 1 if first_of_it else calendar.monthrange(year, month)[1]
        return dt.date(year, month, int(match[3] or last))
    except ValueError:
        return None


def exact(fields: Mapping[str, Any]) -> str:
    """Fields that other literals cannot carry, as JSON in ASCII."""
    return json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
