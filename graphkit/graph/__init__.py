"""One graph of what all articles state."""

from graphkit.graph.confidence import combined_confidence, noisy_or
from graphkit.graph.differences import find_differences
from graphkit.graph.groups import Group, Said, group
from graphkit.graph.identity import Family, Key, canonical_amount, family, key, make_id, statement_id
from graphkit.graph.merge import merge, with_ids
from graphkit.graph.relations import relations_named, relations_of
from graphkit.graph.views import articles_of, assemble, entities_of, run_of, statements_of

__all__ = [
    "Family",
    "Group",
    "Key",
    "Said",
    "articles_of",
    "assemble",
    "canonical_amount",
    "combined_confidence",
    "entities_of",
    "family",
    "find_differences",
    "group",
    "key",
    "make_id",
    "merge",
    "noisy_or",
    "relations_named",
    "relations_of",
    "run_of",
    "statement_id",
    "statements_of",
    "with_ids",
]
