"""The merged graph as RDF: files, rdflib, an ontology, checks, and SPARQL."""

from graphkit.rdf.dataset import QUADS, Dataset, build_store, graph_file, graph_files, open_dataset, store_is_fresh
from graphkit.rdf.explain import Explanation
from graphkit.rdf.files import RdfFileError, kind_of
from graphkit.rdf.iris import DEFAULT_BASE, Iris
from graphkit.rdf.limited import Job, Limits, QueryTimeout, QueryTooLarge, run_limited
from graphkit.rdf.named import NamedQuery, named_queries
from graphkit.rdf.ontology import ontology
from graphkit.rdf.query import QueryError, ask, query_turtle, run_query
from graphkit.rdf.read import read_rdf
from graphkit.rdf.results import QueryResult
from graphkit.rdf.terms import Lines
from graphkit.rdf.triples import Writer, to_lines, to_quads
from graphkit.rdf.validate import Violation, has_texts, validate, validate_dataset
from graphkit.rdf.write import to_dataset, to_rdf, turtle, write_rdf, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "QUADS",
    "Dataset",
    "Explanation",
    "Iris",
    "Job",
    "Limits",
    "Lines",
    "NamedQuery",
    "QueryError",
    "QueryResult",
    "QueryTimeout",
    "QueryTooLarge",
    "RdfFileError",
    "Violation",
    "Writer",
    "ask",
    "build_store",
    "graph_file",
    "graph_files",
    "has_texts",
    "kind_of",
    "named_queries",
    "ontology",
    "open_dataset",
    "query_turtle",
    "read_rdf",
    "run_limited",
    "run_query",
    "store_is_fresh",
    "to_dataset",
    "to_lines",
    "to_quads",
    "to_rdf",
    "turtle",
    "validate",
    "validate_dataset",
    "write_rdf",
    "write_turtle",
]
