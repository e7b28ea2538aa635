"""Units named together with what they are part of: "Direktorat Lalu Lintas Polda Jambi"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from graphkit.mentions.lexicon import Lexicon
from graphkit.mentions.names import Name


@dataclass(frozen=True, slots=True)
class Part:
    """A name that ends with the name of a larger organization.

    Args:
        name: Its index among the names.
        start: First token of the larger organization's name.
    """

    name: int
    start: int


def find_parts(doc: Doc, names: Sequence[Name], lexicon: Lexicon) -> Iterator[Part]:
    """The organizations of a Doc whose names hold the name of a larger one.

    Args:
        doc: The Doc.
        names: Its names.
        lexicon: The words of its language.
    """
    for n, name in enumerate(names):
        if name.type != "Organization" or doc[name.start].lower_ not in lexicon.subunits:
            continue
        for i in range(name.start + 1, name.end):
            token = doc[i]
            whole = lexicon.head_types.get(token.lower_) == "Organization" or _is_acronym(token.text)
            if whole and token.text[0].isupper():
                yield Part(n, i)
                break


def _is_acronym(text: str) -> bool:
    # Roman numbers count units: "Komisi III".
    return text.isupper() and len(text) > 2 and text.isalpha() and bool(set(text) - set("IVX"))
