"""The page as text: safe, offline, small, the same bytes for the same graph."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graphkit.graph import merge
from graphkit.html import NewsNetwork, html_document, write_html
from tests.graphs import hostile_graph, trade_graph
from tests.html.news import news_graph


class Page(HTMLParser):
    """Tags, attributes and scripts of a document."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            self.scripts[-1] += data

    def data(self) -> dict[str, Any]:
        return json.loads(self.scripts[0])

    def evidence(self) -> dict[str, Any]:
        return json.loads(self.scripts[3])


@pytest.mark.parametrize("graph", [trade_graph(), hostile_graph(), merge([], [])], ids=["trade", "hostile", "empty"])
def test_only_our_scripts_may_run_and_nothing_may_be_fetched(graph: nx.MultiDiGraph) -> None:
    page = Page(html_document(graph))
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy
    data, *scripts, evidence = page.scripts
    allowed = re.findall(r"sha256-([^']+)'", policy.split("style-src")[0])
    assert allowed == [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert not [a for _, a in page.tags if "src" in a or any(name.startswith("on") for name in a)]
    assert not re.search("[<>&\u2028\u2029]", data + evidence)
    assert page.data() and page.evidence()


def test_what_draws_the_opening_picture_stands_before_all_that_it_does_not_need() -> None:
    page = Page(html_document(trade_graph()))
    kinds = [(attributes.get("id"), attributes.get("type")) for tag, attributes in page.tags if tag == "script"]
    data, script, *rest = kinds
    assert (data, script) == (("data", "application/json"), (None, None))
    # vis-network runs when our script makes a script of it, never by itself.
    assert rest == [("library", "text/plain"), ("evidence", "application/json")]
    assert "vis" in page.scripts[2] and len(page.scripts[2]) > 5 * len(page.scripts[0] + page.scripts[3])


def test_it_is_a_page_for_every_browser() -> None:
    text = html_document(trade_graph())
    page = Page(text)
    assert text.startswith("<!doctype html>") and ("html", {"lang": "en"}) in page.tags
    assert any(attributes.get("name") == "viewport" for _, attributes in page.tags)
    assert ("meta", {"charset": "utf-8"}) in page.tags


def test_hostile_text_stays_text() -> None:
    page = Page(html_document(hostile_graph(), title="</script><b>"))
    assert [tag for tag, _ in page.tags].count("script") == 4 and "img" not in [tag for tag, _ in page.tags]
    title, url = page.data()["articles"][0][1], page.data()["articles"][0][5]
    assert title.startswith("</script>") and url is None and page.data()["title"] == "</script><b>"


def test_the_same_graph_gives_the_same_page(tmp_path: Path) -> None:
    write_html(trade_graph(), tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == html_document(trade_graph())


def test_pyvis_holds_one_node_an_entity_and_one_edge_a_pair() -> None:
    network = NewsNetwork(trade_graph())
    assert [node["label"] for node in network.nodes] == ["China", "Russia", "Vladimir Putin"]
    assert [(edge["from"], edge["to"]) for edge in network.edges] == [(0, 1)]
    assert network.generate_html() == html_document(trade_graph())


def test_a_sentence_is_there_once_however_much_it_says() -> None:
    evidence = Page(html_document(trade_graph())).evidence()
    texts = [text for *_, text in evidence["sentences"]]
    assert len(texts) == len(set(texts)) == 3
    assert sum(len(items) for items in evidence["evidence"]) == 4


def test_the_size_of_a_large_page() -> None:
    graph = news_graph(2000)
    size = len(html_document(graph).encode()) - len(html_document(merge([], [])).encode())
    # 8 MB at 10,000 statements, the library among them.
    assert size / graph.number_of_edges() < 700


def test_texts_are_there_in_both_languages() -> None:
    texts = Page(html_document(trade_graph())).data()["texts"]
    assert texts["en"].keys() == texts["id"].keys() and all(texts["id"].values())


def test_every_text_that_the_scripts_ask_for_is_there() -> None:
    page = Page(html_document(trade_graph()))
    asked = set(re.findall(r'\b(?:text|countOf|slider)\("([a-zA-Z.]+)"', page.scripts[1]))
    asked |= {
        attributes[name]
        for _, attributes in page.tags
        for name in ("data-text", "data-label", "data-placeholder")
        if name in attributes
    }
    assert len(asked) > 60 and asked <= page.data()["texts"]["en"].keys()
