"""The demo graph in ``output/`` is what the code makes of the sample articles, byte for byte."""

from pathlib import Path

import pytest

from graphkit import KnowledgeGraph

OUTPUT = Path(__file__).parents[1] / "output"


@pytest.mark.parametrize("name", ["statements.jsonl", "graph.ttl", "graph.html", "graph.graphml"])
def test_the_demo_graph_is_reproduced(name: str, demo: tuple[KnowledgeGraph, Path]) -> None:
    # After a wanted change: graphkit demo --no-open, and read the diff.
    assert (demo[1] / name).read_bytes() == (OUTPUT / name).read_bytes()
