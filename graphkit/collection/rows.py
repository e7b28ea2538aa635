"""Articles as JSON lines and back."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from graphkit.model import Article

_FIELDS = ("id", "text", "title", "url", "author", "publisher", "language", "source")


def article_line(article: Article) -> bytes:
    """An article as one line of JSON."""
    row: dict[str, Any] = {name: getattr(article, name) for name in _FIELDS}
    row["date"] = article.date.isoformat() if article.date else None
    # ASCII, because a lone surrogate, which a caller's string may hold, has no UTF-8 form.
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def article_from(line: bytes) -> Article:
    """The article of a line that `article_line` wrote."""
    row = json.loads(line)
    date = row.pop("date")
    return Article(**row, date=dt.date.fromisoformat(date) if date else None)


def content_digest(article: Article) -> str:
    """A digest of all that is known of an article but the place where it was read."""
    values = [getattr(article, name) for name in _FIELDS if name != "source"]
    return _digest(json.dumps([*values, article.date.isoformat() if article.date else None]))


def text_digest(article: Article) -> str:
    """A digest of an article's text, as `graphkit.articles.read_articles` tells copies by."""
    return _digest(article.text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:32]
