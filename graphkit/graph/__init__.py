"""One graph of what all articles state."""

from graphkit.graph.confidence import combined_confidence
from graphkit.graph.identity import canonical_amount, statement_id
from graphkit.graph.merge import merge, with_ids
from graphkit.graph.relations import relations_of
from graphkit.graph.views import articles_of, assemble, entities_of, run_of, statements_of

__all__ = [
    "articles_of",
    "assemble",
    "canonical_amount",
    "combined_confidence",
    "entities_of",
    "merge",
    "relations_of",
    "run_of",
    "statement_id",
    "statements_of",
    "with_ids",
]
