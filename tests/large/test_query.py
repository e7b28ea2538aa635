"""A graph that was merged on disk is queried, served and stored as one that was merged in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graphkit import KnowledgeGraph
from graphkit.cli import app
from graphkit.rdf import (
    RdfFileError,
    build_store,
    dataset,
    graph_file,
    open_dataset,
    run_query,
    store_is_fresh,
    to_dataset,
)

pytest.importorskip("duckdb")

from tests.large.test_merge import ARTICLES, KOPI, on_disk, trade

SAID = [[trade(article, n), trade(article, 1.0, KOPI)] for n, article in enumerate(ARTICLES)]
PARTNERS = "SELECT ?amount { ?s rdf:predicate r:tradePartner ; kg:amount ?amount } ORDER BY ?amount"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    on_disk(SAID, tmp_path)
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_shards_and_store_hold_the_graph_of_memory(folder: Path) -> None:
    memory = KnowledgeGraph.from_statements([item for said in SAID for item in said], ARTICLES)
    quads = set(to_dataset(memory.graph).store)
    assert set(open_dataset(folder).store) == quads
    build_store(folder)
    assert store_is_fresh(folder) and set(open_dataset(folder).store) == quads


def test_queries_with_and_without_a_store(folder: Path) -> None:
    result = run("query", folder, PARTNERS, "--format", "csv")
    assert result.exit_code == 0 and len(result.output.split()) == 1 + 6
    stored = run("store", folder)
    assert stored.exit_code == 0 and "store" in stored.output
    assert run("query", folder, PARTNERS, "--format", "csv").output == result.output
    assert run("query", folder, "partners-of", "Russia").exit_code == 0


def test_a_store_of_older_shards_is_not_used(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    build_store(folder)
    on_disk([said[:1] for said in SAID], folder)
    assert not store_is_fresh(folder)
    assert len(run_query(folder, PARTNERS).rows) == 5
    assert "graphkit store" in caplog.text


def test_what_is_too_large_for_memory_needs_a_store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "_MOST_PACKED", 100)
    with pytest.raises(RdfFileError, match="graphkit store"):
        open_dataset(folder)
    build_store(folder)
    assert len(run_query(folder, PARTNERS).rows) == 6


def test_what_needs_one_file_says_what_there_is(folder: Path) -> None:
    with pytest.raises(RdfFileError, match=r"merged on disk.*quads"):
        graph_file(folder)
    result = run("export", folder, folder / "g.ttl")
    assert result.exit_code == 2 and "graphkit store" in " ".join(result.output.split())
