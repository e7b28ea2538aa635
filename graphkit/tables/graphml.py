"""The graph as GraphML, for Gephi, yEd, Cytoscape and igraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import networkx as nx

from graphkit.model import Amount

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: nx.MultiDiGraph, path: Path | str) -> None:
    """Write a graph with plain attributes; the same graph gives the same bytes.

    Nodes have ``name``, ``type``, ``wikidata``, ``aliases`` and ``label_<language>``. Edges have the
    statement's id and ``relation``, ``modality``, ``confidence``, ``claimed_by`` (names), ``amount`` and
    ``unit``, the other qualifiers by their names, ``articles``, ``sentences`` and ``differs_from``. Several
    values are joined by `` | ``, sentences by line breaks. Characters that XML does not allow are left out.

    Args:
        graph: As `graphkit.graph.merge` makes it.
        path: The file, overwritten.
    """
    plain = nx.MultiDiGraph()
    for id_ in sorted(graph.nodes):
        plain.add_node(_clean(id_), **_node(graph.nodes[id_]))
    names = {id_: node["name"] for id_, node in graph.nodes(data=True)}
    for subject, object_, id_, edge in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[2]):
        plain.add_edge(_clean(subject), _clean(object_), key=id_, **_edge(edge, names))
    # The variant without lxml, because the other one writes other bytes where lxml happens to be installed.
    nx.write_graphml_xml(plain, path, encoding="utf-8")


def _node(node: Mapping[str, Any]) -> dict[str, str]:
    labels = {f"label_{language}": _clean(label) for language, label in sorted(node["labels"].items())}
    wikidata = {} if node["wikidata"] is None else {"wikidata": node["wikidata"]}
    return {
        "name": _clean(node["name"]),
        "type": node["type"],
        **wikidata,
        "aliases": _joined(node["aliases"]),
        **labels,
    }


def _edge(edge: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str | float]:
    evidence = edge["evidence"]
    return {
        "relation": edge["relation"],
        "modality": edge["modality"],
        "confidence": float(edge["confidence"]),
        **_qualifiers(edge["qualifiers"]),
        "claimed_by": _joined(names[claimant] for claimant in edge["claimed_by"]),
        "articles": _joined(dict.fromkeys(item.article for item in evidence)),
        "sentences": _joined(dict.fromkeys(item.text for item in evidence), "\n"),
        "differs_from": _joined(edge["differs_from"]),
    }


def _qualifiers(qualifiers: Mapping[str, Any]) -> dict[str, str | float]:
    found: dict[str, str | float] = {}
    for name, value in sorted(qualifiers.items()):
        if isinstance(value, Amount):
            found |= {name: float(value.value), "unit": _clean(value.unit)}
        else:
            found[name] = _clean(value)
    return found


def _joined(values: Iterable[str], separator: str = " | ") -> str:
    return separator.join(map(_clean, values))


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
