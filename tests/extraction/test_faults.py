"""What an article does to its worker process costs that article alone, and the account names it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphkit import KnowledgeGraph, ReadReport, build
from graphkit.extraction import Execution, Limits, WorkerError
from tests.extraction.fakes import command

GOOD = [f"Budi {letter} | visited | Rusia\nRusia | trade_partner | China | {n}" for n, letter in enumerate("abcdefgh")]
LIMITS = Limits(seconds=60.0, memory=2**30)
SHORT = Limits(seconds=4.0)


def write(folder: Path, texts: list[str]) -> Path:
    path = folder / "articles.jsonl"
    rows = [{"id": f"a{n}", "text": text, "language": "id"} for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def run(folder: Path, texts: list[str], limits: Limits = LIMITS) -> tuple[KnowledgeGraph, ReadReport]:
    report = ReadReport()
    how = Execution(2, limits=limits, command=command(folder))
    return build([write(folder, texts)], folder=folder / "graph", execution=how, report=report), report


def articles_of(graph: KnowledgeGraph) -> set[str]:
    return {item.article for statement in graph.article_statements for item in statement.evidence}


@pytest.mark.parametrize(
    ("poison", "reason"),
    [
        ("!raise", "KeyError: 'poison'"),
        ("!segfault", "SIGSEGV"),
        ("!eat", "MemoryError"),
        ("!endless", "longer than 4 seconds"),
        ("!kill", "SIGKILL"),
        ("!exit", "ended with code 3"),
    ],
)
def test_a_poison_article_costs_itself(poison: str, reason: str, tmp_path: Path) -> None:
    limits = SHORT if poison == "!endless" else LIMITS
    graph, report = run(tmp_path, [*GOOD[:4], poison, *GOOD[4:]], limits)
    (failed,) = [entry for entry in report.entries if entry.outcome == "failed"]
    assert failed.source.endswith("articles.jsonl:5") and reason in failed.reason
    assert articles_of(graph) == {"a0", "a1", "a2", "a3", "a5", "a6", "a7", "a8"}
    assert report.exit_code == 1


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    graph, report = run(tmp_path, [*GOOD, "!kill-once\nRusia | visited | China"])
    assert (tmp_path / "killed").exists()
    assert report.exit_code == 0 and len(articles_of(graph)) == 9


def test_a_poison_article_is_remembered_and_named_again(tmp_path: Path) -> None:
    run(tmp_path, [*GOOD[:2], "!segfault"])
    how = Execution(1, command=(sys.executable, "-c", "raise SystemExit('nothing is read again')"))
    report = ReadReport()
    build([tmp_path / "articles.jsonl"], folder=tmp_path / "graph", execution=how, report=report)
    assert report.count("failed") == 1 and report.count("read") == 2


def test_workers_that_cannot_start_end_the_run_with_their_last_words(tmp_path: Path) -> None:
    how = Execution(1, command=(sys.executable, "-c", "raise SystemExit('no pipeline here')"))
    with pytest.raises(WorkerError, match="no pipeline here"):
        build([write(tmp_path, GOOD)], execution=how)


def test_workers_give_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ["Presiden Prabowo Subianto mengunjungi Malaysia pada Mei 2025 dan bertemu Anwar Ibrahim."]
    graphs = [build([write(tmp_path, text)], execution=how) for how in (Execution(), Execution(workers=1))]
    folders = [tmp_path / "here", tmp_path / "there"]
    for graph, folder in zip(graphs, folders, strict=True):
        assert graph.statements
        graph.save(folder)
    names = sorted(path.name for path in folders[0].iterdir())
    assert len(names) == 4
    assert all((folders[0] / name).read_bytes() == (folders[1] / name).read_bytes() for name in names)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_worker_outlives_a_killed_build(tmp_path: Path) -> None:
    write(tmp_path, [*GOOD, "!endless"])
    script = (
        "from graphkit import build; from graphkit.extraction import Execution, Limits; import sys;"
        f"build([{str(tmp_path / 'articles.jsonl')!r}], folder={str(tmp_path / 'graph')!r},"
        f" execution=Execution(1, limits=Limits(seconds=2), command={command(tmp_path)!r}))"
    )
    build_process = subprocess.Popen([sys.executable, "-c", script])
    children = _wait_for(lambda: _children(build_process.pid))
    os.kill(build_process.pid, signal.SIGKILL)
    build_process.wait()
    assert _wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children), seconds=90)


def _children(pid: int) -> list[str]:
    tasks = Path(f"/proc/{pid}/task")
    return [child for task in tasks.iterdir() for child in (task / "children").read_text().split()]


def _wait_for(condition, seconds: float = 120.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")
