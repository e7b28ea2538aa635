"""The merged graph as RDF: Turtle, rdflib, and SPARQL over both."""

from graphkit.rdf.dataset import graph_file
from graphkit.rdf.files import RdfFileError, kind_of
from graphkit.rdf.iris import DEFAULT_BASE, Iris
from graphkit.rdf.ontology import ontology
from graphkit.rdf.query import QueryError, QueryResult, named_queries, query_turtle, run_query
from graphkit.rdf.read import read_rdf
from graphkit.rdf.triples import to_quads
from graphkit.rdf.write import to_rdf, turtle, write_rdf, write_turtle

__all__ = [
    "DEFAULT_BASE",
    "Iris",
    "QueryError",
    "QueryResult",
    "RdfFileError",
    "graph_file",
    "kind_of",
    "named_queries",
    "ontology",
    "query_turtle",
    "read_rdf",
    "run_query",
    "to_quads",
    "to_rdf",
    "turtle",
    "write_rdf",
    "write_turtle",
]
