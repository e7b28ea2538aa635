"""What is known before an article is read: countries, organizations, people, places, currencies."""

from graphkit.knowledge.base import KnowledgeBase, Match
from graphkit.knowledge.currencies import currency_codes
from graphkit.knowledge.names import entity_id, normalise, slug
from graphkit.knowledge.records import Alias, AliasKind, EntityRecord, RecordError, read_records

__all__ = [
    "Alias",
    "AliasKind",
    "EntityRecord",
    "KnowledgeBase",
    "Match",
    "RecordError",
    "currency_codes",
    "entity_id",
    "normalise",
    "read_records",
    "slug",
]
