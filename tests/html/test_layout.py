"""Where entities stand."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from graphkit.html.layout import layout


@pytest.mark.parametrize("count", [0, 1, 2, 60, 1500])
def test_nodes_are_kept_apart_and_the_layout_is_repeatable(count: int) -> None:
    links = [(n, (n * 7 + 1) % count) for n in range(count) if n != (n * 7 + 1) % count]
    spots = layout(count, links)
    assert spots == layout(count, list(reversed(links))) and len(spots) == count
    assert len(set(spots)) > 0.95 * count or count == 0


def test_clusters_can_be_seen() -> None:
    chance = random.Random(3)
    size, clusters = 30, 12
    links = []
    for n in range(size * clusters):
        first = n // size * size
        links += [(n, first + chance.randrange(size)) for _ in range(2)]
        if n % 6 == 0:
            links.append((n, chance.randrange(size * clusters)))
    spots = layout(size * clusters, [(a, b) for a, b in links if a != b])
    inside, between = [], []
    for a, b in itertools.combinations(range(0, size * clusters, 4), 2):
        (inside if a // size == b // size else between).append(math.dist(spots[a], spots[b]))
    assert sum(inside) / len(inside) < 0.4 * sum(between) / len(between)


def test_parts_without_a_link_between_them_do_not_overlap() -> None:
    spots = layout(6, [(0, 1), (1, 2), (3, 4), (4, 5)])
    boxes = [
        (min(x for x, _ in part), max(x for x, _ in part), min(y for _, y in part), max(y for _, y in part))
        for part in (spots[:3], spots[3:])
    ]
    (left, right, top, bottom), (left2, right2, top2, bottom2) = boxes
    assert right < left2 or right2 < left or bottom < top2 or bottom2 < top
