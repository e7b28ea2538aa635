"""A merged graph as one HTML file."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from graphkit.html.network import NewsNetwork


def html_document(graph: nx.MultiDiGraph, title: str = "") -> str:
    """A graph as the text of an HTML file; see `write_html`."""
    return NewsNetwork(graph, title).generate_html()


def write_html(graph: nx.MultiDiGraph, path: Path | str, title: str = "") -> None:
    """Write a graph as one HTML file that needs no network; the same graph gives the same bytes.

    Args:
        graph: A merged graph.
        path: The file, overwritten; UTF-8.
        title: Of the page; empty for "Knowledge graph" in the reader's language.

    Raises:
        OSError: If the file cannot be written.
    """
    Path(path).write_text(html_document(graph, title), encoding="utf-8", errors="replace", newline="\n")
