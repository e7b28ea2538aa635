"""Figures by entity type."""

from __future__ import annotations

import json
from pathlib import Path

from graphkit.training.gold import ARTICLES, GOLD
from graphkit.training.mentions import measure_mentions

TEXT = "Presiden Rusia Vladimir Putin bertemu Perdana Menteri India Narendra Modi di Jakarta, Kamis (5/6/2025)."


def test_entities_are_counted_by_type(tmp_path: Path) -> None:
    entities = [
        {"name": "Vladimir Putin", "type": "Person", "mentions": ["Putin"]},
        {"name": "Narendra Modi", "type": "Person", "mentions": ["Modi"]},
        {"name": "Russia", "type": "Organization", "mentions": ["Rusia"]},
        {"name": "Prabowo Subianto", "type": "Person", "mentions": []},
    ]
    (tmp_path / ARTICLES).write_text(json.dumps({"id": "a", "text": TEXT, "language": "id"}), encoding="utf-8")
    (tmp_path / GOLD).write_text(json.dumps({"id": "a", "entities": entities, "statements": []}), encoding="utf-8")
    rows = {line.split(" | ")[0].strip("| "): line for line in measure_mentions(tmp_path, "id").splitlines()}
    assert rows["Person"] == "| Person | 3 | 1.000 | 0.667 | 0.800 | 0 |"
    assert rows["Organization"].endswith("| 0.000 | 1 |")
