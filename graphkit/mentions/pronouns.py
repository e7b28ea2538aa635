"""What pronouns and pointing descriptions refer to: "ia", "kedua negara", "perusahaan itu", "Kepala Negara"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from graphkit.mentions.claims import Claim, speaker_of
from graphkit.mentions.lexicon import Lexicon
from graphkit.mentions.names import Name
from graphkit.mentions.nominals import Nominal
from graphkit.mentions.offices import Office
from graphkit.mentions.referents import Referent

_SENTENCES_BACK = 3
_PAIR_BACK = 3
_SEVERAL = frozenset({"Person", "Country", "Organization"})


@dataclass(frozen=True, slots=True)
class Antecedents:
    """The names of a Doc with what they refer to, as places to look back to."""

    names: Sequence[Name]
    assigned: Sequence[int]
    referents: Sequence[Referent]
    sentence_starts: Sequence[int]

    def at(self, token: int, wanted: str) -> int | None:
        """The referent of a name of a type that begins at a token."""
        for name, referent in zip(self.names, self.assigned, strict=True):
            if name.start == token and self.referents[referent].type == wanted:
                return referent
        return None

    def ending(self, start: int, end: int, wanted: str) -> int | None:
        """The referent of a name of a type that begins at or after a token and ends at another."""
        for name, referent in zip(self.names, self.assigned, strict=True):
            if start <= name.start and name.end == end and self.referents[referent].type == wanted:
                return referent
        return None

    def before(self, token: Token, wanted: str) -> Iterator[tuple[Name, int]]:
        """Names of a type before a token with their referents, nearest first."""
        for name, referent in zip(reversed(self.names), reversed(self.assigned), strict=True):
            if name.end <= token.i and self.referents[referent].type == wanted:
                yield name, referent


def resolve_pronoun(token: Token, antecedents: Antecedents, claims: list[Claim], lexicon: Lexicon) -> tuple[int, ...]:
    """The referents of a personal pronoun, none where the text leaves it open.

    Args:
        token: The pronoun.
        antecedents: The names before it.
        claims: Who says what in the Doc, for "saya" and "kami".
        lexicon: The words of the Doc's language.
    """
    word, kinds = token.lower_, lexicon.pronouns
    if word in kinds["person"]:
        return _one_person(token, antecedents)
    if word in kinds["plural"]:
        return _several(token, antecedents)
    if word in kinds["speaker"] or word in kinds["institution"]:
        return _speaker(token, antecedents, claims)
    return ()


def resolve_nominal(
    doc: Doc,
    nominal: Nominal,
    antecedents: Antecedents,
    offices: Sequence[Office],
    lexicon: Lexicon,
) -> tuple[int, ...]:
    """The referents of a description that points back, none for one that speaks of a new thing.

    Args:
        doc: The Doc.
        nominal: The description.
        antecedents: The names of the Doc.
        offices: Offices of the Doc, for "gubernur itu" and "Kepala Negara".
        lexicon: The words of the Doc's language.
    """
    head = doc[nominal.head]
    if head.lower_ in lexicon.carriers.get(nominal.type, ()):
        carried = antecedents.at(nominal.head + 1, lexicon.carried[nominal.type])
        if carried is None:
            # "perusahaan energi Gazprom" is Gazprom.
            carried = antecedents.ending(nominal.head + 1, nominal.end, lexicon.carried[nominal.type])
        if carried is not None:
            return (carried,)
    pair_type = _pair_type(doc, nominal, lexicon)
    if pair_type:
        heads = _heads_of_state(doc, nominal, antecedents, offices, lexicon)
        return (heads and _pair(head, pair_type, antecedents, heads)) or _pair(head, pair_type, antecedents)
    if nominal.end - nominal.start == 1 or nominal.demonstrative:
        office = _office_holder(doc, nominal, antecedents, offices, lexicon)
        if office:
            return office
    if nominal.demonstrative and nominal.type in {"Organization", "Country", "Person", "Place"}:
        nearest = next(antecedents.before(head, nominal.type), None)
        return (nearest[1],) if nearest else ()
    return ()


def _one_person(token: Token, antecedents: Antecedents) -> tuple[int, ...]:
    """A subject of this or the last sentences before any other person in them."""
    doc, best, best_rank = token.doc, None, (9, 9, 0)
    starts = [start for start in antecedents.sentence_starts if start <= token.i]
    for name, referent in antecedents.before(token, "Person"):
        back = sum(1 for start in starts if start > name.start)
        if back > _SENTENCES_BACK:
            break
        subject = any(t.dep_.startswith("nsubj") for t in doc[name.start : name.end])
        rank = (back, 0 if subject else 1, name.start if back == 0 and subject else -name.start)
        if rank < best_rank:
            best, best_rank = referent, rank
    return () if best is None else (best,)


def _several(token: Token, antecedents: Antecedents) -> tuple[int, ...]:
    """ "mereka": the last two that are joined by "dan" before it, people or countries, not far back."""
    doc = token.doc
    starts = [start for start in antecedents.sentence_starts if start <= token.i]
    reach = starts[-_PAIR_BACK] if len(starts) >= _PAIR_BACK else 0
    joined: list[tuple[int, ...]] = []
    pairs = zip(antecedents.names, antecedents.names[1:], antecedents.assigned, antecedents.assigned[1:], strict=False)
    for first, second, one, other in pairs:
        kinds = {antecedents.referents[one].type, antecedents.referents[other].type}
        near = reach <= first.start and second.end <= token.i and len(kinds) == 1 and kinds <= _SEVERAL
        if near and one != other and "dan" in doc[first.end : second.start].text.lower().split():
            joined.append((one, other))
    return joined[-1] if joined else _pair(token, "Person", antecedents)


def _heads_of_state(
    doc: Doc, nominal: Nominal, antecedents: Antecedents, offices: Sequence[Office], lexicon: Lexicon
) -> frozenset[int]:
    """The persons that "kedua pemimpin" can mean: not a spokesman who was named in between."""
    if doc[nominal.start + 1 : nominal.end].text.lower() not in lexicon.leaders:
        return frozenset()
    return frozenset(
        antecedents.assigned[office.person]
        for office in offices
        if office.person is not None and office.word in lexicon.leading_titles
    )


def _pair(token: Token, wanted: str, antecedents: Antecedents, among: frozenset[int] | None = None) -> tuple[int, ...]:
    """The two last things of a type, in the order in which they were named."""
    seen: list[int] = []
    for _, referent in antecedents.before(token, wanted):
        if referent not in seen and (among is None or referent in among):
            seen.append(referent)
        if len(seen) == 2:
            return seen[1], seen[0]
    return ()


def _speaker(token: Token, antecedents: Antecedents, claims: list[Claim]) -> tuple[int, ...]:
    speaker = speaker_of(claims, token.i)
    if speaker is None:
        return ()
    for name, referent in zip(antecedents.names, antecedents.assigned, strict=True):
        if name.start <= speaker < name.end:
            return (referent,)
    return ()


def _pair_type(doc: Doc, nominal: Nominal, lexicon: Lexicon) -> str | None:
    first = doc[nominal.start].lower_
    if first not in lexicon.pair_numerals or (first == "dua" and not nominal.demonstrative):
        return None
    words = doc[nominal.start + 1 : nominal.end].text.lower()
    return next((kind for kind, nouns in lexicon.pairs.items() if words in nouns), None)


def _office_holder(
    doc: Doc,
    nominal: Nominal,
    antecedents: Antecedents,
    offices: Sequence[Office],
    lexicon: Lexicon,
) -> tuple[int, ...]:
    word = doc[nominal.start : nominal.end].text.lower()
    if word in lexicon.heads_of_state:
        wanted: Mapping[str, bool] = {"presiden": True, "perdana menteri": True, "pm": True}
    else:
        wanted = {word: True}
    for office in reversed(offices):
        if office.person is not None and office.word in wanted and office.start < nominal.start:
            return (antecedents.assigned[office.person],)
    return ()
