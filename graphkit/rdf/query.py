"""SPARQL over a graph: read-only and offline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyparsing
from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, RdfFormat, Store, Triple
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graphkit.rdf.dataset import Dataset, dataset_of, open_dataset
from graphkit.rdf.files import RdfFileError
from graphkit.rdf.iris import Iris
from graphkit.rdf.results import QueryResult, Row
from graphkit.rdf.syntax import explain_refusal, explain_syntax

_REFUSED = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}
_PARTS = 500


class QueryError(ValueError):
    """A query cannot be run; the message says where and why."""


def run_query(source: Path, sparql: str, *, limit: int | None = None) -> QueryResult:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query on a graph that was built.

    The prefixes of the graph need not be declared. Nothing is fetched: ``SERVICE`` and ``FROM`` are refused. There
    is no time limit; `graphkit.rdf.run_limited` has one.

    Args:
        source: The folder that ``build`` wrote, or an RDF file of it.
        sparql: The query.
        limit: How many rows at most; None for all.

    Raises:
        QueryError: If there is no graph, the query is not valid, or it would change or fetch something.
    """
    try:
        dataset = open_dataset(source)
    except RdfFileError as error:
        raise QueryError(str(error)) from error
    return ask(dataset, sparql, limit=limit)


def query_turtle(data: bytes, sparql: str, name: str = "graph") -> QueryResult:
    """Run a query on Turtle that graphkit wrote; see `run_query`.

    Args:
        data: The Turtle.
        sparql: The query.
        name: What messages call the data.

    Raises:
        QueryError: As `run_query` does.
    """
    store = Store()
    try:
        store.bulk_load(input=data, format=RdfFormat.TURTLE)
        dataset = dataset_of(store, name)
    except (SyntaxError, RdfFileError) as error:
        raise QueryError(f"{name}: {error}") from error
    return ask(dataset, sparql)


def ask(dataset: Dataset, sparql: str, *, limit: int | None = None, names: bool = True) -> QueryResult:
    """Run a query on an open dataset; see `run_query`.

    Args:
        dataset: The graph.
        sparql: The query.
        limit: How many rows at most; None for all.
        names: Whether to look up what the IRIs in the answer are called.

    Raises:
        QueryError: As `run_query` does.
    """
    check(sparql, dataset.iris)
    try:
        answer = dataset.store.query(sparql, prefixes=dict(dataset.prefixes), use_default_graph_as_union=True)
        return _result(dataset, answer, limit, names=names)
    except SyntaxError as error:
        raise QueryError(explain_refusal(sparql, str(error), dataset.prefixes)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(f"{dataset.name}: {error}") from error


@lru_cache(maxsize=256)
def check(sparql: str, iris: Iris) -> None:
    """Refuse what is no query, would change something, or would leave this machine.

    Raises:
        QueryError: With the place of a syntax error.
    """
    for name in _names(parse_query(sparql, iris.prefixes)):
        if name in _REFUSED:
            raise QueryError(f"{_REFUSED[name]} is refused: queries read this graph and nothing else")


def parse_query(sparql: str, prefixes: Mapping[str, str]) -> CompValue:
    """A query as rdflib parses it.

    Raises:
        QueryError: With the place of a syntax error.
    """
    prelude = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())
    try:
        return parseQuery(prelude + sparql)
    except pyparsing.ParseBaseException as error:
        line = max(error.lineno - len(prefixes), 1)
        raise QueryError(explain_syntax(sparql, line, error.column, prefixes)) from error
    except RecursionError as error:
        raise QueryError("the query is nested too deeply") from error


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, CompValue):
        yield node.name
        for value in node.values():
            yield from _names(value)
    elif isinstance(node, list | tuple | pyparsing.ParseResults):
        for value in node:
            yield from _names(value)


def _result(dataset: Dataset, answer: Any, limit: int | None, *, names: bool) -> QueryResult:
    if isinstance(answer, QueryBoolean):
        rows: tuple[Row, ...] = ((Literal(bool(answer)),),)
        return QueryResult(("answer",), rows, dataset.prefixes, boolean=bool(answer))
    stop = None if limit is None else limit + 1
    if isinstance(answer, QuerySolutions):
        variables = tuple(variable.value for variable in answer.variables)
        rows = tuple(tuple(solution[name] for name in variables) for solution in islice(answer, stop))
    else:
        variables = ("subject", "predicate", "object")
        triples: set[Triple] = set(islice(answer, stop))
        rows = tuple((t.subject, t.predicate, t.object) for t in sorted(triples, key=str))
    truncated = limit is not None and len(rows) > limit
    rows = rows[:limit]
    iris = {term for row in rows for term in row if isinstance(term, NamedNode)} if names else set()
    return QueryResult(
        variables,
        rows,
        dataset.prefixes,
        names=names_of(dataset, iris),
        triples=not isinstance(answer, QuerySolutions),
        truncated=truncated,
    )


def names_of(dataset: Dataset, iris: set[NamedNode]) -> dict[str, str]:
    """What IRIs are called in the graph: the canonical name, else the English label, else any."""
    own = sorted(iri.value for iri in iris if iri.value.startswith(dataset.iris.base))
    found: dict[str, str] = {}
    for start in range(0, len(own), _PARTS):
        values = " ".join(f"<{iri}>" for iri in own[start : start + _PARTS])
        sparql = f"""SELECT ?iri (MIN(?name) AS ?canonical) (MIN(?en) AS ?english) (MIN(?any) AS ?other) {{
          VALUES ?iri {{ {values} }}
          ?iri rdfs:label ?label . BIND(STR(?label) AS ?any)
          OPTIONAL {{ ?iri schema:name ?name }}
          OPTIONAL {{ ?iri rdfs:label ?l . FILTER(LANG(?l) = "en") BIND(STR(?l) AS ?en) }}
        }} GROUP BY ?iri"""
        answer: Any = dataset.store.query(sparql, prefixes=dict(dataset.prefixes), use_default_graph_as_union=True)
        for row in answer:
            name = row["canonical"] or row["english"] or row["other"]
            found[row["iri"].value] = name.value
    return found
