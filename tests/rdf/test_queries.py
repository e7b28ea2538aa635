"""The named queries: each is documented with what it answers on the demo graph, and answers just that."""

from __future__ import annotations

import csv
import io
import re
import shlex
import tempfile
from pathlib import Path

import pytest
from pyoxigraph import Literal, QueryResultsFormat, parse_query_results

from graphkit import KnowledgeGraph, build
from graphkit.rdf import Dataset, QueryError, QueryResult, ask, named_queries, open_dataset, to_dataset
from graphkit.rdf.explain import explain
from graphkit.samples import sample_paths
from tests.graphs import HOSTILE, hostile_graph, trade_graph

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"
SHOWN = 4
NAMES = sorted(named_queries())


@pytest.fixture(scope="module")
def dataset(demo: tuple[KnowledgeGraph, Path]) -> Dataset:
    return open_dataset(demo[1])


def section(dataset: Dataset, name: str) -> str:
    """What the documentation says of a query."""
    query = named_queries()[name]
    result = ask(dataset, query.sparql(dataset, query.example), limit=SHOWN)
    call = shlex.join(["graphkit", "query", "output", name, *query.example])
    what = [f"- `{p.name.upper()}`{' (optional)' if p.optional else ''}: {p.description}" for p in query.parameters]
    lines = [f"## {name}", "", f"{query.description}.", "", *what, *([""] if what else [])]
    lines += ["```sh", call, "```", "", *markdown(result)]
    if result.truncated:
        lines += ["", f"… and more; these are the first {SHOWN} rows."]
    return "\n".join(lines) + "\n"


def markdown(result: QueryResult) -> list[str]:
    rows = [list(result.variables), ["---"] * len(result.variables), *result.table(names=True)]
    safe = (" | ".join(re.sub(r"([|<])", r"\\\1", cell) for cell in row) for row in rows)
    return [f"| {line} |" for line in safe]


@pytest.mark.parametrize("name", NAMES)
def test_the_documentation_shows_what_it_answers(name: str, dataset: Dataset) -> None:
    # After a wanted change: python -m tests.rdf.test_queries, and read the diff.
    assert section(dataset, name) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_it_has_an_answer_without_and_with_what_is_optional(name: str, dataset: Dataset) -> None:
    query = named_queries()[name]
    assert query.description
    assert ask(dataset, query.sparql(dataset, query.example)).rows
    if all(parameter.optional for parameter in query.parameters):
        assert ask(dataset, query.sparql(dataset)).rows
    words = {"entity": "Russia", "date": "2024-01-01", "relation": "visited", "text": "USD"}
    ask(dataset, query.sparql(dataset, [words[parameter.kind] for parameter in query.parameters]))


def rows(name: str, *words: str) -> list[list[str]]:
    dataset = to_dataset(trade_graph())
    return ask(dataset, named_queries()[name].sparql(dataset, words)).table()


def test_answers_on_a_small_graph() -> None:
    assert [row[:4] for row in rows("partners-of", "Russia")] == [
        ["China", "trade partner", "244000000000", "USD"],
        ["China", "trade partner", "245000000000", "USD"],
    ]
    assert rows("claims-of", "Putin")[0][-2:] == ["Putin berkata, China 😀 mitra dagang Rusia.", "Judul satu"]
    assert rows("not-facts") == [
        ["negated", "China", "supplies", "Russia", "", "Dagang Rusia dan China US$245 miliar."]
    ]
    (disagreement,) = rows("disagreements")
    assert {disagreement[3], disagreement[6]} == {"US$245 miliar", "US$244 miliar"}
    assert {disagreement[5], disagreement[8]} == {"Judul dua, Judul satu", "Judul tiga"} or disagreement[5]
    assert [row[3] for row in rows("largest-amounts", "USD")] == ["245000000000", "244000000000"]
    assert rows("largest-amounts", "IDR") == []


@pytest.mark.parametrize("word", ["Russia", "Rusia", "country/russia", "russia"])
def test_an_entity_by_name_label_or_id(word: str) -> None:
    assert len(rows("partners-of", word)) == 2


@pytest.mark.parametrize(
    ("name", "words", "message"),
    [
        ("partners-of", ["Russland"], "did you mean: Russia"),
        ("partners-of", ["> } DROP ALL #"], "no entity is called"),
        ("partners-of", [], "partners-of ENTITY"),
        ("partners-of", ["Russia", "China"], "partners-of ENTITY"),
        ("offices-at", ["yesterday"], "2025-06-05"),
        ("of-relation", ["visits"], "did you mean: visited"),
    ],
)
def test_what_means_nothing_is_told(name: str, words: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)):
        rows(name, *words)


def test_no_word_becomes_part_of_the_query() -> None:
    dataset = to_dataset(hostile_graph())
    assert ask(dataset, named_queries()["timeline"].sparql(dataset, [HOSTILE])).rows
    for word in ('" || true || "', "\\", 'USD" } #', "\u2028"):
        assert not ask(dataset, named_queries()["largest-amounts"].sparql(dataset, [word])).rows


def test_results_have_names() -> None:
    result = ask(to_dataset(trade_graph()), "SELECT ?o { ?s rdf:predicate r:supplies ; rdf:object ?o ; a ?type }")
    assert result.table(names=True) == [["Russia"]] and result.table() == [["e:country/russia"]]


def test_limit_says_that_there_is_more() -> None:
    result = ask(to_dataset(trade_graph()), "SELECT * { ?s ?p ?o }", limit=3)
    assert len(result.rows) == 3 and result.truncated
    result = ask(to_dataset(trade_graph()), "SELECT * { ?s a kg:Statement }", limit=3)
    assert len(result.rows) == 3 and not result.truncated


def test_an_explanation_counts_what_fits() -> None:
    dataset = to_dataset(trade_graph())
    found = explain(dataset, "SELECT * { ?s rdf:predicate r:supplies ; kg:nothing ?x ; kg:differsFrom+ ?y }")
    assert {pattern.text: pattern.matches for pattern in found.patterns} == {
        "?s rdf:predicate r:supplies": 1,
        "?s kg:nothing ?x": 0,
        "?s kg:differsFrom+ ?y": None,
    }
    assert found.rows == 0 and "PREFIX kg: <https://graphkit.example/o#>" in found.sparql


@pytest.mark.parametrize(
    ("sparql", "line", "column", "words"),
    [
        ("SELEC *", 1, 1, "begins with SELECT"),
        ("# hello\nPREFIX x: <a:>\nhm", 3, 1, "'hm'"),
        ("", 1, 1, "none of them"),
        ("SELECT *\n{ ?s no:thing ?o }", 2, 6, "prefix 'no:'"),
        ("SELECT * {\n ?s r:metWith ?o", 2, 17, "1 '}' too few"),
        ("SELECT * {\n ?s ?p ?o .\n ?s visited ?o }", 3, 2, "such as r:metWith"),
        ("SELECT ?a ?b { ?a a ?b } GROUP BY ?a", 1, 37, "unbound"),
    ],
)
def test_a_syntax_error_has_its_place(sparql: str, line: int, column: int, words: str) -> None:
    with pytest.raises(QueryError, match=f"line {line}, column {column}") as error:
        ask(to_dataset(trade_graph()), sparql)
    assert words in str(error.value)


@pytest.mark.parametrize(
    "sparql", ["DROP ALL", "insert data { <a:b> <a:b> <a:b> }", "# x\nPREFIX a: <a:> LOAD <file:x>"]
)
def test_an_update_is_told_that_the_graph_is_only_read(sparql: str) -> None:
    with pytest.raises(QueryError, match="only for reading"):
        ask(to_dataset(trade_graph()), sparql)


@pytest.mark.parametrize(
    ("method", "format"),
    [("to_json", QueryResultsFormat.JSON), ("to_xml", QueryResultsFormat.XML), ("to_tsv", QueryResultsFormat.TSV)],
)
def test_result_formats_hold_any_text(method: str, format: QueryResultsFormat) -> None:
    odd = "a\tb\r\nc\\\"'<&>]]>\u2028\u0085😀"
    sparql = f"SELECT * {{ VALUES (?a ?b ?c ?d) {{ ({Literal(odd)} {Literal(odd, language='id')} 1.50 UNDEF) }} }}"
    result = ask(to_dataset(trade_graph()), sparql)
    again = parse_query_results(input=getattr(result, method)().encode(), format=format)
    assert [tuple(row[name] for name in result.variables) for row in again] == list(result.rows)


def test_csv_is_read_by_any_reader() -> None:
    result = ask(to_dataset(hostile_graph()), "SELECT ?o { ?s schema:name ?o }")
    assert [HOSTILE] in list(csv.reader(io.StringIO(result.to_csv(), newline="")))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(sample_paths()).save(folder)
        opened = open_dataset(Path(folder))
        head = PAGE.read_text(encoding="utf-8").partition("\n## ")[0].rstrip() + "\n"
        PAGE.write_text("\n".join([head, *(section(opened, name) for name in NAMES)]), encoding="utf-8")
