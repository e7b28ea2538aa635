"""What makes a statement the same statement, and its id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from graphkit.knowledge import normalise
from graphkit.model import Amount, Statement
from graphkit.schema import Relation, relations

_Identity = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, order=True)
class Family:
    """What statements must share to be merged at all; the ids of symmetric relations are sorted."""

    subject: str
    relation: str
    object: str
    modality: str


@dataclass(frozen=True, slots=True)
class Key:
    """What tells the statements of a family apart.

    Args:
        amount: Value and unit.
        time: ISO 8601.
        identity: The identity qualifiers of the schema that the statement has, in order of name.
    """

    amount: tuple[float, str] | None
    time: str | None
    identity: _Identity


def family_of(statement: Statement, schema: Mapping[str, Relation] | None = None) -> Family:
    """The family of a statement; the relations are those that ship unless given."""
    subject, object_ = statement.subject.id, statement.object.id
    relation = _relation(statement, schema)
    if relation is not None and relation.symmetric:
        subject, object_ = sorted((subject, object_))
    return Family(subject, statement.relation, object_, statement.modality)


def key_of(statement: Statement, schema: Mapping[str, Relation] | None = None) -> Key:
    """The key of a statement within its family; the relations are those that ship unless given."""
    qualifiers = statement.qualifiers
    relation = _relation(statement, schema)
    names = sorted(relation.identity) if relation is not None else ()
    identity = tuple((name, _folded(qualifiers[name])) for name in names if name in qualifiers)
    amount, time = qualifiers.get("amount"), qualifiers.get("time")
    return Key(
        amount=canonical_amount(amount) if isinstance(amount, Amount) else None,
        time=time if isinstance(time, str) else None,
        identity=identity,
    )


def canonical_amount(amount: Amount) -> tuple[float, str]:
    """Value and unit to compare exactly; digits beyond the twelfth are noise of float arithmetic."""
    # Adding zero makes a negative zero positive.
    return float(f"{amount.value:.12g}") + 0.0, amount.unit


def statement_id(statement: Statement, schema: Mapping[str, Relation] | None = None) -> str:
    """Sixteen hexadecimal digits that depend on what is said alone, not on who says it or where.

    Args:
        statement: With entities resolved across articles.
        schema: Relations by name; those that ship unless given.
    """
    return make_id(family_of(statement, schema), key_of(statement, schema))


def make_id(family: Family, key: Key) -> str:
    """The id of the statement with a family and key."""
    said = [
        family.subject,
        family.relation,
        family.object,
        family.modality,
        list(key.amount) if key.amount is not None else None,
        key.time,
        [list(item) for item in key.identity],
    ]
    text = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]


def _relation(statement: Statement, schema: Mapping[str, Relation] | None) -> Relation | None:
    return (relations() if schema is None else schema).get(statement.relation)


def _folded(value: Amount | str) -> str:
    return str(canonical_amount(value)) if isinstance(value, Amount) else normalise(value).casefold()
