"""``graphkit evaluate`` as users run it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from graphkit.cli import app

GOLD = {
    "id": "satu",
    "entities": [
        {"name": "Prabowo Subianto", "type": "Person", "mentions": ["Prabowo"]},
        {"name": "Malaysia", "type": "Country", "mentions": []},
    ],
    "statements": [
        {
            "subject": "Prabowo Subianto",
            "relation": "visited",
            "object": "Malaysia",
            "qualifiers": {"time": "2025-05"},
            "modality": "asserted",
            "claimed_by": None,
            "evidence": "mengunjungi [Malaysia]",
            "salient": True,
        }
    ],
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, arguments)])


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    return path


def test_what_build_wrote_can_be_evaluated(gold: Path, tmp_path: Path) -> None:
    article = {"id": "satu", "text": "Presiden Prabowo Subianto mengunjungi Malaysia pada Mei 2025.", "language": "id"}
    (tmp_path / "in.jsonl").write_text(json.dumps(article))
    build = CliRunner().invoke(app, ["build", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out")])
    assert build.exit_code == 0
    result = run(gold, tmp_path / "out", "--json")
    assert result.exit_code == 0
    figures = json.loads(result.stdout)
    assert figures["statements"]["recall"] == 1 and figures["qualifiers"]["time"]["right"] == 1


def test_tables_and_errors(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    result = run(gold.parent, tmp_path / "none.jsonl", "--by-relation", "--reliability", "--errors")
    assert result.exit_code == 0
    for words in ("salient recall", "By relation", "missed satu: Prabowo Subianto – visited – Malaysia", "[Malaysia]"):
        assert words in result.stdout
    assert "without predictions" in result.output


def test_annotations_against_annotations(gold: Path) -> None:
    assert json.loads(run(gold, gold, "--json").stdout)["statements"]["f1"] == 1


def test_bad_input_is_2(gold: Path, tmp_path: Path) -> None:
    result = run(gold, tmp_path / "nowhere")
    assert result.exit_code == 2 and "nowhere" in result.output
