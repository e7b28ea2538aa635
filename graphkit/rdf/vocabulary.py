"""Which class, property and value of the vocabulary stands for what in the model; for writing and for reading."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graphkit.model import Amount, EntityType, Qualifier

TYPES: Mapping[EntityType, str] = {
    "Person": "schema:Person",
    "Organization": "schema:Organization",
    "Country": "schema:Country",
    "Place": "schema:Place",
    "Event": "schema:Event",
    "Product": "schema:Product",
    "Group": "kg:Group",
    "Concept": "skos:Concept",
    "Quantity": "schema:QuantitativeValue",
}

# The statement's own properties; a qualifier of such a name is kept in kg:exact only.
OWN_PROPERTIES = frozenset(
    {
        "amount",
        "articleCount",
        "asWritten",
        "claimedBy",
        "confidence",
        "configuration",
        "cue",
        "cueEnd",
        "cueStart",
        "currency",
        "differsFrom",
        "exact",
        "frame",
        "from",
        "mentionedAs",
        "modality",
        "pipeline",
        "polarity",
        "quantity",
        "sentenceIndex",
        "sha256",
        "time",
        "to",
        "unit",
        "year",
    }
)
_PROPERTY_NAME = re.compile(r"[a-z][A-Za-z0-9_]*")
_CURRENCY = re.compile(r"[A-Z]{3}")
_WIKIDATA = re.compile(r"[QP][1-9][0-9]*")


def is_currency(unit: str) -> bool:
    """Whether a unit is an ISO 4217 code."""
    return _CURRENCY.fullmatch(unit) is not None


def is_wikidata(item: str) -> bool:
    """Whether a text can be the name of a Wikidata item or property."""
    return _WIKIDATA.fullmatch(item) is not None


def is_property(name: str, value: Qualifier) -> bool:
    """Whether a qualifier is written as a property of its name with a text."""
    return isinstance(value, str) and name not in OWN_PROPERTIES and _PROPERTY_NAME.fullmatch(name) is not None


def is_quantity(name: str, value: Qualifier) -> bool:
    """Whether a qualifier is the amount of the statement."""
    return name == "amount" and isinstance(value, Amount)
