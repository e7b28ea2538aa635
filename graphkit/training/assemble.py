"""The last stage: the trained parts and the tokenizer of the language pack in one pipeline on disk."""

from __future__ import annotations

import json
from pathlib import Path

import spacy

from graphkit.language.tokenizer import customize_tokenizer

_SOURCES = [
    {"name": "UD Indonesian-GSD 2.0 (train) and 2.17 (dev)", "license": "CC BY-SA 4.0"},
    {"name": "UD Indonesian-CSUI 2.18 (train)", "license": "CC BY-SA 4.0"},
    {"name": "UD Indonesian-PUD 2.17", "license": "CC BY-SA 3.0"},
    {"name": "idner-news-2k", "license": "MIT"},
    {"name": "NER-UI", "license": "MIT"},
    {"name": "DBpedia (Indonesian), lists of names", "license": "CC BY-SA 3.0"},
    {"name": "raw news of 2025, read by teachers; 221 articles with listed names", "license": "not distributed"},
]


def assemble(parser: Path, names: Path, output: Path) -> None:
    """Write the pipeline that the package ships.

    Args:
        parser: Output of the parser stage.
        names: Output of the name stage.
        output: Folder of the finished pipeline.
    """
    nlp = spacy.load(parser)
    nlp.add_pipe("ner", source=spacy.load(names))
    customize_tokenizer(nlp)
    nlp.meta.update(
        name="core_news",
        version="0.1.0",
        description="Indonesian pipeline for news: tagger, lemmatizer, parser, names.",
        license="CC BY-SA 4.0",
        sources=_SOURCES,
        performance=json.loads((parser / "scores.json").read_text(encoding="utf-8"))
        | {"names": json.loads((names / "scores.json").read_text(encoding="utf-8"))},
    )
    output.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(output)
