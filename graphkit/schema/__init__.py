"""What statements may say: the relations and their constraints."""

from graphkit.schema.relations import Relation, relations

__all__ = ["Relation", "relations"]
