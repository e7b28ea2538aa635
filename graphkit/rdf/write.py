"""RDF files and rdflib graphs of a merged graph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import rdflib
from pyoxigraph import RdfFormat, Store

from graphkit.rdf.dataset import Dataset
from graphkit.rdf.files import serialise, write_quads
from graphkit.rdf.iris import DEFAULT_BASE, Iris
from graphkit.rdf.triples import to_quads


def write_rdf(
    graph: nx.MultiDiGraph,
    path: Path,
    base_iri: str = DEFAULT_BASE,
    *,
    reifiers: bool = False,
    texts: bool = True,
) -> None:
    """Write a graph in the format that the file's name says; the same graph gives the same bytes.

    Args:
        graph: A merged graph.
        path: Ends with .ttl, .trig, .nt, .nq or .jsonld, and with .gz for gzip. Turtle and N-Triples have no named
            graphs; all is in one there.
        base_iri: Where the graph's own names live.
        reifiers: Whether statement nodes are RDF 1.2 reifiers as well.
        texts: Whether the articles' texts are in it.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash, the name says no format, or the
            format cannot carry reifiers (JSON-LD).
        OSError: If the file cannot be written.
    """
    quads = to_quads(graph, base_iri, reifiers=reifiers, texts=texts)
    write_quads(quads, path, Iris(base_iri).prefixes)


def write_turtle(graph: nx.MultiDiGraph, path: Path, base_iri: str = DEFAULT_BASE) -> None:
    """Write a graph as Turtle, without named graphs; see `write_rdf`."""
    path.write_bytes(turtle(graph, base_iri))


def turtle(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> bytes:
    """A graph as Turtle."""
    return serialise(to_quads(graph, base_iri), RdfFormat.TURTLE, Iris(base_iri).prefixes)


def trig(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> bytes:
    """A graph as TriG, with one named graph an article."""
    return serialise(to_quads(graph, base_iri), RdfFormat.TRIG, Iris(base_iri).prefixes)


def to_dataset(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> Dataset:
    """A graph in memory to query.

    Args:
        graph: A merged graph.
        base_iri: Where the graph's own names live.
    """
    store = Store()
    store.bulk_extend(to_quads(graph, base_iri))
    return Dataset(store, Iris(base_iri), "graph")


def to_rdf(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> rdflib.Dataset:
    """A graph as an rdflib dataset, with one named graph an article.

    Queries see all of it: its default graph is the union of its graphs.

    Args:
        graph: A merged graph.
        base_iri: Where the graph's own names live.
    """
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=trig(graph, base_iri), format="trig")
    return dataset
