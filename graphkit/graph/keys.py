"""What makes two statements the same one."""

from __future__ import annotations

import hashlib
import json

from graphkit.model import Amount, Qualifier, Statement
from graphkit.schema import relations


def arguments_of(statement: Statement) -> tuple[str, str, str]:
    """Relation and the ids of both arguments, in order of id where the relation is symmetric."""
    sides = (statement.subject.id, statement.object.id)
    if relations()[statement.relation].symmetric:
        sides = (min(sides), max(sides))
    return (statement.relation, *sides)


def key_of(statement: Statement) -> dict[str, str]:
    """The qualifiers that tell it from other statements with the same arguments, as canonical strings."""
    relation = relations()[statement.relation]
    names = [name for name in ("amount", "time", *relation.identity) if name in statement.qualifiers]
    return {name: canonical(statement.qualifiers[name]) for name in names} | {"modality": statement.modality}


def canonical(value: Qualifier) -> str:
    """A qualifier as it is compared."""
    if isinstance(value, Amount):
        return f"{value.value:.12g} {value.unit}"
    return " ".join(value.casefold().split())


def statement_id(statement: Statement) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of a statement's canonical key."""
    key = {"arguments": list(arguments_of(statement)), **key_of(statement)}
    data = json.dumps(key, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(data.encode()).hexdigest()[:16]
