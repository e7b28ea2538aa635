"""The page inside a notebook, or opened in a browser."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from html import escape
from pathlib import Path
from typing import Any

# Our page runs scripts, saves files and opens links, but never gets at the notebook around it.
_SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox"


def html_frame(document: str, height: int = 680) -> str:
    """The page as an HTML fragment that carries it whole, for notebooks and other pages.

    Args:
        document: A page as `graphkit.html.html_document` makes it.
        height: Of the frame, in pixels.
    """
    style = f"width:100%;height:{int(height)}px;border:1px solid #d9dee5;border-radius:6px"
    frame = f'<iframe title="graphkit" sandbox="{_SANDBOX}" style="{style}" srcdoc="{escape(document)}"></iframe>'
    return f"<div>{frame}</div>"


def show_html(document: str, height: int = 680) -> Path | None:
    """Show the page: below the cell in a notebook, else as a temporary file in the browser.

    Args:
        document: A page as `graphkit.html.html_document` makes it.
        height: Of the frame in a notebook, in pixels.

    Returns:
        The file, where one was made.
    """
    if _in_notebook():
        from IPython.display import HTML, display

        display(HTML(html_frame(document, height)))
        return None
    path = Path(tempfile.mkdtemp(prefix="graphkit-")) / "graph.html"
    path.write_text(document, encoding="utf-8", errors="replace", newline="\n")
    webbrowser.open(path.as_uri())
    return path


def _in_notebook() -> bool:
    """Whether a notebook's kernel runs this; IPython is no requirement of ours."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return getattr(shell, "kernel", None) is not None
