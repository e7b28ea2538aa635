"""What makes a statement the same statement, and its id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import NamedTuple

from graphkit.knowledge import normalise
from graphkit.model import Amount, Qualifier, Statement
from graphkit.schema import Relation, relations

_Identity = tuple[tuple[str, str], ...]
# An encoder that is made once: ``json.dumps`` makes one for each statement.
_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"))


# Named tuples, because grouping hashes and compares them all the time, and tuples do that in C.
class Family(NamedTuple):
    """What statements must share to be merged at all; the ids of symmetric relations are sorted."""

    subject: str
    relation: str
    object: str
    modality: str


class Key(NamedTuple):
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
    relation = _relation(statement, schema)
    return family(statement.subject.id, statement.relation, statement.object.id, statement.modality, relation)


def family(subject: str, name: str, object_: str, modality: str, relation: Relation | None) -> Family:
    """The family of a statement in parts.

    Args:
        subject: Id of the subject.
        name: Name of the relation.
        object_: Id of the object.
        modality: Of the statement.
        relation: What the schema knows of the relation, if anything.
    """
    if relation is not None and relation.symmetric and object_ < subject:
        return Family(object_, name, subject, modality)
    return Family(subject, name, object_, modality)


def key_of(statement: Statement, schema: Mapping[str, Relation] | None = None) -> Key:
    """The key of a statement within its family; the relations are those that ship unless given."""
    return key(statement.qualifiers, _relation(statement, schema))


def key(qualifiers: Mapping[str, Qualifier], relation: Relation | None) -> Key:
    """The key of a statement with these qualifiers.

    Args:
        qualifiers: By name.
        relation: What the schema knows of the relation, if anything.
    """
    names = sorted(relation.identity) if relation is not None and relation.identity else ()
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
        key.amount,
        key.time,
        key.identity,
    ]
    return hashlib.sha256(_JSON.encode(said).encode("ascii")).hexdigest()[:16]


def _relation(statement: Statement, schema: Mapping[str, Relation] | None) -> Relation | None:
    return (relations() if schema is None else schema).get(statement.relation)


def _folded(value: Amount | str) -> str:
    return str(canonical_amount(value)) if isinstance(value, Amount) else normalise(value).casefold()
