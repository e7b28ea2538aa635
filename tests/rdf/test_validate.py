"""What graphkit writes always conforms, and every check finds what it is there for."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from pyoxigraph import Quad, Store

from graphkit.rdf import to_dataset, validate_dataset
from graphkit.rdf.dataset import Dataset
from graphkit.rdf.validate import Violation, checks
from tests.graphs import hostile_graph, trade_graph
from tests.rdf.strategies import graphs


@pytest.mark.parametrize("base", ["https://graphkit.example/", "https://kg.example.org/x/"])
@pytest.mark.parametrize("graph", [trade_graph(), hostile_graph()], ids=["trade", "hostile"])
def test_our_graphs_conform(graph: nx.MultiDiGraph, base: str) -> None:
    assert validate_dataset(to_dataset(graph, base)) == []


@settings(max_examples=25, deadline=None)
@given(graph=graphs())
def test_any_graph_conforms(graph: nx.MultiDiGraph) -> None:
    assert validate_dataset(to_dataset(graph)) == []


def changed(update: str) -> list[Violation]:
    dataset: Dataset = to_dataset(trade_graph())
    prologue = "".join(f"PREFIX {prefix}: <{start}>\n" for prefix, start in dataset.prefixes.items())
    # An update sees the default graph alone, so all is put there first.
    store = Store()
    store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in dataset.store)
    before = set(store)
    store.update(prologue + update)
    assert set(store) != before
    return validate_dataset(Dataset(store, dataset.iris, "changed"))


BREAKS = {
    "evidence-text": "DELETE { ?e oa:start 0 } INSERT { ?e oa:start 1 } WHERE { ?e a kg:Evidence ; oa:start 0 }",
    "cue-text": 'DELETE { ?e kg:cue ?c } INSERT { ?e kg:cue "other" } WHERE { ?e kg:cue ?c }',
    "article-text": 'INSERT { ?a schema:articleBody "x" } WHERE { ?a a schema:NewsArticle }',
    "statement-without-evidence": "DELETE WHERE { ?s prov:wasDerivedFrom ?e }",
    "number-without-unit": "DELETE WHERE { ?s kg:currency ?c }",
    "quantity-differs": "DELETE { ?s kg:amount ?a } INSERT { ?s kg:amount 1.0 } WHERE { ?s kg:amount ?a }",
    "direct-triple-missing": "DELETE WHERE { ?s r:tradePartner ?o }",
    "direct-triple-unfounded": "INSERT { ?s r:supplies ?o } WHERE { ?s r:tradePartner ?o }",
    "differs-one-way": "DELETE { ?s kg:differsFrom ?o } WHERE { ?s kg:differsFrom ?o . FILTER(STR(?s) < STR(?o)) }",
    "article-count": "DELETE { ?s kg:articleCount 1 } INSERT { ?s kg:articleCount 9 } WHERE { ?s kg:articleCount 1 }",
    "polarity": "DELETE { ?s kg:polarity ?p } INSERT { ?s kg:polarity kg:Negative } WHERE { ?s kg:polarity ?p }",
    "not-described": "DELETE { ?e a ?t } WHERE { ?e a ?t ; schema:name ?name }",
}


@pytest.mark.parametrize("name", sorted(checks()))
def test_every_check_finds_what_it_is_for(name: str) -> None:
    found = changed(BREAKS[name])
    assert name in {violation.check for violation in found}
    assert all(violation.node.startswith("http") and violation.message for violation in found)


SHAPES = {
    "a statement has one subject": "DELETE WHERE { ?s rdf:subject ?o }",
    "a statement needs its evidence": "DELETE WHERE { ?s prov:wasDerivedFrom ?e }",
    "a time begins": 'DELETE { ?s kg:from ?f } INSERT { ?s kg:from "2030-01-01"^^xsd:date } WHERE { ?s kg:from ?f }',
    "a confidence is": "DELETE { ?s kg:confidence ?c } INSERT { ?s kg:confidence 1.5 } WHERE { ?s kg:confidence ?c }",
    "a currency is": 'DELETE { ?s kg:currency ?c } INSERT { ?s kg:currency "dollars" } WHERE { ?s kg:currency ?c }',
    "evidence names the frame": "DELETE WHERE { ?e kg:frame ?f }",
    "an entity has one canonical name": 'INSERT { ?e schema:name "Other" } WHERE { ?e schema:name ?n }',
}


@pytest.mark.parametrize("message", sorted(SHAPES))
def test_shapes_find_what_is_wrong_with_a_node(message: str) -> None:
    found = changed(SHAPES[message])
    assert [violation for violation in found if violation.check == "shapes" and violation.message.startswith(message)]
