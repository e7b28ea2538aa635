"""What a query asks, pattern by pattern, and how much of the graph fits each: for queries that answer too little."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rdflib import BNode, Graph, Variable
from rdflib.namespace import NamespaceManager
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parserutils import CompValue

from graphkit.rdf.dataset import Dataset
from graphkit.rdf.query import ask, check, parse_query


@dataclass(frozen=True, slots=True)
class Pattern:
    """One triple pattern of a query.

    Args:
        text: As it can stand in a query.
        matches: How many triples fit it alone; None for a path, whose matches could be beyond counting.
    """

    text: str
    matches: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was run.

    Args:
        sparql: The query with its parameters in place and the prefixes that it uses.
        graph: What was asked.
        triples: How many quads that has.
        patterns: The triple patterns in the query's order.
        rows: How many rows came.
        seconds: How long that took.
    """

    sparql: str
    graph: str
    triples: int
    patterns: tuple[Pattern, ...]
    rows: int
    seconds: float


def explain(dataset: Dataset, sparql: str, limit: int | None = None) -> Explanation:
    """Run a query and say what it asked.

    Args:
        dataset: The graph.
        sparql: The query, its parameters in place.
        limit: How many rows to fetch at most.

    Raises:
        QueryError: If the query cannot be run.
    """
    check(sparql, dataset.iris)
    algebra = translateQuery(parse_query(sparql, dataset.prefixes)).algebra
    patterns = tuple(_pattern(dataset, triple) for triple in dict.fromkeys(_triples(algebra)))
    start = time.perf_counter()
    result = ask(dataset, sparql, limit=limit)
    seconds = time.perf_counter() - start
    return Explanation(
        sparql=_with_prefixes(dataset, sparql),
        graph=dataset.name,
        triples=len(dataset.store),
        patterns=patterns,
        rows=len(result.rows),
        seconds=seconds,
    )


def _triples(node: Any) -> Iterator[tuple[Any, Any, Any]]:
    if isinstance(node, CompValue):
        if node.name == "BGP":
            yield from node.triples
        for value in node.values():
            yield from _triples(value)
    elif isinstance(node, list):
        for value in node:
            yield from _triples(value)


def _pattern(dataset: Dataset, triple: tuple[Any, Any, Any]) -> Pattern:
    names = NamespaceManager(Graph(bind_namespaces="none"), bind_namespaces="none")
    for prefix, start in dataset.prefixes.items():
        names.bind(prefix, start)
    text = " ".join(_written(term, names) for term in triple)
    if not isinstance(triple[1], Variable) and not hasattr(triple[1], "toPython"):
        return Pattern(text, None)
    full = " ".join(_written(term, None) for term in triple)
    count = ask(dataset, f"SELECT (COUNT(*) AS ?count) {{ {full} }}").rows[0][0]
    return Pattern(text, int(count.value) if count is not None else 0)  # type: ignore[union-attr]


def _written(term: Any, names: NamespaceManager | None) -> str:
    if isinstance(term, BNode):
        return "?" + re.sub(r"\W", "_", f"_{term}")
    text: str = term.n3(names) if names is not None else term.n3()
    return text


def _with_prefixes(dataset: Dataset, sparql: str) -> str:
    used = [
        f"PREFIX {prefix}: <{start}>"
        for prefix, start in dataset.prefixes.items()
        if re.search(rf"(?<![\w.-]){prefix}:", sparql) and not re.search(rf"PREFIX\s+{prefix}:", sparql)
    ]
    return "\n".join([*used, sparql.strip()])
