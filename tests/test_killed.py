"""``graphkit build`` as a process that is killed, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graphkit import build
from graphkit.extraction import spread
from graphkit.storage import LocalStorage
from tests.extraction.fakes import PAUSE, ROOT, FakeReader

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system cannot kill so")

# The command itself, but for the language pipeline, which takes seconds to load.
COMMAND = """
import sys
from graphkit.cli import app
from graphkit.extraction import spread
from tests.extraction.fakes import FakeReader
spread.ArticleReader = FakeReader
app(sys.argv[1:])
"""
ARTICLES = 14
# What is there, somewhere below the folder, when the build is killed.
IN_MEMORY = ("articles/articles-*.index.json", "articles/statements-*.index.json")
ON_DISK = (".merging-*/parts", ".merging-*/quads")


def started(inputs: Path, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    # "-P" as in a shell: the current folder is not on the path.
    path = os.pathsep.join([str(ROOT), *(entry for entry in sys.path if entry)])
    arguments = ["build", str(inputs), "-o", str(folder), "--language", "id", "--workers", "0", "--quiet", *options]
    return subprocess.Popen(
        [sys.executable, "-P", "-c", COMMAND, *arguments],
        env={**os.environ, "PYTHONPATH": path, PAUSE: "0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def kill_when(pattern: str, folder: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 120
    while not any(folder.glob(pattern)):
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()[0]
        time.sleep(0.002)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def content(folder: Path) -> dict[str, bytes]:
    """All files of a graph by name; how articles are kept may depend on the way, what was fused may not."""
    files = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    kept = {name for name in names if name.startswith("articles/") and name != "articles/fused.jsonl"}
    return {name: path.read_bytes() for name, path in sorted(names.items()) if name not in kept}


@pytest.mark.parametrize(("moments", "options"), [(IN_MEMORY, ()), (ON_DISK, ("--merge-memory", "0"))])
def test_a_build_that_is_killed_and_started_again_gives_the_same_bytes(
    moments: tuple[str, ...], options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if options:
        pytest.importorskip("duckdb")
    inputs = tmp_path / "in"
    inputs.mkdir()
    for number in range(ARTICLES):
        text = f"Budi Santoso | met_with | Org Kopi\nRusia | trade_partner | China | {number % 5} | 2024"
        (inputs / f"{number}.txt").write_text(f"{text}\nSri Ayu | visited | Org {number}", encoding="utf-8")
    for moment in moments:
        kill_when(moment, tmp_path / "killed", started(inputs, tmp_path / "killed", *options))
    process = started(inputs, tmp_path / "killed", *options)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0, out
    # The same without interruption, in this process.
    monkeypatch.setattr(spread, "ArticleReader", FakeReader)
    whole = tmp_path / "whole"
    graph = build([inputs], folder=whole, language="id", memory=0 if options else None)
    if not options:
        graph.save(whole)
    assert content(tmp_path / "killed") == content(whole)
    # What a killed run leaves half written is swept away by the next.
    hidden = [path.name for path in (tmp_path / "killed").rglob(".*") if path.name != ".lock"]
    assert not hidden and LocalStorage(tmp_path / "killed" / "articles").names()
