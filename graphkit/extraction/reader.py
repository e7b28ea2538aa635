"""Statements of articles, read in this process."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.language import load_pipeline, make_doc, supported_languages
from graphkit.model import Article, Statement
from graphkit.statements import statements_of


@dataclass(frozen=True, slots=True)
class ReaderOptions:
    """How articles are read.

    Args:
        entities: JSONL files with entity records of the user's own.
        frames: TOML files with frames and relations of the user's own.
        profile: Whether to count the CPU seconds of each step of the pipeline.
    """

    entities: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    profile: bool = False

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the user's own that decide what is read."""
        return tuple(map(Path, (*self.entities, *self.frames)))


class ArticleReader:
    """Reads articles; a language's pipeline is loaded when its first article comes.

    Args:
        options: How to read them.
    """

    def __init__(self, options: ReaderOptions) -> None:
        self._options = options
        self._pipelines: dict[str, Language] = {}
        self.seconds: Counter[str] = Counter()

    def prepare(self, language: str | None) -> Language:
        """Load the pipeline of a language, unless it is there; articles of no known language get the first."""
        code = language if language is not None else supported_languages()[0]
        if code not in self._pipelines:
            own = self._options
            self._pipelines[code] = load_pipeline(code, entities=own.entities, frames=own.frames)
        return self._pipelines[code]

    def read(self, article: Article) -> tuple[Statement, ...]:
        """What an article states.

        Raises:
            Exception: Whatever a step of the pipeline, a user's own among them, raises on the text.
        """
        nlp = self.prepare(article.language)
        doc = self._timed(nlp, article) if self._options.profile else nlp(make_doc(nlp, article))
        return statements_of(doc)

    def _timed(self, nlp: Language, article: Article) -> Doc:
        """As ``nlp(doc)``, with the clock read between the steps."""
        start = time.process_time()
        doc = make_doc(nlp, article)
        self.seconds["cleaning and tokens"] += (now := time.process_time()) - start
        for name, step in nlp.pipeline:
            start = now
            doc = step(doc)
            self.seconds[name] += (now := time.process_time()) - start
        return doc
