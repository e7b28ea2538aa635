"""Records of countries and their capitals: names by CLDR, corrected and extended by ``countries.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry
from babel import Locale
from babel.numbers import get_territory_currencies

from graphkit.knowledge.names import entity_id
from graphkit.knowledge.records import Alias, EntityRecord

_KINDS = ("alias", "short", "government", "demonym")


def country_records(language: str) -> Iterator[EntityRecord]:
    """Countries, each followed by its capital as a place.

    Args:
        language: Language code of the labels and aliases.
    """
    countries, local = _table("countries.toml"), _table(f"{language}/countries.toml")
    for code, entry in countries.items():
        words = local.get(code, {})
        labels = {"en": _name(code, entry, "en"), language: _name(code, words, language)}
        yield _country(code, entry, words, labels)
        if "capital" in entry:
            yield _capital(entry, words, language)


def _country(code: str, entry: Mapping[str, Any], words: Mapping[str, Any], labels: Mapping[str, str]) -> EntityRecord:
    official = pycountry.countries.get(alpha_2=code)
    texts = [(text, kind) for kind in _KINDS for text in (*words.get(kind, ()), *entry.get(kind, ()))]
    if "capital" in entry:
        texts += [(text, "capital") for text in dict.fromkeys((*words.get("capital", ()), entry["capital"]))]
    if official is not None:
        texts += [(name, "alias") for name in (getattr(official, "official_name", None),) if name]
    return EntityRecord(
        id=entity_id("Country", labels["en"]),
        name=labels["en"],
        type="Country",
        wikidata=entry["wikidata"],
        labels=labels,
        aliases=tuple(Alias(text, kind) for text, kind in texts),
        code=code if official is not None else None,
        currency=_currency(code) if official is not None else None,
    )


def _capital(entry: Mapping[str, Any], words: Mapping[str, Any], language: str) -> EntityRecord:
    name = entry["capital"]
    local = words.get("capital", [name])
    return EntityRecord(
        id=entity_id("Place", name),
        name=name,
        type="Place",
        wikidata=entry.get("capital_wikidata"),
        labels={"en": name, language: local[0]},
        aliases=tuple(Alias(text, "alias") for text in local[1:]),
    )


def _name(code: str, entry: Mapping[str, Any], language: str) -> str:
    return entry["name"] if "name" in entry else _territories(language)[code]


def _currency(code: str) -> str | None:
    currencies = get_territory_currencies(code)
    return currencies[0] if currencies else None


@cache
def _territories(language: str) -> Mapping[str, str]:
    return Locale(language).territories


@cache
def _table(name: str) -> Mapping[str, Any]:
    data = files(__package__).joinpath("data", *name.split("/"))
    return tomllib.loads(data.read_text(encoding="utf-8")) if data.is_file() else {}
