"""The page inside a notebook, and opened from a program."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Any

import pytest

from graphkit import KnowledgeGraph
from graphkit.html import html_document, html_frame
from tests.graphs import hostile_graph, trade_graph
from tests.html.news import news_graph


def test_outside_a_notebook_it_opens_in_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    path = KnowledgeGraph(trade_graph()).show()
    assert path is not None and opened == [path.as_uri()]
    assert path.read_text(encoding="utf-8") == html_document(trade_graph())


def test_a_notebook_shows_small_graphs_unasked_and_counts_large_ones() -> None:
    assert "<iframe" in KnowledgeGraph(trade_graph())._repr_html_()
    large = KnowledgeGraph(news_graph(3000))._repr_html_()
    assert "<iframe" not in large and "statements" in large and "show()" in large


def test_in_a_notebook_it_is_below_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    display = pytest.importorskip("IPython.display")
    core = pytest.importorskip("IPython")
    shown: list[Any] = []
    monkeypatch.setattr(core, "get_ipython", lambda: type("Shell", (), {"kernel": object()})())
    monkeypatch.setattr(display, "display", shown.append)
    assert KnowledgeGraph(trade_graph()).show(height=400) is None
    assert "height:400px" in shown[0].data


@pytest.mark.parametrize("graph", [trade_graph(), hostile_graph()], ids=["trade", "hostile"])
def test_the_frame_works_and_cannot_get_out(graph: Any, browser: Any, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    path.write_text(
        f"<!doctype html><title>outside</title>{html_frame(html_document(graph))}", encoding="utf-8", errors="replace"
    )
    context = browser.new_context(viewport={"width": 1300, "height": 800}, offline=True, locale="en-GB")
    context.set_default_timeout(120_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#panel .top a").first.click()
    name = frame.locator("#panel h2").inner_text()
    frame.locator("#view-button").click()
    frame.locator("#back-button").click()
    assert frame.locator("#picture").is_visible() and frame.locator("#panel h2").inner_text() == name
    assert page.title() == "outside" and not complaints
    context.close()
