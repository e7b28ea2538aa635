"""Small operations on names that several layers share."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def slug(text: str) -> str:
    """A short, stable form of a name for ids: lower case, words joined by dashes, accents dropped.

    Args:
        text: Any string.

    Returns:
        Letters, digits and dashes only; letters of other scripts are kept; "x" where nothing is left.
    """
    folded = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in folded if not unicodedata.combining(character))
    return _NOT_WORD.sub("-", plain.casefold()).strip("-")[:80].strip("-") or "x"


def normalize(text: str) -> str:
    """A name as it is compared: one space between words, plain dashes and quotes, case kept."""
    table = {0x2010: "-", 0x2011: "-", 0x2012: "-", 0x2013: "-", 0x2019: "'", 0x2018: "'", 0x00A0: " "}
    return " ".join(unicodedata.normalize("NFC", text).translate(table).split())
