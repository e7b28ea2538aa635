"""Statements of an article as one JSON line, and back.

The same fields in every row, under the names of the model, so that DuckDB reads the lines straight into columns
(`graphkit.large.columns`); gzip makes the names cheap.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from graphkit.model import Amount, Entity, Evidence, Qualifier, Statement, plain


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


def statement_row(statement: Statement) -> dict[str, Any]:
    """A statement as plain JSON values; its amounts stand beside its other qualifiers, for a column has one type."""
    qualifiers = sorted(statement.qualifiers.items())
    return {
        "subject": entity_row(statement.subject),
        "relation": statement.relation,
        "object": entity_row(statement.object),
        "amounts": {name: plain(value) for name, value in qualifiers if isinstance(value, Amount)},
        "qualifiers": {name: value for name, value in qualifiers if not isinstance(value, Amount)},
        "modality": statement.modality,
        "claimed_by": [entity_row(claimant) for claimant in statement.claimed_by],
        "evidence": [plain(item) for item in statement.evidence],
        "confidence": statement.confidence,
    }


def statement_from(row: Mapping[str, Any]) -> Statement:
    """The statement of a row that `statement_row` made."""
    qualifiers: dict[str, Qualifier] = dict(row["qualifiers"])
    qualifiers.update((name, Amount(**value)) for name, value in row["amounts"].items())
    return Statement(
        subject=entity_from(row["subject"]),
        relation=row["relation"],
        object=entity_from(row["object"]),
        qualifiers=dict(sorted(qualifiers.items())),
        modality=row["modality"],
        claimed_by=tuple(map(entity_from, row["claimed_by"])),
        evidence=tuple(Evidence(**item) for item in row["evidence"]),
        confidence=row["confidence"],
    )


def entity_row(entity: Entity) -> dict[str, Any]:
    """An entity as plain JSON values."""
    return plain(entity) | {"mentions": list(entity.mentions), "labels": dict(sorted(entity.labels.items()))}


def entity_from(row: Mapping[str, Any]) -> Entity:
    """The entity of a row that `entity_row` made."""
    return Entity(**{**row, "mentions": tuple(row["mentions"])})


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode("ascii")
