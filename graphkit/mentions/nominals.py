"""Descriptions: noun phrases that refer to something without naming it ("lima tersangka", "perang di Ukraina")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphkit.mentions.lexicon import Lexicon

_MODIFIERS = frozenset(
    {"amod", "compound", "flat", "flat:name", "flat:foreign", "nummod", "nmod", "nmod:poss", "fixed"}
)
_BEFORE = frozenset({"nummod", "det", "amod", "clf"})
_INNER = frozenset({"compound", "flat", "flat:name", "flat:foreign", "fixed"})
_PLACE_CASES = frozenset({"di", "antara"})
_VERSUS = frozenset({"vs", "versus"})
_PEOPLE = frozenset({"Person", "Group"})


@dataclass(frozen=True, slots=True)
class Nominal:
    """A noun phrase.

    Args:
        start: Index of its first token.
        end: One past its last token.
        head: Index of its head noun.
        demonstrative: Whether it points back ("perusahaan itu").
        core: One past the last token before the first place inside it ("*konferensi pers* di Jakarta").
    """

    start: int
    end: int
    head: int
    type: str
    demonstrative: bool
    core: int


def find_nominals(doc: Doc, named: Mapping[int, int], lexicon: Lexicon) -> list[Nominal]:
    """All noun phrases of a Doc whose head is not part of a name, in order.

    Args:
        doc: A parsed Doc.
        named: Tokens that belong to names (to the index of the name).
        lexicon: The words of the Doc's language.
    """
    found = [_nominal(doc, token, named, lexicon) for token in _heads(doc, named, lexicon)]
    return sorted([*found, *_matches(doc, named)], key=lambda nominal: (nominal.start, nominal.end))


def _matches(doc: Doc, named: Mapping[int, int]) -> Iterator[Nominal]:
    """Matches that are named by their sides: "Persija vs Persib"."""
    for token in doc:
        left, right = named.get(token.i - 1), named.get(token.i + 1)
        if token.lower_ in _VERSUS and left is not None and right is not None:
            start = min(i for i, name in named.items() if name == left)
            end = max(i for i, name in named.items() if name == right) + 1
            yield Nominal(start, end, token.i, "Event", demonstrative=False, core=end)


def _heads(doc: Doc, named: Mapping[int, int], lexicon: Lexicon) -> Iterator[Token]:
    for token in doc:
        if not _is_noun(token, lexicon) or token.i in named or _word(token) in lexicon.skip_nouns:
            continue
        inside = token.dep_ == "nmod" and token.head.i == token.i - 1 and _bare(token)
        if token.dep_ in _INNER or (inside and token.head.lower_ not in lexicon.quantifiers):
            continue
        yield token


def _is_noun(token: Token, lexicon: Lexicon) -> bool:
    """A noun, also one that the tagger takes for a name because it begins a sentence: "Gempa itu"."""
    return token.pos_ == "NOUN" or (
        token.pos_ == "PROPN" and token.is_sent_start and _word(token) in lexicon.noun_types
    )


def _bare(token: Token) -> bool:
    return not any(child.dep_ == "case" for child in token.children)


def _word(token: Token) -> str:
    """The noun without a possessive ending and without reduplication ("perusahaannya", "negara-negara")."""
    word = token.lower_
    first, dash, second = word.partition("-")
    if dash and first == second:
        word = first
    return word[:-3] if word.endswith("nya") and len(word) > 6 else word


def _nominal(doc: Doc, head: Token, named: Mapping[int, int], lexicon: Lexicon) -> Nominal:
    start, end = _left_edge(head), _right_edge(head, lexicon, lexicon.noun_types.get(_word(head)))
    demonstrative = False
    while end - 1 > head.i and (doc[end - 1].lower_ in lexicon.pronouns["demonstratives"]):
        end, demonstrative = end - 1, True
    if end < len(doc) and doc[end].lower_ in lexicon.pronouns["demonstratives"] and not doc[end].is_sent_start:
        demonstrative = True
    core = next((i for i in range(head.i + 1, end) if doc[i].dep_ == "case"), end)
    return Nominal(start, end, head.i, _type_of(head, lexicon), demonstrative, core)


def _left_edge(head: Token) -> int:
    start = head.i
    for child in sorted(head.lefts, key=lambda token: -token.i):
        if child.dep_ not in _BEFORE or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    return start


def _right_edge(head: Token, lexicon: Lexicon, noun_type: str | None = None) -> int:
    end = head.i + 1
    for child in head.rights:
        if child.left_edge.i != end or child.is_sent_start or child.lower_ in lexicon.skip_nouns:
            break
        case = next((grand.lower_ for grand in child.children if grand.dep_ == "case"), None)
        is_modifier = child.dep_ in _MODIFIERS and case is None and child.right_edge.i - child.left_edge.i < 8
        # An event takes its place along: "perang di Ukraina" is another thing than "perang".
        is_place = noun_type == "Event" and child.dep_ == "nmod" and case in _PLACE_CASES
        if not (is_modifier or is_place or child.dep_ == "det"):
            break
        end = _right_edge(child, lexicon) if child.dep_ != "det" else child.i + 1
    return end


def _type_of(head: Token, lexicon: Lexicon) -> str:
    plural = "-" in head.text or head.nbor(-1).lower_ == "para" if head.i else "-" in head.text
    counted = any(child.dep_ == "nummod" and child.i < head.i for child in head.children)
    found = lexicon.noun_types.get(head.lower_) or lexicon.noun_types.get(_word(head), "Concept")
    if (found in _PEOPLE or found == "Country") and (plural or (counted and found in _PEOPLE)):
        return "Group"
    return found
