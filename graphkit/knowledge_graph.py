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
from graphkit.html import write_html
from graphkit.linking import resolve
from graphkit.model import Article, Run, Statement
from graphkit.rdf import (
    DEFAULT_BASE,
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
from graphkit.tables import write_graphml, write_statements


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
        cls,
        statements: Iterable[Statement],
        articles: Iterable[Article],
        base_iri: str = DEFAULT_BASE,
        run: Run | None = None,
    ) -> KnowledgeGraph:
        """Link statements across articles and merge them.

        Args:
            statements: As articles state them, e.g. from ``doc._.statements``.
            articles: Where they come from.
            base_iri: Where the names of the RDF graph live.
            run: What makes the graph, for its provenance.
        """
        resolved = resolve(statements)
        graph = merge(resolved, articles)
        if run is not None:
            graph.graph["run"] = run
        return cls(graph, with_ids(resolved, graph), base_iri)

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
            _write_whole(target, write)
        except OSError as error:
            raise OutputError(f"{target}: cannot be written ({error.strerror}); choose another place") from error

    def to_html(self, path: Path | str) -> None:
        """Write the graph as one HTML file that works offline.

        Raises:
            OSError: If the file cannot be written.
        """
        write_html(self.graph, Path(path))

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
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.name)
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
