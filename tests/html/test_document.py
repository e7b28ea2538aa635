"""The page: safe, offline, the same bytes for the same graph; and, where there is Chromium, alive."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from graphkit.graph import merge
from graphkit.html import html_document, write_html
from graphkit.html.layout import layout
from tests.graphs import hostile_graph, trade_graph

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)


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


@pytest.mark.parametrize("graph", [trade_graph(), hostile_graph(), merge([], [])], ids=["trade", "hostile", "empty"])
def test_only_our_scripts_may_run_and_nothing_may_be_fetched(graph: nx.MultiDiGraph) -> None:
    page = Page(html_document(graph))
    policy = next(a["content"] for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'")
    assert "unsafe" not in policy and "http" not in policy
    data, *scripts = page.scripts
    allowed = re.findall(r"sha256-([^']+)'", policy.split("style-src")[0])
    assert allowed == [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert not [a for _, a in page.tags if "src" in a or any(name.startswith("on") for name in a)]
    assert not re.search("[<>&\u2028\u2029]", data)
    json.loads(data)


def test_hostile_text_stays_text() -> None:
    page = Page(html_document(hostile_graph()))
    assert [tag for tag, _ in page.tags].count("script") == 3 and "img" not in [tag for tag, _ in page.tags]
    data = json.loads(page.scripts[0])
    assert data["articles"][0]["url"] is None
    assert data["articles"][0]["title"].startswith("</script>")


def test_the_same_graph_gives_the_same_page(tmp_path: Path) -> None:
    write_html(trade_graph(), tmp_path / "a.html")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == html_document(trade_graph())


def test_cues_are_placed_in_code_points() -> None:
    data = json.loads(Page(html_document(trade_graph())).scripts[0])
    found = [item for statement in data["statements"] for item in statement["evidence"] if "😀" in item["text"]]
    start, end = found[0]["cue"]
    assert found[0]["text"][start:end] == "mitra"


def test_parallel_statements_are_one_line_in_the_picture() -> None:
    data = json.loads(Page(html_document(trade_graph())).scripts[0])
    assert len(data["statements"]) == 3 and len(data["edges"]) == 1


@pytest.mark.parametrize("count", [0, 1, 2, 60, 1500])
def test_layout_keeps_nodes_apart_and_is_repeatable(count: int) -> None:
    links = [(n, (n * 7 + 1) % count) for n in range(count) if n != (n * 7 + 1) % count]
    spots = layout(count, links)
    assert spots == layout(count, links) and len(spots) == count
    assert len(set(spots)) > 0.95 * count or count == 0


def test_texts_are_there_in_both_languages() -> None:
    texts = json.loads(Page(html_document(trade_graph())).scripts[0])["texts"]
    assert texts["en"].keys() == texts["id"].keys()


def dom(path: Path, place: str, profile: Path) -> str:
    """The page after its scripts ran, as Chromium has it."""
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        f"--user-data-dir={profile}",
        "--virtual-time-budget=5000",
        "--dump-dom",
        f"{path.as_uri()}{place}",
    ]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout.decode("utf-8")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
class TestInBrowser:
    def test_a_statement_by_its_address(self, tmp_path: Path) -> None:
        write_html(trade_graph(), tmp_path / "a.html")
        data = json.loads(Page(html_document(trade_graph())).scripts[0])
        chosen = next(s for s in data["statements"] if s["qualifiers"].get("amount", {}).get("value") == 245e9)
        text = dom(tmp_path / "a.html", f"#statement={chosen['id']}", tmp_path / "profile")
        panel = text[text.index('id="panel"') :]
        assert "<mark>mitra</mark>" in panel and "Vladimir Putin" in panel
        assert "$245" in panel and "US$244 miliar" not in panel.split("Others say")[0]
        assert "<canvas" in text

    def test_an_entity_by_its_address(self, tmp_path: Path) -> None:
        write_html(trade_graph(), tmp_path / "a.html")
        text = dom(tmp_path / "a.html", "#entity=country%2Frussia", tmp_path / "profile")
        assert "<h2>Russia</h2>" in text and 'href="https://www.wikidata.org/wiki/Q159"' in text

    def test_hostile_text_does_not_run(self, tmp_path: Path) -> None:
        write_html(hostile_graph(), tmp_path / "a.html")
        text = dom(tmp_path / "a.html", "#entity=person%2Fx~y", tmp_path / "profile")
        assert "<title>graphkit</title>" in text and "&lt;/script&gt;" in text

    def test_an_empty_graph_says_so(self, tmp_path: Path) -> None:
        write_html(merge([], []), tmp_path / "a.html")
        assert "No statements" in dom(tmp_path / "a.html", "", tmp_path / "profile")
