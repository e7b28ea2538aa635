"""The picture as a pyvis network: one node an entity, one edge a pair of entities with all its statements."""

from __future__ import annotations

import math
from importlib.resources import files

import networkx as nx
from pyvis.network import Network

from graphkit.html.layout import layout

_SMALLEST, _LARGEST = 9.0, 42.0
# The version of vis-network that comes with pyvis.
_VIS = "lib/vis-9.1.2/vis-network.min.js"


def network(graph: nx.MultiDiGraph) -> Network:
    """A pyvis network; ids are positions of entities in order of their id, so no text of an article is an id.

    Parallel edges are drawn as one: hundreds of statements between two countries stay readable, and pyvis
    would silently keep a single one of them.

    Args:
        graph: A merged graph.
    """
    places = {id_: n for n, id_ in enumerate(sorted(graph.nodes))}
    pairs = sorted({tuple(sorted((places[a], places[b]))) for a, b in graph.edges()})
    spots = _spots(len(places), [(a, b) for a, b in pairs if a != b])
    picture = Network(directed=True, cdn_resources="local")
    for id_, place in places.items():
        x, y = spots[place]
        picture.add_node(place, label=graph.nodes[id_]["name"], size=_size(graph.degree(id_)), x=x, y=y)
    for number, (a, b) in enumerate(pairs):
        picture.add_edge(a, b, id=number)
    return picture


def vis_library() -> str:
    """The source of vis-network, as pyvis carries it."""
    return files("pyvis").joinpath(_VIS).read_text(encoding="utf-8")


def _spots(count: int, links: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The layout of the entities that have links; the few others stay at the centre, for they are not drawn."""
    linked = sorted({end for link in links for end in link})
    inner = {place: n for n, place in enumerate(linked)}
    found = dict(zip(linked, layout(len(linked), [(inner[a], inner[b]) for a, b in links]), strict=True))
    return [found.get(place, (0, 0)) for place in range(count)]


def _size(degree: int) -> float:
    return round(min(_SMALLEST + 4 * math.sqrt(degree), _LARGEST), 1)
