"""The store on disk, and queries in a process that can be stopped and cannot leave it."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from graphkit.rdf import (
    Job,
    Limits,
    QueryError,
    QueryResult,
    QueryTimeout,
    QueryTooLarge,
    RdfFileError,
    ask,
    build_store,
    open_dataset,
    run_limited,
    run_query,
    store_is_fresh,
    write_rdf,
    write_turtle,
)
from tests.graphs import hostile_graph, trade_graph

EVIDENCE = "SELECT ?g ?x { GRAPH ?g { ?e oa:exact ?x } } ORDER BY ?x ?e"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_turtle(trade_graph(), tmp_path / "graph.ttl")
    return tmp_path


def test_the_store_answers_as_the_file_does(folder: Path) -> None:
    from_file = run_query(folder, EVIDENCE)
    build_store(folder)
    assert store_is_fresh(folder)
    from_store = run_query(folder, EVIDENCE)
    assert from_store.rows == from_file.rows and len(from_store.rows) == 4
    assert set(open_dataset(folder).store) == set(open_dataset(folder / "graph.ttl").store)


def test_an_old_store_is_not_used(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    build_store(folder)
    write_turtle(hostile_graph(), folder / "graph.ttl")
    assert not store_is_fresh(folder)
    assert not run_query(folder, "SELECT * { ?s r:tradePartner ?o }").rows
    assert "graphkit store" in caplog.text
    build_store(folder)
    assert store_is_fresh(folder) and not run_query(folder, "SELECT * { ?s r:tradePartner ?o }").rows


def test_named_graphs_are_there_from_every_format(tmp_path: Path) -> None:
    answers = []
    for name in ("g.ttl", "g.trig", "g.nq.gz", "g.jsonld"):
        write_rdf(trade_graph(), tmp_path / name)
        answers.append(run_query(tmp_path / name, EVIDENCE).rows)
    assert answers[0] and all(answer == answers[0] for answer in answers)


def test_a_store_needs_a_graph(tmp_path: Path) -> None:
    with pytest.raises(RdfFileError, match="graphkit build"):
        build_store(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a:b> <a:b> <a:b> .")
    with pytest.raises(RdfFileError, match="not a graph written by graphkit"):
        build_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_two_can_read_at_once(folder: Path) -> None:
    build_store(folder)
    first, second = open_dataset(folder), open_dataset(folder)
    assert ask(first, EVIDENCE).rows == ask(second, EVIDENCE).rows


def test_a_query_without_end_is_stopped(folder: Path) -> None:
    start = time.monotonic()
    with pytest.raises(QueryTimeout, match="stopped after 1 s"):
        run_limited(Job(folder, ENDLESS, limits=Limits(seconds=1.0)))
    assert time.monotonic() - start < 60


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits on Windows")
def test_a_query_that_eats_memory_is_stopped(folder: Path) -> None:
    eater = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"
    with pytest.raises(QueryTooLarge, match="150 MB"):
        run_limited(Job(folder, eater, limits=Limits(seconds=200.0, memory_mb=150)))


def try_to_leave(result: QueryResult) -> list[str]:
    """What a query that got past all checks could do: open a file, open a connection."""
    outcomes = []
    for attempt in (lambda: open("/etc/passwd"), socket.socket):  # noqa: PTH123, SIM115
        try:
            attempt()
            outcomes.append("out")
        except OSError as error:
            outcomes.append(type(error).__name__)
    return outcomes


@pytest.mark.skipif(os.name == "nt", reason="there are no such limits on Windows")
@pytest.mark.parametrize("stored", [False, True])
def test_the_process_of_a_query_can_open_nothing(folder: Path, stored: bool) -> None:
    if stored:
        build_store(folder)
    assert run_limited(Job(folder, "ASK {}", render=try_to_leave)) == ["OSError", "OSError"]


def test_errors_come_back_as_they_are(folder: Path) -> None:
    for query, words in (("SELECT *\n{ ?s no:x ?o }", "line 2, column 6"), ("DROP ALL", "only for reading")):
        with pytest.raises(QueryError, match=words):
            run_limited(Job(folder, query))
    with pytest.raises(QueryError, match="graphkit build"):
        run_limited(Job(folder / "nowhere", "ASK {}"))


def test_named_queries_by_name_with_words(folder: Path) -> None:
    assert len(run_limited(Job(folder, "partners-of", ("Russia",))).rows) == 2
    with pytest.raises(QueryError, match="is too much"):
        run_limited(Job(folder, "ASK {}", ("Russia",)))
