"""The whole flow on one screen: articles in, one knowledge graph out."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from graphkit.articles import ReadReport, read_articles
from graphkit.knowledge_graph import KnowledgeGraph
from graphkit.language import load_pipeline, make_doc, supported_languages
from graphkit.model import Article, Statement
from graphkit.rdf import DEFAULT_BASE
from graphkit.statements import statements_of

logger = logging.getLogger(__name__)

LONGEST_ARTICLE = 200_000
# At which half of all statements are among those of an annotator (docs/quality.md).
MIN_CONFIDENCE = 0.2


def build(
    paths: Sequence[str | Path],
    *,
    date: dt.date | None = None,
    language: str | None = None,
    entities: Sequence[str | Path] = (),
    min_confidence: float = MIN_CONFIDENCE,
    base_iri: str = DEFAULT_BASE,
    report: ReadReport | None = None,
    progress: Callable[[Iterable[Article]], Iterable[Article]] = iter,
) -> KnowledgeGraph:
    """Turn news articles into one merged knowledge graph.

    Args:
        paths: Files (.txt, .html, .jsonl, .csv), folders and globs; "-" is standard input.
        date: Date of articles that carry none.
        language: Language of articles that carry none; else it is detected.
        entities: JSONL files with entity records of your own.
        min_confidence: Statements below it are left out; from 0 to 1.
        base_iri: Where the names of the RDF graph live.
        report: Receives an account of every input.
        progress: Wraps the articles, to show how far the work is.

    Raises:
        RecordError: If a file of entity records is not valid.
        ValueError: If ``base_iri`` is no http(s) IRI that ends with a slash.
    """
    account = ReadReport() if report is None else report
    articles = list(_readable(read_articles(paths, account, date=date, language=language), account))
    found = extract(progress(articles), entities=[Path(path) for path in entities], report=account)
    statements = [statement for statement in found if statement.confidence >= min_confidence]
    return KnowledgeGraph.from_statements(statements, articles, base_iri)


def extract(
    articles: Iterable[Article], *, entities: Sequence[Path] = (), report: ReadReport | None = None
) -> Iterator[Statement]:
    """The statements of articles, article by article.

    Args:
        articles: Articles in languages that have a pack.
        entities: JSONL files with entity records of your own.
        report: Receives the articles that could not be processed.
    """
    pipelines: dict[str, Language] = {}
    for article in articles:
        code = article.language if article.language is not None else supported_languages()[0]
        if code not in pipelines:
            pipelines[code] = load_pipeline(code, entities=entities)
        doc = _process(pipelines[code], article, report)
        if doc is not None:
            yield from statements_of(doc)


def _process(nlp: Language, article: Article, report: ReadReport | None) -> Doc | None:
    """The Doc of an article; one that breaks the pipeline is reported, and the others go on."""
    try:
        return nlp(make_doc(nlp, article))
    except Exception as error:
        # Any component, a user's own among them, may fail in any way on one text: the run must not.
        logger.exception("article %s could not be processed", article.id)
        if report is None:
            raise
        report.withdraw(_source(article), "failed", f"could not be processed ({type(error).__name__}: {error})")
        return None


def _readable(articles: Iterable[Article], report: ReadReport) -> Iterator[Article]:
    """Articles that a language pack can read; the others are accounted for."""
    packs = supported_languages()
    for article in articles:
        if article.language is not None and article.language not in packs:
            reason = (
                f"language {article.language!r} has no pack (packs: {', '.join(packs)}); use --language if it is wrong"
            )
            report.withdraw(_source(article), "failed", reason)
        elif len(article.text) > LONGEST_ARTICLE:
            reason = f"{len(article.text):,} characters, at most {LONGEST_ARTICLE:,} are read; split it into articles"
            report.withdraw(_source(article), "failed", reason)
        else:
            yield article


def _source(article: Article) -> str:
    return article.source if article.source is not None else article.id
