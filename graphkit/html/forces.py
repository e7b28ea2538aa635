"""Forces on points: what is linked attracts, everything repels, discs do not overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Points = NDArray[np.float64]

_GRAVITY = 0.02
# More nodes than this are laid out in fewer rounds, and repel as the centres of grid cells.
_EXACT = 700
_CELLS = 24
_PUSHES = 400


def spread(count: int, links: Sequence[tuple[int, int]]) -> Points:
    """Positions by the method of Fruchterman and Reingold (1991) with gravity; linked points are about 1 apart.

    Only element-wise operations and sums in a fixed order are used, so that a graph looks the same everywhere.

    Args:
        count: Number of points.
        links: Pairs of them that attract each other.
    """
    ends = np.array(sorted(links) or [(0, 0)], dtype=np.int64)
    # Who has many links needs more room: the repulsion by degree of Noack (2009), damped.
    masses = np.sqrt(np.sqrt(np.bincount(ends.ravel(), minlength=count)[:count].astype(np.float64) + 1.0))
    points = _spiral(count)
    rounds = max(40, min(200, 60_000 // max(count, 1)))
    for n in range(rounds):
        # Each round moves less than the one before, so that the picture settles.
        limit = 1.2 * (1 - n / rounds) + 0.02
        force = _repulsion(points, masses) + _attraction(points, ends) - _GRAVITY * points
        points = points + force * (np.minimum(_length(force), limit) / _length(force))[:, None]
    return points


def apart(centres: Points, radii: Numbers) -> Points:
    """Discs moved as little as it takes until none overlaps, then drawn together.

    Args:
        centres: Where they are wanted.
        radii: Of the discs.
    """
    points = centres.copy()
    for n in range(_PUSHES):
        # Drawn to the middle at first, so that no gap stays; only pushed in the end.
        points = points * (1 - 0.03 * max(0.0, 1 - 1.4 * n / _PUSHES))
        across = points[None, :, :] - points[:, None, :]
        distance = np.sqrt(across[:, :, 0] ** 2 + across[:, :, 1] ** 2) + 1e-9
        overlap = np.maximum(radii[:, None] + radii[None, :] - distance, 0.0)
        np.fill_diagonal(overlap, 0.0)
        # The larger a disc, the less it gives way.
        share = radii[:, None] ** 2 / (radii[:, None] ** 2 + radii[None, :] ** 2)
        points = points + np.add.reduce(across * (overlap * share * 0.6 / distance)[:, :, None], axis=0)
    return points


def _spiral(count: int) -> Points:
    """Start positions: a sunflower, no two alike."""
    turn = math.pi * (3 - math.sqrt(5))
    steps = [(0.6 * math.sqrt(n + 0.5), n * turn) for n in range(count)]
    return np.array([(far * math.cos(angle), far * math.sin(angle)) for far, angle in steps]).reshape(count, 2)


def _length(vectors: Points) -> Numbers:
    return np.sqrt(vectors[:, 0] ** 2 + vectors[:, 1] ** 2) + 1e-9


def _repulsion(points: Points, masses: Numbers) -> Points:
    centres, pushes = (points, masses) if len(points) <= _EXACT else _cells(points, masses)
    x = points[None, :, 0] - centres[:, None, 0]
    y = points[None, :, 1] - centres[:, None, 1]
    weight = pushes[:, None] / (x * x + y * y + 0.01)
    # The sum runs over the first axis: numpy adds whole rows one by one, in the same order on every machine.
    return np.stack([np.add.reduce(x * weight, axis=0), np.add.reduce(y * weight, axis=0)], axis=1) * masses[:, None]


def _cells(points: Points, masses: Numbers) -> tuple[Points, Numbers]:
    low, high = points.min(axis=0), points.max(axis=0)
    place = np.minimum(((points - low) / (high - low + 1e-9) * _CELLS).astype(np.int64), _CELLS - 1)
    cell = place[:, 0] * _CELLS + place[:, 1]
    sums = [np.bincount(cell, weights=points[:, axis] * masses, minlength=_CELLS * _CELLS) for axis in (0, 1)]
    pushes = np.bincount(cell, weights=masses, minlength=_CELLS * _CELLS)
    full = pushes > 0
    return np.stack([part[full] / pushes[full] for part in sums], axis=1), pushes[full]


def _attraction(points: Points, ends: NDArray[np.int64]) -> Points:
    across = points[ends[:, 1]] - points[ends[:, 0]]
    pull = across * _length(across)[:, None]
    force = [
        np.bincount(ends[:, 0], weights=pull[:, axis], minlength=len(points))
        - np.bincount(ends[:, 1], weights=pull[:, axis], minlength=len(points))
        for axis in (0, 1)
    ]
    return np.stack(force, axis=1)
