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
from graphkit.html import write_html
from graphkit.large import QUADS, TABLES
from graphkit.linking import Fusion, resolve
from graphkit.model import Article, Statement
from graphkit.profile import stage
from graphkit.rdf import DEFAULT_BASE, QueryResult, named_queries, query_turtle, to_rdf, turtle, write_turtle
from graphkit.storage import is_url, open_storage
from graphkit.tables import write_graphml, write_statements

_UNFINISHED = ".unfinished"


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
        cls, statements: Iterable[Statement], articles: Iterable[Article], base_iri: str = DEFAULT_BASE
    ) -> KnowledgeGraph:
        """Link statements across articles and merge them.

        Args:
            statements: As articles state them, e.g. from ``doc._.statements``.
            articles: Where they come from.
            base_iri: Where the names of the RDF graph live.
        """
        with stage("resolve entities"):
            fusions: list[Fusion] = []
            resolved = resolve(statements, fusions)
        with stage("merge"):
            graph = merge(resolved, articles)
        return cls(graph, with_ids(resolved, graph), base_iri, fusions)

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

    def query(self, sparql: str) -> QueryResult:
        """Run a SPARQL query, or one of the named ones, on the graph.

        Args:
            sparql: A query, or a name such as "trade-partners".

        Raises:
            QueryError: If the query is not valid or would do more than read the graph.
        """
        named = named_queries().get(sparql)
        return query_turtle(turtle(self.graph, self.base_iri), named[1] if named else sparql)

    def to_html(self, path: Path | str) -> None:
        """Write the graph as one HTML file that works offline.

        Raises:
            OSError: If the file cannot be written.
        """
        write_html(self.graph, Path(path))

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
