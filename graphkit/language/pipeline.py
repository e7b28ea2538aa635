"""Load the pipelines that the package ships."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language

_EXTRACTION = ("graphkit_mentions", "graphkit_statements", "graphkit_linker")
_WITH_ENTITIES = frozenset({"graphkit_mentions", "graphkit_linker"})


class LanguageNotSupportedError(ValueError):
    """There is no language pack for a language."""


def supported_languages() -> tuple[str, ...]:
    """Codes of the languages that have a pack, in order."""
    root = files(__package__)
    return tuple(sorted(item.name for item in root.iterdir() if item.joinpath("model", "meta.json").is_file()))


def load_pipeline(language: str = "id", *, entities: Sequence[Path] = (), extraction: bool = True) -> Language:
    """Load the pipeline of a language.

    Args:
        language: A code such as "id".
        entities: JSONL files with entity records of the user's own.
        extraction: Whether to add the steps that read mentions and statements to the trained ones.

    Raises:
        LanguageNotSupportedError: If there is no pack for the language.
    """
    if language not in supported_languages():
        raise LanguageNotSupportedError(
            f"no language pack for {language!r}; there are packs for: {', '.join(supported_languages())}"
        )
    with as_file(files(__package__).joinpath(language, "model")) as folder:
        nlp = spacy.load(folder)
    if extraction:
        add_extraction(nlp, entities)
    return nlp


def add_extraction(nlp: Language, entities: Sequence[Path] = ()) -> None:
    """Add graphkit's steps to a pipeline with parser and entity recogniser.

    Args:
        nlp: The pipeline, changed in place.
        entities: JSONL files with entity records of the user's own.
    """
    nlp.add_pipe("graphkit_sentences", before="parser")
    for factory in _EXTRACTION:
        config = {"entities": [str(path) for path in entities]} if factory in _WITH_ENTITIES else {}
        nlp.add_pipe(factory, config=config)


def pipeline_info(language: str) -> Mapping[str, Any]:
    """The ``meta.json`` of a shipped pipeline: version, licence, sources and scores.

    Raises:
        LanguageNotSupportedError: If there is no pack for the language.
    """
    if language not in supported_languages():
        raise LanguageNotSupportedError(f"no language pack for {language!r}")
    text = files(__package__).joinpath(language, "model", "meta.json").read_text(encoding="utf-8")
    return dict(json.loads(text))
