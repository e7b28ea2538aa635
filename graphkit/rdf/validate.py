"""Is a graph what it should be? SHACL for each node by itself, SPARQL for what holds between nodes and texts."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import rdflib
from pyoxigraph import RdfFormat, Triple, serialize

from graphkit.rdf.dataset import Dataset, open_dataset
from graphkit.rdf.files import RdfFileError
from graphkit.rdf.iris import DEFAULT_BASE, VOCABULARIES
from graphkit.rdf.query import ask

logger = logging.getLogger(__name__)

_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
# Beyond it, SHACL in memory takes long (about a minute a million triples on a laptop): worth a word.
_MANY = 500_000


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is wrong with a graph.

    Args:
        check: The check that found it: the name of a query, or "shapes".
        node: Where, as an IRI.
        message: What is wrong.
        found: What stands there, where one value is to blame.
        expected: What should stand there, where that is known.
    """

    check: str
    node: str
    message: str
    found: str = ""
    expected: str = ""


def validate(place: Path) -> list[Violation]:
    """Check a graph against the shapes, and its evidence against the articles' texts.

    Args:
        place: The folder that ``build`` wrote, or an RDF file.

    Returns:
        What is wrong, in order; nothing if the graph conforms.

    Raises:
        RdfFileError: If there is no graph, or it cannot be read.
        ModuleNotFoundError: If pyshacl is not installed (``pip install 'graphkit-news[validate]'``).
    """
    return validate_dataset(open_dataset(place))


def validate_dataset(dataset: Dataset) -> list[Violation]:
    """Check an open dataset; see `validate`."""
    return sorted({*_shapes(dataset), *_checks(dataset)})


@cache
def checks() -> Mapping[str, tuple[str, str]]:
    """The checks between nodes, by name: what is wrong, and the query that finds it."""
    items = sorted(files(__package__).joinpath("checks").iterdir(), key=lambda entry: entry.name)
    texts = {item.name.removesuffix(".rq"): item.read_text(encoding="utf-8") for item in items}
    return {name: (text.partition("\n")[0].lstrip("# "), text) for name, text in texts.items()}


def has_texts(dataset: Dataset) -> bool:
    """Whether the articles' texts are in a graph; without them the evidence cannot be checked against them."""
    return bool(ask(dataset, "ASK { ?article schema:articleBody ?text }").boolean)


def _checks(dataset: Dataset) -> Iterator[Violation]:
    for name, (message, text) in checks().items():
        result = ask(dataset, text, names=False)
        for row in result.rows:
            values = {key: str(term.value) for key, term in zip(result.variables, row, strict=True) if term}  # type: ignore[union-attr]
            yield Violation(name, values["node"], message, values.get("found", ""), values.get("expected", ""))


def _shapes(dataset: Dataset) -> Iterator[Violation]:
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "pyshacl is needed for the shapes; install it with: pip install 'graphkit-news[validate]'"
        ) from error
    if len(dataset.store) > _MANY:
        logger.warning("%d triples go through SHACL in memory, which takes a while", len(dataset.store))
    shapes = rdflib.Graph().parse(data=_shapes_text(dataset), format="turtle")
    _, report, _ = pyshacl.validate(_in_memory(dataset), shacl_graph=shapes)
    if not isinstance(report, rdflib.Graph):
        raise RdfFileError(f"{dataset.name}: cannot be validated ({report})")
    for result in report.subjects(rdflib.RDF.type, _SH.ValidationResult):
        yield Violation(
            check="shapes",
            node=_value(report, result, _SH.focusNode),
            message=_value(report, result, _SH.resultMessage),
            found=_value(report, result, _SH.value),
        )


def _shapes_text(dataset: Dataset) -> str:
    text = files(__package__).joinpath("shapes.ttl").read_text(encoding="utf-8")
    return text.replace(DEFAULT_BASE, dataset.iris.base)


def _in_memory(dataset: Dataset) -> rdflib.Graph:
    # The texts are no matter of shapes, and are most of the bytes.
    body = f"{VOCABULARIES['schema']}articleBody"
    triples = {quad.triple for quad in dataset.store if quad.predicate.value != body and not _is_new(quad.object)}
    data: Any = serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")


def _is_new(term: Any) -> bool:
    """Whether a term is of RDF 1.2, which rdflib cannot read."""
    return isinstance(term, Triple)


def _value(report: rdflib.Graph, result: Any, predicate: rdflib.URIRef) -> str:
    return next((str(value) for value in report.objects(result, predicate)), "")
