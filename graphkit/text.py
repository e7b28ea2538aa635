"""Checks on untrusted text that several exports share."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20\x7f]+")


def web_address(text: str | None) -> str | None:
    """The text if it is a valid http(s) IRI, else None; nothing else may become a link."""
    if not text or not _IRI.fullmatch(text):
        return None
    try:
        return text if urlsplit(text).hostname else None
    except ValueError:
        return None
