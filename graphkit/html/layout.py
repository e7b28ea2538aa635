"""Where each entity is drawn: a force-directed layout, computed once so that no browser has to."""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

# Pixels between neighbours: room for a label.
SPACING = 100.0
# Above it, far nodes repel as the centres of grid cells, which keeps a round linear in the number of nodes.
_EXACT = 1200
_CELLS = 24
_CHUNK = 2000
_GRAVITY = 0.02
# Between connected parts, in units of the spacing; and how much wider than high the whole is.
_MARGIN = np.array([1.6, 0.9])
_ASPECT = 1.5


def layout(count: int, links: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Positions of nodes, in pixels: each connected part on its own, the parts side by side, the largest first.

    Args:
        count: Number of nodes, which are numbered from 0.
        links: Pairs of connected nodes.

    Returns:
        One (x, y) a node.
    """
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    blocks = [_part(part, [(a, b) for a, b in graph.subgraph(part).edges]) for part in parts]
    found = [(0, 0)] * count
    for part, block in zip(parts, _packed(blocks), strict=True):
        for node, (x, y) in zip(part, block.tolist(), strict=True):
            found[node] = (round(x * SPACING), round(y * SPACING))
    return found


def _part(nodes: Sequence[int], links: Sequence[tuple[int, int]]) -> Points:
    """A connected part by the method of Fruchterman and Reingold (1991) with gravity.

    Only element-wise operations and sums in a fixed order are used, so that a graph looks the same everywhere.
    """
    place = {node: n for n, node in enumerate(nodes)}
    ends = np.array(sorted((place[a], place[b]) for a, b in links) or [(0, 0)], dtype=np.int64)
    points = _spiral(len(nodes))
    rounds = max(40, min(300, 240_000 // len(nodes)))
    for n in range(rounds):
        # Each round moves less than the one before, so that the picture settles.
        limit = 1.2 * (1 - n / rounds) + 0.02
        force = _repulsion(points) + _attraction(points, ends) - _GRAVITY * points
        length = np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2) + 1e-9
        points = points + force * (np.minimum(length, limit) / length)[:, None]
    return points


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


def _spiral(count: int) -> Points:
    """Start positions: a sunflower, no two alike."""
    turn = math.pi * (3 - math.sqrt(5))
    return np.array(
        [
            (0.6 * math.sqrt(n + 0.5) * math.cos(n * turn), 0.6 * math.sqrt(n + 0.5) * math.sin(n * turn))
            for n in range(count)
        ]
    )


def _repulsion(points: Points) -> Points:
    centres, masses = (points, np.ones(len(points))) if len(points) <= _EXACT else _cells(points)
    parts = []
    for first in range(0, len(points), _CHUNK):
        part = points[first : first + _CHUNK]
        apart = part[None, :, :] - centres[:, None, :]
        square = apart[:, :, 0] ** 2 + apart[:, :, 1] ** 2 + 0.01
        # The sum runs over the first axis: numpy adds whole rows one by one, in the same order on every machine.
        parts.append(np.add.reduce(apart * (masses[:, None] / square)[:, :, None], axis=0))
    return np.concatenate(parts)


def _cells(points: Points) -> tuple[Points, NDArray[np.float64]]:
    low, high = points.min(axis=0), points.max(axis=0)
    place = np.minimum(((points - low) / (high - low + 1e-9) * _CELLS).astype(np.int64), _CELLS - 1)
    cell = place[:, 0] * _CELLS + place[:, 1]
    masses = np.bincount(cell, minlength=_CELLS * _CELLS).astype(np.float64)
    sums = [np.bincount(cell, weights=points[:, axis], minlength=_CELLS * _CELLS) for axis in (0, 1)]
    full = masses > 0
    return np.stack([part[full] / masses[full] for part in sums], axis=1), masses[full]


def _attraction(points: Points, ends: NDArray[np.int64]) -> Points:
    apart = points[ends[:, 1]] - points[ends[:, 0]]
    pull = apart * np.sqrt(apart[:, 0] ** 2 + apart[:, 1] ** 2)[:, None]
    force = [
        np.bincount(ends[:, 0], weights=pull[:, axis], minlength=len(points))
        - np.bincount(ends[:, 1], weights=pull[:, axis], minlength=len(points))
        for axis in (0, 1)
    ]
    return np.stack(force, axis=1)
