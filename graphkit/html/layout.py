"""Where each entity is drawn: computed once, so that no browser has to, and so that circles of news stand apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np

from graphkit.html.forces import Points, apart, spread

# Pixels between neighbours: room for a label.
SPACING = 100.0
# A part with more nodes than this is laid out community by community.
_WHOLE = 120
# Free room round a community, and between connected parts, in units of the spacing.
_ROOM = 1.1
_MARGIN = np.array([1.6, 0.9])
# How much wider than high the whole is.
_ASPECT = 1.5


def layout(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Positions of nodes, in pixels: each connected part on its own, the parts side by side, the largest first.

    Within a large part each community (found by the method of Blondel et al. 2008, "Louvain") gets a disc of
    its own, so that clusters can be seen; communities with many links between them are neighbours.

    Args:
        count: Number of nodes, which are numbered from 0.
        links: Pairs of connected nodes.

    Returns:
        One (x, y) a node; the same input gives the same positions.
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((a, b) for a, b in sorted(links) if a != b)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    blocks = [_part(part, graph) for part in parts]
    found = [(0, 0)] * count
    for part, block in zip(parts, _packed(blocks), strict=True):
        for node, (x, y) in zip(part, block.tolist(), strict=True):
            found[node] = (round(x * SPACING), round(y * SPACING))
    return found


def _part(nodes: Sequence[int], graph: nx.Graph) -> Points:
    """The positions of some nodes, in their order."""
    inner = _inner(nodes, graph)
    communities = _communities(inner) if len(nodes) > _WHOLE else []
    if len(communities) < 2:
        return spread(len(nodes), list(inner.edges))
    discs = [_part(community, inner) for community in communities]
    discs = [disc - (disc.max(axis=0) + disc.min(axis=0)) / 2 for disc in discs]
    between = _between(communities, inner)
    radii = np.array([_radius(disc) for disc in discs]) + _ROOM
    centres = apart(spread(len(discs), list(between)) * radii.mean() * np.array([_ASPECT, 1.0]), radii)
    points = np.zeros((len(nodes), 2))
    for community, disc, centre in zip(communities, discs, centres, strict=True):
        points[community] = disc + centre
    for community, centre in zip(communities, centres, strict=True):
        points[community] = _turned(community, centre, points, inner)
    return points


def _radius(disc: Points) -> float:
    """Nearly all of a disc; a few nodes far out may come close to the neighbours."""
    far = np.sort(np.sqrt(disc[:, 0] ** 2 + disc[:, 1] ** 2))
    return float(far[int(0.9 * (len(far) - 1))])


def _inner(nodes: Sequence[int], graph: nx.Graph) -> nx.Graph:
    """The links among some nodes, which are numbered anew from 0."""
    places = {node: n for n, node in enumerate(nodes)}
    inner = nx.Graph()
    inner.add_nodes_from(range(len(nodes)))
    inner.add_edges_from(
        (places[node], places[other]) for node in nodes for other in graph[node] if node < other and other in places
    )
    return inner


def _communities(graph: nx.Graph) -> list[list[int]]:
    """Communities, the largest first; those of one node or two join a neighbour's."""
    found = [sorted(part) for part in nx.community.louvain_communities(graph, seed=1)]
    home = {node: n for n, part in enumerate(found) for node in part}
    for part in sorted(found):
        near = sorted({home[other] for node in part for other in graph[node]} - {home[part[0]]})
        if len(part) <= 2 and near:
            for node in part:
                home[node] = near[0]
    joined: dict[int, list[int]] = {}
    for node in sorted(home):
        joined.setdefault(home[node], []).append(node)
    return sorted(joined.values(), key=lambda part: (-len(part), part))


def _between(communities: Sequence[Sequence[int]], graph: nx.Graph) -> Iterable[tuple[int, int]]:
    """Which communities are linked most: each with the few that it shares most links with."""
    home = {node: n for n, part in enumerate(communities) for node in part}
    counts: dict[int, dict[int, int]] = {n: {} for n in range(len(communities))}
    for a, b in graph.edges:
        first, second = home[a], home[b]
        if first != second:
            counts[first][second] = counts[first].get(second, 0) + 1
            counts[second][first] = counts[second].get(first, 0) + 1
    strongest = {
        tuple(sorted((n, other)))
        for n, shared in counts.items()
        for other in sorted(shared, key=lambda other, shared=shared: (-shared[other], other))[:3]
    }
    return [(a, b) for a, b in sorted(strongest)]


def _turned(community: Sequence[int], centre: Points, points: Points, graph: nx.Graph) -> Points:
    """A community turned so that its links to others are short (the rotation of a Procrustes fit)."""
    members = set(community)
    own = points[list(community)] - centre
    place = {node: n for n, node in enumerate(community)}
    along = across = 0.0
    for node in community:
        for other in sorted(set(graph[node]) - members):
            x, y = own[place[node]]
            to_x, to_y = points[other] - centre
            along, across = along + float(x * to_x + y * to_y), across + float(x * to_y - y * to_x)
    length = math.hypot(along, across)
    if length == 0:
        return own + centre
    cos, sin = along / length, across / length
    return np.stack([own[:, 0] * cos - own[:, 1] * sin, own[:, 0] * sin + own[:, 1] * cos], axis=1) + centre


def _packed(blocks: Sequence[Points]) -> list[Points]:
    """The blocks in rows, like words in a paragraph a little wider than it is high."""
    sizes = [block.max(axis=0) - block.min(axis=0) + _MARGIN for block in blocks]
    area = sum(float(width * height) for width, height in sizes)
    widest = max([math.sqrt(area * _ASPECT), *(float(width) for width, _ in sizes)], default=0.0)
    packed, left, top, row = [], 0.0, 0.0, 0.0
    for block, (width, height) in zip(blocks, sizes, strict=True):
        if left + width > widest + 1e-9:
            left, top, row = 0.0, top + row, 0.0
        packed.append(block - block.min(axis=0) + np.array([left, top]))
        left, row = left + float(width), max(row, float(height))
    return packed
