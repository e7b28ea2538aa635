"""The knowledge graph as users hold it: the networkx graph with its statements and exports."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import networkx as nx
import rdflib

from graphkit.graph import merge, statements_of, with_ids
from graphkit.html import html_document, html_frame, show_html, write_html
from graphkit.large import TABLES
from graphkit.linking import Fusion, resolve
from graphkit.model import Article, Run, Statement
from graphkit.profile import stage
from graphkit.rdf import (
    DEFAULT_BASE,
    QUADS,
    QueryResult,
    ask,
    kind_of,
    named_queries,
    read_rdf,
    to_dataset,
    to_rdf,
    write_rdf,
    write_turtle,
)
from graphkit.schema import Relation
from graphkit.storage import is_url, open_storage
from graphkit.tables import write_graphml, write_statements

_UNFINISHED = ".unfinished"
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
        fusions: Entities of single articles that were taken for one, and why.
    """

    def __init__(
        self,
        graph: nx.MultiDiGraph,
        article_statements: Sequence[Statement] = (),
        base_iri: str = DEFAULT_BASE,
        fusions: Sequence[Fusion] = (),
    ) -> None:
        self.graph = graph
        self.article_statements = tuple(article_statements)
        self.base_iri = base_iri
        self.fusions = tuple(fusions)

    @classmethod
    def from_statements(
        cls,
        statements: Iterable[Statement],
        articles: Iterable[Article],
        base_iri: str = DEFAULT_BASE,
        *,
        schema: Mapping[str, Relation] | None = None,
        run: Run | None = None,
    ) -> KnowledgeGraph:
        """Link statements across articles and merge them.

        Args:
            statements: As articles state them, e.g. from ``doc._.statements``.
            articles: Where they come from.
            base_iri: Where the names of the RDF graph live.
            schema: Relations by name; those that ship unless given.
            run: What makes the graph, for its provenance.
        """
        with stage("resolve entities"):
            fusions: list[Fusion] = []
            resolved = resolve(statements, fusions)
        with stage("merge"):
            graph = merge(resolved, articles, schema)
        if run is not None:
            graph.graph["run"] = run
        return cls(graph, with_ids(resolved, graph), base_iri, fusions)

    @classmethod
    def from_rdf(cls, path: Path | str) -> KnowledgeGraph:
        """Read a graph back from RDF that `export` or `save` wrote.

        The graph is the same as before. What single articles said before merging is not in it;
        ``article_statements`` has the merged statements instead.

        Args:
            path: A file that ends with .ttl, .trig, .nt, .nq or .jsonld, with .gz or without.

        Raises:
            RdfFileError: If the file cannot be read, is no RDF, or is no graph of graphkit.
        """
        graph, base_iri = read_rdf(Path(path))
        return cls(graph, statements_of(graph), base_iri)

    @property
    def statements(self) -> list[Statement]:
        """The merged statements, by id."""
        return statements_of(self.graph)

    @property
    def articles(self) -> dict[str, Article]:
        """The articles by id."""
        return dict(self.graph.graph["articles"])

    @property
    def counts(self) -> tuple[int, int, int]:
        """Number of entities, statements and articles."""
        return self.graph.number_of_nodes(), self.graph.number_of_edges(), len(self.graph.graph["articles"])

    @property
    def files(self) -> tuple[str, ...]:
        """What `save` writes, by name."""
        return ("statements.jsonl", "graph.ttl", "graph.html", "graph.graphml")

    def to_rdf(self) -> rdflib.Dataset:
        """The graph as an rdflib dataset with one named graph an article."""
        return to_rdf(self.graph, self.base_iri)

    def query(self, sparql: str, *words: str) -> QueryResult:
        """Run a SPARQL query, or one of the named ones, on the graph.

        Args:
            sparql: A query, or a name such as "partners-of".
            words: The parameters of a named query, such as "Russia".

        Raises:
            QueryError: If the query is not valid or would do more than read the graph, or a parameter means nothing.
        """
        dataset = to_dataset(self.graph, self.base_iri)
        named = named_queries().get(sparql)
        return ask(dataset, sparql if named is None else named.sparql(dataset, words))

    def export(self, path: Path | str, *, reifiers: bool = False, texts: bool = True) -> None:
        """Write the graph as RDF in the format that the file's name says; the file appears whole or not at all.

        Args:
            path: Ends with .ttl, .trig, .nt, .nq or .jsonld, and with .gz for gzip.
            reifiers: Whether statement nodes are RDF 1.2 reifiers as well.
            texts: Whether the articles' texts are in it; without them it cannot be validated against them.

        Raises:
            RdfFileError: If the name says no format, or the format cannot carry reifiers.
            OutputError: If the file cannot be written.
        """
        target = Path(path)
        kind_of(target)
        write = partial(write_rdf, self.graph, base_iri=self.base_iri, reifiers=reifiers, texts=texts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(target.parent, {target.name: write})
        except OSError as error:
            raise OutputError(f"{target}: cannot be written ({error.strerror}); choose another place") from error

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

    def save(self, folder: Path | str) -> list[Path | str]:
        """Write ``statements.jsonl``, ``graph.ttl``, ``graph.html`` and ``graph.graphml`` into a folder.

        Each file appears whole or not at all; none is replaced before all are written.

        Args:
            folder: A path or a URL that fsspec knows; made if it does not exist.

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
        if is_url(folder):
            return _upload(str(folder), writers)
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
            written = [target / name for name in _write_whole(target, writers)]
            # What a build on disk left is not of this graph.
            for name in (TABLES, QUADS):
                shutil.rmtree(target / name, ignore_errors=True)
            return written
        except OSError as error:
            raise OutputError(f"{target}: cannot be written ({error.strerror}); choose another folder") from error


def check_folder(folder: Path | str) -> None:
    """Look, before long work, whether results can be written into a folder; nothing is made.

    Raises:
        OutputError: If they cannot.
    """
    if is_url(folder):
        open_storage(folder)
        return
    target = Path(folder)
    place = next(path for path in (target.absolute(), *target.absolute().parents) if path.exists())
    if not place.is_dir():
        raise OutputError(f"{target}: cannot be written ({place} is a file); choose another folder")
    if not os.access(place, os.W_OK | os.X_OK):
        raise OutputError(f"{target}: cannot be written (no permission for {place}); choose another folder")


def _upload(url: str, writers: Mapping[str, Callable[[Path], None]]) -> list[str]:
    storage = open_storage(url)
    with tempfile.TemporaryDirectory() as place:
        for name in _write_whole(Path(place), writers):
            storage.write(name, (Path(place) / name).read_bytes())
    return [f"{storage.location}/{name}" for name in writers]


def _write_whole(folder: Path, writers: Mapping[str, Callable[[Path], None]]) -> list[str]:
    # A folder beside the files, so that moving them is one step, and that a killed run leaves one thing to clear.
    temporary = folder / _UNFINISHED
    shutil.rmtree(temporary, ignore_errors=True)
    temporary.mkdir()
    try:
        for name, write in writers.items():
            with stage(f"write {name}"):
                write(temporary / name)
        return [(temporary / name).replace(folder / name).name for name in writers]
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
