"""What the picture shows, by way of the SVG that the page saves: places on the canvas where one can click."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

_SVG = "{http://www.w3.org/2000/svg}"
# The line with the title is above the picture itself, at negative heights.
Point = tuple[float, float]


def save(page: Any, kind: str) -> Path:
    """What the page downloads when asked to save."""
    if not page.is_visible(f"#save-{kind}"):
        page.click("#menu summary")
    with page.expect_download() as download:
        page.click(f"#save-{kind}")
    return Path(download.value.path())


def svg(page: Any) -> ET.Element:
    """The view, as saved."""
    return ET.fromstring(save(page, "svg").read_text(encoding="utf-8"))


def circles(picture: ET.Element) -> dict[str, Point]:
    """Where each entity stands, by its name."""
    found = {}
    for circle in picture.iter(f"{_SVG}circle"):
        title = circle.find(f"{_SVG}title")
        if title is not None:
            found[str(title.text)] = (float(circle.attrib["cx"]), float(circle.attrib["cy"]))
    return found


def lines(picture: ET.Element) -> list[ET.Element]:
    """The lines of the picture."""
    return list(picture.iter(f"{_SVG}line"))


def words(picture: ET.Element) -> list[str]:
    """All that is written in the picture."""
    return [str(text.text) for text in picture.iter(f"{_SVG}text")]


def click(page: Any, place: Point) -> None:
    """Click a place of the picture."""
    page.mouse.move(1, 1)
    box = page.locator("#picture").bounding_box()
    page.mouse.click(box["x"] + place[0], box["y"] + place[1])
