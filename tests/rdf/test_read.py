"""Statements to RDF to statements: nothing is lost, in any format; and what is no graph of ours is told so."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings

from graphkit.rdf import RdfFileError, read_rdf, write_rdf
from tests.graphs import hostile_graph, trade_graph
from tests.rdf.strategies import graphs

NAMES = ["g.ttl", "g.trig", "g.nt", "g.nq", "g.jsonld", "g.trig.gz"]
BASE = "https://kg.example.org/x/"


def content(graph: nx.MultiDiGraph) -> tuple[object, ...]:
    return (
        sorted(graph.nodes(data=True)),
        sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]),
        graph.graph["articles"],
        graph.graph.get("run"),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(graph=graphs())
def test_nothing_is_lost(graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    for name in ("g.ttl", "g.trig.gz"):
        write_rdf(graph, tmp_path / name, BASE)
        again, base = read_rdf(tmp_path / name)
        assert base == BASE
        assert content(again) == content(graph)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("graph", [trade_graph(), hostile_graph()], ids=["trade", "hostile"])
def test_every_format_comes_back(name: str, graph: nx.MultiDiGraph, tmp_path: Path) -> None:
    write_rdf(graph, tmp_path / name)
    assert content(read_rdf(tmp_path / name)[0]) == content(graph)


def test_reifiers_come_back_and_json_ld_refuses_them(tmp_path: Path) -> None:
    write_rdf(trade_graph(), tmp_path / "g.ttl", reifiers=True)
    assert "rdf:reifies <<( e:country\\/russia r:tradePartner e:country\\/china )>>" in (tmp_path / "g.ttl").read_text()
    assert content(read_rdf(tmp_path / "g.ttl")[0]) == content(trade_graph())
    with pytest.raises(RdfFileError, match="JSON-LD"):
        write_rdf(trade_graph(), tmp_path / "g.jsonld", reifiers=True)


def test_without_texts_all_but_the_texts_comes_back(tmp_path: Path) -> None:
    write_rdf(trade_graph(), tmp_path / "g.nq", texts=False)
    again, _ = read_rdf(tmp_path / "g.nq")
    assert content(again)[:2] == content(trade_graph())[:2]
    assert {article.text for article in again.graph["articles"].values()} == {""}


def test_gzip_is_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("a.nq.gz", "b.nq.gz"):
        write_rdf(trade_graph(), tmp_path / name)
    assert (tmp_path / "a.nq.gz").read_bytes() == (tmp_path / "b.nq.gz").read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("g.ttl", b"no RDF at all", "Turtle"),
        ("g.ttl", b"<a:b> <a:b> <a:b> .", "no graph of graphkit"),
        ("g.ttl.gz", b"not gzipped", "cannot be read"),
        ("g.xml", b"", "end it with one of .ttl"),
        ("g.nq", b"\xff\xfe", "N-Quads"),
        ("g.jsonld", b"{", "JSON-LD"),
        (
            "g.ttl",
            b'<https://x.org/> <http://rdfs.org/ns/void#uriSpace> "https://x.org/" . <https://x.org/s/1> a <x:y> .',
            "https://x.org/s/1",
        ),
    ],
)
def test_what_is_no_graph_is_told_so(name: str, data: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(RdfFileError, match=words) as error:
        read_rdf(tmp_path / name)
    assert name in str(error.value)


def test_a_missing_file_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(RdfFileError, match="cannot be read"):
        read_rdf(tmp_path / "g.ttl")
