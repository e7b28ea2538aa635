"""Offices read from titles beside names: "Presiden Rusia Vladimir Putin", "Goldwin Halim, CEO CryptoWave"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from graphkit.mentions.lexicon import Lexicon
from graphkit.mentions.names import Name, title_length

_WINDOW, _BACK, _RECENT = 14, 10, 60
_LINKS_TO_ORGANIZATION = frozenset({"dari", "pada", "di", "untuk", "bidang", "urusan"})
_LINKS_TO_PERSON = frozenset(
    {",", "selaku", "sebagai", "adalah", "merupakan", "yang", "menjabat", "juga", "kini", "dilantik", "menjadi", "("}
    | {"ditunjuk", "terpilih", "resmi", "mantan", "eks", "bekas", "seorang", "(", "saat", "ini", "–", "-"}
)
_ALSO = frozenset({"sekaligus", "dan", "merangkap"})
_COMPLEMENT_POS = frozenset({"NOUN", "ADJ", "PROPN", "NUM", "X"})


@dataclass(frozen=True, slots=True)
class Office:
    """An office that the text gives to a person.

    Args:
        person: Index of the person among the names; none for an office without its holder.
        organization: Index of the organization, country or place among the names, if named.
        record: Id of the record that the office implies where nothing is named ("Kapolri": the police).
        title: In English where one is common, else as written.
        word: The office in lower case, for descriptions such as "gubernur itu".
        status: "current", "former" or "incoming".
        start: First token of the title.
        end: One past the last token of the title.
    """

    person: int | None
    organization: int | None
    record: str | None
    title: str
    word: str
    status: str
    start: int
    end: int


@dataclass(slots=True)
class _Reading:
    """What was met while reading on from a title."""

    person: int | None = None
    organization: int | None = None
    complement: int = 0
    end: int = 0


def find_offices(doc: Doc, names: Sequence[Name], lexicon: Lexicon) -> list[Office]:
    """All offices in a Doc, in order.

    Args:
        doc: A tagged Doc.
        names: The Doc's names, as `find_names` gives them.
        lexicon: The words of the Doc's language.
    """
    at = {i: n for n, name in enumerate(names) for i in range(name.start, name.end)}
    offices: list[Office] = []
    i = 0
    while i < len(doc):
        length = 0 if i in at else title_length(doc, i, lexicon)
        if length:
            office = _read_office(doc, i, i + length, names, at, lexicon)
            offices.append(_inherit_country(doc, office, offices))
        i += max(length, 1)
    return [_of_known_country(office, offices, names) for office in offices]


def _read_office(
    doc: Doc, start: int, end: int, names: Sequence[Name], at: Mapping[int, int], lexicon: Lexicon
) -> Office:
    word = " ".join(token.lower_ for token in doc[start:end])
    reading = _read_on(doc, end, names, at, lexicon, national=_is_national(word, lexicon))
    person = reading.person if reading.person is not None else _person_before(doc, start, names, at)
    pointing = doc[reading.end].lower_ if reading.end < len(doc) else ""
    if person is None and reading.organization is not None and pointing in lexicon.pronouns["demonstratives"]:
        person = _last_person(start, names)
    title = lexicon.titles[word]
    if reading.complement > end and not (_is_national(word, lexicon) and title.endswith(("President", "PM"))):
        title = doc[start : reading.complement].text
    record = None
    if reading.organization is None:
        record = lexicon.title_organizations.get(word)
        if record is None and _is_national(word, lexicon):
            record = lexicon.home_country
    return Office(
        person=person,
        organization=reading.organization,
        record=record,
        title=title,
        word=word,
        status=_status(doc, start, end, lexicon),
        start=start,
        end=max(end, reading.complement),
    )


def _is_national(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.national_titles or word.startswith(lexicon.national_heads)


def _read_on(
    doc: Doc, start: int, names: Sequence[Name], at: Mapping[int, int], lexicon: Lexicon, *, national: bool
) -> _Reading:
    """Read "<complement> <organization> [,] <person>" after a title, as far as it goes."""
    reading = _Reading(complement=start)
    i, commas = start, 0
    while i < min(len(doc), start + _WINDOW) and not (i > start and doc[i].is_sent_start):
        token = doc[i]
        if i in at:
            name = names[at[i]]
            if name.type == "Person" and not _is_complement_name(doc, name, names, at, lexicon):
                reading.person = at[i]
                break
            if (
                _serves(name, names, reading, i, national=national, acronym=doc[i : name.end].text.isupper())
                and not commas
            ):
                reading.organization = at[i]
            elif reading.organization is None:
                reading.complement = name.end
            i = name.end
        elif token.text == "(":
            i = _after_bracket(doc, i)
        elif token.text == "," and national and _goes_on(doc, i):
            i += 1
        elif token.text == "," and not commas and _name_follows(doc, i + 1, names, at, lexicon):
            commas += 1
            i += 1
        elif token.text == "/" or (token.lower_ in _ALSO and title_length(doc, i + 1, lexicon)):
            # "Menteri Agraria/Kepala Badan X, Y": the holder stands behind the second title.
            length = title_length(doc, i + 1, lexicon)
            if not length:
                break
            second = _read_on(doc, i + 1 + length, names, at, lexicon, national=False)
            reading.person = second.person
            if reading.organization is None and not national:
                reading.organization = second.organization
            break
        elif token.lower_.rstrip(".") in lexicon.honorifics or (
            token.lower_ in _LINKS_TO_ORGANIZATION and reading.organization is None
        ):
            i += 1
        elif _is_complement(token, reading, commas):
            i += 1
            reading.complement = i if reading.organization is None else reading.complement
        else:
            break
    reading.end = i
    return reading


def _is_complement_name(doc: Doc, name: Name, names: Sequence[Name], at: Mapping[int, int], lexicon: Lexicon) -> bool:
    """Whether what looks like a person belongs to the title before: "Kepala *Bappeda Jabar*, Dedi Mulyadi, …"."""
    if name.sure or name.end >= len(doc):
        return False
    following = doc[name.end]
    if following.text in {"/", "("}:
        skipped = _after_bracket(doc, name.end) if following.text == "(" else name.end + 1
        return following.text == "/" and bool(title_length(doc, skipped, lexicon))
    if name.end in at and not following.is_sent_start:
        return True
    closed = following.text == "," and _name_follows(doc, name.end + 1, names, at, lexicon)
    if not closed:
        return False
    holder = next(names[at[i]] for i in range(name.end + 1, len(doc)) if i in at)
    after = doc[holder.end].lower_ if holder.end < len(doc) else ""
    telling = doc[name.start].text.isupper() or doc[name.start].lower_ in lexicon.functions
    return telling and after not in {"dan", "serta", "/"}


def _serves(name: Name, names: Sequence[Name], reading: _Reading, start: int, *, national: bool, acronym: bool) -> bool:
    """Whether an office is of what a name names: a minister's of a country, others' of the last name in a row."""
    if national:
        party = name.type == "Organization" and name.start == reading.complement and (name.sure or acronym)
        return (name.type == "Country" or party) and reading.organization is None
    if reading.organization is None:
        return True
    # "Direktur Operasional PT X": what looked like an organization was part of the title.
    before = names[reading.organization]
    return not before.sure and (before.end == start or name.sure or name.record is not None)


def _goes_on(doc: Doc, comma: int) -> bool:
    """ "Menteri Pendidikan Tinggi, Sains, dan Teknologi": a list of what a minister sees to."""
    following = [token.lower_ for token in doc[comma + 1 : comma + 5]]
    return following[:1] == ["dan"] or following[1:3] == [",", "dan"]


def _is_complement(token: Token, reading: _Reading, commas: int) -> bool:
    if commas or (token.pos_ not in _COMPLEMENT_POS and not token.text.istitle()) or token.is_punct:
        return token.lower_ == "dan" and not commas and token.nbor(1).text[0].isupper()
    return token.text[0].isupper() or reading.organization is None


def _after_bracket(doc: Doc, start: int) -> int:
    for i in range(start, min(len(doc), start + 6)):
        if doc[i].text == ")":
            return i + 1
    return len(doc)


def _name_follows(doc: Doc, start: int, names: Sequence[Name], at: Mapping[int, int], lexicon: Lexicon) -> bool:
    i = start
    while i < len(doc) and doc[i].lower_.rstrip(".") in lexicon.honorifics and i not in at:
        i += 1
    return i in at and names[at[i]].type == "Person"


def _last_person(start: int, names: Sequence[Name]) -> int | None:
    """ "…, kata Ketua Fraksi X itu" speaks of the person named last."""
    before = [n for n, name in enumerate(names) if name.end <= start and name.type == "Person"]
    return before[-1] if before and start - names[before[-1]].end < _RECENT else None


def _person_before(doc: Doc, start: int, names: Sequence[Name], at: Mapping[int, int]) -> int | None:
    """The holder before a title: "Budi Hartono (BH) selaku direktur", with nothing but linking words between."""
    i, bracket = start - 1, False
    while i >= max(doc[start].sent.start, start - _BACK):
        if doc[i].text == ")":
            bracket = True
        elif doc[i].text == "(":
            bracket = False
        elif not bracket:
            if i in at:
                return at[i] if names[at[i]].type == "Person" and i < start - 1 else None
            if doc[i].lower_ not in _LINKS_TO_PERSON:
                return None
        i -= 1
    return None


def _status(doc: Doc, start: int, end: int, lexicon: Lexicon) -> str:
    before = doc[start - 1].lower_ if start else ""
    after = doc[end].lower_ if end < len(doc) else ""
    if before in lexicon.former:
        return "former"
    return "incoming" if lexicon.incoming & {before, after} else "current"


def _inherit_country(doc: Doc, office: Office, earlier: Sequence[Office]) -> Office:
    """A second minister in a sentence serves the country of the first ("Menteri Keuangan AS … dan Menteri …")."""
    if office.record is None or not office.record.startswith("country/"):
        return office
    for other in _same_sentence(doc, office, earlier):
        joined = not any(token.pos_ == "VERB" for token in doc[other.end : office.start])
        if other.organization is not None and joined:
            return replace(office, organization=other.organization, record=None)
    return office


def _of_known_country(office: Office, offices: Sequence[Office], names: Sequence[Name]) -> Office:
    """ "Presiden Trump" serves the country that another place of the article gives to him."""
    if office.record is None or office.person is None:
        return office
    record = names[office.person].record
    for other in offices:
        same = other.person is not None and record is not None and names[other.person].record == record
        if same and other.organization is not None and names[other.organization].type == "Country":
            return replace(office, organization=other.organization, record=None)
    return office


def _same_sentence(doc: Doc, office: Office, earlier: Sequence[Office]) -> Iterator[Office]:
    sentence_start = doc[office.start].sent.start
    for other in reversed(earlier):
        if other.start < sentence_start:
            return
        if other.title.split()[0] == office.title.split()[0]:
            yield other
