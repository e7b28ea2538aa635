"""The ontology: the vocabulary that every graph shares, and the relations of the schema as OWL properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.resources import files

from pyoxigraph import Literal

from graphkit.model import EntityType
from graphkit.rdf.iris import DEFAULT_BASE, Iris, camel_case, quote_segment
from graphkit.rdf.vocabulary import TYPES
from graphkit.schema import Relation, relations

# What a family of relations is called; the schema has only their names.
_FAMILIES: Mapping[str, tuple[str, str]] = {
    "conflict": ("conflict", "konflik"),
    "contact": ("contact", "kontak"),
    "contest": ("contest", "perlombaan"),
    "economy": ("economy", "ekonomi"),
    "justice": ("justice", "hukum"),
    "place": ("place", "tempat"),
    "relations": ("stance and cooperation", "sikap dan kerja sama"),
    "role": ("role", "peran"),
    "speech": ("speech", "ucapan"),
    "structure": ("structure", "struktur"),
}


def ontology(base_iri: str = DEFAULT_BASE) -> str:
    """The ontology as Turtle, in OWL 2 DL: classes, relations, inverses and qualifiers in English and Indonesian.

    Args:
        base_iri: Where the graph's own names live.

    Raises:
        ValueError: If the base is no absolute http(s) IRI that ends with a slash.
    """
    iris = Iris(base_iri)
    shared = files(__package__).joinpath("ontology.ttl").read_text(encoding="utf-8")
    return "\n".join([shared.replace(DEFAULT_BASE, iris.base), *_generated(iris)]) + "\n"


def _generated(iris: Iris) -> Iterator[str]:
    known = relations().values()
    yield f"<{iris.base}o> owl:versionInfo {Literal(version('graphkit-news'))} ."
    yield "\n# ---------- families of relations ----------"
    for family in sorted({relation.broader for relation in known}):
        labels = dict(zip(("en", "id"), _FAMILIES.get(family, (family, family)), strict=True))
        yield f"{_family(family)} a owl:ObjectProperty ;\n    {_texts('rdfs:label', labels)} ."
    yield "\n# ---------- what a relation's subject or object can be ----------"
    unions = {types for relation in known for types in (relation.subject_types, relation.object_types)}
    for types in sorted(unions):
        if len(types) > 1:
            yield _union(types)
    yield "\n# ---------- relations ----------"
    for relation in known:
        yield from _relation(relation)


def _relation(relation: Relation) -> Iterator[str]:
    name = f"r:{camel_case(relation.name)}"
    kinds = "owl:ObjectProperty, owl:SymmetricProperty" if relation.symmetric else "owl:ObjectProperty"
    lines = [
        f"{name} a {kinds}, kg:Relation",
        f"rdfs:subPropertyOf {_family(relation.broader)}",
        f"rdfs:domain {_class(relation.subject_types)}",
        f"rdfs:range {_class(relation.object_types)}",
        _texts("rdfs:label", relation.labels),
        _texts("skos:prefLabel", relation.labels),
    ]
    if relation.comments:
        lines.append(_texts("rdfs:comment", relation.comments))
    if relation.wikidata:
        lines.append(f"skos:closeMatch wdt:{relation.wikidata}")
    yield " ;\n    ".join(lines) + " ."
    if relation.inverse:
        yield (
            f"r:{_inverse_name(relation.inverse)} a owl:ObjectProperty ;\n    owl:inverseOf {name} ;\n    "
            f"{_texts('rdfs:label', relation.inverse)} ."
        )


def _inverse_name(labels: Mapping[str, str]) -> str:
    return quote_segment(camel_case(labels["en"].replace(" ", "_")))


def _family(name: str) -> str:
    return f"r:{camel_case(name)}Relation"


def _union(types: tuple[EntityType, ...] | tuple[str, ...]) -> str:
    labels = {"en": " or ".join(types).lower(), "id": " atau ".join(_INDONESIAN[name] for name in types)}
    members = " ".join(TYPES[name] for name in types)  # type: ignore[index]
    return f"{_class(types)} a owl:Class ;\n    owl:unionOf ( {members} ) ;\n    {_texts('rdfs:label', labels)} ."


def _class(types: tuple[str, ...]) -> str:
    if len(types) == 1:
        return TYPES[types[0]]  # type: ignore[index]
    return f"kg:{'Or'.join(types)}"


_INDONESIAN: Mapping[str, str] = {
    "Person": "orang",
    "Organization": "organisasi",
    "Country": "negara",
    "Place": "tempat",
    "Event": "peristiwa",
    "Product": "produk",
    "Group": "kelompok",
    "Concept": "konsep",
    "Quantity": "kuantitas",
}


def _texts(term: str, texts: Mapping[str, str]) -> str:
    return f"{term} " + ", ".join(str(Literal(text, language=code)) for code, text in sorted(texts.items()))
