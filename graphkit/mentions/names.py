"""Proper names in a Doc: from the knowledge base, the entity recogniser and runs of capitalised words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphkit.mentions.joins import Name, between_places, join_names, repeated_names
from graphkit.mentions.lexicon import Lexicon

_LABEL_TYPES = {"PER": "Person", "ORG": "Organization", "LOC": "Place"}
_INITIALS_LENGTH = 6
_QUOTES = frozenset({'"', "“", "‘", "'"})
_AGE = re.compile(r"[1-9]\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


def find_names(doc: Doc, known: Mapping[int, Name], lexicon: Lexicon, blocked: frozenset[int]) -> list[Name]:
    """All names of a Doc in order, none overlapping.

    Args:
        doc: A parsed Doc with ``ents``.
        known: Names of the knowledge base in this Doc, by their first token.
        lexicon: The words of the Doc's language.
        blocked: Tokens of amounts and times, which are no names.
    """
    anchors = _anchors(doc, known, lexicon, blocked)
    names = _read_runs(doc, anchors, lexicon, blocked)
    again = repeated_names(doc, names, lexicon.legal_forms)
    if again:
        # "PT Benang Sentosa" is named once in full: then "Benang Sentosa" is no person.
        names = _read_runs(doc, {**_without(anchors, again), **again}, lexicon, blocked)
    people = [_by_age(doc, name, lexicon) for name in join_names(doc, names, lexicon.event_tails)]
    return between_places(doc, [_with_year(doc, name) for name in _vote(doc, people, lexicon)])


def _read_runs(doc: Doc, anchors: Mapping[int, Name], lexicon: Lexicon, blocked: frozenset[int]) -> list[Name]:
    return [
        name
        for start, end in _runs(doc, anchors, lexicon, blocked)
        for name in _split_run(doc, start, end, anchors, lexicon)
    ]


def _without(anchors: Mapping[int, Name], again: Mapping[int, Name]) -> dict[int, Name]:
    """The anchors that do not overlap those that stand for a name found elsewhere."""
    taken = {i for name in again.values() for i in range(name.start, name.end)}
    return {start: name for start, name in anchors.items() if taken.isdisjoint(range(name.start, name.end))}


def _by_age(doc: Doc, name: Name, lexicon: Lexicon) -> Name:
    """ "AR (15)" and "berinisial AR" are people, though they look like acronyms."""
    if name.sure or name.record is not None or name.type == "Person":
        return name
    after = [token.text for token in doc[name.end : name.end + 3]]
    aged = len(after) == 3 and after[0] == "(" and after[2] in {")", "tahun"} and _AGE.fullmatch(after[1])
    called = name.start and doc[name.start - 1].lower_ in lexicon.initials
    return replace(name, type="Person", sure=True) if aged or called else name


def _with_year(doc: Doc, name: Name) -> Name:
    """An event's year belongs to its name: "Piala Presiden 2025" is another cup than that of 2024."""
    year = name.type == "Event" and name.end < len(doc) and _YEAR.fullmatch(doc[name.end].text)
    return replace(name, end=name.end + 1) if year else name


def title_length(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """Tokens of the longest known office that begins at a token; 0 if none does."""
    longest = lexicon.title_openings.get(doc[start].lower_, 0) if start < len(doc) else 0
    words = [token.lower_ for token in doc[start : start + longest]] if longest else []
    for length in range(len(words), 0, -1):
        if " ".join(words[:length]) in lexicon.titles:
            return length
    return 0


def _anchors(doc: Doc, known: Mapping[int, Name], lexicon: Lexicon, blocked: frozenset[int]) -> dict[int, Name]:
    """Names that the knowledge base or the recogniser gives, by first token; the longer one wins."""
    found = dict(known)
    for ent in doc.ents:
        start, end = _trim(doc, ent.start, ent.end, lexicon)
        if ent.label_ == "PER":
            start = _after_place(start, end, known)
        if start >= end or ent.label_ not in _LABEL_TYPES or not blocked.isdisjoint(range(start, end)):
            continue
        if end - start == 1 and doc[start].lower_ in lexicon.never_names:
            continue
        inside = next((found[i] for i in range(start, end) if i in found and found[i].end > end), None)
        if inside is None and (start not in found or found[start].end < end):
            found[start] = Name(start, end, _LABEL_TYPES[ent.label_])
    return _with_first_names(doc, found, lexicon, blocked)


def _with_first_names(
    doc: Doc, anchors: Mapping[int, Name], lexicon: Lexicon, blocked: frozenset[int]
) -> dict[int, Name]:
    """A first name that the recogniser left out: "Komisi X DPR RI *Lalu* Hadrian Irfani"."""
    covered = {i for name in anchors.values() for i in range(name.start, name.end)}
    found: dict[int, Name] = {}
    for start, name in anchors.items():
        first = start
        while first and name.type == "Person" and not name.record and start - first < 2:
            token = doc[first - 1]
            taken = first - 1 in covered or first - 1 in blocked or token.is_sent_start or doc[first].is_sent_start
            if taken or not _may_be_first_name(token, lexicon):
                break
            first -= 1
        found[first] = replace(name, start=first) if first < start else name
    return found


def _may_be_first_name(token: Token, lexicon: Lexicon) -> bool:
    word = token.lower_.rstrip(".")
    known = word in lexicon.head_types or word in lexicon.honorifics or word in lexicon.functions
    before = token.nbor(-1).text if token.i else ""
    # Behind a lower-case word a capital is more often a title, a rank or a nickname of something else.
    return (
        token.text.istitle()
        and token.text.isalpha()
        and len(token) > 2
        and token.pos_ == "PROPN"
        and (before.isupper() or before == ")")
        and not known
        and not title_length(token.doc, token.i, lexicon)
        and word not in lexicon.noun_types
    )


def _after_place(start: int, end: int, known: Mapping[int, Name]) -> int:
    """A person's name does not begin with a country: "Presiden Lebanon Joseph Aoun"."""
    first = known.get(start)
    if first is None or first.end >= end:
        return start
    # "Gresik Raya" may be a club, "Lebanon Joseph Aoun" is a country and its president.
    alone = first.type == "Country" or (first.type == "Place" and end - first.end > 1)
    return first.end if alone else start


def _trim(doc: Doc, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Drop titles, honorifics and punctuation from the edges of a recognised span."""
    start += _rest_of_title(doc, start, lexicon)
    while start < end:
        length = title_length(doc, start, lexicon)
        if length and start + length < end:
            start += length
        elif doc[start].lower_.rstrip(".") in lexicon.honorifics or doc[start].is_punct or doc[start].is_space:
            start += 1
        else:
            break
    # "Madiun AKBP Budi": a rank begins the next name.
    end = next((i for i in range(start + 1, end) if doc[i].lower_ in lexicon.ranks), end)
    end = next((i for i in range(start + 1, end) if _breaks(doc, i, end, lexicon)), end)
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return start, end


def _breaks(doc: Doc, i: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a recognised span cannot go on: a verb inside it, or a title that begins in it and ends outside."""
    verb = doc[i].text.islower() and doc[i].pos_ == "VERB"
    return verb or i + title_length(doc, i, lexicon) > end


def _runs(
    doc: Doc, anchors: Mapping[int, Name], lexicon: Lexicon, blocked: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that look like names, one or several side by side."""
    covered = {i for name in anchors.values() for i in range(name.start, name.end)}
    start: int | None = None
    for token in [*doc, None]:
        inside = token is not None and token.i not in blocked and _continues(token, start, covered, lexicon)
        if inside and start is None:
            start = token.i
        elif start is not None and (not inside or token.is_sent_start):
            yield start, len(doc) if token is None else token.i
            start = token.i if inside else None


def _continues(token: Token, start: int | None, covered: set[int], lexicon: Lexicon) -> bool:
    if token.i in covered:
        return True
    if token.text[0].isupper():
        if token.lower_ in lexicon.never_names:
            return False
        opens = token.is_sent_start or (start is None and token.nbor(-1).text in _QUOTES)
        return not opens or token.pos_ == "PROPN" or token.lower_ in lexicon.head_types
    if start is None or token.is_sent_start:
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    capital_follows = following is not None and following.text[0].isupper() and not following.is_sent_start
    if token.is_digit or (token.text[0].isdigit() and not capital_follows and len(token) < 5):
        return token.nbor(-1).text[0].isupper()
    first_is_organization = lexicon.head_types.get(token.doc[start].lower_) == "Organization"
    joins = token.lower_ in lexicon.connectors or (
        first_is_organization and token.lower_ in lexicon.organization_connectors
    )
    return joins and capital_follows and token.i - 1 not in covered


def _split_run(doc: Doc, start: int, end: int, anchors: Mapping[int, Name], lexicon: Lexicon) -> Iterator[Name]:
    i, after_title = start + _rest_of_title(doc, start, lexicon), False
    while i < end:
        while after_title and i < end - 1 and doc[i].lower_ in lexicon.functions and not _is_sure(anchors, i):
            # "Direktur *Riset* Prasasti": what a holder sees to is no part of the organization's name.
            stop = anchors[i].end if i in anchors else i + 1
            if stop > i + 1:
                anchors = {**anchors, i + 1: replace(anchors[i], start=i + 1)}
            i += 1
        skipped = _prefix_length(doc, i, end, lexicon)
        head_type = lexicon.head_types.get(doc[i].lower_) if doc[i].text[0].isupper() else None
        anchor = anchors.get(i)
        if skipped and not (anchor and anchor.sure):
            ranked = doc[i].lower_ in lexicon.ranks
            i, after_title = i + skipped, True
            while ranked and i < end and doc[i].lower_ in lexicon.honorifics:
                i += 1
            stop = _end_of_person(doc, i, end, anchors) if ranked else i
            if stop > i:
                yield Name(i, stop, "Person")
                i, after_title = stop, False
            continue
        if head_type and not (anchor and anchor.sure and anchor.end - i > 1) and i + 1 < end:
            stop = _end_of_headed(doc, i, end, anchors, lexicon)
            name = Name(i, stop, head_type, sure=True)
        elif anchor:
            stop, name = anchor.end, anchor
            abroad = anchors.get(anchor.end) if head_type else None
            if abroad is not None and abroad.type == "Country" and abroad.end <= end:
                # "Kementerian Luar Negeri China" is not the ministry that the knowledge base has.
                stop = abroad.end
                name = Name(i, stop, anchor.type, sure=True)
        else:
            stop = _next_anchor(doc, i, end, anchors, lexicon)
            name = None if after_title else _unknown(doc, i, stop)
        if name is not None and name.end > name.start:
            yield name
        i, after_title = max(stop, i + 1), False


def _rest_of_title(doc: Doc, start: int, lexicon: Lexicon) -> int:
    """Tokens at a place that belong to a title begun before it: "Direktur *Utama* Sagara Pangan"."""
    for back in range(1, min(start, lexicon.longest_title - 1) + 1):
        length = title_length(doc, start - back, lexicon)
        if length > back:
            return length - back
    return 0


def _is_sure(anchors: Mapping[int, Name], token: int) -> bool:
    return token in anchors and anchors[token].sure


def _end_of_person(doc: Doc, start: int, end: int, anchors: Mapping[int, Name]) -> int:
    """What stands behind a rank is a person, however the recogniser cut it up."""
    i = start
    while i < end and doc[i].text[0].isupper() and doc[i].text.replace(".", "").isalpha():
        if i in anchors and anchors[i].sure and anchors[i].type != "Person":
            break
        i += 1
    return i


def _prefix_length(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    length = title_length(doc, start, lexicon)
    if length and start + length <= end:
        return length
    if start + 1 < end and doc[start].lower_.rstrip(".") in lexicon.honorifics:
        return 1
    return 0


def _end_of_headed(doc: Doc, start: int, end: int, anchors: Mapping[int, Name], lexicon: Lexicon) -> int:
    """A name that begins with its type runs on to the next person, rank, comma or bracket."""
    for i in range(start + 1, end):
        anchor = anchors.get(i)
        if i > start + 1 and doc[i].lower_ in lexicon.ranks:
            return i
        # What stands right behind the head belongs to the name, whatever the recogniser takes it for.
        if doc[i].text in {",", "(", ")", '"', ";", ":"} or (i > start + 1 and anchor and anchor.type == "Person"):
            return i
    return end


def _next_anchor(doc: Doc, start: int, end: int, anchors: Mapping[int, Name], lexicon: Lexicon) -> int:
    for i in range(start + 1, end):
        if i in anchors or (doc[i].is_punct and doc[i].text not in {"-", "–", "&", "/", "."}):
            return i
        if title_length(doc, i, lexicon):
            return i
    return end


def _unknown(doc: Doc, start: int, end: int) -> Name | None:
    """A capitalised stretch that neither source knows: its surroundings decide what it may be."""
    while end > start and not doc[end - 1].text[0].isalnum():
        end -= 1
    while start < end and not doc[start].text[0].isalpha():
        start += 1
    if start >= end or (doc[start].is_sent_start and end - start == 1 and not _is_acronym(doc[start].text)):
        return None
    before = doc[start - 1].lower_ if start and not doc[start].is_sent_start else ""
    text = doc[start:end].text
    if before in {"di", "ke", "dari"}:
        return Name(start, end, "Place")
    if _is_acronym(text):
        return Name(start, end, "Organization")
    if any(character.isdigit() for character in text):
        return Name(start, end, "Product")
    return Name(start, end, "Person" if end - start in {2, 3} and doc[start].dep_ == "nsubj" else "Organization")


def _is_acronym(text: str) -> bool:
    return text.isupper() and 1 < len(text) <= _INITIALS_LENGTH


def _by_carrier(doc: Doc, name: Name, lexicon: Lexicon) -> Name:
    """What an event word announces is an event: "ajang Anugerah Kota Hijau"."""
    announced = name.start and doc[name.start - 1].lower_ in lexicon.carriers["Event"]
    return replace(name, type="Event", sure=True) if announced and not name.sure and name.end - name.start > 1 else name


def _vote(doc: Doc, names: list[Name], lexicon: Lexicon) -> list[Name]:
    """One name, one type in an article: what data says, else what the recogniser says most often."""
    votes: dict[str, Counter[tuple[bool, str]]] = {}
    names = [_by_carrier(doc, name, lexicon) for name in names]
    for name in names:
        key = doc[name.start : name.end].text.casefold()
        votes.setdefault(key, Counter())[(name.sure, name.type)] += 1
    winners = {
        key: max(counter.items(), key=lambda item: (item[0][0], item[1], item[0][1]))[0][1]
        for key, counter in votes.items()
    }
    return [
        name if name.record else replace(name, type=winners[doc[name.start : name.end].text.casefold()])
        for name in names
    ]
