"""The README tells what is so: its example is in the demo graph, its code runs, its commands exist."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from graphkit.cli import app
from graphkit.knowledge import KnowledgeBase

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def holds(whole: Any, part: Any) -> bool:
    if isinstance(part, Mapping):
        return isinstance(whole, Mapping) and all(holds(whole.get(key), value) for key, value in part.items())
    return whole == part


def test_the_json_line_is_in_the_demo_graph() -> None:
    wanted = json.loads(blocks("json")[0])
    lines = (ROOT / "output" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    assert any(holds(json.loads(line), wanted) for line in lines)
    assert f"#statement={wanted['id']}" in README


def test_the_turtle_is_in_the_demo_graph() -> None:
    graph = {
        " ".join(line.split()) for line in (ROOT / "output" / "graph.ttl").read_text(encoding="utf-8").splitlines()
    }
    shown = [" ".join(line.split()) for line in blocks("turtle")[0].splitlines() if line.strip()]
    assert shown and not [line for line in shown if line not in graph]


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_runs(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(code, "README.md", "exec"), {})
    if "kg.save" in code:
        assert (tmp_path / "graph" / "graph.html").is_file()


def test_the_entity_record_is_one(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(blocks("json")[1], encoding="utf-8")
    knowledge = KnowledgeBase.load("id", (tmp_path / "mine.jsonl",))
    assert knowledge.find("PT Sagara Pangan Tbk")[0].record.name == "Sagara Pangan"


def commands() -> list[list[str]]:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("graphkit ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_the_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "Presiden Prabowo Subianto bertemu dengan Presiden Rusia Vladimir Putin di Moskow."
    for folder in ("articles", "archive", "output"):
        (tmp_path / folder).mkdir()
    shutil.copy(ROOT / "output" / "statements.jsonl", tmp_path / "output")
    (tmp_path / "articles" / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "more.jsonl").write_text(json.dumps({"text": f"{text} Ia lalu pulang."}), encoding="utf-8")
    page = f"<html><body><article><p>{text} Mereka makan malam bersama menteri.</p></article></body></html>"
    (tmp_path / "archive" / "b.html").write_text(page, encoding="utf-8")
    assert len(commands()) >= 4
    for command in commands():
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 0, (command, result.output)


def test_links_and_pictures_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert targets and not [target for target in targets if not os.path.exists(ROOT / target)]  # noqa: PTH110
