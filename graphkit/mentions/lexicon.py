"""Words that the mention detector knows, read once from ``<language>.toml`` and ``<language>_titles.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language pack, all in lower case.

    Args:
        head_types: First word of a name ("kementerian") to the type of what it names.
        noun_types: Head noun of a description ("perusahaan") to the type of what it describes.
        titles: Offices ("menteri keuangan") to their English names.
        pronouns: Kinds of pronoun (person, plural, speaker, institution, demonstratives) to their words.
        carriers: Types of descriptions to the nouns that add nothing to a name after them ("ajang Piala Dunia").
        functions: Words between a title and an organization that tell the holder's task ("Direktur *Riset* X").
        function_units: Units whose head serves what they are a unit of ("Kepala *Divisi* Humas PT X").
        event_tails: Words that end the name of an event ("Indonesia *Open*").
        never_names: Words that are no name by themselves, whatever the capital: pronouns, question words.
        legal_forms: Words that tell what kind of company a name is of ("pt", "tbk").
        initials: Words before the initials or the name of a person ("berinisial AR").
        any_event: Nouns that, with a demonstrative, mean the last event of any kind ("acara tersebut").
        carried: Types of descriptions to the type that this name must have.
        title_openings: First words of titles to the number of words of the longest title that opens so.
        longest_title: The number of words of the longest title.
        pairs: Entity types to the nouns that, after "kedua", mean the two last things of that type.
    """

    head_types: Mapping[str, str]
    noun_types: Mapping[str, str]
    honorifics: frozenset[str]
    subunits: frozenset[str]
    ranks: frozenset[str]
    skip_nouns: frozenset[str]
    quantifiers: frozenset[str]
    pronouns: Mapping[str, frozenset[str]]
    pairs: Mapping[str, frozenset[str]]
    pair_numerals: frozenset[str]
    government_nouns: frozenset[str]
    possessed_by_country: frozenset[str]
    home_country: str
    heads_of_state: frozenset[str]
    carriers: Mapping[str, frozenset[str]]
    carried: Mapping[str, str]
    any_event: frozenset[str]
    event_tails: frozenset[str]
    initials: frozenset[str]
    legal_forms: frozenset[str]
    never_names: frozenset[str]
    functions: frozenset[str]
    function_units: frozenset[str]
    leaders: frozenset[str]
    leading_titles: frozenset[str]
    locative: frozenset[str]
    connectors: frozenset[str]
    organization_connectors: frozenset[str]
    titles: Mapping[str, str]
    national_titles: frozenset[str]
    national_heads: tuple[str, ...]
    title_organizations: Mapping[str, str]
    title_units: Mapping[str, str]
    former: frozenset[str]
    incoming: frozenset[str]
    speech_after: frozenset[str]
    speech_before: frozenset[str]
    speech_with_clause: frozenset[str]
    according: frozenset[str]
    title_openings: Mapping[str, int]
    longest_title: int


@cache
def load_lexicon(language: str) -> Lexicon:
    """Read the words of a language pack.

    Raises:
        FileNotFoundError: If there is no pack for the language.
    """
    words, titles = _read(f"{language}.toml"), _read(f"{language}_titles.toml")
    pairs = dict(words["pairs"])
    numerals = frozenset(pairs.pop("numerals"))
    return Lexicon(
        head_types=_invert(words["head_types"]),
        noun_types=_invert(words["noun_types"]),
        honorifics=frozenset(words["honorifics"]["words"]),
        subunits=frozenset(words["subunits"]["words"]),
        ranks=frozenset(words["honorifics"]["ranks"]),
        skip_nouns=frozenset(words["skip_nouns"]["words"]),
        quantifiers=frozenset(words["quantifiers"]["words"]),
        pronouns={kind: frozenset(entry) for kind, entry in words["pronouns"].items()},
        pairs={kind: frozenset(entry) for kind, entry in pairs.items()},
        pair_numerals=numerals,
        government_nouns=frozenset(words["government"]["nouns"]),
        possessed_by_country=frozenset(words["government"]["possessed"]),
        home_country=words["government"]["home"],
        heads_of_state=frozenset(words["government"]["heads_of_state"]),
        carriers={kind: frozenset(entry["words"]) for kind, entry in words["carriers"].items()},
        carried={kind: entry["of"] for kind, entry in words["carriers"].items()},
        any_event=frozenset(words["any_event"]["words"]),
        functions=frozenset(titles["functions"]["words"]),
        function_units=frozenset(titles["functions"]["units"]),
        event_tails=frozenset(words["event_tails"]["words"]),
        never_names=frozenset(words["never_names"]["words"]).union(*words["pronouns"].values()),
        legal_forms=frozenset(words["legal_forms"]["words"]),
        initials=frozenset(words["initials"]["words"]),
        leaders=frozenset(words["government"]["leaders"]),
        leading_titles=frozenset(words["government"]["leading_titles"]),
        locative=frozenset(words["locative"]["words"]),
        connectors=frozenset(words["connectors"]["words"]),
        organization_connectors=frozenset(words["connectors"]["inside_organization"]),
        titles=titles["titles"],
        national_titles=frozenset(titles["national"]["words"]),
        national_heads=tuple(titles["national"]["heads"]),
        title_organizations=titles["of_organization"],
        title_units=titles["units"],
        former=frozenset(titles["status"]["former"]),
        incoming=frozenset(titles["status"]["incoming"]),
        speech_after=frozenset(words["speech"]["after"]),
        speech_before=frozenset(words["speech"]["before"]),
        speech_with_clause=frozenset(words["speech"]["with_clause"]),
        according=frozenset(words["speech"]["according"]),
        title_openings=(openings := _openings(titles["titles"])),
        longest_title=max(openings.values()),
    )


def _openings(titles: Iterable[str]) -> dict[str, int]:
    """The first words of titles, with the number of words of the longest title that opens so."""
    found: dict[str, int] = {}
    for words in map(str.split, titles):
        found[words[0]] = max(found.get(words[0], 0), len(words))
    return found


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _invert(types: Mapping[str, list[str]]) -> dict[str, str]:
    # A noun under two types ("tim") keeps the first: the order of the file is the order of preference.
    inverted: dict[str, str] = {}
    for kind, nouns in types.items():
        for noun in nouns:
            inverted.setdefault(noun, kind)
    return inverted
