"""Where the graph of a folder is, and how queries get at it."""

from __future__ import annotations

from pathlib import Path

from graphkit.rdf.files import FORMATS, RdfFileError

_ENDINGS = tuple(f"{ending}{packed}" for packed in ("", ".gz") for ending in FORMATS)


def graph_file(place: Path) -> Path:
    """The RDF file of a folder that ``build`` wrote, or the file itself.

    Raises:
        RdfFileError: If there is none.
    """
    if place.is_file():
        return place
    for ending in _ENDINGS:
        path = place / f"graph{ending}"
        if path.is_file():
            return path
    raise RdfFileError(f"{place}: no graph there; make one with: graphkit build")
