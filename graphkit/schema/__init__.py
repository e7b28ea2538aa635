"""What statements may say: the relations and their constraints."""

from graphkit.schema.files import SchemaError, check_keys, read_toml, table_of, text_of, texts_of
from graphkit.schema.own import language_of, relations_with
from graphkit.schema.relations import Relation, relations, type_lists

__all__ = [
    "Relation",
    "SchemaError",
    "check_keys",
    "language_of",
    "read_toml",
    "relations",
    "relations_with",
    "table_of",
    "text_of",
    "texts_of",
    "type_lists",
]
