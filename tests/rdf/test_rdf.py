"""RDF: the model, its checks, the golden file, safe queries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from graphkit.rdf import Iris, QueryError, named_queries, query_turtle, run_query, to_rdf, turtle, write_turtle
from tests.graphs import trade_graph

GOLDEN = Path(__file__).with_name("trade.ttl")
BASE = "https://graphkit.example/"


def test_golden_file() -> None:
    # After a wanted change: python -m tests.rdf.test_rdf, and read the diff.
    assert turtle(trade_graph()).decode() == GOLDEN.read_text(encoding="utf-8")


def test_no_hash_seed_changes_it() -> None:
    code = (
        "import sys; from tests.graphs import trade_graph; from graphkit.rdf import turtle; "
        "sys.stdout.buffer.write(turtle(trade_graph()))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_a_denied_statement_is_no_direct_triple() -> None:
    ask = "ASK { e:country\\/china r:supplies e:country\\/russia }"
    assert query_turtle(turtle(trade_graph()), ask).table() == [["false"]]
    ask = "ASK { ?s rdf:predicate r:supplies ; kg:polarity kg:Negative }"
    assert query_turtle(turtle(trade_graph()), ask).table() == [["true"]]


def test_dropping_the_graph_of_an_article_forgets_its_sentences() -> None:
    dataset = to_rdf(trade_graph())
    dataset.remove_graph(rdflib.URIRef(f"{BASE}a/dua"))
    assert not list(dataset.query('SELECT ?s { ?s ?p "Dagang Rusia dan China US$245 miliar."@id }'))
    assert list(dataset.query('SELECT ?s { ?s ?p "Dagang Rusia dan China US$244 miliar."@id }'))


def test_only_web_addresses_become_links() -> None:
    text = turtle(trade_graph()).decode()
    assert "<https://example.org/a?b=1>" in text and "<javascript" not in text


def test_another_base() -> None:
    data = turtle(trade_graph(), "https://kg.example.org/x/")
    assert b"graphkit.example" not in data
    assert query_turtle(data, named_queries()["trade-partners"].text).rows
    for base in ("kg", "ftp://x.org/", "https://x.org", "https://x.org/<>/"):
        with pytest.raises(ValueError, match="base IRI"):
            Iris(base)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * { { SELECT * { OPTIONAL { SERVICE SILENT <http://localhost:1/> { ?s ?p ?o } } } } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * FROM NAMED <http://localhost:1/> { ?s ?p ?o }",
        "INSERT DATA { <a:b> <a:b> <a:b> }",
        "LOAD <file:///etc/passwd>",
        "SELECT",
        "",
    ],
)
def test_queries_read_this_graph_and_nothing_else(sparql: str) -> None:
    with pytest.raises(QueryError):
        query_turtle(turtle(trade_graph()), sparql)


def test_files_that_are_no_graph(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<a:b> <a:b> <a:b> .")
    with pytest.raises(QueryError, match="not a graph written by graphkit"):
        run_query(tmp_path, "ASK {}")
    write_turtle(trade_graph(), tmp_path / "graph.ttl")
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(text + "broken", encoding="utf-8")
    with pytest.raises(QueryError, match=r"graph\.ttl"):
        run_query(tmp_path, "ASK {}")


if __name__ == "__main__":
    GOLDEN.write_bytes(turtle(trade_graph()))
