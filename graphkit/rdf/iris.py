"""The one place where IRIs are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from graphkit.text import web_address

DEFAULT_BASE = "https://graphkit.example/"

# Vocabularies of others that the graph uses.
VOCABULARIES: Mapping[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}
_OWN = {
    "kg": "o#",
    "r": "r/",
    "e": "e/",
    "s": "s/",
    "v": "v/",
    "ev": "ev/",
    "a": "a/",
    "src": "src/",
    "run": "run/",
}
# What stays as it is, which is most.
_PLAIN, _PLAIN_PATH = re.compile(r"[A-Za-z0-9._~-]*"), re.compile(r"[A-Za-z0-9._~/-]*")


@dataclass(frozen=True, slots=True)
class Iris:
    """Mints the IRIs of a graph.

    Args:
        base: Where the graph's own names live; ends with a slash.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not web_address(self.base) or not self.base.endswith("/"):
            raise ValueError(f"base IRI {self.base!r} must be an http(s) IRI that ends with '/'")

    @property
    def prefixes(self) -> dict[str, str]:
        """All prefixes with what they stand for."""
        return {**VOCABULARIES, **{prefix: self.base + path for prefix, path in _OWN.items()}}

    def term(self, name: str) -> str:
        """A class or property of the graph's own vocabulary."""
        return f"{self.base}o#{name}"

    def relation(self, name: str) -> str:
        """A relation: ``trade_partner`` is ``r/tradePartner``."""
        return f"{self.base}r/{quote_segment(camel_case(name))}"

    def entity(self, entity_id: str) -> str:
        return f"{self.base}e/{_path(entity_id)}"

    def statement(self, statement_id: str) -> str:
        return f"{self.base}s/{_path(statement_id)}"

    def value(self, statement_id: str) -> str:
        return f"{self.base}v/{_path(statement_id)}"

    def evidence(self, statement_id: str, number: int) -> str:
        return f"{self.base}ev/{_path(statement_id)}-{number}"

    def article(self, article_id: str) -> str:
        return f"{self.base}a/{quote_segment(article_id)}"

    def source(self, name: str) -> str:
        """A publisher or author."""
        return f"{self.base}src/{quote_segment(name)}"

    def run(self, name: str) -> str:
        """A run of the software, or the software."""
        return f"{self.base}run/{quote_segment(name)}"

    def id_of(self, iri: str, kind: str) -> str:
        """The id that an IRI was made of.

        Args:
            iri: As a method of this class made it.
            kind: Its prefix: "e", "s", "a", "src" …

        Raises:
            ValueError: If the IRI is of another kind or base.
        """
        start = self.base + _OWN[kind]
        if not iri.startswith(start):
            raise ValueError(f"{iri!r} does not start with {start!r}")
        return unquote(iri[len(start) :], errors="surrogatepass")


def camel_case(name: str) -> str:
    """``trade_partner`` is ``tradePartner``."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def relation_name(camel: str) -> str:
    """``tradePartner`` is ``trade_partner``: the way back of `camel_case` for names of the schema."""
    return re.sub(r"[A-Z]", lambda match: f"_{match[0].lower()}", camel)


def quote_segment(text: str) -> str:
    """Any text as one path segment: percent-encoded UTF-8, in which lone surrogates keep their bytes."""
    if _PLAIN.fullmatch(text):
        return text
    return quote(text.encode("utf-8", errors="surrogatepass"), safe="-._~")


def _path(text: str) -> str:
    if _PLAIN_PATH.fullmatch(text):
        return text
    return "/".join(quote_segment(part) for part in text.split("/"))
