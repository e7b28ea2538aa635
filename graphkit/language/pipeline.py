"""Load the pipelines that the package ships."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path

import spacy
from spacy.language import Language

_EXTRACTION = ("graphkit_mentions", "graphkit_statements", "graphkit_linker")
_WITH_ENTITIES = frozenset({"graphkit_mentions", "graphkit_linker"})
_WITH_FRAMES = frozenset({"graphkit_statements"})


class LanguageNotSupportedError(ValueError):
    """There is no language pack for a language."""


def supported_languages() -> tuple[str, ...]:
    """Codes of the languages that have a pack, in order."""
    root = files(__package__)
    return tuple(sorted(item.name for item in root.iterdir() if item.joinpath("model", "meta.json").is_file()))


def load_pipeline(
    language: str = "id",
    *,
    entities: Sequence[Path | str] = (),
    frames: Sequence[Path | str] = (),
    extraction: bool = True,
) -> Language:
    """Load the pipeline of a language.

    Args:
        language: A code such as "id".
        entities: JSONL files with entity records of the user's own.
        frames: TOML files with frames and relations of the user's own.
        extraction: Whether to add the steps that read mentions and statements to the trained ones.

    Raises:
        LanguageNotSupportedError: If there is no pack for the language.
    """
    need_pack(language)
    with as_file(files(__package__).joinpath(language, "model")) as folder:
        nlp = spacy.load(folder)
    if extraction:
        add_extraction(nlp, entities, frames)
    return nlp


def add_extraction(nlp: Language, entities: Sequence[Path | str] = (), frames: Sequence[Path | str] = ()) -> None:
    """Add graphkit's steps to a pipeline with parser and entity recogniser.

    Args:
        nlp: The pipeline, changed in place.
        entities: JSONL files with entity records of the user's own.
        frames: TOML files with frames and relations of the user's own.
    """
    nlp.add_pipe("graphkit_sentences", before="parser")
    for factory in _EXTRACTION:
        config = {"entities": [str(path) for path in entities]} if factory in _WITH_ENTITIES else {}
        config |= {"frames": [str(path) for path in frames]} if factory in _WITH_FRAMES else {}
        nlp.add_pipe(factory, config=config)


def pipeline_version(language: str) -> str:
    """Name and version of a shipped pipeline, such as "id_core_news 0.1.0".

    Raises:
        LanguageNotSupportedError: If there is no pack for the language.
    """
    need_pack(language)
    meta = json.loads(files(__package__).joinpath(language, "model", "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']}"


def model_card(language: str) -> str:
    """The model card of a shipped pipeline, in Markdown: data, licences, scores, limits.

    Raises:
        LanguageNotSupportedError: If there is no pack for the language.
    """
    need_pack(language)
    return files(__package__).joinpath(language, "MODEL_CARD.md").read_text(encoding="utf-8")


def need_pack(language: str) -> None:
    """Look whether there is a pack for a language.

    Raises:
        LanguageNotSupportedError: If there is none; the message lists those there are.
    """
    packs = supported_languages()
    if language not in packs:
        raise LanguageNotSupportedError(f"no language pack for {language!r}; there are packs for: {', '.join(packs)}")
