"""The learned scorer: the quick sums are the sums, weights survive a round trip, verdicts can be explained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from spacy.tokens import Doc

from graphkit.statements.component import StatementReader
from graphkit.statements.scorer import SCORER, Weights, explain_score, judge, load_weights
from graphkit.statements.scorer.describe import COLUMNS, Shares
from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.judge import study
from graphkit.statements.scorer.network import Network, rows_of, spelled_out, vectors_of
from graphkit.statements.scorer.propose import key_of
from graphkit.statements.scorer.trees import Trees
from graphkit.statements.scorer.weights import read_weights, write_weights
from graphkit.statements.view import DocView

TEXT = (
    "Menteri Perdagangan Sinta Wijaya bertemu dengan Rudi Santoso di Surabaya, Kamis (5/6/2025). "
    "Menurut Sinta, PT Lautan Beras mengekspor beras senilai Rp 2,5 triliun ke Malaysia. "
    '"Kami mendukung rencana itu," kata Rudi.'
)


@pytest.fixture(scope="module")
def doc(read: Callable[..., Doc]) -> Doc:
    return read(TEXT)


@pytest.fixture(scope="module")
def features(doc: Doc) -> Features:
    view, reader = DocView(doc, "id"), StatementReader("id")
    return study(view, reader.read(view), reader.evoked(view))


@pytest.fixture(scope="module")
def network(features: Features) -> Network:
    rng = np.random.default_rng(0)
    _, keys, _ = spelled_out(features, np.arange(len(features.pairs.first)))
    known = np.unique(keys)[::2]
    wide = features.vectors.shape[1]
    sizes = {"weights": (len(known) + 1, 8), "dense": (3, wide, 8), "bias": (8,), "output": (8, 2), "output_bias": (2,)}
    drawn = {name: rng.normal(size=size).astype(np.float32) for name, size in sizes.items()}
    drawn["weights"][-1] = 0
    return Network(keys=known, relations=("met_with", "supplies"), **drawn)


@pytest.fixture(scope="module")
def weights(network: Network) -> Weights:
    trees = Trees(
        column=np.zeros((1, 3), np.int64),
        limit=np.zeros((1, 3)),
        left=np.array([[1, 1, 2]]),
        right=np.array([[2, 1, 2]]),
        value=np.array([[0.0, -1.0, 1.0]]),
        start=0.0,
        slope=(1.0, 2.0),
        shift=(0.0, 0.0),
    )
    shares = Shares({"met_with.verb": 0.8}, {"met_with": 0.5}, 0.5, {"met_with": -5.0, "supplies": -6.0})
    return Weights(network, shares, trees, 0.4, np.zeros(len(COLUMNS), np.float32))


def test_what_is_shared_among_pairs_adds_up_to_what_each_pair_has(features: Features, network: Network) -> None:
    every = np.arange(len(features.pairs.first))
    pair, keys, values = spelled_out(features, every)
    slow = np.tile(network.bias, (len(every), 1)).astype(np.float64)
    np.add.at(slow, pair, network.weights[rows_of(network.keys, keys)] * values[:, None])
    slow += vectors_of(features, every) @ network.dense.reshape(-1, 8)
    np.testing.assert_allclose(network.hidden(features), slow, atol=1e-3)


def test_no_feature_holds_a_name(doc: Doc, features: Features) -> None:
    names = [mention for mention in doc._.mentions if mention.kind == "name"]
    tokens = [token for mention in names for token in doc.char_span(mention.start, mention.end)]
    assert tokens and all(features.tree.lower[token.i] != token.lower for token in tokens)
    assert all(features.tree.lemma[token.i] != token.lemma for token in tokens)


def test_trees_lead_left_up_to_the_limit(weights: Weights) -> None:
    rows = np.array([[0.0], [0.1]], np.float32)
    assert weights.trees.odds(rows).tolist() == [-1.0, 1.0]
    surer = weights.trees.chance(rows, np.array([True, True]))
    assert surer[1] > weights.trees.chance(rows, np.array([False, False]))[1] > 0.5 > surer[0]


def test_weights_survive_a_round_trip_and_are_the_same_bytes(weights: Weights, tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    write_weights(weights, first)
    again = read_weights(first)
    write_weights(again, second)
    assert first.read_bytes() == second.read_bytes()
    assert again.shares == weights.shares and again.network.relations == weights.network.relations
    np.testing.assert_allclose(again.network.weights, weights.network.weights, rtol=2e-3, atol=2e-3)


def test_weights_of_other_code_are_refused(weights: Weights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_weights(weights, tmp_path / "a.npz")
    monkeypatch.setattr("graphkit.statements.scorer.weights.COLUMNS", (*COLUMNS, "new"))
    with pytest.raises(ValueError, match="training relations"):
        read_weights(tmp_path / "a.npz")


def test_every_reading_of_a_frame_is_judged(doc: Doc, weights: Weights) -> None:
    view, reader = DocView(doc, "id"), StatementReader("id")
    entries = reader.read(view)
    judgement = judge(view, entries, reader.evoked(view), weights)
    judged = {frame for proposal in judgement.proposals for frame, _ in proposal.frames}
    assert judged == {entry["frame"] for entry in entries if entry["relation"] in weights.network.relations} != set()
    assert ((judgement.chances > 0) & (judgement.chances < 1)).all()


def test_the_shipped_scorer_gives_chances_and_its_reasons(doc: Doc) -> None:
    assert load_weights("id") is not None
    met = next(s for s in doc.user_data["graphkit.statements"] if s["relation"] == "met_with")
    view, reader = DocView(doc, "id"), StatementReader("id")
    read = (view, reader.read(view), reader.evoked(view), load_weights("id"))
    found = explain_score(*read, key_of(met["subject"], "met_with", met["object"], -1))
    assert found is not None and found.chance == pytest.approx(met["confidence"], abs=1e-3)
    assert found.clues and found.words and all(item.feature != "?" for item in found.words)
    assert explain_score(*read, key_of(met["subject"], "acquired", met["subject"], -1)) is None


def test_what_the_scorer_adds_is_likely_enough_and_can_be_told_apart(doc: Doc) -> None:
    threshold = load_weights("id").threshold
    for statement in doc._.statements:
        assert all(e.frame == SCORER or "." in e.frame for e in statement.evidence)
        if all(e.frame == SCORER for e in statement.evidence):
            assert statement.confidence >= threshold
