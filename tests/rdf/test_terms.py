"""Quads of Oxigraph and lines of N-Quads are two ways to write the same."""

from __future__ import annotations

import networkx as nx
from hypothesis import HealthCheck, given, settings
from pyoxigraph import RdfFormat, serialize

from graphkit.rdf import to_lines, to_quads
from tests.rdf.strategies import graphs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graphs())
def test_lines_are_what_oxigraph_writes(graph: nx.MultiDiGraph) -> None:
    for reifiers in (False, True):
        quads = list(to_quads(graph, "https://x.example/é/", reifiers=reifiers))
        written = serialize(quads, format=RdfFormat.N_QUADS)
        lines = "".join(to_lines(graph, "https://x.example/é/", reifiers=reifiers))
        assert lines.encode("utf-8") == written
