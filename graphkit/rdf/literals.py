"""RDF literals of plain values, and what of a value no literal can carry."""

from __future__ import annotations

import calendar
import datetime as dt
import json
import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pyoxigraph import Literal, NamedNode

from graphkit.rdf.iris import VOCABULARIES

# Characters that no XML document may hold, and with it no RDF/XML and no SPARQL result in XML.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# As engines keep it: RDF 1.1 lets them change tags to lower case.
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?", re.DOTALL)


def text(value: str, language: str | None = None) -> Literal:
    """A literal of any text; what no RDF syntax can carry becomes U+FFFD, one for one, so that offsets hold."""
    safe = _FORBIDDEN.sub("\ufffd", value)
    if language and _LANGUAGE.fullmatch(language.lower()):
        return Literal(safe, language=language)
    return Literal(safe)


def survives(value: str | None) -> bool:
    """Whether a text comes back from a literal as it was."""
    return value is None or not _FORBIDDEN.search(value)


def is_language(tag: str) -> bool:
    """Whether a language code comes back from a literal as it was."""
    return _LANGUAGE.fullmatch(tag) is not None


def typed(value: str, datatype: str) -> Literal:
    """A literal of an XML Schema datatype, such as "date"."""
    return Literal(value, datatype=NamedNode(f"{VOCABULARIES['xsd']}{datatype}"))


def decimal(value: float) -> Literal:
    """A finite number as xsd:decimal, all its digits kept.

    Raises:
        ValueError: If the number is not finite.
    """
    if not math.isfinite(value):
        raise ValueError(f"{value} is no decimal number")
    digits = format(Decimal(repr(float(value))), "f")
    return typed(digits if "." in digits else f"{digits}.0", "decimal")


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


def exact(fields: Mapping[str, Any]) -> Literal:
    """Fields that other literals cannot carry, as JSON in ASCII."""
    return Literal(json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":")))
