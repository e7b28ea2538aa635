"""graphkit: news articles in, one traceable knowledge graph out."""

from graphkit.articles import ReadReport, read_articles
from graphkit.build import build, extract
from graphkit.explain import ExplainError, Explanation, explain
from graphkit.extraction import Execution, Limits, WorkerError
from graphkit.knowledge_graph import KnowledgeGraph, OutputError
from graphkit.language import LanguageNotSupportedError, load_pipeline, make_doc
from graphkit.model import Amount, Article, Entity, Evidence, Mention, Statement
from graphkit.profile import Profile
from graphkit.progress import progress_bar
from graphkit.rdf import QueryError, QueryResult, named_queries, run_query
from graphkit.schema import Relation, SchemaError

__all__ = [
    "Amount",
    "Article",
    "Entity",
    "Evidence",
    "Execution",
    "ExplainError",
    "Explanation",
    "KnowledgeGraph",
    "LanguageNotSupportedError",
    "Limits",
    "Mention",
    "OutputError",
    "Profile",
    "QueryError",
    "QueryResult",
    "ReadReport",
    "Relation",
    "SchemaError",
    "Statement",
    "WorkerError",
    "build",
    "explain",
    "extract",
    "load_pipeline",
    "make_doc",
    "named_queries",
    "progress_bar",
    "read_articles",
    "run_query",
]
