"""The store on disk against rdflib in memory: the same graph, the same provenance look-up, in one run.

    python -m tests.benchmarks.store_speed [TRIPLES]

Makes a graph of about so many triples (default 1,000,000) in a temporary folder, loads it into both, and prints times
and ratios. The look-up finds the sentences behind one statement, and where they stand in their articles.
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import rdflib

from graphkit.graph import assemble
from graphkit.model import Amount, Article, Entity, Evidence, Statement
from graphkit.rdf import Dataset, build_store, open_dataset, write_turtle

# About as many triples go to a statement, its evidence, its entities and its article.
A_STATEMENT = 38
RUNS = 7
LOOKUP = """SELECT ?headline ?date ?sentence ?start ?end WHERE {
  ?statement rdf:subject ?s ; rdf:object ?o ; kg:amount ?amount ; prov:wasDerivedFrom ?evidence .
  ?s schema:name "Name 77" .
  ?evidence oa:hasSource ?article ; oa:exact ?sentence ; oa:start ?start ; oa:end ?end .
  ?article schema:headline ?headline ; schema:datePublished ?date .
} ORDER BY ?start"""


def main(triples: int) -> None:
    count = triples // A_STATEMENT
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_turtle(made_graph(count), folder / "graph.ttl")
        loading, _ = timed(lambda: build_store(folder))
        # Opened anew each time; the median, because the machine may have other things to do.
        cold = statistics.median(timed(lambda: ours(open_dataset(folder)))[0] for _ in range(RUNS))
        opening, dataset = timed(lambda: open_dataset(folder))
        size = len(dataset.store)
        answer = ours(dataset)
        again = statistics.median(timed(lambda: ours(dataset))[0] for _ in range(RUNS))
        graph = rdflib.Graph()
        rdflib_loading, _ = timed(lambda: graph.parse(folder / "graph.ttl", format="turtle"))
        prologue = "".join(f"PREFIX {prefix}: <{start}>\n" for prefix, start in dataset.prefixes.items())
        times = [timed(lambda: theirs(graph, prologue)) for _ in range(RUNS)]
        rdflib_time = statistics.median(seconds for seconds, _ in times)
        assert sorted(map(str, answer)) == sorted(map(str, times[0][1])), "the engines disagree"
    report = f"""{size:,} triples, {len(answer)} rows
load    store {loading:8.2f} s    rdflib {rdflib_loading:8.2f} s    1/{rdflib_loading / loading:.1f}
open    store {opening:8.4f} s
look up store {again:8.4f} s    rdflib {rdflib_time:8.4f} s    1/{rdflib_time / again:.1f}
open and look up: {cold:.4f} s, against rdflib's load and look-up: 1/{(rdflib_loading + rdflib_time) / cold:.0f}
"""
    sys.stdout.write(report)


def made_graph(count: int) -> nx.MultiDiGraph:

    people = [Entity(f"person/p{n}", f"Name {n}", "Person", (f"Name {n}",)) for n in range(max(2, count // 4))]
    text = "Perdagangan keduanya bernilai sekian dolar. "
    articles = [
        Article(f"a{n}", text, f"Judul {n}", date=dt.date(2025, 1 + n % 12, 1), language="id")
        for n in range(max(1, count // 10))
    ]

    def statements() -> Iterator[Statement]:
        for n in range(count):
            item = Evidence(articles[n % len(articles)].id, 0, 0, 43, text[:43], "Perdagangan", 0, 11, "f.x", 0.8)
            pair = people[n % len(people)], people[(n * 7 + 1) % len(people)]
            amount = {"amount": Amount(float(n), "USD", f"US${n}"), "time": "2024"}
            yield Statement(pair[0], "trade_partner", pair[1], amount, evidence=(item,), confidence=0.8, id=f"{n:016x}")

    return assemble(people, statements(), articles)


def ours(dataset: Dataset) -> list[tuple[str, ...]]:
    answer = dataset.store.query(LOOKUP, prefixes=dict(dataset.prefixes), use_default_graph_as_union=True)
    return [tuple(str(term.value) for term in row) for row in answer]


def theirs(graph: rdflib.Graph, prologue: str) -> list[tuple[str, ...]]:
    return [tuple(str(term) for term in row) for row in graph.query(prologue + LOOKUP)]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
