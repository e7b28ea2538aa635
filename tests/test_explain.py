"""Why a statement is in a graph: what ``explain`` tells is what was read; what it cannot tell, it says."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner

from graphkit import ExplainError, KnowledgeGraph, Statement, explain
from graphkit.cli import app
from graphkit.language import make_doc
from graphkit.model import Article
from graphkit.samples import sample_paths
from graphkit.statements import Frame, StatementReader, load_frames, readers
from graphkit.statements.trace import Trace, trace

Demo = tuple[KnowledgeGraph, Path]


def step_of(nlp: Language) -> StatementReader:
    return next(step for _, step in nlp.pipeline if isinstance(step, StatementReader))


def traces(nlp: Language, text: str, relation: str) -> list[Trace]:
    step = step_of(nlp)
    doc = nlp(make_doc(nlp, Article(id="a", text=text, language="id")))
    view = step.view(doc)
    return [trace(step, view, reading) for reading in step.read(view) if reading["relation"] == relation]


def test_slots_say_what_stood_in_them(nlp: Language) -> None:
    (found,) = traces(nlp, "Presiden Prabowo Subianto mengunjungi Malaysia pada Mei 2025.", "visited")
    assert (found.frame.id, found.cue, found.voice) == ("visited.verb", "mengunjungi", "active")
    taken = {slot.side: [(f.entity, f.type) for f in slot.found if f.taken] for slot in found.slots}
    assert taken == {"subject": [("Prabowo Subianto", "Person")], "object": [("Malaysia", "Country")]}
    sources = {source.name: source for source in found.sources}
    assert sources["time"].value == "2025-05" and "Mei 2025" in sources["time"].why
    assert sources["claimed by"].value == ""
    near_miss = next(example.text for example in found.frame.examples if not example.statements)
    assert any(near_miss in change for change in found.changes)


def test_the_words_for_modality_and_claimant_are_named(nlp: Language) -> None:
    text = "Menteri Sugiono mengatakan, Prabowo Subianto akan mengunjungi Malaysia."
    (found,) = traces(nlp, text, "visited")
    sources = {source.name: source for source in found.sources}
    assert sources["modality"].value == "planned" and "akan" in sources["modality"].why
    assert sources["claimed by"].value == "Sugiono" and "Prabowo Subianto akan" in sources["claimed by"].why


def test_a_refused_type_and_the_next_candidate_are_told(nlp: Language) -> None:
    text = "Indonesia dan China menandatangani 12 nota kesepahaman, antara lain di bidang ekonomi, pariwisata, dan "
    found = traces(nlp, f"{text}pertanian.", "agreed_with")[0]
    assert any("pariwisata" in change and "Concept is not among" in change for change in found.changes)
    (found,) = traces(nlp, "Pemerintah pusat mengucurkan bantuan Rp 5 miliar kepada Kabupaten Sagara.", "funds")
    assert any("would give bantuan as the object" in change for change in found.changes)


def test_every_frame_or_reader_of_the_demo_is_known(demo: Demo) -> None:
    known = {frame.id for frame in load_frames("id")} | set(readers())
    used = Counter(item.frame for statement in demo[0].statements for item in statement.evidence)
    assert used and not used.keys() - known


def test_every_statement_of_an_article_can_be_traced(demo: Demo, nlp: Language) -> None:
    graph, _ = demo
    step = step_of(nlp)
    for article in list(graph.articles.values())[:4]:
        view = step.view(nlp(make_doc(nlp, article)))
        for reading in step.readings(view):
            found = trace(step, view, reading)
            assert found.reader or isinstance(found.frame, Frame)
            if found.frame is not None:
                sides = {slot.side for slot in found.slots if any(f.taken for f in slot.found)}
                assert sides in ({"pair"}, {"subject", "object"})
            assert {"modality", "claimed by", *reading["qualifiers"]} == {source.name for source in found.sources}


@pytest.fixture
def loaded(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pipeline that the other tests have loaded already."""
    monkeypatch.setattr(sys.modules["graphkit.explain"], "load_pipeline", lambda *_, **__: nlp)


def some_statement(graph: KnowledgeGraph) -> Statement:
    return next(s for s in graph.statements if s.relation == "spoke_with" and len(s.evidence) > 1)


def test_from_the_folder_alone(loaded: None, demo: Demo) -> None:
    graph, folder = demo
    statement = some_statement(graph)
    found = explain(folder, f"file:///x/graph.html#statement={statement.id}")
    assert [account.evidence for account in found.accounts] == sorted(
        statement.evidence, key=lambda item: (item.article, item.start)
    )
    assert all(account.basis == "sentences" and account.trace is not None for account in found.accounts)
    assert found.statement.confidence == statement.confidence


def test_the_command_reads_whole_articles(demo: Demo) -> None:
    graph, folder = demo
    statement = some_statement(graph)
    inputs = [word for path in sample_paths() for word in ("--articles", str(path))]
    result = CliRunner().invoke(app, ["explain", str(folder), statement.id[:10], *inputs, "--all"])
    assert result.exit_code == 0
    words = [statement.evidence[0].text[:30], statement.evidence[0].frame, "✓ ", "modality", "min-confidence"]
    assert all(word in result.stdout for word in words), result.stdout


def test_json(loaded: None, demo: Demo) -> None:
    graph, folder = demo
    result = CliRunner().invoke(app, ["explain", str(folder), some_statement(graph).id, "--json"])
    assert json.loads(result.stdout)["accounts"][0]["trace"]["frame"]["relation"] == "spoke_with"


def test_what_the_kept_sentences_do_not_give_again_is_said_so(loaded: None, demo: Demo, tmp_path: Path) -> None:
    row = json.loads((demo[1] / "statements.jsonl").read_text(encoding="utf-8").splitlines()[0])
    row["evidence"] |= {
        "text": "Ia tiba di sana.",
        "start": 0,
        "end": 16,
        "cue_start": 3,
        "cue_end": 7,
        "frame": "visited.motion",
    }
    (tmp_path / "statements.jsonl").write_text(json.dumps(row), encoding="utf-8")
    result = CliRunner().invoke(app, ["explain", str(tmp_path), row["id"]])
    assert result.exit_code == 0 and "--articles" in result.stdout and "visited.motion" in result.stdout


@pytest.mark.parametrize(
    ("id_", "words"),
    [("", "no id"), ("Putin", "no id"), ("0000000000000000", "no statement"), ("../../etc", "no id")],
)
def test_an_id_that_is_none(id_: str, words: str, demo: Demo) -> None:
    with pytest.raises(ExplainError, match=words):
        explain(demo[1], id_)


def test_an_id_that_is_too_short_or_a_folder_without_graph(demo: Demo, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (demo[1] / "statements.jsonl").read_text(encoding="utf-8").splitlines()[:2]]
    for number, row in enumerate(rows):
        row["id"] = f"abcdef00000000{number:02}"
    (tmp_path / "statements.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with pytest.raises(ExplainError, match="begins the ids of 2 statements"):
        explain(tmp_path, "abcdef")
    with pytest.raises(ExplainError, match="graphkit build"):
        explain(tmp_path / "nowhere", "abcdef")
    with pytest.raises(ExplainError, match="is not in"):
        (tmp_path / "other.txt").write_text("Sebuah berita lain dari kota kecil di tepi sungai.", encoding="utf-8")
        explain(tmp_path, "abcdef0000000000", articles=[tmp_path / "other.txt"])
