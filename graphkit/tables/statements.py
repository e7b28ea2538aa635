"""Statements as JSON Lines, one object for each article that says a statement, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from graphkit.model import Amount, Entity, Evidence, Qualifier, Statement

_SURROGATE = re.compile("[\ud800-\udfff]")


class TableError(ValueError):
    """A file that holds no statements; the message names file and line."""


def write_statements(statements: Iterable[Statement], path: Path | str) -> None:
    """Write statements, by article in order of first appearance, then by the place in the article.

    ``evidence`` is the first sentence of the article that says the statement, ``more_evidence`` the others;
    ``claimed_by`` is the name of the first claimant, ``claimants`` has them all. A statement that several
    articles say is written once for each.

    Args:
        path: The file, overwritten; UTF-8.
    """
    split = [part for statement in statements for part in _by_article(statement)]
    order = {article: n for n, article in enumerate(dict.fromkeys(map(_article, split)))}
    split.sort(key=lambda statement: (order[_article(statement)], *_place(statement)))
    # Lone surrogates have no UTF-8 form; JSON's own escapes keep them.
    lines = (json.dumps(_row(statement), ensure_ascii=False, separators=(",", ":")) for statement in split)
    text = "".join(f"{_escape_surrogates(line)}\n" for line in lines)
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def read_statements(path: Path | str) -> list[Statement]:
    """Read what `write_statements` wrote: one statement for each article and line.

    Raises:
        TableError: If a line is no statement.
        OSError: If the file cannot be read.
    """
    return list(find_statements(path))


def find_statements(path: Path | str, words: Collection[str] = ("",)) -> Iterator[Statement]:
    """Read the statements of those lines that hold one of some words, such as an id, and skip the rest unread.

    Args:
        path: A file that `write_statements` wrote; it is read line by line.
        words: As they stand in the file; all lines unless given.

    Raises:
        TableError: If such a line is no statement.
        OSError: If the file cannot be read.
    """
    # Not universal newlines: JSON allows the other separators inside strings.
    with Path(path).open(encoding="utf-8-sig", newline="\n") as file:
        try:
            for number, line in enumerate(file, start=1):
                if line.strip() and any(word in line for word in words):
                    yield _parsed(line, f"{path}:{number}")
        except UnicodeDecodeError as error:
            raise TableError(f"{path}: not UTF-8 ({error}); write it with write_statements") from error


def _parsed(line: str, place: str) -> Statement:
    try:
        return _statement(json.loads(line))
    except KeyError as error:
        raise TableError(f"{place}: key {error} is missing; write it with write_statements") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise TableError(f"{place}: no statement ({error}); write it with write_statements") from error


def _by_article(statement: Statement) -> Iterator[Statement]:
    if not statement.evidence:
        yield statement
    for article in dict.fromkeys(item.article for item in statement.evidence):
        own = (item for item in statement.evidence if item.article == article)
        yield replace(statement, evidence=tuple(sorted(own, key=_offsets)))


def _article(statement: Statement) -> str:
    return statement.evidence[0].article if statement.evidence else ""


def _place(statement: Statement) -> tuple[Any, ...]:
    first = _offsets(statement.evidence[0]) if statement.evidence else ()
    said = (statement.subject.id, statement.relation, statement.object.id, statement.modality, statement.id)
    return first, said, json.dumps(_qualifiers(statement.qualifiers), sort_keys=True)


def _offsets(evidence: Evidence) -> tuple[int | str, ...]:
    return evidence.start, evidence.cue_start, evidence.end, evidence.cue_end, evidence.frame, evidence.text


def _row(statement: Statement) -> dict[str, Any]:
    first = statement.evidence[0] if statement.evidence else None
    return {
        "id": statement.id,
        "article": first.article if first is not None else None,
        "subject": _entity_row(statement.subject),
        "relation": statement.relation,
        "object": _entity_row(statement.object),
        "qualifiers": _qualifiers(statement.qualifiers),
        "modality": statement.modality,
        "claimed_by": statement.claimed_by[0].name if statement.claimed_by else None,
        "claimants": [_entity_row(claimant) for claimant in statement.claimed_by],
        "evidence": asdict(first) if first is not None else None,
        "more_evidence": [asdict(item) for item in statement.evidence[1:]],
        "frame": first.frame if first is not None else None,
        "confidence": statement.confidence,
        "differs_from": list(statement.differs_from),
    }


def _entity_row(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "mentions": list(entity.mentions),
        "wikidata": entity.wikidata,
        "labels": dict(sorted(entity.labels.items())),
    }


def _qualifiers(qualifiers: Mapping[str, Qualifier]) -> dict[str, Any]:
    return {name: asdict(value) if isinstance(value, Amount) else value for name, value in sorted(qualifiers.items())}


def _escape_surrogates(line: str) -> str:
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _statement(row: Mapping[str, Any]) -> Statement:
    first = [row["evidence"]] if row["evidence"] is not None else []
    qualifiers = {
        name: Amount(**value) if isinstance(value, dict) else value for name, value in row["qualifiers"].items()
    }
    return Statement(
        subject=_entity(row["subject"]),
        relation=row["relation"],
        object=_entity(row["object"]),
        qualifiers=qualifiers,
        modality=row["modality"],
        claimed_by=tuple(_entity(claimant) for claimant in row["claimants"]),
        evidence=tuple(Evidence(**item) for item in (*first, *row["more_evidence"])),
        confidence=row["confidence"],
        id=row["id"],
        differs_from=tuple(row["differs_from"]),
    )


def _entity(row: Mapping[str, Any]) -> Entity:
    return Entity(**{**row, "mentions": tuple(row["mentions"])})
