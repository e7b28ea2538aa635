"""The tour runs, and prints what it shows."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]


def printed(notebook: nbformat.NotebookNode) -> list[str]:
    cells = (cell for cell in notebook.cells if cell.cell_type == "code")
    return ["".join(out.get("text", "") for out in cell.outputs) for cell in cells]


def test_the_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    # The kernel is another process; it finds the package as the tests do, installed or not.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    notebook = nbformat.read(ROOT / "notebooks" / "tour.ipynb", as_version=4)
    shown = printed(notebook)
    NotebookClient(notebook, timeout=300).execute()
    assert printed(notebook) == shown
