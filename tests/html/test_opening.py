"""The opening picture: there before vis-network is, and in the same place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.graphs import trade_graph
from tests.html.conftest import Opener
from tests.html.news import news_graph
from tests.html.test_injection import GRAPH as HOSTILE
from tests.html.test_injection import unharmed

# Keeps both pictures at the moment at which the still one goes, and what there was when it was first drawn.
_KEEP = """
const remove = Element.prototype.remove;
const pixels = (canvas, paper) => {
    const flat = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
    const pen = flat.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = paper;
    pen.fillRect(0, 0, flat.width, flat.height);
    pen.drawImage(canvas, 0, 0);
    return pen.getImageData(0, 0, flat.width, flat.height).data;
};
Element.prototype.remove = function () {
    if (this.id === "still" && this.checkVisibility()) {
        const paper = getComputedStyle(this).backgroundColor;
        const own = pixels(this, paper);
        const later = pixels(document.querySelector("#picture canvas"), paper);
        const blank = own.slice(0, 3);
        const apart = (a, b, n, m) => Math.max(...[0, 1, 2].map((k) => Math.abs(a[n + k] - b[m + k])));
        let [ink, other] = [0, 0];
        for (let n = 0; n < own.length; n += 4) {
            if (apart(own, blank, n, 0) > 40) ink += 1;
            if (apart(own, later, n, n) > 100) other += 1;
        }
        window.kept = { ink, other, size: own.length === later.length };
    }
    return remove.call(this);
};
window.names = [];
const { fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.fillText = function (words, ...values) {
    if (this.canvas.id === "still") window.names.push({ words, early: window.vis === undefined });
    return fillText.call(this, words, ...values);
};
"""
_STATEMENT = min(key for _, _, key in trade_graph().edges(keys=True))


def kept(page: Any) -> dict[str, Any]:
    """Pixels with ink in the still picture, and those that vis-network draws otherwise."""
    return page.evaluate("() => window.kept")


@pytest.mark.parametrize(
    ("statements", "options"),
    [
        (60, {}),
        (500, {}),
        (500, {"color_scheme": "dark"}),
        (500, {"width": 390, "height": 800}),
        (500, {"device_scale_factor": 2}),
        (3000, {"locale": "id-ID"}),
    ],
    ids=["small", "middle", "dark", "phone", "fine", "large"],
)
def test_the_network_takes_over_in_the_same_place(statements: int, options: dict[str, Any], open_page: Opener) -> None:
    page = open_page(news_graph(statements), script=_KEEP, **options)
    found = kept(page)
    assert found["size"] and found["ink"] > 1000
    # A line drawn half a pixel aside is no jump; a name or circle elsewhere would be thousands of pixels.
    assert found["other"] < 0.01 * found["ink"]
    assert not page.locator("#still").count()


def test_it_has_the_names_before_vis_network_is_read(open_page: Opener) -> None:
    page = open_page(trade_graph(), script=_KEEP)
    names = page.evaluate("() => window.names")
    assert {"Russia", "China"} <= {name["words"] for name in names if name["early"]}


@pytest.mark.parametrize("options", [{}, {"width": 390, "height": 800}], ids=["wide", "phone"])
def test_a_link_into_the_page_opens_on_what_it_names(options: dict[str, Any], open_page: Opener) -> None:
    page = open_page(trade_graph(), f"#statement={_STATEMENT}", script=_KEEP, **options)
    assert kept(page)["ink"] > 300 and kept(page)["other"] < 0.01 * kept(page)["ink"]
    page = open_page(trade_graph(), "#view=table", script=_KEEP)
    assert page.evaluate("() => window.names") == [] and page.is_visible("#table")


def test_names_that_try_to_break_out_are_drawn_as_names(open_page: Opener) -> None:
    page = open_page(HOSTILE, script=_KEEP)
    assert unharmed(page)
    assert any("</script>" in name["words"] for name in page.evaluate("() => window.names"))


def test_what_the_reader_does_before_vis_network_is_there_is_kept(open_page: Opener) -> None:
    early = """
    new MutationObserver((_, observer) => {
        if (document.readyState === "loading" || !document.querySelector("#panel .top a")) return;
        observer.disconnect();
        window.before = window.vis === undefined;
        document.querySelector("#panel .top a").click();
        document.getElementById("in-button").click();
    }).observe(document, { subtree: true, childList: true });
    """
    page = open_page(trade_graph(), script=_KEEP + early)
    assert page.evaluate("() => window.before") and kept(page)["other"] < 0.01 * kept(page)["ink"]
    assert page.inner_text("#panel h2") in {"Russia", "China"}
