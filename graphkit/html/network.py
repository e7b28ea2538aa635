"""The picture as a pyvis network: one node an entity, one edge a pair of entities with all its statements."""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Any

import networkx as nx
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from graphkit.html.layout import layout
from graphkit.html.page import render
from graphkit.html.payload import evidence_data, graph_data

_SMALLEST, _LARGEST = 9.0, 42.0
# The version of vis-network that comes with pyvis.
_VIS = "lib/vis-9.1.2/vis-network.min.js"


class NewsNetwork(Network):
    """A pyvis network of a merged graph that writes our page instead of pyvis's.

    Ids are positions of entities in order of their id, so no text of an article is an id. Parallel edges are
    drawn as one: hundreds of statements between two countries stay readable, and pyvis would silently keep a
    single one of them.

    Args:
        graph: A merged graph.
        title: Of the page; empty for "Knowledge graph" in the reader's language.
    """

    def __init__(self, graph: nx.MultiDiGraph, title: str = "") -> None:
        super().__init__(directed=True, cdn_resources="local", heading=title)
        self.graph = graph
        places = {id_: n for n, id_ in enumerate(sorted(graph.nodes))}
        pairs = sorted({tuple(sorted((places[a], places[b]))) for a, b in graph.edges()})
        spots = _spots(len(places), [(a, b) for a, b in pairs if a != b])
        most = max((degree for _, degree in graph.degree), default=0)
        for id_, place in places.items():
            x, y = spots[place]
            self.add_node(place, label=graph.nodes[id_]["name"], size=_size(graph.degree(id_), most), x=x, y=y)
        for a, b in pairs:
            self.add_edge(a, b)

    def add_node(self, n_id: int, label: str | None = None, shape: str = "dot", **options: Any) -> None:
        """Add a node. pyvis looks through all nodes for each new one, which is quadratic; our ids are unique."""
        node = Node(n_id, shape, label if label is not None else str(n_id), **options)
        self.nodes.append(node.options)
        self.node_ids.append(n_id)
        self.node_map[n_id] = node.options

    def add_edge(self, source: int, to: int, **options: Any) -> None:
        """Add an edge; as with nodes, without looking through all of them."""
        self.edges.append(Edge(source, to, self.directed, **options).options)

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page as text; the arguments are those of pyvis, and change nothing."""
        return render(
            title=self.heading,
            data=graph_data(self.graph, self.nodes),
            evidence=evidence_data(self.graph),
            library=vis_library(),
        )


def vis_library() -> str:
    """The source of vis-network, as pyvis carries it."""
    return files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")


def _spots(count: int, links: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The layout of the entities that have links; the few others stay at the centre, for they are not drawn."""
    linked = sorted({end for link in links for end in link})
    inner = {place: n for n, place in enumerate(linked)}
    found = dict(zip(linked, layout(len(linked), [(inner[a], inner[b]) for a, b in links]), strict=True))
    return [found.get(place, (0, 0)) for place in range(count)]


def _size(degree: int, most: int) -> float:
    """An area in proportion to the statements of an entity, the largest as large as there is reason for."""
    largest = min(_SMALLEST + 4 * math.sqrt(most), _LARGEST)
    return round(_SMALLEST + (largest - _SMALLEST) * math.sqrt(degree / max(most, 1)), 1)
