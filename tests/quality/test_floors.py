"""Quality may only rise: statements of the sample articles against a reading of them by hand."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

from graphkit import KnowledgeGraph, Statement
from graphkit.schema import relations

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
# More than this above the floor means that somebody forgot to raise it.
SLACK = 0.02


def key(article: str, subject: str, relation: str, obj: str) -> tuple[str, ...]:
    sides = sorted((subject, obj)) if relations()[relation].symmetric else (subject, obj)
    return (article, relation, *sides)


def said(statement: Statement) -> tuple[str, ...]:
    article = statement.evidence[0].article
    return key(article, statement.subject.name, statement.relation, statement.object.name)


def test_quality_does_not_fall(demo: tuple[KnowledgeGraph, Path]) -> None:
    with (HERE / "gold.tsv").open(encoding="utf-8", newline="") as file:
        gold = {
            key(r["article"], r["subject"], r["relation"], r["object"]) for r in csv.DictReader(file, delimiter="\t")
        }
    articles = {entry[0] for entry in gold}
    assert {entry[1] for entry in gold} == set(relations()), "the gold shows every relation"
    found = {entry for entry in map(said, demo[0].article_statements) if entry[0] in articles}
    right = len(found & gold)
    reached = {"precision": right / len(found), "recall": right / len(gold)}
    reached["f1"] = 2 * right / (len(found) + len(gold))
    missed, wrong = sorted(gold - found), sorted(found - gold)
    for name, floor in FLOORS.items():
        assert reached[name] >= floor, f"{name} is {reached[name]:.3f}; missed {missed}; wrong {wrong}"
        assert reached[name] < floor + SLACK, f"{name} is {reached[name]:.3f}: raise the floor"
