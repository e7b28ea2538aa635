"""A browser for the tests of the page: Debian's Chromium, driven by Playwright, with no way to the network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graphkit.html import write_html

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
Opener = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium; tests that need it are skipped where it is not, or where it cannot be driven."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a graph as a page; whatever it then does, it must try no request and raise no error."""
    complaints: list[str] = []
    with ExitStack() as stack:

        def open_(
            graph: nx.MultiDiGraph,
            address: str = "",
            width: int = 1300,
            height: int = 850,
            script: str = "",
            **options: Any,
        ) -> Any:
            path = tmp_path / "graph.html"
            if not path.exists():
                write_html(graph, path)
            context = browser.new_context(
                viewport={"width": width, "height": height}, offline=True, **{"locale": "en-GB", **options}
            )
            # A machine that is busy with other things is slow, not wrong.
            context.set_default_timeout(120_000)
            stack.callback(context.close)
            page = context.new_page()
            if script:
                page.add_init_script(script)
            _listen(page, path.as_uri(), complaints)
            page.goto(f"{path.as_uri()}{address}")
            page.wait_for_selector("html[data-ready]")
            return page

        yield open_
        assert not complaints


def _listen(page: Any, address: str, complaints: list[str]) -> None:
    def requested(request: Any) -> None:
        # The page itself, and pictures that it makes of itself.
        if request.url.split("#")[0] != address and not request.url.startswith(("data:", "blob:")):
            complaints.append(f"asked for {request.url[:200]}")

    page.on("request", requested)
    page.on("pageerror", lambda error: complaints.append(f"error {error}"))
    page.on("dialog", lambda dialog: complaints.append(f"dialog {dialog.message}"))
    page.on(
        "console",
        lambda message: complaints.append(f"console {message.text}") if message.type in {"error", "warning"} else None,
    )
