"""What the sample articles must become: the story that the README tells."""

from pathlib import Path

import networkx as nx
import pytest

from graphkit import Amount, KnowledgeGraph, Statement


@pytest.fixture(scope="module")
def graph(demo: tuple[KnowledgeGraph, Path]) -> KnowledgeGraph:
    return demo[0]


def trade(graph: KnowledgeGraph) -> dict[float, Statement]:
    pair = {"country/china", "country/russia"}
    found = [s for s in graph.statements if s.relation == "trade_partner" and {s.subject.id, s.object.id} == pair]
    return {s.qualifiers["amount"].value: s for s in found if isinstance(s.qualifiers.get("amount"), Amount)}


def test_two_articles_become_one_edge_with_both_as_evidence(graph: KnowledgeGraph) -> None:
    statement = trade(graph)[245e9]
    assert statement.qualifiers["time"] == "2024"
    assert [claimant.name for claimant in statement.claimed_by] == ["Vladimir Putin"]
    assert {item.article for item in statement.evidence} == {"rusia-china-245-miliar", "panggilan"}


def test_another_amount_is_another_edge_and_both_point_at_each_other(graph: KnowledgeGraph) -> None:
    found = trade(graph)
    assert set(found) == {245e9, 244.8e9}
    assert found[245e9].differs_from == (found[244.8e9].id,)
    assert found[244.8e9].differs_from == (found[245e9].id,)


def test_every_evidence_is_in_its_article(graph: KnowledgeGraph) -> None:
    for statement in graph.statements:
        assert statement.evidence
        for item in statement.evidence:
            text = graph.articles[item.article].text
            assert text[item.start : item.end] == item.text
            assert text[item.cue_start : item.cue_end] == item.cue


@pytest.mark.parametrize(
    ("alias", "entity"),
    [
        ("Amerika Serikat", "country/united-states"),
        ("AS", "country/united-states"),
        ("Putin", "person/vladimir-putin"),
        ("Presiden Rusia Vladimir Putin", None),
        ("Xi", "person/xi-jinping"),
        ("PBB", "organization/united-nations"),
    ],
)
def test_one_entity_for_one_thing(alias: str, entity: str | None, graph: KnowledgeGraph) -> None:
    nodes = [node for node, data in graph.graph.nodes(data=True) if alias in data["aliases"]]
    assert nodes == ([] if entity is None else [entity])


def test_the_graph_is_the_networkx_graph_itself(graph: KnowledgeGraph) -> None:
    assert isinstance(graph.graph, nx.MultiDiGraph)
    assert graph.graph.number_of_edges() == len(graph.statements)


def test_statements_of_articles_carry_the_ids_of_the_edges(graph: KnowledgeGraph) -> None:
    edges = {key for _, _, key in graph.graph.edges(keys=True)}
    assert {statement.id for statement in graph.article_statements} == edges


def test_named_queries_answer(graph: KnowledgeGraph) -> None:
    rows = graph.query("disagreements").table()
    told = {tuple(row[:5]): tuple(row[6:8]) for row in rows}
    assert told["China", "trade partner", "Russia", "US$244,8 miliar", "2024"] == ("US$245 miliar", "2024")
    assert ["China", "Russia", "245000000000", "USD", "2024", "Vladimir Putin", "2"] in graph.query(
        "trade-partners"
    ).table()
