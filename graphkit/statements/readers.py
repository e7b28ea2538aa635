"""What reads statements without a frame: places by the order of names, offices, figures. Told in ``readers.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def readers() -> Mapping[str, str]:
    """What each reader does, by the id that its evidence carries in the place of a frame's."""
    table = tomllib.loads(files(__package__).joinpath("readers.toml").read_text(encoding="utf-8"))
    return {
        ".".join(filter(None, (part, name))): entry["what"]
        for part, found in table.items()
        for name, entry in ({"": found} if "what" in found else found).items()
    }
