"""RDF files and rdflib graphs of a merged graph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from graphkit.rdf.iris import DEFAULT_BASE, VOCABULARIES, Iris
from graphkit.rdf.triples import to_quads

_TYPE = NamedNode(f"{VOCABULARIES['rdf']}type")


def write_turtle(graph: nx.MultiDiGraph, path: Path, base_iri: str = DEFAULT_BASE) -> None:
    """Write a graph as Turtle, without named graphs; the same graph gives the same bytes.

    Args:
        graph: A merged graph.
        path: The file.
        base_iri: Where the graph's own names live.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash.
        OSError: If the file cannot be written.
    """
    path.write_bytes(turtle(graph, base_iri))


def turtle(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> bytes:
    """A graph as Turtle."""
    triples = {Triple(quad.subject, quad.predicate, quad.object) for quad in to_quads(graph, base_iri)}
    return serialize(sorted(triples, key=_type_first), format=RdfFormat.TURTLE, prefixes=Iris(base_iri).prefixes)


def _type_first(triple: Triple) -> tuple[str, bool, str]:
    """People read what a thing is before what is said of it."""
    return str(triple.subject), triple.predicate != _TYPE, str(triple)


def trig(graph: nx.MultiDiGraph, base_iri: str = DEFAULT_BASE) -> bytes:
    """A graph as TriG, with one named graph an article."""
    quads = sorted(set(to_quads(graph, base_iri)), key=lambda quad: (str(quad.graph_name), str(quad)))
    return serialize(quads, format=RdfFormat.TRIG, prefixes=Iris(base_iri).prefixes)


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
