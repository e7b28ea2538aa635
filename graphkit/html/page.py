"""The HTML file: template, scripts and data put together, with a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

_ASSETS = files(__package__).joinpath("assets")
# "</" alone is not enough: an unbalanced "<!--" swallows the rest of the page.
_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def render(title: str, data: dict[str, Any], evidence: dict[str, Any], library: str) -> str:
    """The page as text; the same arguments give the same text.

    Args:
        title: Of the page; empty for the words of texts.json.
        data: What is drawn, filtered and listed.
        evidence: The sentences.
        library: The source of vis-network.
    """
    script, style = _script(), _read("graph.css")
    facts = {**data, "title": title, "version": _version(), "texts": _texts()}
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_read("graph.html.j2")).render(
        policy=_policy([script, library], style),
        style=Markup(style),
        data=Markup(_json(facts)),
        evidence=Markup(_json(evidence)),
        script=Markup(script),
        library=Markup(library),
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
    """Our scripts as one, in the order of ``scripts.txt``: what stands later uses what stands earlier."""
    body = "\n".join(_read(f"{name}.js") for name in _read("scripts.txt").split())
    return f'(() => {{\n"use strict";\n{body}}})();\n'


@cache
def _texts() -> dict[str, dict[str, str]]:
    return json.loads(_read("texts.json"))


def _version() -> str:
    try:
        return version("graphkit-news")
    except PackageNotFoundError:
        return ""


def _read(name: str) -> str:
    return _ASSETS.joinpath(name).read_text(encoding="utf-8")
