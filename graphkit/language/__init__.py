"""The language pipelines: tokenizer, sentences, parser, names, and the loader."""

from graphkit.language.pipeline import (
    LanguageNotSupportedError,
    add_extraction,
    load_pipeline,
    pipeline_info,
    supported_languages,
)
from graphkit.language.sentences import PARAGRAPHS

__all__ = [
    "PARAGRAPHS",
    "LanguageNotSupportedError",
    "add_extraction",
    "load_pipeline",
    "pipeline_info",
    "supported_languages",
]
