"""The knowledge graph as users hold it: the networkx graph with its statements and exports."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import networkx as nx
import rdflib

from graphkit.graph import merge, statements_of, with_ids
from graphkit.html import html_document, html_frame, show_html, write_html
from graphkit.linking import resolve
from graphkit.model import Article, Statement
from graphkit.rdf import DEFAULT_BASE, QueryResult, named_queries, query_turtle, to_rdf, turtle, write_turtle
from graphkit.tables import write_graphml, write_statements

# A notebook keeps what it shows: larger graphs are only shown when asked for.
_SHOWN_UNASKED = 2000


class OutputError(OSError):
    """The output cannot be written; the message names the place."""


class KnowledgeGraph:
    """What a set of articles states, merged into one graph.

    Args:
        graph: The merged networkx graph.
        article_statements: The statements of each article, with the ids of the merged ones.
        base_iri: Where the names of the RDF graph live.
    """

    def __init__(
        self, graph: nx.MultiDiGraph, article_statements: Sequence[Statement] = (), base_iri: str = DEFAULT_BASE
    ) -> None:
        self.graph = graph
        self.article_statements = tuple(article_statements)
        self.base_iri = base_iri

    @classmethod
    def from_statements(
        cls, statements: Iterable[Statement], articles: Iterable[Article], base_iri: str = DEFAULT_BASE
    ) -> KnowledgeGraph:
        """Link statements across articles and merge them.

        Args:
            statements: As articles state them, e.g. from ``doc._.statements``.
            articles: Where they come from.
            base_iri: Where the names of the RDF graph live.
        """
        resolved = resolve(statements)
        graph = merge(resolved, articles)
        return cls(graph, with_ids(resolved, graph), base_iri)

    @property
    def statements(self) -> list[Statement]:
        """The merged statements, by id."""
        return statements_of(self.graph)

    @property
    def articles(self) -> dict[str, Article]:
        """The articles by id."""
        return dict(self.graph.graph["articles"])

    def to_rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib dataset with one named graph an article."""
        return to_rdf(self.graph, self.base_iri)

    def query(self, sparql: str) -> QueryResult:
        """Run a SPARQL query, or one of the named ones, on the graph.

        Args:
            sparql: A query, or a name such as "trade-partners".

        Raises:
            QueryError: If the query is not valid or would do more than read the graph.
        """
        named = named_queries().get(sparql)
        return query_turtle(turtle(self.graph, self.base_iri), named[1] if named else sparql)

    def to_html(self, path: Path | str, title: str = "") -> None:
        """Write the graph as one HTML file that works offline.

        Args:
            path: The file, overwritten.
            title: Of the page; empty for "Knowledge graph" in the reader's language.

        Raises:
            OSError: If the file cannot be written.
        """
        write_html(self.graph, Path(path), title)

    def show(self, height: int = 680, title: str = "") -> Path | None:
        """Show the graph: below the cell in a notebook, else in the browser.

        Args:
            height: Of the frame in a notebook, in pixels.
            title: Of the page; empty for "Knowledge graph" in the reader's language.

        Returns:
            Outside a notebook, the temporary file that the browser shows.
        """
        return show_html(html_document(self.graph, title), height)

    def _repr_html_(self) -> str:
        if self.graph.number_of_edges() <= _SHOWN_UNASKED:
            return html_frame(html_document(self.graph))
        entities, statements = self.graph.number_of_nodes(), self.graph.number_of_edges()
        counts = f"{entities:,} entities, {statements:,} statements, {len(self.articles):,} articles"
        return f"<p>KnowledgeGraph: {counts}. <code>show()</code> draws it.</p>"

    def save(self, folder: Path | str) -> list[Path]:
        """Write ``statements.jsonl``, ``graph.ttl``, ``graph.html`` and ``graph.graphml`` into a folder.

        Each file appears whole or not at all.

        Args:
            folder: Made if it does not exist.

        Returns:
            The files.

        Raises:
            OutputError: If the folder or a file in it cannot be written.
        """
        writers: dict[str, Callable[[Path], None]] = {
            "statements.jsonl": partial(write_statements, self.article_statements),
            "graph.ttl": lambda path: write_turtle(self.graph, path, self.base_iri),
            "graph.html": partial(write_html, self.graph),
            "graph.graphml": partial(write_graphml, self.graph),
        }
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
            return [_write_whole(target / name, write) for name, write in writers.items()]
        except OSError as error:
            raise OutputError(f"{target}: cannot be written ({error.strerror}); choose another folder") from error


def check_folder(folder: Path | str) -> None:
    """Look, before long work, whether results can be written into a folder; nothing is made.

    Raises:
        OutputError: If they cannot.
    """
    target = Path(folder)
    place = next(path for path in (target.absolute(), *target.absolute().parents) if path.exists())
    if not place.is_dir():
        raise OutputError(f"{target}: cannot be written ({place} is a file); choose another folder")
    if not os.access(place, os.W_OK | os.X_OK):
        raise OutputError(f"{target}: cannot be written (no permission for {place}); choose another folder")


def _write_whole(path: Path, write: Callable[[Path], None]) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        # mkstemp makes files that only their owner reads; the output is for everybody.
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return path
