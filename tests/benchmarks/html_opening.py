"""How soon the HTML page shows its picture, as a ratio against stock pyvis on the same graphs in the same run.

Both pages are opened from disk in headless Chromium with the network blocked. "Visible" is the first frame with an
entity on the canvas and no loading bar over it; the time counts from the start of navigation. Beside it stands the CPU
time of the page's main thread until then, which a busy machine does not stretch. pyvis writes its page
with ``cdn_resources="in_line"``; what it asks a CDN for all the same fails at once. Then our page alone: size, first
frame, and frames a second while a mouse pans, for larger graphs.

Run it with ``python tests/benchmarks/html_opening.py [--large]``; pyvis alone takes minutes for 2,000 edges.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import sync_playwright
from pyvis.network import Network

sys.path.insert(0, str(Path(__file__).parents[2]))

from graphkit.html import html_document
from tests.html.news import news_graph

_COMPARED = (500, 2000)
_OURS = (500, 2000, 10_000)
_LARGE = 50_000
_ROUNDS = 3
_VISIBLE = """
(() => {
  let drawn = false;
  const arc = CanvasRenderingContext2D.prototype.arc;
  CanvasRenderingContext2D.prototype.arc = function (...values) { drawn = true; return arc.apply(this, values); };
  const look = () => {
    const bar = document.getElementById("loadingBar");
    const style = bar && getComputedStyle(bar);
    if (drawn && (!bar || style.display === "none" || Number(style.opacity) === 0)) window.visible = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
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


def opened(browser: Any, path: Path) -> Any:
    """A page that is being opened."""
    page = browser.new_page(viewport={"width": 1400, "height": 900})
    page.set_default_timeout(900_000)
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(_VISIBLE)
    page.devtools = page.context.new_cdp_session(page)
    page.devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(path.as_uri(), wait_until="commit")
    return page


def seconds_to_picture(browser: Any, text: str, rounds: int) -> tuple[float, float]:
    """Seconds until the picture can be seen, and CPU seconds of the main thread: medians of several times."""
    walls, cpus = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        path.write_text(text, encoding="utf-8", errors="replace")
        for _ in range(rounds):
            page = opened(browser, path)
            page.wait_for_function("() => window.visible !== undefined", polling=50)
            metrics = page.devtools.send("Performance.getMetrics")["metrics"]
            cpus.append(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))
            walls.append(page.evaluate("() => window.visible") / 1000)
            page.close()
    return statistics.median(walls), statistics.median(cpus)


def frames_a_second(browser: Any, text: str) -> tuple[float, float]:
    """Frames a second while the mouse pans for three seconds: on average, and of the slowest twentieth."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        path.write_text(text, encoding="utf-8", errors="replace")
        page = opened(browser, path)
        page.wait_for_selector("html[data-ready]", timeout=120_000)
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


def compare(browser: Any) -> None:
    """Print both pages' times and their ratio."""
    for count in _COMPARED:
        graph = news_graph(count)
        wall, cpu = seconds_to_picture(browser, html_document(graph), _ROUNDS)
        their_wall, their_cpu = seconds_to_picture(browser, stock(graph), 1)
        sys.stdout.write(
            f"{count:6,} statements: ours {wall:.2f} s ({cpu:.2f} CPU), "
            f"pyvis {their_wall:.1f} s ({their_cpu:.1f} CPU), "
            f"ratio 1/{their_wall / wall:.0f} (1/{their_cpu / cpu:.0f} CPU)\n"
        )
        sys.stdout.flush()


def measure(browser: Any, counts: Sequence[int]) -> None:
    """Print what our page needs for larger graphs."""
    for count in counts:
        graph = news_graph(count)
        start = time.process_time()
        text = html_document(graph)
        made = time.process_time() - start
        wall, cpu = seconds_to_picture(browser, text, _ROUNDS)
        mean, slow = frames_a_second(browser, text)
        sys.stdout.write(
            f"{count:6,} statements: {len(text.encode()) / 1e6:.1f} MB, made in {made:.1f} CPU seconds, "
            f"visible after {wall:.2f} s ({cpu:.2f} CPU), "
            f"{mean:.0f} frames a second ({slow:.0f} in the slowest twentieth)\n"
        )
        sys.stdout.flush()


def main() -> None:
    """Compare with pyvis, then measure larger graphs."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        measure(browser, (_LARGE,) if "--large" in sys.argv else _OURS)
        if "--large" not in sys.argv:
            compare(browser)
        browser.close()


if __name__ == "__main__":
    main()
