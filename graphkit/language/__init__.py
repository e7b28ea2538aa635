"""The language pipelines: tokenizer, sentences, parser, names, and the loader."""

from graphkit.language.docs import article_data, article_offsets, make_doc
from graphkit.language.pipeline import (
    LanguageNotSupportedError,
    add_extraction,
    load_pipeline,
    model_card,
    need_pack,
    pipeline_version,
    supported_languages,
)

__all__ = [
    "LanguageNotSupportedError",
    "add_extraction",
    "article_data",
    "article_offsets",
    "load_pipeline",
    "make_doc",
    "model_card",
    "need_pack",
    "pipeline_version",
    "supported_languages",
]
