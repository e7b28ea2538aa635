"""The answer to a query, and the standard formats for it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Row: TypeAlias = tuple[Term | None, ...]
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    Args:
        variables: Names of the columns; for a graph (CONSTRUCT, DESCRIBE) subject, predicate and object.
        rows: One tuple a row; None where a variable is unbound.
        prefixes: Of the graph that was asked.
        names: What IRIs in the rows are called, where the graph has a name for them.
        boolean: The answer of an ASK; it is in ``rows`` too.
        triples: Whether the rows are the triples of a graph.
        truncated: Whether there are more rows than were asked for.
    """

    variables: tuple[str, ...]
    rows: tuple[Row, ...]
    prefixes: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    boolean: bool | None = None
    triples: bool = False
    truncated: bool = False

    def table(self, *, names: bool = False) -> list[list[str]]:
        """The rows as people read them: literals without their type, IRIs with their prefix.

        Args:
            names: Whether IRIs that have a name show it instead.
        """
        return [[self._readable(term, names=names) for term in row] for row in self.rows]

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(self.variables)
        writer.writerows([_plain(term) for term in row] for row in self.rows)
        return file.getvalue()

    def to_tsv(self) -> str:
        """SPARQL 1.1 Query Results TSV: terms as in Turtle."""
        lines = ["\t".join(f"?{name}" for name in self.variables)]
        lines += ["\t".join("" if term is None else _tsv_term(term) for term in row) for row in self.rows]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        if self.boolean is not None:
            return json.dumps({"head": {}, "boolean": self.boolean}) + "\n"
        bindings = [
            {name: _json_term(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def to_xml(self) -> str:
        """SPARQL Query Results XML."""
        head = "".join(f"<variable name={quoteattr(name)}/>" for name in self.variables)
        if self.boolean is not None:
            body = f"<head/><boolean>{str(self.boolean).lower()}</boolean>"
        else:
            body = f"<head>{head}</head><results>{''.join(self._xml_rows())}</results>"
        return f'<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">{body}</sparql>\n'

    def _xml_rows(self) -> Iterable[str]:
        for row in self.rows:
            found = zip(self.variables, row, strict=True)
            cells = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in found if term)
            yield f"<result>{''.join(cells)}</result>"

    def _readable(self, term: Term | None, *, names: bool) -> str:
        text = _plain(term)
        if isinstance(term, NamedNode):
            if names and text in self.names:
                return self.names[text]
            # The longest start is the narrowest: "e:" before "kg:".
            for prefix, start in sorted(self.prefixes.items(), key=lambda item: -len(item[1])):
                if text.startswith(start):
                    return f"{prefix}:{text[len(start) :]}"
        return text


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return str(term) if isinstance(term, Triple) else str(term.value)


def _tsv_term(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    if term.datatype.value != _STRING:
        return found | {"datatype": term.datatype.value}
    return found


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = (("subject", term.subject), ("predicate", term.predicate), ("object", term.object))
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts)}</triple>"
    # XML turns a bare carriage return into a line feed, and has no form at all for most control characters.
    text = escape(_NOT_XML.sub("\ufffd", term.value), {"\r": "&#13;"})
    if term.language:
        return f"<literal xml:lang={quoteattr(term.language)}>{text}</literal>"
    kind = "" if term.datatype.value == _STRING else f" datatype={quoteattr(term.datatype.value)}"
    return f"<literal{kind}>{text}</literal>"
