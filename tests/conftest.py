"""Fixtures that several parts share: the shipped pipeline is loaded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from graphkit import Article, load_pipeline, make_doc


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The Indonesian pipeline as it ships."""
    return load_pipeline("id")


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[..., Doc]:
    """Runs a text through the pipeline, as an article of 5 June 2025 unless told otherwise."""

    def run(text: str, date: dt.date | None = dt.date(2025, 6, 5)) -> Doc:
        return nlp(make_doc(nlp, Article(id="test", text=text, date=date, language="id")))

    return run
