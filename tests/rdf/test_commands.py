"""The commands around RDF as users run them: exit codes, messages, files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graphkit.cli import app
from graphkit.rdf import write_rdf, write_turtle
from tests.graphs import trade_graph


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_turtle(trade_graph(), tmp_path / "graph.ttl")
    return tmp_path


@pytest.mark.parametrize("name", ["g.ttl", "g.trig", "g.nq", "g.jsonld", "sub/g.trig.gz"])
def test_export_and_back(folder: Path, name: str) -> None:
    assert run("export", folder, folder / name).exit_code == 0
    assert run("build", "--from", folder / name, "-o", folder / "copy").exit_code == 0
    assert (folder / "copy" / "graph.ttl").read_bytes() == (folder / "graph.ttl").read_bytes()


def test_export_with_another_base_and_without_texts(folder: Path) -> None:
    result = run("export", folder, folder / "g.nq", "--base-iri", "https://kg.example.org/", "--no-texts")
    text = (folder / "g.nq").read_text()
    assert result.exit_code == 0 and "graphkit.example" not in text and "articleBody" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("g.doc",), "end it with one of .ttl"),
        (("g.jsonld", "--rdf12"), "choose another format"),
        (("g.ttl", "--base-iri", "nowhere"), "base IRI"),
    ],
)
def test_what_cannot_be_exported_is_told(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("export", folder, folder / arguments[0], *arguments[1:])
    assert result.exit_code == 2 and words in " ".join(result.output.split())
    assert {path.name for path in folder.iterdir()} == {"graph.ttl"}


def test_build_from_what_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("no RDF")
    for arguments, words in (
        (("--from", tmp_path / "bad.ttl"), "bad.ttl"),
        (("--from", tmp_path / "none.ttl"), "cannot be read"),
        (("a.txt", "--from", tmp_path / "bad.ttl"), "cannot go together"),
        ((), "no inputs"),
    ):
        result = run("build", *arguments, "-o", tmp_path / "out")
        assert result.exit_code == 2 and words in result.output and not (tmp_path / "out").exists()


def test_ontology(tmp_path: Path) -> None:
    assert "owl:Ontology" in run("ontology").stdout
    assert run("ontology", "-o", tmp_path / "o.ttl").exit_code == 0 and (tmp_path / "o.ttl").stat().st_size > 10_000
    assert run("ontology", "-o", tmp_path / "no" / "o.ttl").exit_code == 2


def test_validate(folder: Path) -> None:
    assert run("validate", folder).exit_code == 0
    text = (folder / "graph.ttl").read_text(encoding="utf-8")
    (folder / "graph.ttl").write_text(text.replace("oa:start 0", "oa:start 1"), encoding="utf-8")
    result = run("validate", folder)
    assert result.exit_code == 1 and "evidence-text" in result.output
    write_rdf(trade_graph(), folder / "graph.ttl", texts=False)
    assert "not in this graph" in " ".join(run("validate", folder).output.split())
    assert run("validate", folder / "nowhere").exit_code == 2


def test_store_and_query(folder: Path) -> None:
    assert run("store", folder).exit_code == 0
    result = run("query", folder, "partners-of", "Russia", "--limit", "1")
    assert result.exit_code == 0 and "China" in result.output and "There is more" in result.output
    assert "e:country/china" in run("query", folder, "SELECT * { ?s r:tradePartner ?o }", "--iris").output
    explained = run("query", folder, "SELECT * { ?s r:visited ?o }", "--explain").output
    assert "PREFIX r:" in explained and "0 rows" in explained
    assert run("store", folder / "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("partner-of", "Russia"), "did you mean: partners-of"),
        (("partners-of", "Russland"), "did you mean: Russia"),
        (("partners-of",), "partners-of ENTITY"),
        (("SELECT * {", "x"), "is too much"),
    ],
)
def test_query_helps(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    result = run("query", folder, *arguments)
    assert result.exit_code == 2 and words in " ".join(result.output.split())


def test_a_query_has_a_time_limit(folder: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    result = run("query", folder, endless, "--timeout", "1")
    assert result.exit_code == 2 and "stopped after 1 s" in result.output
