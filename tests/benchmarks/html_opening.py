"""How soon the HTML page shows its picture, as a ratio against stock pyvis on the same graphs in the same run.

Both pages are opened from disk in headless Chromium with the network blocked, and the time counts from the start of
navigation. A picture is **visible** as soon as the browser has made the frame in which a circle is drawn on a canvas
that can be seen, with no loading bar over it (one that fades counts as gone), and from our page also the name of the
best-connected entity: pyvis writes no names at the scale at which all of a graph is in sight. The frames of a
screencast agree, to within a frame. It is **interactive** once it can be moved and clicked: our page when vis-network
has taken over, pyvis at once. Beside it stands the CPU time of the page's main thread until the picture is visible,
which a busy machine does not stretch; the page is opened once more for it, and stopped there. pyvis writes its page
with ``cdn_resources="in_line"``; what it asks a CDN for all the same fails at once. Then our page alone: size, first
frame, and frames a second while a mouse pans, for larger graphs.

Run it with ``python tests/benchmarks/html_opening.py``; pyvis alone takes minutes for 2,000 edges, so
``--compare 500 --alone 500 10000 --rounds 5`` and the like choose sizes.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import sync_playwright
from pyvis.network import Network

sys.path.insert(0, str(Path(__file__).parents[2]))

from graphkit.html import html_document
from tests.html.news import news_graph

_VISIBLE = """
(() => {
  const hub = HUB;
  let [circle, name] = [null, null];
  const drawing = CanvasRenderingContext2D.prototype;
  const { arc, fillText } = drawing;
  drawing.arc = function (...values) { circle = this.canvas; return arc.apply(this, values); };
  drawing.fillText = function (words, ...values) {
    if (words === hub) name = this.canvas;
    return fillText.call(this, words, ...values);
  };
  const gone = (bar) => !bar || bar.style.display === "none" || Number(bar.style.opacity || 1) === 0;
  const look = () => {
    const seen = circle !== null && (!hub || name === circle) && circle.checkVisibility() && circle.clientWidth > 300;
    if (!seen || !gone(document.getElementById("loadingBar"))) { requestAnimationFrame(look); return; }
    // The first task after the frame.
    setTimeout(() => { window.visible = performance.now(); debugger; });
  };
  requestAnimationFrame(look);
  new MutationObserver((_, observer) => {
    if (!document.querySelector("html[data-ready]")) return;
    window.interactive = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });
})();
"""
_FRAMES = """
() => {
  window.frames_ = [];
  const note = (now) => { window.frames_.push(now); requestAnimationFrame(note); };
  requestAnimationFrame(note);
}
"""


def stock(graph: nx.MultiDiGraph) -> str:
    """The graph as pyvis writes it when told nothing: one node an entity, one edge a statement."""
    network = Network(directed=True, cdn_resources="in_line")
    for id_, node in graph.nodes(data=True):
        network.add_node(id_, label=node["name"])
    for subject, object_, edge in graph.edges(data=True):
        network.add_edge(subject, object_, label=edge["relation"])
    return network.generate_html()


def hub(graph: nx.MultiDiGraph) -> str:
    """The name of the entity with most statements."""
    return graph.nodes[max(sorted(graph.nodes), key=graph.degree)]["name"]


def opened(browser: Any, path: Path, name: str = "") -> Any:
    """A page that is being opened, and notes when a circle, and a name if one is given, can be seen."""
    page = browser.new_page(viewport={"width": 1400, "height": 900}, locale="en-GB")
    page.set_default_timeout(900_000)
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(_VISIBLE.replace("HUB", json.dumps(name)))
    return page


@dataclass(frozen=True, slots=True)
class Opening:
    """Seconds from the start of navigation, and of the main thread."""

    visible: float
    interactive: float
    cpu: float


def opening(browser: Any, text: str, name: str, rounds: int) -> Opening:
    """When the picture can be seen and used: medians of several times."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        path.write_text(text, encoding="utf-8", errors="replace")
        cpu = cpu_until_visible(browser, path, name)
        for _ in range(rounds):
            page = opened(browser, path, name)
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_function("() => window.visible !== undefined", polling=50)
            if page.locator("#still, html[data-ready]").count():
                page.wait_for_function("() => window.interactive !== undefined", polling=50)
            found.append(page.evaluate("() => [window.visible, window.interactive ?? window.visible]"))
            page.close()
    visible, interactive = (statistics.median(column) / 1000 for column in zip(*found, strict=True))
    return Opening(visible, interactive, cpu)


def cpu_until_visible(browser: Any, path: Path, name: str) -> float:
    """Seconds that the main thread has worked when the picture is visible, where a debugger stops it."""
    page = opened(browser, path, name)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    devtools.send("Debugger.enable")
    stops: list[Any] = []
    devtools.on("Debugger.paused", lambda event: stops.append(event))
    page.goto(path.as_uri(), wait_until="commit")
    while not stops:
        page.wait_for_timeout(100)
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    devtools.send("Debugger.resume")
    page.close()
    return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


def frames_a_second(browser: Any, text: str) -> tuple[float, float]:
    """Frames a second while the mouse pans for three seconds: on average, and of the slowest twentieth."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        path.write_text(text, encoding="utf-8", errors="replace")
        page = opened(browser, path)
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(1000)
        box = page.locator("#picture").bounding_box()
        left, top = box["x"] + box["width"] - 40, box["y"] + box["height"] - 40
        page.mouse.move(left, top)
        page.mouse.down()
        page.evaluate(_FRAMES)
        start, step = time.monotonic(), 0
        while time.monotonic() - start < 3:
            step += 1
            page.mouse.move(left - 3 * (step % 100), top - 2 * (step % 100))
        frames: Sequence[float] = page.evaluate("() => window.frames_")
        page.close()
    apart = sorted(after - before for before, after in itertools.pairwise(frames))
    return 1000 / statistics.mean(apart), 1000 / apart[int(0.95 * len(apart))]


def compare(browser: Any, counts: Sequence[int], rounds: int) -> None:
    """Print both pages' times and their ratio."""
    for count in counts:
        graph = news_graph(count)
        ours = opening(browser, html_document(graph), hub(graph), rounds)
        theirs = opening(browser, stock(graph), "", 1)
        sys.stdout.write(
            f"{count:6,} statements: ours visible after {ours.visible:.2f} s, "
            f"interactive after {ours.interactive:.2f} s ({ours.cpu:.2f} CPU), "
            f"pyvis after {theirs.visible:.1f} s ({theirs.cpu:.1f} CPU): "
            f"visible 1/{theirs.visible / ours.visible:.0f}, interactive 1/{theirs.visible / ours.interactive:.0f}, "
            f"1/{theirs.cpu / ours.cpu:.0f} CPU\n"
        )
        sys.stdout.flush()


def measure(browser: Any, counts: Sequence[int], rounds: int) -> None:
    """Print what our page needs for larger graphs."""
    for count in counts:
        graph = news_graph(count)
        start = time.process_time()
        text = html_document(graph)
        made = time.process_time() - start
        ours = opening(browser, text, hub(graph), rounds)
        mean, slow = frames_a_second(browser, text)
        sys.stdout.write(
            f"{count:6,} statements: {len(text.encode()) / 1e6:.1f} MB, made in {made:.1f} CPU seconds, "
            f"visible after {ours.visible:.2f} s, interactive after {ours.interactive:.2f} s ({ours.cpu:.2f} CPU), "
            f"{mean:.0f} frames a second ({slow:.0f} in the slowest twentieth)\n"
        )
        sys.stdout.flush()


def main() -> None:
    """Compare with pyvis, then measure larger graphs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--compare", type=int, nargs="*", default=[500, 2000], help="statements, against pyvis")
    parser.add_argument("--alone", type=int, nargs="*", default=[500, 2000, 10_000], help="statements, our page alone")
    parser.add_argument("--rounds", type=int, default=3, help="how often our page is opened")
    chosen = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        compare(browser, chosen.compare, chosen.rounds)
        measure(browser, chosen.alone, chosen.rounds)
        browser.close()


if __name__ == "__main__":
    main()
