"""The last stage: the trained parts and the tokenizer of the language pack in one pipeline on disk."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy.language import Language

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


def assemble(work: Path, output: Path, measured: Path) -> None:
    """Write the pipeline that the package ships.

    Args:
        work: Folder with what the parser and the name stage wrote.
        output: Folder of the finished pipeline.
        measured: Folder of the same stages with their ``scores.json``, made with the parts set apart left out.
    """
    nlp = spacy.load(work / "parser")
    nlp.add_pipe("ner", source=spacy.load(work / "names"))
    customize_tokenizer(nlp)
    nlp.meta.update(
        name="core_news",
        version="0.2.0",
        description="Indonesian pipeline for news: tagger, lemmatizer, parser, names.",
        license="CC BY-SA 4.0",
        sources=_SOURCES,
        performance=_scores(measured / "parser") | {"names": _scores(measured / "names")},
    )
    output.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(output)
    strings = json.dumps(_needed_strings(nlp), indent=0, ensure_ascii=False)
    (output / "vocab" / "strings.json").write_text(strings + "\n", encoding="utf-8")


def _needed_strings(nlp: Language) -> list[str]:
    """Labels, and what edit trees put into lemmas. All other words of the training texts stay behind."""
    trees = srsly.msgpack_loads(nlp.get_pipe("trainable_lemmatizer").trees.to_bytes())["trees"]
    hashes = {tree[name] for tree in trees for name in ("orig", "subst") if name in tree}
    labels = {label for labels in nlp.pipe_labels.values() for label in labels}
    return sorted(labels | {nlp.vocab.strings[number] for number in hashes if number})


def _scores(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "scores.json").read_text(encoding="utf-8"))
