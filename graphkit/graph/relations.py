"""The relations that a graph's statements have."""

from __future__ import annotations

from collections.abc import Mapping, Set

import networkx as nx

from graphkit.schema import Relation, relations


def relations_of(graph: nx.MultiDiGraph) -> dict[str, Relation]:
    """The relations of a graph's statements by name, in the order of the schema.

    A relation that no schema knows, of statements that were made elsewhere, has its name for a label.
    """
    used = {relation for _, _, relation in graph.edges(data="relation")}
    return relations_named(used, graph.graph.get("relations", relations()))


def relations_named(used: Set[str], schema: Mapping[str, Relation]) -> dict[str, Relation]:
    """The relations of these names, in the order of the schema; see `relations_of`."""
    strangers = {name: _stranger(name) for name in sorted(used - schema.keys())}
    return {name: relation for name, relation in {**schema, **strangers}.items() if name in used}


def _stranger(name: str) -> Relation:
    return Relation(
        name=name,
        labels={"en": name.replace("_", " ")},
        comments={},
        inverse=None,
        subject_types=(),
        object_types=(),
        symmetric=False,
        kind="event",
        wikidata=None,
        qualifiers=(),
        identity=(),
        broader="other",
    )
