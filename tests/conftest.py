"""Fixtures that several parts share: the shipped pipeline is loaded once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from graphkit import Article, KnowledgeGraph, build, load_pipeline, make_doc
from graphkit.samples import sample_paths


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


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeGraph, Path]:
    """The graph of the sample articles, and a folder that it is saved in."""
    graph = build(sample_paths())
    folder = tmp_path_factory.mktemp("demo")
    graph.save(folder)
    return graph, folder
