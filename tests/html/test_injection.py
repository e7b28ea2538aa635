"""Text that tries to break out, in every field that an article, an entity or a statement can put into the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import pytest

from graphkit import Amount, Article, Entity, Evidence, Statement
from graphkit.graph import merge
from tests.html.conftest import Opener
from tests.html.picture import save, svg

_RUN = "window.hacked=1"
ATTACKS = {
    "end of script": f"</script><script>{_RUN}</script>",
    "comment": f"<!--<script>{_RUN}",
    "image": f"<img src=x onerror={_RUN}>",
    "svg": f"<svg onload={_RUN}><animate onbegin={_RUN} attributeName=x dur=1s>",
    "attribute": f"\"'><body onload={_RUN}>",
    "template": "{{ 7*7 }} {% raw %} ${" + _RUN + "} `" + _RUN + "`",
    "string": f"\\\";{_RUN};//' \\u0022",
    "separators": f"\u2028{_RUN}\u2029\u0000\u0007\ud800",
    "bidi": "\u202e\u2066gnorw\u2069\u202c \u200f\u061c",
    "address": f"javascript:{_RUN}",
    "data address": f"data:text/html,<script>{_RUN}</script>",
    "frame": "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    "style": "<style>*{display:none}</style><base href=//x.example>",
    "formula": '=HYPERLINK("http://x.example","x")',
    "prototype": "__proto__",
    "constructor": "constructor",
    "very long": "x" * 10_000,
    "very long, wide": "語" * 10_000,
}


def hostile_graph() -> nx.MultiDiGraph:
    """One statement for each attack, which has it in every field; all are about the same known entity."""
    hub = Entity("country/hub", "Hub", "Country", ("Hub",), "Q1", {"en": "Hub"})
    statements, articles = [], []
    for n, attack in enumerate(ATTACKS.values()):
        article = Article(
            id=f"{n} {attack}",
            text=attack,
            title=attack,
            url=attack,
            author=attack,
            publisher=attack,
            language=attack,
            source=attack,
        )
        who = Entity(
            f"person/{n} {attack}",
            attack,
            "Person",
            (attack, f"{attack} {n}"),
            attack,
            {"en": attack, "id": attack, attack: attack},
        )
        evidence = Evidence(article.id, 0, 0, len(attack), attack, attack, 0, min(5, len(attack)), attack, 0.9, who.id)
        qualifiers = {
            "place": attack,
            "time": attack,
            "title": attack,
            "topic": attack,
            attack: attack,
            "amount": Amount(1.5e9, attack, attack),
        }
        said = Statement(who, "met_with", hub, qualifiers, "asserted", (who,), (evidence,), 0.9)
        statements += [
            said,
            replace(said, relation=f"{n} {attack}"),
            replace(said, modality="negated", subject=hub, object=who),
        ]
        articles.append(article)
    return merge(statements, articles)


GRAPH = hostile_graph()


def unharmed(page: Any) -> bool:
    return page.evaluate(
        """() => window.hacked === undefined && ["Knowledge graph", "Graf pengetahuan"].includes(document.title)
            && document.scripts.length === 4 && !document.querySelector("iframe, img, base, body > svg")
            && getComputedStyle(document.body).display !== "none"
            && [...document.links].every((link) => ["https:", "http:", "file:"].includes(link.protocol))
            && [...document.querySelectorAll("*")].every((node) =>
                node.getAttributeNames().every((name) => !name.startsWith("on")))"""
    )


def test_nothing_runs_on_any_way_through_the_page(open_page: Opener) -> None:
    page = open_page(GRAPH)
    page.wait_for_timeout(300)
    assert unharmed(page)
    for who in sorted(set(GRAPH.nodes) - {"country/hub"}):
        page.fill("#search", GRAPH.nodes[who]["name"][:40].replace("\n", " ").replace("\ud800", ""))
        page.press("#search", "Escape")
        page.evaluate("id => { location.hash = `entity=${encodeURIComponent(id)}`; }", who.replace("\ud800", "?"))
        page.wait_for_function("() => document.querySelector('#panel .badge')")
        assert unharmed(page), who[:60]
    for _, _, id_ in GRAPH.edges(keys=True):
        page.evaluate("id => { location.hash = `statement=${id}`; }", id_)
        page.wait_for_function("id => document.querySelector('#panel').textContent.includes(id)", arg=id_)
        assert unharmed(page), id_
    for address in ("view=table", "view=table&lang=id", "around=country%2Fhub&depth=2", "all=1"):
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_timeout(200)
        assert unharmed(page), address


def test_what_is_saved_is_harmless_too(open_page: Opener) -> None:
    page = open_page(GRAPH, "#quantities=1&all=1")
    picture = svg(page)
    assert {item.tag.rpartition("}")[2] for item in picture.iter()} <= {
        "svg",
        "g",
        "rect",
        "line",
        "circle",
        "polygon",
        "text",
        "title",
    }
    table = save(page, "csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in table and ",=HYPERLINK" not in table and '"=HYPERLINK' not in table
    save(page, "json")
    save(page, "png")
    assert unharmed(page)


@pytest.mark.parametrize(
    "attack", ["<script>window.hacked=1</script>", "%3Cimg%20src=x%20onerror=window.hacked=1%3E", "__proto__", "%"]
)
def test_an_address_is_text_as_well(attack: str, open_page: Opener) -> None:
    page = open_page(
        GRAPH, f"#view=table&find={attack}&in.subject={attack}&in.{attack}=1&type={attack}&lang={attack}&sort={attack}"
    )
    assert unharmed(page)
