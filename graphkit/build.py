"""The whole flow on one screen: articles in, one knowledge graph out."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from graphkit.articles import ReadReport, read_articles
from graphkit.extraction import ArticleReader, Execution, ReaderOptions, failure_reason, file_digest
from graphkit.growth import Growth, graph_folder
from graphkit.knowledge import read_records
from graphkit.knowledge_graph import KnowledgeGraph
from graphkit.language import pipeline_version, supported_languages
from graphkit.large import LargeGraph, Origin
from graphkit.model import Article, Run, Statement
from graphkit.profile import stage, wants_profile
from graphkit.progress import Progress, silent
from graphkit.rdf import DEFAULT_BASE
from graphkit.statements import check_frames

logger = logging.getLogger(__name__)

LONGEST_ARTICLE = 200_000
# At which half of all statements are among those of an annotator (docs/quality.md).
MIN_CONFIDENCE = 0.25


def build(
    paths: Sequence[str | Path] = (),
    *,
    folder: str | Path | None = None,
    remove: Sequence[str] = (),
    rebuild: bool = False,
    execution: Execution | None = None,
    date: dt.date | None = None,
    language: str | None = None,
    entities: Sequence[str | Path] = (),
    frames: Sequence[str | Path] = (),
    min_confidence: float = MIN_CONFIDENCE,
    base_iri: str = DEFAULT_BASE,
    memory: int | None = None,
    report: ReadReport | None = None,
    progress: Progress = silent,
) -> KnowledgeGraph | LargeGraph:
    """Turn news articles into one merged knowledge graph.

    Args:
        paths: Files (.txt, .html, .jsonl, .csv), folders and globs; "-" is standard input.
        folder: A graph folder: the articles join those that it has, and only what is new or changed is read.
            Without one, nothing is kept.
        remove: Ids or files of articles that the folder shall forget.
        rebuild: Forget all articles of the folder first.
        execution: Where articles are read; by default in this process.
        date: Date of articles that carry none.
        language: Language of articles that carry none; else it is detected.
        entities: JSONL files with entity records of your own.
        frames: TOML files with frames and relations of your own.
        min_confidence: Statements below it are left out; from 0 to 1.
        base_iri: Where the names of the RDF graph live.
        memory: Bytes that merging may take, by default half of what is free; a graph that needs more is merged
            on disk and is in the folder when this returns.
        report: Receives an account of every input.
        progress: Shows how far the work is.

    Raises:
        MissingPackageError: If memory is short and DuckDB is not installed.
        RecordError: If a file of entity records is not valid.
        SchemaError: If a file of frames is not valid.
        ValueError: If ``base_iri`` is no http(s) IRI that ends with a slash.
        WorkerError: If worker processes cannot work; what is done is kept.
        OSError: If the folder cannot be used.
    """
    account = ReadReport() if report is None else report
    how = Execution() if execution is None else execution
    schema = check_frames(frames)
    options = ReaderOptions(_checked(entities), _absolute(frames), profile=wants_profile())
    with graph_folder(folder, how) as storage:
        growth = Growth(storage, options)
        if rebuild:
            growth.start_over()
        with stage("read inputs"):
            found = read_articles(paths, account, date=date, language=language, unique=False)
            growth.change(_readable(found, account), remove, account)
        with stage("read statements"):
            growth.read(how, account, progress)
        if folder is not None and not growth.fits_in_memory(memory):
            origin = Origin(schema, _run(growth.languages(), entities, frames, min_confidence), base_iri)
            return growth.on_disk(Path(folder), how, memory, min_confidence, origin)
        articles = growth.articles()
        run = _run({article.language for article in articles}, entities, frames, min_confidence)
        statements = growth.statements(min_confidence)
        graph = KnowledgeGraph.from_statements(statements, articles, base_iri, schema=schema, run=run)
        growth.note(graph.fusions)
        return graph


def extract(
    articles: Iterable[Article],
    *,
    entities: Sequence[str | Path] = (),
    frames: Sequence[str | Path] = (),
    report: ReadReport | None = None,
) -> Iterator[Statement]:
    """The statements of articles, article by article.

    Args:
        articles: Articles in languages that have a pack.
        entities: JSONL files with entity records of your own.
        frames: TOML files with frames and relations of your own.
        report: Receives the articles that could not be processed.
    """
    reader = ArticleReader(ReaderOptions(tuple(map(str, entities)), tuple(map(str, frames))))
    for article in articles:
        reader.prepare(article.language)
        try:
            statements = reader.read(article)
        except Exception as error:
            # Any component, a user's own among them, may fail in any way on one text: the run must not.
            logger.exception("article %s could not be processed", article.id)
            if report is None:
                raise
            report.withdraw(_source(article), "failed", failure_reason(error))
        else:
            yield from statements


def _checked(entities: Sequence[str | Path]) -> tuple[str, ...]:
    """The paths of entity records, after a look whether they are valid: workers shall not find that out."""
    for path in entities:
        for _ in read_records(Path(path)):
            pass
    return _absolute(entities)


def _absolute(paths: Sequence[str | Path]) -> tuple[str, ...]:
    return tuple(str(Path(path).absolute()) for path in paths)


def _run(
    languages: Iterable[str | None], entities: Iterable[str | Path], frames: Iterable[str | Path], min_confidence: float
) -> Run:
    """The record of a run: what decides the result, and nothing that changes when it is run again elsewhere."""
    codes = {code if code is not None else supported_languages()[0] for code in languages}
    return Run(
        software=f"graphkit {version('graphkit-news')}",
        pipelines=tuple(pipeline_version(code) for code in sorted(codes)),
        configuration={
            "min_confidence": min_confidence,
            "entities_sha256": _hashes(entities),
            "frames_sha256": _hashes(frames),
        },
    )


def _hashes(paths: Iterable[str | Path]) -> str | None:
    found = [file_digest(Path(path).absolute()) for path in paths]
    return " ".join(found) if found else None


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
