"""The queries that ship, by name, and how what a user types becomes their parameters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import pyoxigraph as ox
from rapidfuzz import process

from graphkit.knowledge import normalise
from graphkit.rdf.dataset import Dataset
from graphkit.rdf.iris import VOCABULARIES
from graphkit.rdf.query import QueryError, ask
from graphkit.schema import relations

Kind = Literal["entity", "relation", "date", "text"]
_PARAMETER = re.compile(r"#\s*(?P<optional>optional )?parameter (?P<name>\w+), an? (?P<kind>\w+): (?P<what>.+)")
_EXAMPLE = re.compile(r"#\s*example: (?P<words>.*)")
_FEW = 5
_NAMES = """SELECT ?entity ?name ?form {
  ?entity schema:name ?name ; schema:name|rdfs:label|skos:altLabel|kg:mentionedAs ?form
} ORDER BY ?entity ?form"""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a named query must or may be told.

    Args:
        name: The variable that it is the value of.
        kind: What it is: the name of an entity, of a relation, a date (2025-06-05), any text.
        optional: Whether the query can do without; it then answers for all.
        description: What it means.
    """

    name: str
    kind: Kind
    optional: bool
    description: str


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships.

    Args:
        description: What it answers.
        text: The SPARQL.
        parameters: In the order in which they are given.
        example: Words for the parameters that give an answer on the demo graph.
    """

    name: str
    description: str
    text: str
    parameters: tuple[Parameter, ...]
    example: tuple[str, ...]

    @property
    def usage(self) -> str:
        """How it is called: ``partners-of ENTITY``."""
        words = (f"[{p.name.upper()}]" if p.optional else p.name.upper() for p in self.parameters)
        return " ".join((self.name, *words))

    def sparql(self, dataset: Dataset, words: Sequence[str] = ()) -> str:
        """The query with its parameters in place.

        Args:
            dataset: The graph whose entities are meant.
            words: What the user gave, in order.

        Raises:
            QueryError: If there are too few or too many, or one means nothing in the graph.
        """
        needed = sum(not parameter.optional for parameter in self.parameters)
        if not needed <= len(words) <= len(self.parameters):
            raise QueryError(f"{self.name} is used so: {self.usage}")
        text = self.text
        for parameter, word in zip(self.parameters, words, strict=False):
            # Terms write themselves with all escapes, so no word can become part of the query's structure.
            term = str(_value(dataset, parameter, word))
            text = re.sub(rf"BOUND\(\?{parameter.name}\)", "true", text)
            text = re.sub(rf"\?{parameter.name}\b", lambda _, term=term: term, text)
        return text


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """The queries that ship, by name."""
    items = sorted(files(__package__).joinpath("queries").iterdir(), key=lambda entry: entry.name)
    texts = {item.name.removesuffix(".rq"): item.read_text(encoding="utf-8") for item in items}
    return {name: _named(name, text) for name, text in texts.items()}


def _named(name: str, text: str) -> NamedQuery:
    description, *lines = [line for line in text.splitlines() if line.startswith("#")]
    found = [match for line in lines if (match := _PARAMETER.fullmatch(line))]
    parameters = (Parameter(m["name"], m["kind"], m["optional"] is not None, m["what"]) for m in found)  # type: ignore[arg-type]
    example = next((match["words"] for line in lines if (match := _EXAMPLE.fullmatch(line))), "")
    words = tuple(word.strip() for word in example.split("|") if word.strip())
    return NamedQuery(name, description.lstrip("# "), text, tuple(parameters), words)


def _value(dataset: Dataset, parameter: Parameter, word: str) -> ox.NamedNode | ox.Literal:
    if parameter.kind == "entity":
        return find_entity(dataset, word)
    if parameter.kind == "relation":
        return _find_relation(dataset, word)
    if parameter.kind == "date":
        try:
            day = dt.date.fromisoformat(word).isoformat()
        except ValueError as error:
            raise QueryError(f"{word!r} is no date; write it as 2025-06-05") from error
        return ox.Literal(day, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    return ox.Literal(word)


def find_entity(dataset: Dataset, word: str) -> ox.NamedNode:
    """The entity that a name means: its id, its canonical name, a label, or a form that articles use.

    Raises:
        QueryError: If none has the name, with the most similar ones, or several do.
    """
    exact = dataset.iris.entity(word)
    # By the index first: going through all names takes seconds where there are millions.
    named = dataset.store.quads_for_pattern(None, ox.NamedNode(f"{VOCABULARIES['schema']}name"), ox.Literal(word))
    quick = {quad.subject.value for quad in named}
    if len(quick) == 1:
        return ox.NamedNode(quick.pop())
    found: dict[str, dict[str, str]] = {"name": {}, "form": {}}
    forms: dict[str, str] = {}
    wanted = _folded(word)
    for entity, canonical, known in ask(dataset, _NAMES, names=False).rows:
        iri, name, form = str(entity.value), str(canonical.value), str(known.value)  # type: ignore[union-attr]
        if iri == exact:
            return ox.NamedNode(iri)
        forms[form] = name
        if _folded(name) == wanted:
            found["name"][iri] = name
        if _folded(form) == wanted:
            found["form"][iri] = name
    chosen = found["name"] or found["form"]
    if len(chosen) == 1:
        return ox.NamedNode(next(iter(chosen)))
    if chosen:
        ids = ", ".join(sorted(dataset.iris.id_of(iri, "e") for iri in chosen))
        raise QueryError(f"{word!r} can mean several entities; say which: {ids}")
    near = process.extract(word, sorted(forms), limit=_FEW, score_cutoff=60)
    names = list(dict.fromkeys(forms[form] for form, _, _ in near))
    hint = f"; did you mean: {', '.join(names)}?" if names else ""
    raise QueryError(f"no entity is called {word!r} in this graph{hint}")


def _find_relation(dataset: Dataset, word: str) -> ox.NamedNode:
    wanted = _folded(word.replace("_", " "))
    for relation in relations().values():
        forms = {relation.name.replace("_", " "), *relation.labels.values()}
        iri = dataset.iris.relation(relation.name)
        if wanted in map(_folded, forms) or word in (iri.rpartition("/")[2], f"r:{iri.rpartition('/')[2]}"):
            return ox.NamedNode(iri)
    near = [name for name, _, _ in process.extract(word, sorted(relations()), limit=_FEW, score_cutoff=50)]
    hint = f"; did you mean: {', '.join(near)}?" if near else ""
    raise QueryError(f"there is no relation {word!r}{hint}")


def _folded(text: str) -> str:
    return normalise(text).casefold()
