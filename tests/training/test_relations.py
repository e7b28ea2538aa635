"""What the relation stage takes from annotated articles, and what it makes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc

from graphkit.statements.component import StatementReader
from graphkit.statements.scorer.judge import study
from graphkit.statements.view import DocView

gold = pytest.importorskip("graphkit.training.gold")
pytest.importorskip("sklearn", reason="needs the train extra")
decision = pytest.importorskip("graphkit.training.decision")
network = pytest.importorskip("graphkit.training.network")
report = pytest.importorskip("graphkit.training.report")

TEXT = (
    "Rudi Santoso bertemu dengan Sinta Wijaya. Rudi Santoso memuji Sinta Wijaya. "
    "PT Lautan Beras meraih laba Rp 2 miliar."
)
NAMES = ("met_with", "supports", "measure")


def article() -> dict[str, Any]:
    entities = [
        {"name": "Rudi Santoso", "type": "Person", "mentions": ["Rudi Santoso"]},
        {"name": "Sinta Wijaya", "type": "Person", "mentions": ["Sinta Wijaya"]},
        {"name": "Lautan Beras", "type": "Organization", "mentions": ["PT Lautan Beras"]},
    ]
    plain = {"qualifiers": {}, "salient": True}
    return {
        "entities": entities,
        "statements": [
            {
                "subject": "Sinta Wijaya",
                "relation": "met_with",
                "object": "Rudi Santoso",
                "evidence": "Rudi Santoso bertemu dengan Sinta Wijaya",
                **plain,
            },
            {
                "subject": "Rudi Santoso",
                "relation": "supports",
                "object": "Sinta Wijaya",
                "evidence": "Rudi Santoso memuji Sinta Wijaya",
                **plain,
            },
            {
                "subject": "Lautan Beras",
                "relation": "measure",
                "object": "2 billion",
                "evidence": "meraih laba Rp 2 miliar",
                "qualifiers": {"amount": {"value": 2e9, "unit": "IDR"}},
                "salient": False,
            },
        ],
    }


def test_pairs_are_right_in_the_sentence_that_is_the_evidence(read: Callable[..., Doc]) -> None:
    doc = read(TEXT, dt.date(2025, 6, 5))
    view, reader = DocView(doc, "id"), StatementReader("id")
    features = study(view, reader.read(view), reader.evoked(view))
    targets, weights = gold.label_pairs(view, features, gold.facts_of(doc, article()), NAMES)
    nodes, pairs = features.nodes, features.pairs
    met = [(nodes[pairs.first[n]].sentence, bool(weights[n, 0])) for n in np.flatnonzero(targets[:, 0])]
    # Both ways round, for it is symmetric; what the second sentence says of it is left open.
    assert met == [(0, True), (0, True)]
    assert (weights[:, 0] == 0).sum() > 0
    assert [nodes[pairs.first[n]].sentence for n in np.flatnonzero(targets[:, 1])] == [1]
    assert [nodes[pairs.second[n]].kind for n in np.flatnonzero(targets[:, 2])] == ["amount"]


def test_a_network_learns_what_a_feature_says() -> None:
    sparse = pytest.importorskip("scipy.sparse")
    rng = np.random.default_rng(0)
    has = rng.random((400, 3)) < 0.3
    examples = network.Examples(
        rows=sparse.csr_matrix(has.astype(np.float32)),
        vectors=np.zeros((400, 6), np.float32),
        targets=has[:, :1].astype(np.float32),
        weights=np.ones((400, 1), np.float32),
    )
    recipe = network.Recipe(width=8, epochs=60, share=1.0, rate=0.02, batch=64, dropout=0.0)
    learnt = network.train_network(examples, np.arange(3, dtype=np.uint64), ("met_with",), recipe)
    same = network.train_network(examples, np.arange(3, dtype=np.uint64), ("met_with",), recipe)
    odds = np.maximum(has @ learnt.weights[:-1] + learnt.bias, 0) @ learnt.output + learnt.output_bias
    assert ((odds[:, 0] > 0) == has[:, 0]).mean() > 0.99
    assert (learnt.weights == same.weights).all()


def test_calibration_brings_stated_to_observed() -> None:
    rng = np.random.default_rng(0)
    odds = rng.normal(size=4000) * 3
    framed = rng.random(4000) < 0.5
    right = rng.random(4000) < 1 / (1 + np.exp(-odds / 3))
    slope, shift = decision.calibrate(odds, framed, right)
    assert slope == pytest.approx((1 / 3, 1 / 3), abs=0.05) and shift == pytest.approx((0, 0), abs=0.15)


def test_grown_trees_give_what_scikit_learn_gives() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble")
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(500, 5)).astype(np.float32)
    right = rows[:, 0] * rows[:, 1] > 0
    trees = decision.grow(rows, right, seed=3)
    theirs = ensemble.GradientBoostingClassifier(**decision.SETTINGS, random_state=3).fit(rows, right)
    np.testing.assert_allclose(trees.odds(rows), theirs.decision_function(rows), atol=1e-9)


def test_a_statement_said_twice_counts_once() -> None:
    fact = gold.Fact("met_with", frozenset({0}), frozenset({1}), None, frozenset(), True)
    outcome = report.Outcome(
        (fact, fact), ("met_with",) * 3, np.array([True, False, False]), np.array([0, 0, -1]), np.array([0.9, 0.8, 0.1])
    )
    found = report.measure([outcome], 0.5)
    assert (found.precision, found.recall, found.salient) == (0.5, 0.5, 0.5)
