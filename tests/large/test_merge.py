"""The merge on disk gives what the merge in memory gives."""

from __future__ import annotations

import gzip
import json
import tempfile
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from graphkit import Amount, Article, Entity, Evidence, KnowledgeGraph, Statement
from graphkit.extraction.rows import result_line
from graphkit.rdf import to_quads

duckdb = pytest.importorskip("duckdb")

from graphkit.large import LargeGraph, Origin, merge_on_disk  # noqa: E402
from graphkit.schema import relations  # noqa: E402

ARTICLES = [
    Article(f"a{n}", f"Isi {n}.", title=f"Judul {n}", publisher="Koran 'X'", language="id", url="https://x.example/")
    for n in range(5)
]
RUSSIA = Entity("country/russia", "Russia", "Country", ("Rusia",), "Q159", {"en": "Russia", "id": "Rusia"})
CHINA = Entity("country/china", "China", "Country", ("Tiongkok",), "Q148", {"en": "China"})
KOPI = Entity("organization/aliansi-kopi-nusantara", "Aliansi Kopi Nusantara", "Organization", ("AKN", "Aliansi"))
AKN = Entity("organization/akn", "AKN", "Organization", ("AKN",))
RIGHT = Entity("organization/dinas-pendidikan-ponorogo", "Dinas Pendidikan Ponorogo", "Organization", ())
WRONG = Entity("organization/dinas-pendidikan-ponorgo", "Dinas “Pendidikan” Ponorgo", "Organization", ("Dinas é",))
GROUP = Entity("organization/akn", "AKN 'Q'", "Group", ("akn",))
KNOWN = Entity("person/sri-ayu", "Sri Ayu", "Person", ("Ayu",), "Q1", {"id": "Sri Ayu"})
PLAIN = (RUSSIA, CHINA, KOPI, AKN, RIGHT, WRONG, GROUP, KNOWN)


@st.composite
def articles_with_statements(draw: st.DrawFn) -> list[list[Statement]]:
    return [draw(st.lists(_statement(article), max_size=4)) for article in ARTICLES]


@st.composite
def _statement(draw: st.DrawFn, article: Article) -> Statement:
    people = [
        Entity(f"person/{slug}~{article.id}", name, "Person", (name, *more))
        for slug, name, more in (
            ("budi-santoso", "Budi Santoso", ("Budi",)),
            ("sri-ayu", "Sri Ayu", ()),
            ("ali", "Ali", ()),
        )
    ]
    subject, object_, claimant = draw(st.permutations([*PLAIN, *people]))[:3]
    relation = draw(st.sampled_from(["trade_partner", "visited", "holds_position", "member_of", "measure", "met_with"]))
    options = {
        "amount": draw(
            st.sampled_from([None, Amount(1.5, "USD"), Amount(2.0, "USD", "dua"), Amount(2e15, "USD", "2")])
        ),
        "time": draw(st.sampled_from([None, "2024", "2024-05", "2024-05-03", "2025"])),
        "title": draw(st.sampled_from([None, "Presiden", "presiden", "Menteri"])),
        "metric": draw(st.sampled_from([None, "laba"])) if relation == "measure" else None,
    }
    said_by = (claimant,) if draw(st.booleans()) else ()
    text = draw(st.sampled_from(["Satu \u2028 \"'.", "Dua 😀."]))
    start = draw(st.integers(0, 3))
    evidence = Evidence(
        article.id, 0, start, start + 5, text, "x", start, start + 1, "f", 0.8, said_by[0].id if said_by else None
    )
    proof = (evidence,)
    if draw(st.booleans()):
        # As if the sentence said it twice.
        proof += (replace(evidence, cue="y", cue_start=start + 2, cue_end=start + 3, confidence=0.6),)
    qualifiers = {name: value for name, value in options.items() if value is not None}
    modality = draw(st.sampled_from(["asserted", "planned"]))
    return Statement(subject, relation, object_, qualifiers, modality, said_by, proof, 0.8)


def on_disk(said: list[list[Statement]], folder: Path, **options: object) -> LargeGraph:
    files = []
    for article, statements in zip(ARTICLES, said, strict=True):
        path = folder / f"{article.id}.jsonl.gz"
        path.write_bytes(gzip.compress(result_line("key", article.id, statements) + b"\n", mtime=0))
        files.append(str(path))
    fused = folder / "fused.jsonl"
    return merge_on_disk(files, ARTICLES, folder, fused=fused, memory=2**29, bucket_size=3, **options)


def table(graph: LargeGraph, name: str) -> list[dict]:
    rows = duckdb.sql(f"FROM read_parquet('{graph.folder}/tables/{name}/*.parquet')")
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.fetchall()]


def row(statement: Statement) -> dict:
    """A statement as the tables have it."""
    others = {name: value for name, value in statement.qualifiers.items() if name != "amount"}
    amount = statement.qualifiers.get("amount")
    return {
        "id": statement.id,
        "subject": statement.subject.id,
        "relation": statement.relation,
        "object": statement.object.id,
        "modality": statement.modality,
        "amount": asdict(amount) if amount is not None else None,
        "qualifiers": dict(sorted(others.items())),
        "claimed_by": [claimant.id for claimant in statement.claimed_by],
        "confidence": statement.confidence,
        "differs_from": list(statement.differs_from),
        "articles": len({item.article for item in statement.evidence}),
        "evidence": [asdict(item) for item in statement.evidence],
    }


def check_equal(graph: LargeGraph, memory: KnowledgeGraph) -> None:
    assert sorted(table(graph, "merged"), key=str) == sorted(map(row, memory.statements), key=str)
    assert sorted(table(graph, "statements"), key=str) == sorted(map(row, memory.article_statements), key=str)
    quads = {quad for path in graph.quads() for quad in parse(gzip.decompress(path.read_bytes()), RdfFormat.N_QUADS)}
    assert quads == set(to_quads(memory.graph))
    assert {entry["id"] for entry in table(graph, "entities")} == set(memory.graph.nodes)
    assert (graph.entities, graph.statements) == (memory.graph.number_of_nodes(), memory.graph.number_of_edges())


# Without shrinking: an example takes half a second.
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(articles_with_statements())
def test_both_merges_give_the_same(said: list[list[Statement]]) -> None:
    memory = KnowledgeGraph.from_statements([item for statements in said for item in statements], ARTICLES)
    with tempfile.TemporaryDirectory() as place:
        graph = on_disk(said, Path(place))
        check_equal(graph, memory)
        lines = (Path(place) / "fused.jsonl").read_text(encoding="utf-8").splitlines()
        assert sorted(lines) == sorted(_line(fusion) for fusion in memory.fusions)


def _line(fusion: object) -> str:
    return json.dumps(asdict(fusion), ensure_ascii=False)  # type: ignore[call-overload]


def trade(article: Article, amount: float, subject: Entity = RUSSIA) -> Statement:
    evidence = Evidence(article.id, 0, 0, 5, "Isi.", "x", 0, 1, "f", 0.8)
    return Statement(
        subject, "trade_partner", CHINA, {"amount": Amount(amount, "USD")}, "asserted", (), (evidence,), 0.8
    )


def test_processes_give_the_same_bytes_as_one(tmp_path: Path) -> None:
    said = [[trade(article, n), trade(article, 1.0, KOPI)] for n, article in enumerate(ARTICLES)]
    graphs = []
    for name, workers in (("one", 0), ("two", 2)):
        (tmp_path / name).mkdir()
        graphs.append(on_disk(said, tmp_path / name, workers=workers))
    paths = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(paths) > 8 and (tmp_path / "one" / "graph.html").stat().st_size > 10_000
    assert not list((tmp_path / "one").glob(".merging*"))
    for path in paths:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes(), path


def test_what_is_not_sure_enough_is_left_out(tmp_path: Path) -> None:
    said = [[trade(article, 1.0), replace(trade(article, 2.0), confidence=0.3)] for article in ARTICLES]
    graph = on_disk(said, tmp_path, min_confidence=0.5)
    assert graph.statements == 1


def test_no_statements_are_an_empty_graph(tmp_path: Path) -> None:
    graph = on_disk([[] for _ in ARTICLES], tmp_path)
    assert (graph.entities, graph.statements, graph.articles) == (0, 0, 5)


def test_an_own_relation_that_is_symmetric_is_one_from_both_sides(tmp_path: Path) -> None:
    schema = {**relations(), "sister_city": replace(relations()["met_with"], name="sister_city", symmetric=True)}
    there, back = (replace(trade(ARTICLES[n], 1.0), relation="sister_city") for n in (0, 1))
    back = replace(back, subject=there.object, object=there.subject)
    said = [[there], [back], *([trade(article, 1.0, KOPI)] for article in ARTICLES[2:])]
    graph = on_disk(said, tmp_path, origin=Origin(schema))
    memory = KnowledgeGraph.from_statements([item for each in said for item in each], ARTICLES, schema=schema)
    check_equal(graph, memory)
    assert graph.statements == 2
