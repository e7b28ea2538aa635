"""Docs from articles: cleaned text, with the way back to the article in ``doc.user_data``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.articles import CleanText, Piece, clean
from graphkit.language.sentences import PARAGRAPHS
from graphkit.model import Article

ARTICLE = "graphkit.article"


def make_doc(nlp: Language, article: Article) -> Doc:
    """A tokenized Doc of an article, ready for ``nlp.pipe``.

    Args:
        nlp: The pipeline whose tokenizer to use.
        article: The article.
    """
    cleaned = clean(article.text, nlp.lang)
    doc = nlp.make_doc(cleaned.text)
    doc.user_data[PARAGRAPHS] = list(cleaned.paragraphs)
    doc.user_data[ARTICLE] = {
        "id": article.id,
        "date": article.date.isoformat() if article.date else None,
        "text": article.text,
        "pieces": [[piece.start, piece.source, piece.length] for piece in cleaned.pieces],
    }
    return doc


def article_data(doc: Doc) -> Mapping[str, Any]:
    """What a Doc keeps of its article: id, date, text and pieces; empty for a Doc made from bare text."""
    return doc.user_data.get(ARTICLE, {})


def article_offsets(doc: Doc) -> Callable[[int, int], tuple[int, int]]:
    """A function that gives the offsets in the article's own text for offsets in the Doc made from it."""
    pieces = article_data(doc).get("pieces")
    if not pieces:
        return lambda start, end: (start, end)
    return CleanText("", tuple(Piece(*piece) for piece in pieces), ()).to_article
