"""Names made comparable, and the ids made from them."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_SAME = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\u2018\u2019\u02bc\u0060", "'")
    | dict.fromkeys("\u201c\u201d", '"')
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SEPARATORS = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 80


def normalise(name: str) -> str:
    """A name with one kind of space, dash and quotation mark; its letters and their case are kept."""
    composed = unicodedata.normalize("NFKC", _INVISIBLE.sub("", name))
    return " ".join(composed.translate(_SAME).split())


def slug(name: str) -> str:
    """A name as lower-case ASCII letters, digits and hyphens, fit for an IRI.

    Names that differ in case, accents or punctuation share a slug. Where letters have no ASCII form, or the
    slug would be too long, part of a hash of the name keeps different names apart.
    """
    decomposed = unicodedata.normalize("NFKD", normalise(name).casefold())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    result = _SEPARATORS.sub("-", letters).strip("-")
    lossless = all(character.isascii() or not character.isalnum() for character in letters)
    if result and lossless and len(result) <= _LONGEST_SLUG:
        return result
    digest = hashlib.sha256(letters.encode("utf-8")).hexdigest()[:8]
    return f"{result[:_LONGEST_SLUG]}-{digest}".strip("-")


def entity_id(type_: str, name: str) -> str:
    """The id of an entity of a type and name, such as ``person/budi-santoso``."""
    return f"{type_.lower()}/{slug(name)}"
