"""docs/evaluation.md: its annotated article can be evaluated, its Python runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graphkit.evaluation import evaluate, read_gold, read_predictions

PAGE = (Path(__file__).parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_an_annotated_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold.jsonl").write_text(block("json"), encoding="utf-8")
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "gold.jsonl").write_text(block("json"), encoding="utf-8")
    assert evaluate(read_gold("gold.jsonl"), read_predictions("graph")).statements["f1"] == 1
    exec(compile(block("python"), "evaluation.md", "exec"), {})
