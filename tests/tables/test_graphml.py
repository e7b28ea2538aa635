import networkx as nx
import pytest

from graphkit.graph import merge
from graphkit.model import Amount, Article, Entity, Evidence, Statement
from graphkit.tables import write_graphml

RUSSIA = Entity("country/russia", "Russia", "Country", ("Moskow", "Rusia"), "Q159", {"id": "Rusia"})
CHINA = Entity("country/china", "China\x00 <&>", "Country")
PUTIN = Entity("person/vladimir-putin", "Vladimir Putin", "Person")


@pytest.fixture
def graph():
    sentences = [Evidence(f"a{n}", 0, 0, 9, f"Kalimat\x0b {n}.", "kue", 0, 3, "f", 0.8) for n in range(2)]
    statements = [
        Statement(
            RUSSIA,
            "trade_partner",
            CHINA,
            {"amount": Amount(245e9, "USD"), "time": "2024"},
            claimed_by=(PUTIN,),
            evidence=(sentence,),
        )
        for sentence in sentences
    ]
    statements.append(Statement(PUTIN, "holds_position", RUSSIA, {"title": "President"}, evidence=sentences[:1]))
    return merge(statements, [Article(f"a{n}", "Isi.") for n in range(2)])


def test_attributes_are_plain_and_readable(graph, tmp_path):
    write_graphml(graph, tmp_path / "g.graphml")
    found = nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert found.nodes["country/russia"] == {
        "name": "Russia",
        "type": "Country",
        "wikidata": "Q159",
        "aliases": "Moskow | Rusia",
        "label_id": "Rusia",
    }
    assert found.nodes["country/china"]["name"] == "China <&>"
    trade = next(data for *_, data in found.edges(data=True) if data["relation"] == "trade_partner")
    assert trade["amount"] == 245e9 and trade["unit"] == "USD" and trade["time"] == "2024"
    assert trade["claimed_by"] == "Vladimir Putin"
    assert trade["articles"] == "a0 | a1"
    assert trade["sentences"] == "Kalimat 0.\nKalimat 1."
    assert trade["confidence"] == pytest.approx(0.96)
    assert {key for *_, key in found.edges(keys=True)} == {key for *_, key in graph.edges(keys=True)}


def test_the_same_graph_gives_the_same_bytes(graph, tmp_path):
    write_graphml(graph, tmp_path / "1.graphml")
    shuffled = nx.MultiDiGraph(**graph.graph)
    shuffled.add_nodes_from(reversed(list(graph.nodes(data=True))))
    shuffled.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    write_graphml(shuffled, tmp_path / "2.graphml")
    assert (tmp_path / "1.graphml").read_bytes() == (tmp_path / "2.graphml").read_bytes()


def test_an_empty_graph_is_a_file(tmp_path):
    write_graphml(merge([], []), tmp_path / "g.graphml")
    assert len(nx.read_graphml(tmp_path / "g.graphml")) == 0
