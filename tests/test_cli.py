"""The command as users run it: exit codes, messages, files."""

import csv
import io
import json
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graphkit.cli import app

GOOD = "Presiden Prabowo Subianto mengunjungi Malaysia pada Mei 2025 dan bertemu dengan Anwar Ibrahim."
HOSTILE = (
    'Menteri <script>alert(1)</script> Budi "Hacker" Santoso 😀 bertemu dengan Presiden Prabowo Subianto di Jakarta. '
    "Budi Santoso mengunjungi Surabaya pada Juni 2025, kata <img src=x onerror=alert(2)> Budi Santoso."
)


def run(*arguments: str | Path, text: str | None = None) -> Result:
    # Starting worker processes takes seconds; where they are the point, a test asks for them.
    here = ("--workers", "0") if arguments[0] == "build" and "--workers" not in arguments else ()
    return CliRunner().invoke(app, [str(argument) for argument in (*arguments, *here)], input=text)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "baik.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def rows(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()]


def test_build_writes_all_files(good: Path, tmp_path: Path) -> None:
    result = run("build", good, "-o", tmp_path / "out")
    assert result.exit_code == 0
    names = {"statements.jsonl", "graph.ttl", "graph.html", "graph.graphml", "articles"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    found = {(row["subject"]["name"], row["relation"], row["object"]["name"]) for row in rows(tmp_path / "out")}
    assert ("Prabowo Subianto", "visited", "Malaysia") in found


def test_the_folder_grows_and_forgets(good: Path, tmp_path: Path) -> None:
    out, more = tmp_path / "out", tmp_path / "lagi.txt"
    more.write_text("Menteri Luar Negeri Sugiono mengunjungi Jepang pada Juni 2025.", encoding="utf-8")
    assert run("build", good, "-o", out).exit_code == 0
    assert run("build", more, "-o", out, "--workers", "1", "--language", "id").exit_code == 0
    assert {row["article"] for row in rows(out)} == {"baik", "lagi"}
    result = run("build", "-o", out, "--remove", "baik")
    assert result.exit_code == 0 and "1 removed" in result.output
    assert {row["article"] for row in rows(out)} == {"lagi"}
    assert run("build", "-o", out, "--remove", "baik").exit_code == 2
    assert run("build", "-o", out).exit_code == 0
    assert run("build", good, "-o", out, "--rebuild").exit_code == 0
    assert {row["article"] for row in rows(out)} == {"baik"}
    assert run("demo", "--no-open", "-o", out).exit_code == 2


def test_a_build_of_nothing_at_all_is_2(tmp_path: Path) -> None:
    assert run("build", "-o", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_profile_and_progress_show_where_the_time_goes(good: Path, tmp_path: Path) -> None:
    result = run("build", good, "-o", tmp_path / "out", "--profile")
    for word in ("read statements", "merge", "write graph.ttl", "pipeline: parser"):
        assert word in result.output
    assert "1 of 1 articles" in result.output and "a second" in result.output


def test_standard_input(tmp_path: Path) -> None:
    assert run("build", "-", "-o", tmp_path / "out", text=GOOD).exit_code == 0
    assert rows(tmp_path / "out")


def bad_inputs(folder: Path) -> dict[str, str]:
    """Files that cannot be read, with what the message about each must say."""
    bad = {
        "kosong.txt": (b"", "empty"),
        "biner.txt": (bytes(range(256)) * 20, "binary"),
        "rusak.jsonl": (b'{"text": "' + GOOD.encode() + b'"}\n{"text": oops\n', "rusak.jsonl:2"),
        "tanpa-teks.jsonl": (b'{"title": "x"}\n', "'text' is missing"),
        "angka.jsonl": (b'{"text": 5}\n', "must be a string"),
        "kolom.csv": (b"judul,isi\na,b\n", "no column 'text'"),
        "panjang.txt": (GOOD.encode() * 12_000, "at most"),
        "inggris.txt": (b"The president of France met the prime minister of Japan in Tokyo on Monday. " * 3, "'en'"),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    return {name: wanted for name, (_, wanted) in bad.items()}


def test_bad_inputs_cost_one_message_each_and_nothing_else(good: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    wanted = bad_inputs(folder)
    result = run("build", folder, tmp_path / "missing.txt", good, "-o", tmp_path / "out")
    assert result.exit_code == 1
    failed = [line for line in result.output.splitlines() if line.startswith("failed")]
    assert len(failed) == len(wanted) + 1
    for name, words in wanted.items():
        assert any(name in line and words in line for line in failed), (name, failed)
    assert any("missing.txt" in line for line in failed)
    articles = {row["article"] for row in rows(tmp_path / "out")}
    assert articles == {"baik", "rusak-1"} or len(articles) == 1  # the same text twice is one article


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    text = GOOD + " Mereka minum di “Kafé Señora”."
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "out").exit_code == 0
    assert rows(tmp_path / "out")[0]["evidence"]["text"].startswith("Presiden Prabowo")


def test_hostile_text_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": HOSTILE, "title": "</script><script>alert(3)"}))
    assert run("build", tmp_path / "a.jsonl", "-o", tmp_path / "out", "--language", "id").exit_code == 0
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and "<img src=x" not in page
    assert run("query", tmp_path / "out", "sources-of").exit_code == 0


def test_nothing_done_is_2_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "kosong.txt").write_bytes(b"")
    result = run("build", tmp_path / "kosong.txt", "-o", tmp_path / "out")
    assert result.exit_code == 2 and not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written(good: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    result = run("build", good, "-o", tmp_path / "out")
    assert result.exit_code == 2 and "cannot be written" in result.output


def test_own_entities(tmp_path: Path) -> None:
    record = {"name": "Sagara Pangan", "type": "Organization", "aliases": {"alias": ["PT Sagara Pangan Tbk"]}}
    (tmp_path / "mine.jsonl").write_text(json.dumps(record))
    (tmp_path / "a.txt").write_text(
        "PT Sagara Pangan Tbk mengakuisisi PT Kopi Tirta pada Mei 2025. Sahamnya naik di bursa."
    )
    arguments = ("build", tmp_path / "a.txt", "--language", "id", "--entities", tmp_path / "mine.jsonl")
    assert run(*arguments, "-o", tmp_path / "out").exit_code == 0
    assert "organization/sagara-pangan" in {row["subject"]["id"] for row in rows(tmp_path / "out")}


@pytest.mark.parametrize(
    "options",
    [
        ("--base-iri", "not an iri"),
        ("--entities", "nowhere.jsonl"),
        ("--date", "31-31-2025"),
        ("--min-confidence", "7"),
    ],
)
def test_bad_options_are_2(options: tuple[str, str], good: Path, tmp_path: Path) -> None:
    assert run("build", good, "-o", tmp_path / "out", *options).exit_code == 2
    assert not (tmp_path / "out").exists()


def test_min_confidence_leaves_out(good: Path, tmp_path: Path) -> None:
    run("build", good, "-o", tmp_path / "all", "--min-confidence", "0")
    everything = rows(tmp_path / "all")
    highest = max(row["confidence"] for row in everything)
    run("build", good, "-o", tmp_path / "sure", "--min-confidence", highest)
    kept = rows(tmp_path / "sure")
    assert 0 < len(kept) < len(everything)
    assert all(row["confidence"] == highest for row in kept)


def test_query_formats(good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", good, "-o", out)
    sparql = "SELECT ?who WHERE { ?s r:visited e:country\\/malaysia ; rdfs:label ?who }"
    answer = run("query", out, sparql, "--format", "csv").stdout
    assert list(csv.DictReader(io.StringIO(answer))) == [{"who": "Prabowo Subianto"}]
    answer = json.loads(run("query", out, sparql, "--format", "json").stdout)
    assert answer["results"]["bindings"][0]["who"]["value"] == "Prabowo Subianto"
    (tmp_path / "q.rq").write_text(sparql)
    assert "Prabowo Subianto" in run("query", out, "--file", tmp_path / "q.rq").stdout
    assert "trade-partners" in run("query", out).stdout


@pytest.mark.parametrize("sparql", ["SELEC *", "ASK { SERVICE <http://x.example/> { ?s ?p ?o } }", "DROP ALL", "x"])
def test_bad_queries_are_2(sparql: str, good: Path, tmp_path: Path) -> None:
    run("build", good, "-o", tmp_path / "out")
    result = run("query", tmp_path / "out", sparql)
    assert result.exit_code == 2 and "error" in result.output


def test_query_without_a_graph(tmp_path: Path) -> None:
    result = run("query", tmp_path / "nowhere", "relations")
    assert result.exit_code == 2 and "graphkit build" in result.output


def test_model_card() -> None:
    result = run("pipeline", "info", "id")
    assert result.exit_code == 0 and "CC BY-SA" in result.output
    assert run("pipeline", "info", "xx").exit_code == 2


def test_version_and_help() -> None:
    assert run("--version").output.strip() == f"graphkit {version('graphkit-news')}"
    overview = run("-h").output
    assert all(
        word in overview for word in ("build", "explain", "relations", "evaluate", "graphkit demo", "Exit codes")
    )


def test_own_frames_that_are_wrong_are_2_for_every_command(good: Path, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("[[frame]]\nid = 'x'\n", encoding="utf-8")
    for command in (("build", good, "-o", tmp_path / "out"), ("relations",)):
        result = run(*command, "--frames", tmp_path / "own.toml")
        assert result.exit_code == 2 and "frame 'x': key 'relation' is missing" in " ".join(result.output.split())
