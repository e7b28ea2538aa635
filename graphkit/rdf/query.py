"""SPARQL over a graph on disk: read-only and offline."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyparsing
from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graphkit.rdf.iris import Iris

GRAPH_FILE = "graph.ttl"
_OWN_BASE = re.compile(rb"@prefix kg: <([^>]*)o#> \.")
_HEAD = 4096
_REFUSED = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}


class QueryError(ValueError):
    """A query cannot be run; the message says where and why."""


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    Args:
        variables: Names of the columns.
        rows: One tuple a row; None where a variable is unbound.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[NamedNode | BlankNode | Literal | None, ...], ...]
    prefixes: Mapping[str, str]

    def table(self) -> list[list[str]]:
        """The rows as people read them: literals without their type, IRIs with their prefix."""
        return [[self._readable(term) for term in row] for row in self.rows]

    def to_csv(self) -> str:
        """SPARQL 1.1 Query Results CSV."""
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(self.variables)
        writer.writerows([_plain(term) for term in row] for row in self.rows)
        return file.getvalue()

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON."""
        bindings = [
            {name: _json_term(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def _readable(self, term: NamedNode | BlankNode | Literal | None) -> str:
        text = _plain(term)
        if isinstance(term, NamedNode):
            for prefix, start in self.prefixes.items():
                if text.startswith(start):
                    return f"{prefix}:{text[len(start) :]}"
        return text


def run_query(source: Path, sparql: str) -> QueryResult:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query on a graph that was built.

    The prefixes of the graph need not be declared. Nothing is fetched: ``SERVICE`` and ``FROM`` are refused.

    Args:
        source: The folder that ``build`` wrote, or a Turtle file.
        sparql: The query.

    Raises:
        QueryError: If there is no graph, the query is not valid, or it would change or fetch something.
    """
    path = source / GRAPH_FILE if source.is_dir() or not source.suffix else source
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QueryError(f"{path}: no graph there ({error.strerror}); make one with: graphkit build") from error
    return query_turtle(data, sparql, str(path))


def query_turtle(data: bytes, sparql: str, name: str = "graph") -> QueryResult:
    """Run a query on Turtle that graphkit wrote; see `run_query`.

    Args:
        data: The Turtle.
        sparql: The query.
        name: What messages call the data.

    Raises:
        QueryError: As `run_query` does.
    """
    prefixes = Iris(_base_of(data, name)).prefixes
    _check(sparql, prefixes)
    store = Store()
    try:
        store.bulk_load(input=data, format=RdfFormat.TURTLE)
        return _answer(store.query(sparql, prefixes=prefixes), prefixes)
    except (SyntaxError, ValueError, OSError) as error:
        raise QueryError(f"{name}: {error}") from error


@cache
def named_queries() -> Mapping[str, tuple[str, str]]:
    """The queries that ship, by name: what they answer, and their text."""
    found = {}
    for item in sorted(files(__package__).joinpath("queries").iterdir(), key=lambda entry: entry.name):
        text = item.read_text(encoding="utf-8")
        found[item.name.removesuffix(".rq")] = (text.partition("\n")[0].lstrip("# "), text)
    return found


def _base_of(data: bytes, name: str) -> str:
    """The base IRI that the graph was written with."""
    match = _OWN_BASE.search(data[:_HEAD])
    if match is None:
        raise QueryError(f"{name}: not a graph written by graphkit; make one with: graphkit build")
    return match[1].decode("utf-8")


def _check(sparql: str, prefixes: Mapping[str, str]) -> None:
    """Refuse what is no query, would change something, or would leave this machine."""
    prelude = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    try:
        parsed = parseQuery(prelude + sparql)
    except pyparsing.ParseBaseException as error:
        line = error.lineno - len(prefixes)
        raise QueryError(
            f"not a query at line {max(line, 1)}, column {error.column}: {error.line.strip()!r}"
        ) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error
    for name in _names(parsed):
        if name in _REFUSED:
            raise QueryError(f"{_REFUSED[name]} is refused: queries read this graph and nothing else")


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, CompValue):
        yield node.name
        for value in node.values():
            yield from _names(value)
    elif isinstance(node, list | tuple | pyparsing.ParseResults):
        for value in node:
            yield from _names(value)


def _answer(answer: Any, prefixes: Mapping[str, str]) -> QueryResult:
    if isinstance(answer, QuerySolutions):
        variables = tuple(variable.value for variable in answer.variables)
        rows = tuple(tuple(solution[name] for name in variables) for solution in answer)
        return QueryResult(variables, rows, prefixes)
    if isinstance(answer, QueryBoolean):
        return QueryResult(("answer",), ((Literal(bool(answer)),),), prefixes)
    triples = sorted(((t.subject, t.predicate, t.object) for t in answer), key=str)
    return QueryResult(("subject", "predicate", "object"), tuple(triples), prefixes)


def _plain(term: NamedNode | BlankNode | Literal | None) -> str:
    return "" if term is None else str(term.value)


def _json_term(term: NamedNode | BlankNode | Literal) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    if term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        return found | {"datatype": term.datatype.value}
    return found
