"""The ontology names all that graphs use, in both languages, and keeps to the rules of OWL 2 DL.

The OWL API's own profile check (OWL2DLProfile of owlapi 5.1) says "in OWL 2 DL" of the file; it needs Java, so the
tests here hold the rules that a change is likely to break.
"""

from __future__ import annotations

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS

from graphkit.rdf import DEFAULT_BASE, ontology, turtle
from graphkit.rdf.iris import VOCABULARIES, Iris
from graphkit.rdf.vocabulary import OWN_PROPERTIES
from graphkit.schema import relations
from tests.graphs import hostile_graph, trade_graph

KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
RESERVED = tuple(VOCABULARIES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=ontology(), format="turtle")


def own(graph: rdflib.Graph) -> set[rdflib.URIRef]:
    named = {subject for subject in graph.subjects(RDF.type) if isinstance(subject, rdflib.URIRef)}
    return {
        subject
        for subject in named
        if subject.startswith(DEFAULT_BASE) and subject != rdflib.URIRef(f"{DEFAULT_BASE}o")
    }


def languages(graph: rdflib.Graph, subject: rdflib.URIRef, predicate: rdflib.URIRef) -> set[str | None]:
    return {text.language for text in graph.objects(subject, predicate)}


def test_it_names_every_term_that_graphs_use(graph: rdflib.Graph) -> None:
    data = rdflib.Graph().parse(data=turtle(trade_graph()) + turtle(hostile_graph()), format="turtle")
    spaces = (f"{DEFAULT_BASE}o#", f"{DEFAULT_BASE}r/")
    used = {term for triple in data for term in triple if str(term).startswith(spaces) and str(term) not in spaces}
    assert len(used) > 20 and used <= set(graph.subjects(RDF.type))
    outside = {p for p in data.predicates() if not str(p).startswith((DEFAULT_BASE, *RESERVED))}
    assert outside <= set(graph.subjects(RDF.type))


def test_every_qualifier_and_own_property_is_there(graph: rdflib.Graph) -> None:
    names = {name for relation in relations().values() for name in relation.qualifiers} | OWN_PROPERTIES
    assert {rdflib.URIRef(Iris().term(name)) for name in names} <= set(graph.subjects(RDF.type))


def test_labels_are_in_both_languages(graph: rdflib.Graph) -> None:
    assert not [term for term in own(graph) if not {"en", "id"} <= languages(graph, term, RDFS.label)]


def test_relations_have_comments_domain_range_and_direction(graph: rdflib.Graph) -> None:
    for relation in relations().values():
        term = rdflib.URIRef(Iris().relation(relation.name))
        assert languages(graph, term, RDFS.comment) == {"en", "id"}, relation.name
        assert len(set(graph.objects(term, RDFS.domain))) == len(set(graph.objects(term, RDFS.range))) == 1
        symmetric = (term, RDF.type, OWL.SymmetricProperty) in graph
        inverses = set(graph.subjects(OWL.inverseOf, term))
        assert symmetric == relation.symmetric and len(inverses) == (0 if symmetric else 1), relation.name


def test_an_inverse_is_no_other_relation() -> None:
    names = [relation.name for relation in relations().values()]
    names += [relation.inverse["en"].replace(" ", "_") for relation in relations().values() if relation.inverse]
    assert len(names) == len(set(names))


def test_a_property_is_of_one_kind(graph: rdflib.Graph) -> None:
    properties = {subject for kind in KINDS for subject in graph.subjects(RDF.type, kind)}
    assert not [term for term in properties if sum((term, RDF.type, kind) in graph for kind in KINDS) != 1]
    classes = set(graph.subjects(RDF.type, OWL.Class))
    assert not classes & properties


def test_what_is_used_is_declared_and_nothing_reserved_is_redefined(graph: rdflib.Graph) -> None:
    declared = set(graph.subjects(RDF.type))
    predicates = {term for term in graph.predicates() if not str(term).startswith(RESERVED)}
    assert predicates <= declared
    assert not [term for term in graph.subjects() if str(term).startswith(RESERVED)]
    classes = {*graph.objects(None, RDFS.domain), *graph.objects(None, RDFS.subClassOf)}
    assert classes <= set(graph.subjects(RDF.type, OWL.Class))
    ranges = set(graph.objects(None, RDFS.range)) - set(graph.subjects(RDF.type, OWL.Class))
    # xsd:date is no datatype of OWL 2.
    assert ranges == {rdflib.XSD.string, rdflib.XSD.integer, rdflib.XSD.decimal}


def test_another_base() -> None:
    text = ontology("https://kg.example.org/x/")
    assert "graphkit.example" not in text and "https://kg.example.org/x/o#" in text
    with pytest.raises(ValueError, match="base IRI"):
        ontology("nowhere")
