"""What RDF is made of, in two ways: as terms of Oxigraph, or as the text of N-Quads, which costs a tenth.

`graphkit.rdf.triples` writes with either; a test holds both to the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

_Q = TypeVar("_Q", covariant=True)

# As Oxigraph escapes, which is canonical N-Quads (W3C, "RDF 1.2 N-Quads").
_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f]')
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {ord(char): f"\\{name}" for char, name in zip('\b\t\n\f\r"\\', 'btnfr"\\', strict=True)}
_DEFAULT_GRAPH = DefaultGraph()


class Terms(Protocol[_Q]):
    """Makes terms and quads."""

    def name(self, iri: str) -> Any:
        """An IRI, which must be valid."""

    def literal(self, value: str, language: str | None = None, datatype: str | None = None) -> Any:
        """A literal with a language, or a datatype, or neither."""

    def triple(self, subject: Any, predicate: Any, value: Any) -> Any:
        """A triple as a term."""

    def quad(self, subject: Any, predicate: Any, value: Any, graph: Any = None) -> _Q:
        """A quad; without a graph it is in the default one."""

    def quads(self, subject: Any, pairs: Iterable[tuple[Any, Any]], graph: Any = None) -> Iterable[_Q]:
        """The quads of a subject, given their predicates and values."""


class OxigraphTerms:
    """Terms of Oxigraph."""

    def name(self, iri: str) -> NamedNode:
        return NamedNode(iri)

    def literal(self, value: str, language: str | None = None, datatype: str | None = None) -> Literal:
        return Literal(value, language=language, datatype=NamedNode(datatype) if datatype is not None else None)

    def triple(self, subject: NamedNode, predicate: NamedNode, value: NamedNode) -> Triple:
        return Triple(subject, predicate, value)

    def quad(self, subject: NamedNode, predicate: NamedNode, value: Any, graph: NamedNode | None = None) -> Quad:
        return Quad(subject, predicate, value, _DEFAULT_GRAPH if graph is None else graph)

    def quads(
        self, subject: NamedNode, pairs: Iterable[tuple[NamedNode, Any]], graph: NamedNode | None = None
    ) -> Iterable[Quad]:
        return [self.quad(subject, predicate, value, graph) for predicate, value in pairs]


class Lines:
    """Lines of N-Quads with their ends; those of a subject in one piece, for it is the number of pieces that costs."""

    def name(self, iri: str) -> str:
        return f"<{iri}>"

    def literal(self, value: str, language: str | None = None, datatype: str | None = None) -> str:
        text = value.translate(_ESCAPES) if _ESCAPED.search(value) else value
        if language is not None:
            return f'"{text}"@{language.lower()}'
        return f'"{text}"' if datatype is None else f'"{text}"^^<{datatype}>'

    def triple(self, subject: str, predicate: str, value: str) -> str:
        return f"<<( {subject} {predicate} {value} )>>"

    def quad(self, subject: str, predicate: str, value: str, graph: str | None = None) -> str:
        return f"{subject} {predicate} {value} .\n" if graph is None else f"{subject} {predicate} {value} {graph} .\n"

    def quads(self, subject: str, pairs: Iterable[tuple[str, str]], graph: str | None = None) -> Iterable[str]:
        end = " .\n" if graph is None else f" {graph} .\n"
        return ("".join([f"{subject} {predicate} {value}{end}" for predicate, value in pairs]),)
