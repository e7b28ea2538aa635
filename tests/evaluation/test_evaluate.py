"""The measure on small cases counted by hand, on generated ones, and against the reference where it is at hand."""

from __future__ import annotations

import importlib.util
import json
import random
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphkit.evaluation import EvaluationError, evaluate, read_gold, read_predictions
from graphkit.schema import relations

REFERENCE = Path(__file__).parents[3] / "shared" / "eval"

ENTITIES = [
    {"name": "Russia", "type": "Country", "mentions": ["Rusia", "Moskow"]},
    {"name": "China", "type": "Country", "mentions": ["Tiongkok"]},
    {"name": "Vladimir Putin", "type": "Person", "mentions": ["Putin"]},
    {"name": "PT Sagara", "type": "Organization", "mentions": ["Sagara"]},
    {"name": "Harbour fair", "type": "Event", "mentions": ["pekan raya"]},
]
TRADE = {
    "subject": "Russia",
    "relation": "trade_partner",
    "object": "China",
    "qualifiers": {"amount": {"value": 245e9, "unit": "USD"}, "time": "2024", "rank": "utama"},
    "modality": "asserted",
    "claimed_by": "Vladimir Putin",
    "evidence": "…",
    "salient": True,
}
OFFICE = {**TRADE, "subject": "Vladimir Putin", "relation": "holds_position", "object": "Russia", "salient": False}
OFFICE |= {"qualifiers": {"title": "President"}, "claimed_by": None}
PROFIT = {**OFFICE, "subject": "PT Sagara", "relation": "measure", "object": "laba"}
PROFIT |= {"qualifiers": {"metric": "laba", "amount": {"value": 1000, "unit": "tonnes"}}}
VISIT = {**OFFICE, "subject": "Vladimir Putin", "relation": "visited", "object": "China", "qualifiers": {}}


def article(*statements: dict[str, Any], id_: str = "a") -> dict[str, Any]:
    return {"id": id_, "entities": ENTITIES, "statements": list(statements)}


def says(annotation: dict[str, Any], article: str = "a", **changes: Any) -> dict[str, Any]:
    """The prediction that says what an annotation says."""
    things = {entity["name"]: entity for entity in ENTITIES}
    sides = {side: things.get(annotation[side]) for side in ("subject", "object")}
    said = {key: annotation[key] for key in ("relation", "qualifiers", "modality", "claimed_by")}
    return {"article": article, **said, **sides, **changes}


def thing(name: str, *mentions: str) -> dict[str, Any]:
    return {"name": name, "type": "Person", "mentions": list(mentions)}


def write(path: Path, entries: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    return path


@pytest.fixture
def figures(tmp_path: Path):
    def run(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, Any]:
        paths = write(tmp_path / "gold.jsonl", gold), write(tmp_path / "predicted.jsonl", predicted)
        return evaluate(read_gold(paths[0]), read_predictions(paths[1])).to_dict()

    return run


def test_all_is_right(figures) -> None:
    found = figures([article(TRADE, OFFICE, PROFIT)], [says(s) for s in (TRADE, OFFICE, PROFIT)])
    assert found["statements"] == {"precision": 1, "recall": 1, "f1": 1}
    assert found["entities"]["f1"] == found["amounts_and_times"]["f1"] == found["salient_recall"] == 1
    assert found["modality_accuracy"] == found["claimed_by_accuracy"] == found["text_qualifiers_present"] == 1
    assert found["counts"] == {"gold": 3, "predicted": 3, "matched": 3}


def test_counted_by_hand(figures) -> None:
    wrong = says(OFFICE, relation="founded")
    late = says(TRADE, qualifiers={"amount": {"value": 99, "unit": "USD"}, "time": "2024-05"}, claimed_by=None)
    found = figures([article(TRADE, OFFICE, PROFIT, VISIT)], [wrong, late, says(OFFICE, modality="planned")])
    assert found["statements"] == {"precision": 0.6667, "recall": 0.5, "f1": 0.5714}
    assert found["salient_recall"] == 1
    # Russia, China and Putin are named; PT Sagara is missed.
    assert found["entities"] == {"precision": 1, "recall": 0.75, "f1": 0.8571}
    assert found["amounts_and_times"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5}
    assert found["text_qualifiers_present"] == 0.5  # the title is there, the rank is not
    assert found["modality_accuracy"] == 0.5 and found["claimed_by_accuracy"] == 0.5
    assert found["relations"]["founded"] == {"precision": 0, "recall": 0, "f1": 0, "gold": 0, "predicted": 1}
    assert found["qualifiers"]["time"]["right"] == 1 and found["qualifiers"]["amount"]["right"] == 0


@pytest.mark.parametrize(
    ("annotation", "changes", "right"),
    [
        (TRADE, {"subject": thing("x", "TIONGKOK"), "object": thing("Rusia!")}, True),  # symmetric, case, punctuation
        (OFFICE, {"subject": thing("Russia"), "object": thing("Putin")}, False),  # not symmetric
        (TRADE, {"object": thing("Chinatown")}, False),
        (PROFIT, {"object": None}, True),
        (PROFIT, {"qualifiers": {"amount": {"value": 1004, "unit": "tons"}}}, True),  # within half a percent
        (PROFIT, {"qualifiers": {"amount": {"value": 1006, "unit": "tons"}}}, False),
        (PROFIT, {"qualifiers": {"amount": {"value": 1000, "unit": "USD"}}}, False),
        (PROFIT, {"qualifiers": {}}, False),
    ],
)
def test_what_matches(annotation: dict[str, Any], changes: dict[str, Any], right: bool, figures) -> None:
    found = figures([article(annotation)], [says(annotation, **changes)])
    assert found["counts"] == {"gold": 1, "predicted": 1, "matched": int(right)}


def test_the_prediction_with_the_right_amount_is_taken(figures) -> None:
    other = {**TRADE["qualifiers"], "amount": {"value": 1, "unit": "USD"}}
    found = figures([article(TRADE)], [says(TRADE, qualifiers=other), says(TRADE)])
    assert found["amounts_and_times"]["f1"] == 1
    assert found["statements"]["precision"] == 0.5  # the same twice is wrong once


def test_optional_statements_are_neither_required_nor_wrong(figures) -> None:
    found = figures([article(TRADE, {**OFFICE, "optional": True})], [says(TRADE), says(OFFICE)])
    assert found["counts"] == {"gold": 1, "predicted": 1, "matched": 1}
    assert figures([article(TRADE, {**OFFICE, "optional": True})], [says(TRADE)])["statements"]["recall"] == 1


def test_relations_outside_the_schema_and_unknown_articles_do_not_count(figures) -> None:
    found = figures([article(TRADE)], [says(TRADE), says(TRADE, relation="rhymes_with"), says(OFFICE, article="z")])
    assert found["counts"] == {"gold": 1, "predicted": 1, "matched": 1}


def test_reliability_is_stated_against_observed(figures) -> None:
    found = figures(
        [article(TRADE, OFFICE)],
        [says(TRADE, confidence=0.85), says(VISIT, confidence=0.81), says(OFFICE, confidence=1.0)],
    )
    assert found["reliability"] == [
        {"from": 0.8, "to": 0.9, "statements": 2, "stated": 0.83, "observed": 0.5},
        {"from": 0.9, "to": 1.0, "statements": 1, "stated": 1.0, "observed": 1.0},
    ]


def test_nothing_predicted_is_zero_and_no_error(figures) -> None:
    found = figures([article(TRADE), article(id_="empty")], [])
    assert found["statements"] == {"precision": 0, "recall": 0, "f1": 0} and found["articles"] == 2


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("", "holds no article"),
        ("[]", "gold.jsonl:1"),
        ("\n{oops", "gold.jsonl:2"),
        ('{"id": "a"}', "'statements' is missing"),
        ('{"id": "a", "statements": 5}', "'statements'"),
        ('{"statements": []}', "'id'"),
        ('{"id": "a", "statements": []}\n{"id": "a", "statements": []}', "there twice"),
        ('{"id": "a", "entities": [{"name": ""}], "statements": []}', "'name'"),
        ('{"id": "a", "statements": [{"subject": "X", "relation": "visited", "object": "Y"}]}', "subject 'X'"),
        ("[" * 100_000, "not JSON"),
        ("\x00\udcff", "UTF-8"),
    ],
)
def test_a_bad_gold_file_names_place_and_key(lines: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(lines.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(EvaluationError, match=r".*gold\.jsonl") as error:
        read_gold(tmp_path)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"subject": thing("X")}, "'article' is missing"),
        ({"article": "a", "relation": "visited", "subject": thing("X")}, "'object' is missing"),
        ({"article": "a", "relation": "visited", "subject": "X", "object": thing("Y")}, "'subject'"),
        ({"article": "a", "relation": "measure", "subject": thing("X"), "qualifiers": {"amount": 5}}, "'amount'"),
    ],
)
def test_a_bad_prediction_names_place_and_key(entry: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=words):
        read_predictions(write(tmp_path / "statements.jsonl", [entry]))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for reader in (read_gold, read_predictions):
        with pytest.raises(EvaluationError, match="check the path"):
            reader(tmp_path / "nowhere.jsonl")
        with pytest.raises(EvaluationError, match="name the file itself"):
            reader(tmp_path)


NAMES = [entity["name"] for entity in ENTITIES]
annotations = st.builds(
    lambda relation, sides, qualifiers, salient: {
        **TRADE,
        "relation": relation,
        "subject": sides[0],
        "object": sides[1],
        "qualifiers": qualifiers,
        "salient": salient,
    },
    st.sampled_from(["visited", "supports", "met_with", "trade_partner"]),
    st.permutations(NAMES),
    st.fixed_dictionaries({}, optional={"time": st.sampled_from(["2024", "2025-01"]), "rank": st.just("utama")}),
    st.booleans(),
)


def distinct(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(s["relation"], frozenset((s["subject"], s["object"]))): s for s in statements}.values())


@settings(deadline=None)
@given(st.lists(annotations, max_size=12), st.data())
def test_precision_and_recall_are_the_shares_of_what_is_there(statements: list[dict[str, Any]], data: Any) -> None:
    gold = distinct(statements)
    kept = [s for s in gold if data.draw(st.booleans())]
    false = data.draw(st.integers(0, 5))
    predictions = data.draw(st.permutations([says(s) for s in kept] + [says({**OFFICE, "relation": "won"})] * false))
    found = evaluate_entries([article(*gold)], predictions)
    total = len(kept) + false
    assert found["counts"] == {"gold": len(gold), "predicted": total, "matched": len(kept)}
    assert found["statements"]["recall"] == round(len(kept) / len(gold), 4) if gold else True
    assert found["statements"]["precision"] == round(len(kept) / total, 4) if total else True
    assert found["amounts_and_times"]["recall"] == float(any("time" in s["qualifiers"] for s in kept))


def evaluate_entries(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        paths = write(Path(folder) / "gold.jsonl", gold), write(Path(folder) / "predicted.jsonl", predicted)
        return evaluate(read_gold(paths[0]), read_predictions(paths[1])).to_dict()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.lists(annotations, max_size=4), min_size=2, max_size=5), st.data())
def test_intervals_hold_the_figure_and_do_not_change(articles: list[list[dict[str, Any]]], data: Any) -> None:
    gold = [article(*distinct(statements), id_=str(n)) for n, statements in enumerate(articles)]
    predicted = [
        says(s, article=entry["id"]) for entry in gold for s in entry["statements"] if data.draw(st.booleans())
    ]
    found = evaluate_entries(gold, predicted)
    assert found["intervals"] == evaluate_entries(gold, predicted)["intervals"]
    low, high = found["intervals"]["recall"]
    assert 0 <= low <= high <= 1
    if all(entry["statements"] for entry in gold):
        assert low <= found["statements"]["recall"] <= high


def test_one_article_has_no_interval(figures) -> None:
    assert figures([article(TRADE)], [says(TRADE)])["intervals"] == {}


def spoilt(entry: dict[str, Any], luck: random.Random) -> list[dict[str, Any]]:
    """Predictions that are right, nearly right and wrong, made from the annotations of an article."""
    things = {thing["name"]: thing for thing in entry["entities"]}
    names = sorted(things)
    found = []
    for statement in entry["statements"]:
        said = {**statement, "article": entry["id"], "evidence": {"text": statement["evidence"]}}
        said |= {side: things.get(statement[side]) for side in ("subject", "object")}
        change = luck.choice(["none", "none", "lost", "subject", "turn", "relation", "qualifiers", "twice", "speech"])
        if change == "subject":
            said["subject"] = things[luck.choice(names)]
        elif change == "turn" and said["object"] is not None:
            said["subject"], said["object"] = said["object"], said["subject"]
        elif change == "relation" and said["object"] is not None:
            said["relation"] = luck.choice([*sorted(relations()), "rhymes_with"])
        elif change == "qualifiers":
            said["qualifiers"] = {n: v for n, v in said["qualifiers"].items() if luck.random() < 0.5} | {"time": "2025"}
        elif change == "speech":
            said |= {"modality": "planned", "claimed_by": luck.choice([None, *names])}
        if said["relation"] != "measure" and said["object"] is None:
            said["object"] = things[luck.choice(names)]
        found += [said] * {"lost": 0, "twice": 2}.get(change, 1)
    return found


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference measure and the annotated articles are not here")
@pytest.mark.parametrize("part", ["dev", "train"])
@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_those_of_the_reference(part: str, seed: int, tmp_path: Path) -> None:
    gold = REFERENCE / part / "gold.jsonl"
    luck = random.Random(seed)
    entries = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    for entry in entries:
        for statement in entry["statements"]:
            statement["optional"] = luck.random() < 0.1
    annotated = write(tmp_path / "gold.jsonl", entries)
    predicted = write(tmp_path / "predicted.jsonl", [said for entry in entries for said in spoilt(entry, luck)])
    wanted, _ = reference().score(reference().read(annotated), reference().read(predicted))
    found = evaluate(read_gold(annotated), read_predictions(predicted)).to_dict()
    rows = wanted.pop("relations")
    assert {name: found[name] for name in wanted} == wanted
    assert {name: {key: found["relations"][name][key] for key in row} for name, row in rows.items()} == rows
    assert found["relations"].keys() == rows.keys()


def reference() -> Any:
    spec = importlib.util.spec_from_file_location("reference_score", REFERENCE / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
