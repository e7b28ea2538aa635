"""Why a statement is in a graph: its sentences, read again and looked at step by step."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from spacy.language import Language

from graphkit.articles import ReadReport, read_articles
from graphkit.graph import combined_confidence
from graphkit.language import article_data, article_offsets, load_pipeline, make_doc, supported_languages
from graphkit.model import Article, Entity, Evidence, Statement
from graphkit.rdf import Iris, QueryError, run_query
from graphkit.statements import StatementReader
from graphkit.statements.component import entities_of
from graphkit.statements.trace import Trace, trace
from graphkit.statements.view import DocView
from graphkit.tables import TableError, find_statements

Basis = Literal["article", "sentences"]

_TABLE = "statements.jsonl"
_ID = re.compile(r"[0-9a-f]{4,}$")
_DATES = "SELECT ?article ?date WHERE { ?article schema:datePublished ?date }"


class ExplainError(ValueError):
    """A statement cannot be explained; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """How one sentence came to say a statement.

    Args:
        evidence: What the graph keeps of the sentence.
        basis: What was read again: the whole article, or only those of its sentences that the graph keeps.
        trace: None where reading again did not give the statement.
        differences: Where the graph has something else than what was read again, in words.
    """

    evidence: Evidence
    basis: Basis
    trace: Trace | None
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a statement is in a graph.

    Args:
        statement: With the evidence of all articles, in order of article and place.
        accounts: One for each sentence.
    """

    statement: Statement
    accounts: tuple[Account, ...]


def explain(
    folder: Path | str,
    statement: str,
    *,
    articles: Sequence[str | Path] = (),
    date: dt.date | None = None,
    entities: Sequence[str | Path] = (),
    frames: Sequence[str | Path] = (),
) -> Explanation:
    """Say how a statement of a graph was read.

    A graph keeps the sentences of its statements, not the articles. With ``articles``, the whole article is read
    again. Without, the sentences that the graph keeps of it are, in their order: enough in most cases, but what a
    pronoun refers to, or who is quoted, may stand in a sentence that the graph does not keep; then there is no trace.

    Args:
        folder: Where ``build`` or `KnowledgeGraph.save` wrote the graph.
        statement: Its id, or so much of the beginning that no other has it; an address that ends with it will do.
        articles: The inputs that the graph was built from, to read its articles whole.
        date: Date of articles that carry none, as it was given to ``build``.
        entities: JSONL files with entity records, as they were given to ``build``.
        frames: TOML files with frames and relations, as they were given to ``build``.

    Raises:
        ExplainError: If there is no graph, or none or several of its statements have the id.
        RecordError: If a file of entity records is not valid.
        SchemaError: If a file of frames is not valid.
    """
    said = _find(Path(folder) / _TABLE, statement)
    wanted = sorted({item.article for item in said.evidence})
    whole = _whole_articles(articles, wanted, date)
    kept = {id_: _kept_article(Path(folder), id_) for id_ in wanted if id_ not in whole}
    readers = _Readers(entities, frames)
    accounts = [
        account
        for id_ in wanted
        for account in readers.accounts(said, whole.get(id_, kept.get(id_)), "article" if id_ in whole else "sentences")
    ]
    return Explanation(said, tuple(accounts))


def _find(table: Path, given: str) -> Statement:
    match = _ID.search(given.strip().lower())
    if match is None:
        raise ExplainError(f"{given!r} is no id of a statement; ids are 16 digits and letters a to f, see {table}")
    try:
        found = [item for item in find_statements(table, (match[0],)) if item.id.startswith(match[0])]
    except OSError as error:
        raise ExplainError(f"{table}: no graph there ({error.strerror}); make one with: graphkit build") from error
    except TableError as error:
        raise ExplainError(str(error)) from error
    ids = sorted({item.id for item in found})
    if not ids:
        raise ExplainError(f"no statement {match[0]!r} in {table}; the page shows ids below the evidence")
    if len(ids) > 1:
        some = ", ".join(ids[:5])
        raise ExplainError(f"{match[0]!r} begins the ids of {len(ids)} statements ({some}); give more of it")
    evidence = sorted((item for part in found for item in part.evidence), key=lambda item: (item.article, item.start))
    claimants = {claimant.id: claimant for part in found for claimant in part.claimed_by}
    return replace(
        found[0],
        evidence=tuple(evidence),
        claimed_by=tuple(claimants[id_] for id_ in sorted(claimants)),
        confidence=combined_confidence(evidence),
    )


def _whole_articles(inputs: Sequence[str | Path], wanted: Sequence[str], date: dt.date | None) -> dict[str, Article]:
    if not inputs:
        return {}
    found = {article.id: article for article in read_articles(inputs, ReadReport(), date=date)}
    missing = [id_ for id_ in wanted if id_ not in found]
    if missing:
        given = ", ".join(map(str, inputs))
        raise ExplainError(f"article {missing[0]!r} is not in {given}; give what the graph was built from")
    return {id_: found[id_] for id_ in wanted}


def _kept_article(folder: Path, id_: str) -> Article:
    """What a graph keeps of an article, as an article: its sentences, each a paragraph, and its date."""
    statements = find_statements(folder / _TABLE, (json.dumps(id_, ensure_ascii=False),))
    places = {item.start: item.text for part in statements for item in part.evidence if item.article == id_}
    return Article(id=id_, text="\n".join(places[start] for start in sorted(places)), date=_date(folder, id_))


def _date(folder: Path, id_: str) -> dt.date | None:
    try:
        rows = run_query(folder, _DATES).rows
    except QueryError:
        return None
    end = Iris().article(id_).removeprefix(Iris().base)
    days = [str(day.value) for article, day in rows if article is not None and str(article.value).endswith(f"/{end}")]
    return dt.date.fromisoformat(days[0]) if days else None


class _Readers:
    """The pipelines, each loaded once."""

    def __init__(self, entities: Sequence[str | Path], frames: Sequence[str | Path]) -> None:
        self._entities, self._frames = entities, frames
        self._pipelines: dict[str, Language] = {}

    def accounts(self, statement: Statement, article: Article, basis: Basis) -> Iterable[Account]:
        nlp = self._pipeline(article.language)
        reader = next(step for _, step in nlp.pipeline if isinstance(step, StatementReader))
        doc = nlp(make_doc(nlp, article))
        view = reader.view(doc)
        readings = reader.readings(view)
        for evidence in statement.evidence:
            if evidence.article == article.id:
                reading = _same_reading(view, readings, statement, evidence)
                if reading is None:
                    yield Account(evidence, basis, None)
                else:
                    differences = tuple(_differences(view, reading, statement, evidence))
                    yield Account(evidence, basis, trace(reader, view, reading), differences)

    def _pipeline(self, language: str | None) -> Language:
        known = supported_languages()
        code = language if language in known else known[0]
        if code not in self._pipelines:
            self._pipelines[code] = load_pipeline(code, entities=self._entities, frames=self._frames)
        return self._pipelines[code]


def _same_reading(
    view: DocView, readings: Sequence[Mapping[str, Any]], statement: Statement, evidence: Evidence
) -> Mapping[str, Any] | None:
    """The reading that gave an evidence: the same frame, cue and sentence, and entities of the same names."""
    entities = entities_of(view.doc)
    text = str(article_data(view.doc)["text"])
    offsets = article_offsets(view.doc)
    cue = evidence.cue_start - evidence.start
    for reading in readings:
        start, end = offsets(reading["start"], reading["end"])
        cue_start, _ = offsets(reading["cue_start"], reading["cue_end"])
        place = (reading["relation"], reading["frame"], text[start:end], cue_start - start)
        if place != (statement.relation, evidence.frame, evidence.text, cue):
            continue
        subject = entities[reading["subject"]]
        obj = None if reading["object"] is None else entities[reading["object"]]
        if _same(subject, statement.subject) and (obj is None or _same(obj, statement.object)):
            return reading
        if obj is not None and _same(subject, statement.object) and _same(obj, statement.subject):
            return reading
    return None


def _differences(view: DocView, reading: Mapping[str, Any], statement: Statement, evidence: Evidence) -> Iterator[str]:
    """What the graph has otherwise; without the rest of the article, a claimant may be out of sight."""
    if reading["confidence"] != evidence.confidence:
        yield f"the graph has it with confidence {evidence.confidence:g}"
    if reading["modality"] != statement.modality:
        yield f"the graph has it as {statement.modality}"
    entities = entities_of(view.doc)
    claimant = next((entity for entity in statement.claimed_by if entity.id == evidence.claimed_by), None)
    again = [entities[i] for i in reading["claimed_by"]]
    if claimant is not None and not any(_same(entity, claimant) for entity in again):
        yield f"the graph has it claimed by {claimant.name}"
    if evidence.claimed_by is None and again:
        yield "the graph has nobody who claims it"


def _same(first: Entity, second: Entity) -> bool:
    ours, theirs = ({entity.name, *entity.mentions, *entity.labels.values()} for entity in (first, second))
    return not ours.isdisjoint(theirs)
