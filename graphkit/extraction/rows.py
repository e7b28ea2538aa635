"""Statements of an article as one JSON line, and back; positions instead of names keep the lines short."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graphkit.model import Amount, Entity, Evidence, Qualifier, Statement

# Where a row has what; the merge on disk (graphkit.large) reads these places, too.
SUBJECT, RELATION, OBJECT, QUALIFIERS, MODALITY, CLAIMED_BY, EVIDENCE, CONFIDENCE = range(8)
ENTITY_ID, ENTITY_NAME, ENTITY_TYPE, ENTITY_MENTIONS, ENTITY_WIKIDATA, ENTITY_LABELS = range(6)


def result_line(key: str, article: str, statements: Iterable[Statement]) -> bytes:
    """What an article states as a line.

    Args:
        key: Names the article's content and how it was read.
        article: Its id.
        statements: Without ids: merging gives those.
    """
    return _line({"key": key, "article": article, "statements": [statement_row(item) for item in statements]})


def failure_reason(error: Exception) -> str:
    """What the account says of an article on which a step of the pipeline failed."""
    return f"could not be processed ({type(error).__name__}: {error})"


def failure_line(key: str, article: str, reason: str) -> bytes:
    """A line for an article that could not be read."""
    return _line({"key": key, "article": article, "failed": reason, "statements": []})


def statements_from(line: bytes) -> list[Statement]:
    """The statements of a line."""
    return [statement_from(row) for row in json.loads(line)["statements"]]


def statement_row(statement: Statement) -> list[Any]:
    """A statement as plain JSON values."""
    return [
        entity_row(statement.subject),
        statement.relation,
        entity_row(statement.object),
        {name: _qualifier(value) for name, value in sorted(statement.qualifiers.items())},
        statement.modality,
        [entity_row(claimant) for claimant in statement.claimed_by],
        [_evidence_row(item) for item in statement.evidence],
        statement.confidence,
    ]


def statement_from(row: list[Any]) -> Statement:
    """The statement of a row that `statement_row` made."""
    subject, relation, object_, qualifiers, modality, claimed_by, evidence, confidence = row
    return Statement(
        subject=entity_from(subject),
        relation=relation,
        object=entity_from(object_),
        qualifiers={name: Amount(*value) if isinstance(value, list) else value for name, value in qualifiers.items()},
        modality=modality,
        claimed_by=tuple(entity_from(claimant) for claimant in claimed_by),
        evidence=tuple(Evidence(*item) for item in evidence),
        confidence=confidence,
    )


def entity_row(entity: Entity) -> list[Any]:
    """An entity as plain JSON values."""
    labels: Mapping[str, str] = dict(sorted(entity.labels.items()))
    return [entity.id, entity.name, entity.type, list(entity.mentions), entity.wikidata, labels]


def entity_from(row: list[Any]) -> Entity:
    """The entity of a row that `entity_row` made."""
    id_, name, type_, mentions, wikidata, labels = row
    return Entity(id_, name, type_, tuple(mentions), wikidata, labels)


def _qualifier(value: Qualifier) -> list[Any] | str:
    return [value.value, value.unit, value.text] if isinstance(value, Amount) else value


def _evidence_row(item: Evidence) -> list[Any]:
    return [
        item.article,
        item.sentence,
        item.start,
        item.end,
        item.text,
        item.cue,
        item.cue_start,
        item.cue_end,
        item.frame,
        item.confidence,
        item.claimed_by,
    ]


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")
