"""The HTML file: template, scripts and data put together, with a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from graphkit.html.network import network, vis_library
from graphkit.html.payload import payload

_PAGE = files(__package__).joinpath("page")
# Joined in this order to one script: what stands later uses what stands earlier.
_SCRIPTS = ("data.js", "dom.js", "words.js", "filters.js", "panel.js", "table.js", "picture.js", "main.js")
# "</" alone is not enough: an unbalanced "<!--" swallows the rest of the page.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def write_html(graph: nx.MultiDiGraph, path: Path | str) -> None:
    """Write a graph as one HTML file that needs no network; the same graph gives the same bytes.

    Args:
        graph: A merged graph.
        path: The file, overwritten; UTF-8.

    Raises:
        OSError: If the file cannot be written.
    """
    Path(path).write_text(html_document(graph), encoding="utf-8", errors="replace", newline="\n")


def html_document(graph: nx.MultiDiGraph) -> str:
    """A graph as the text of an HTML file; see `write_html`."""
    picture = network(graph)
    data = {**payload(graph), "nodes": picture.nodes, "edges": picture.edges, "texts": _texts()}
    library, script, style = vis_library(), _script(), _read("graph.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("graph.html.j2")).render(
        policy=_policy([library, script], style),
        style=Markup(style),
        data=Markup(_json(data)),
        scripts=[Markup(library), Markup(script)],
    )


def _policy(scripts: list[str], style: str) -> str:
    """A Content-Security-Policy: these very scripts, this very style sheet, and no network."""
    allowed = " ".join(_hash(script) for script in scripts)
    rest = "img-src data: blob:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; {rest}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.translate(_ESCAPES).encode("utf-8", errors="replace").decode("utf-8")


@cache
def _script() -> str:
    body = "\n".join(_read(name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}}})();\n'


@cache
def _texts() -> dict[str, dict[str, str]]:
    return json.loads(_read("texts.json"))


def _read(name: str) -> str:
    return _PAGE.joinpath(name).read_text(encoding="utf-8")
