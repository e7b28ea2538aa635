"""The articles that a graph folder keeps, so that the graph can grow."""

from graphkit.collection.collection import Changes, Collection, CollectionError
from graphkit.collection.identity import Entry, Membership, settle
from graphkit.collection.rows import article_from, article_line
from graphkit.collection.shards import Shards, batches

__all__ = [
    "Changes",
    "Collection",
    "CollectionError",
    "Entry",
    "Membership",
    "Shards",
    "article_from",
    "article_line",
    "batches",
    "settle",
]
