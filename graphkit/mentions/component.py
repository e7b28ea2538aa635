"""The pipeline step ``graphkit_mentions``: writes what a Doc talks about into ``doc.user_data`` as plain data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from graphkit.knowledge import KnowledgeBase
from graphkit.mentions.claims import Claim, find_claims
from graphkit.mentions.lexicon import Lexicon, load_lexicon
from graphkit.mentions.names import Name, find_names
from graphkit.mentions.nominals import Nominal, find_nominals
from graphkit.mentions.offices import Office, find_offices
from graphkit.mentions.parts import Part, find_parts
from graphkit.mentions.pronouns import Antecedents, resolve_nominal, resolve_pronoun
from graphkit.mentions.referents import Referent, group_names
from graphkit.model import Mention
from graphkit.qualifiers import find_amounts, find_times, weekday_numbers

MENTIONS, REFERENTS = "graphkit.mentions", "graphkit.referents"
OFFICES, CLAIMS, PARTS = "graphkit.offices", "graphkit.claims", "graphkit.parts"

_SEATS = frozenset({"capital", "government"})
_SPEAKER_TYPES = frozenset({"Person", "Organization", "Country", "Group"})


@dataclass(slots=True)
class Detection:
    """What a Doc talks about, before it is written down.

    Args:
        mentions: In order; each may refer to none, one or several referents.
        referents: The things referred to.
        offices: Offices read from titles, with indexes of referents.
        claims: Who says what, with indexes of mentions.
        parts: Units named together with what they are part of, with indexes of referents.
    """

    mentions: list[Mention] = field(default_factory=list)
    referents: list[Referent] = field(default_factory=list)
    offices: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    parts: list[dict[str, Any]] = field(default_factory=list)


@Language.factory(
    "graphkit_mentions",
    default_config={"entities": []},
    requires=["doc.ents", "token.dep", "token.pos"],
)
def create_mentions(nlp: Language, name: str, entities: list[str]) -> MentionDetector:
    """Make the step.

    Args:
        entities: Paths of JSONL files with entity records of the user's own.
    """
    return MentionDetector(nlp, [Path(path) for path in entities])


def mentions_of(doc: Doc) -> tuple[Mention, ...]:
    """The mentions of a Doc that ran through ``graphkit_mentions``; also ``doc._.mentions``."""
    return tuple(
        Mention(**{**entry, "referents": tuple(entry["referents"])}) for entry in doc.user_data.get(MENTIONS, ())
    )


class MentionDetector:
    """Finds mentions and groups them by what they refer to.

    Args:
        nlp: The pipeline; its tokenizer reads the names of the knowledge base.
        entities: Files with further entity records.
    """

    def __init__(self, nlp: Language, entities: Sequence[Path] = ()) -> None:
        self._lexicon = load_lexicon(nlp.lang)
        self._knowledge = KnowledgeBase.load(nlp.lang, tuple(entities))
        self._matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
        aliases = sorted({alias for alias, _, _ in self._knowledge.names()})
        self._matcher.add("known", list(nlp.tokenizer.pipe(aliases)))
        if not Doc.has_extension("mentions"):
            Doc.set_extension("mentions", getter=mentions_of)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.detect(doc))
        return doc

    def detect(self, doc: Doc) -> Detection:
        """Find the mentions of a Doc without changing it."""
        names = find_names(doc, self._known_names(doc), self._lexicon, _figures(doc))
        referents, assigned = group_names(doc, names)
        draft = _Draft(doc, names, assigned, referents, self._lexicon, self._knowledge)
        draft.add_offices(find_offices(doc, names, self._lexicon))
        draft.add_parts(find_parts(doc, names, self._lexicon))
        draft.add_nominals(find_nominals(doc, draft.named, self._lexicon))
        draft.add_claims(find_claims(doc, draft.possible_speakers(), self._lexicon))
        draft.add_pronouns()
        return draft.finish()

    def set_annotations(self, doc: Doc, detection: Detection) -> None:
        """Write what was found into ``doc.user_data``."""
        doc.user_data[MENTIONS] = [asdict(mention) for mention in detection.mentions]
        doc.user_data[REFERENTS] = [asdict(referent) for referent in detection.referents]
        doc.user_data[OFFICES] = detection.offices
        doc.user_data[CLAIMS] = detection.claims
        doc.user_data[PARTS] = detection.parts

    def _known_names(self, doc: Doc) -> dict[int, Name]:
        spans = filter_spans(self._matcher(doc, as_spans=True))
        return {span.start: self._known_name(doc, span.start, span.end) for span in spans}

    def _known_name(self, doc: Doc, start: int, end: int) -> Name:
        matches = self._knowledge.find(doc[start:end].text)
        seats = [match for match in matches if match.kind in _SEATS]
        places = [match for match in matches if match.record.type == "Place"]
        if seats and self._reads_as_city(doc, start):
            record = places[0].record.id if places else None
            return Name(start, end, "Place", record, None, sure=True)
        best = seats[0] if seats else matches[0]
        if best.kind == "capital" and best.record.id == self._lexicon.home_country:
            # The home capital is in every article as a city, hardly ever as the government.
            return Name(start, end, "Place", places[0].record.id if places else None, None, sure=True)
        return Name(start, end, best.record.type, best.record.id, best.kind, sure=True)

    def _reads_as_city(self, doc: Doc, start: int) -> bool:
        return bool(start) and doc[start - 1].lower_ in self._lexicon.locative


def _figures(doc: Doc) -> frozenset[int]:
    """Tokens of amounts and times: "Rp 2,5 triliun" and "Kamis (5/6)" hold capitals but no names."""
    # Only places matter here, and "Kamis" has one whatever the date of the article.
    times = find_times(doc.text, dt.date(2000, 1, 1), doc.lang_)
    found = [*find_amounts(doc.text, doc.lang_), *times]
    spans = (doc.char_span(item.start, item.end, alignment_mode="expand") for item in found)
    weekdays = {token.i for token in doc if token.lower_ in weekday_numbers(doc.lang_)}
    return frozenset(token.i for span in spans if span is not None for token in span) | weekdays


class _Draft:
    """A detection in the making; each method adds one layer to those before it."""

    def __init__(
        self,
        doc: Doc,
        names: Sequence[Name],
        assigned: Sequence[int],
        referents: list[Referent],
        lexicon: Lexicon,
        knowledge: KnowledgeBase,
    ) -> None:
        self.named = {i: n for n, name in enumerate(names) for i in range(name.start, name.end)}
        self._doc, self._names, self._assigned = doc, names, assigned
        self._lexicon, self._knowledge = lexicon, knowledge
        self._referents = referents
        self._antecedents = Antecedents(names, assigned, tuple(referents), [sentence.start for sentence in doc.sents])
        self._offices: list[Office] = []
        self._claims: list[Claim] = []
        self._parts: list[dict[str, Any]] = []
        self._spans: list[tuple[int, int, int, str, str, tuple[int, ...]]] = [
            (name.start, name.end, self._head(name.start, name.end), referents[r].type, "name", (r,))
            for name, r in zip(names, assigned, strict=True)
        ]

    def add_offices(self, offices: Sequence[Office]) -> None:
        self._offices = list(offices)
        for office in offices:
            if office.person is not None:
                self._referents[self._assigned[office.person]].context.append(office.title)

    def add_parts(self, parts: Sequence[Part]) -> None:
        for part in parts:
            name = self._names[part.name]
            whole = self._doc[part.start : name.end].text
            self._parts.append(
                {
                    "part": self._assigned[part.name],
                    "whole": self._named(whole, "Organization"),
                    "start": self._doc[part.start].idx,
                    "end": self._end_of(name.end),
                }
            )

    def add_nominals(self, nominals: Sequence[Nominal]) -> None:
        described: dict[tuple[str, str], int] = {}
        for nominal in nominals:
            if self._is_title_of_name(nominal):
                continue
            resolved = self._government(nominal) or resolve_nominal(
                self._doc, nominal, self._antecedents, self._offices, self._lexicon
            )
            kind = nominal.type
            resolved = resolved or self._same_event(nominal)
            if resolved:
                kind = self._referents[resolved[0]].type
                self._describe(nominal, resolved)
            else:
                resolved = (self._described(nominal, described),)
            self._spans.append((nominal.start, nominal.end, nominal.head, kind, "nominal", resolved))

    def add_claims(self, claims: list[Claim]) -> None:
        self._claims = claims

    def add_pronouns(self) -> None:
        words = set().union(*self._lexicon.pronouns.values()) - self._lexicon.pronouns["demonstratives"]
        for token in self._doc:
            if token.lower_ not in words or token.i in self.named:
                continue
            resolved = resolve_pronoun(token, self._antecedents, self._claims, self._lexicon)
            kind = self._referents[resolved[0]].type if resolved else "Person"
            self._spans.append((token.i, token.i + 1, token.i, kind, "pronoun", resolved))

    def possible_speakers(self) -> dict[int, int]:
        """Tokens of mentions that can say something, to the first token of the mention."""
        found = {}
        for start, end, head, kind, mention_kind, _ in self._spans:
            if kind in _SPEAKER_TYPES:
                for i in range(start, end) if mention_kind == "name" else (head,):
                    found.setdefault(i, start)
        for office in self._offices:
            holder = None if office.person is None else self._names[office.person].start
            if holder is not None and office.start < holder:
                # "kata Direktur Batu Bara PT X, Tri Winarno": the holder speaks, not what the title names.
                found |= dict.fromkeys(range(office.start, holder), holder)
        for token in self._doc:
            if token.lower_ in self._lexicon.pronouns["person"]:
                found.setdefault(token.i, token.i)
        return found

    def finish(self) -> Detection:
        spans = sorted(set(self._spans))
        by_start = {span[0]: n for n, span in reversed(list(enumerate(spans)))}
        return Detection(
            mentions=[self._mention(span) for span in spans],
            referents=self._referents,
            offices=[self._office(office) for office in self._offices],
            claims=[
                {
                    "start": self._doc[claim.start].idx,
                    "end": self._end_of(claim.end),
                    "speaker": by_start[claim.speaker],
                    "quoted": claim.quoted,
                }
                for claim in self._claims
                if claim.speaker in by_start
            ],
            parts=self._parts,
        )

    def _mention(self, span: tuple[int, int, int, str, str, tuple[int, ...]]) -> Mention:
        start, end, head, kind, mention_kind, resolved = span
        text = self._doc[start:end]
        return Mention(text.start_char, text.end_char, text.text, kind, mention_kind, self._doc[head].idx, resolved)

    def _office(self, office: Office) -> dict[str, Any]:
        organization = None
        if office.organization is not None:
            organization = self._unit(office, self._known_country(office, self._assigned[office.organization]))
        elif office.record is not None:
            organization = self._referent_of_record(self._country_of(office.person) or office.record)
        return {
            "person": None if office.person is None else self._assigned[office.person],
            "organization": organization,
            "title": office.title,
            "word": office.word,
            "status": office.status,
            "implied": office.organization is None,
            "start": self._doc[office.start].idx,
            "end": self._end_of(office.end),
        }

    def _known_country(self, office: Office, organization: int) -> int:
        """A head of state who is known serves his own country, whatever country is named beside him."""
        record = self._country_of(office.person)
        other = self._referents[organization].type == "Country" and self._referents[organization].record != record
        national = office.word in self._lexicon.leading_titles
        return self._referent_of_record(record) if record is not None and other and national else organization

    def _unit(self, office: Office, place: int) -> int:
        """What an office at a place heads: "Kapolres Madiun" heads "Polres Madiun"."""
        unit = self._lexicon.title_units.get(office.word)
        if unit is None or self._referents[place].type != "Place":
            return place
        name = self._names[office.organization] if office.organization is not None else None
        where = self._referents[place].name if name is None else self._doc[name.start : name.end].text
        return self._named(f"{unit} {where}", "Organization")

    def _named(self, name: str, kind: str) -> int:
        """The referent of a name that stands inside another one, or nowhere."""
        for index, referent in enumerate(self._referents):
            if referent.type == kind and name in referent.names:
                return index
        record = next((m.record.id for m in self._knowledge.find(name) if m.record.type == kind), None)
        if record is not None:
            return self._referent_of_record(record)
        self._referents.append(Referent(name, kind, [name]))
        return len(self._referents) - 1

    def _country_of(self, person: int | None) -> str | None:
        """The country that a known person is known to serve: "Presiden Putin" needs no "Rusia"."""
        record_id = None if person is None else self._referents[self._assigned[person]].record
        record = None if record_id is None else self._knowledge.get(record_id)
        positions = () if record is None else record.positions
        matches = (match.record for position in positions for match in self._knowledge.find(position))
        return next((found.id for found in matches if found.type == "Country"), None)

    def _end_of(self, token: int) -> int:
        last = self._doc[token - 1]
        return last.idx + len(last)

    def _head(self, start: int, end: int) -> int:
        return self._doc[start:end].root.i

    def _is_title_of_name(self, nominal: Nominal) -> bool:
        return any(office.person is not None and office.start <= nominal.head < office.end for office in self._offices)

    def _government(self, nominal: Nominal) -> tuple[int, ...]:
        """The country meant by "pemerintah Rusia", or by "pemerintah" alone."""
        word = self._doc[nominal.head].lower_
        if word in self._lexicon.possessed_by_country:
            owner = self.named.get(nominal.head + 1)
            if owner is not None and self._referents[self._assigned[owner]].type == "Country":
                return (self._assigned[owner],)
        if word in self._lexicon.government_nouns and nominal.end - nominal.start == 1:
            return (self._referent_of_record(self._lexicon.home_country),)
        return ()

    def _same_event(self, nominal: Nominal) -> tuple[int, ...]:
        """ "Pertemuan itu" is the last meeting that was spoken of, "acara tersebut" the last event of any kind."""
        if nominal.type != "Event" or not nominal.demonstrative:
            return ()
        word = self._doc[nominal.head].lower_
        events = [span for span in self._spans if span[3] == "Event" and span[1] <= nominal.start and span[5]]
        alike = [span for span in events if word in {self._doc[span[0]].lower_, self._doc[span[2]].lower_}]
        found = alike or (events if word in self._lexicon.any_event else [])
        return max(found, key=lambda span: span[1])[5] if found else ()

    def _describe(self, nominal: Nominal, resolved: Sequence[int]) -> None:
        """Keep the words by which a thing that is no person was meant once more."""
        referent = self._referents[resolved[0]]
        if len(resolved) > 1 or referent.type in {"Person", "Country"}:
            return
        for words in self._words(nominal):
            if words not in (*referent.names, *referent.descriptions):
                referent.descriptions.append(words)

    def _words(self, nominal: Nominal) -> Iterator[str]:
        """The strings of a description: with its demonstrative, with a short form, and its core without a place."""
        doc, end = self._doc, nominal.end
        following = doc[end].lower_ if end < len(doc) else ""
        if nominal.demonstrative and following in self._lexicon.pronouns["demonstratives"]:
            yield doc[nominal.start : end + 1].text
        else:
            yield doc[nominal.start : end].text
        if following == "(" and end + 2 < len(doc) and doc[end + 2].text == ")" and doc[end + 1].text.isupper():
            yield doc[nominal.start : end + 3].text
            name = self.named.get(end + 3)
            if name is not None and not doc[end + 3].is_sent_start:
                yield doc[nominal.start : self._names[name].end].text
        if nominal.type == "Event" and nominal.core < end:
            yield doc[nominal.start : nominal.core].text

    def _described(self, nominal: Nominal, described: dict[tuple[str, str], int]) -> int:
        text = self._doc[nominal.start : nominal.end].text
        key = (nominal.type, text.casefold())
        if key not in described:
            described[key] = len(self._referents)
            self._referents.append(Referent(text, nominal.type, [text], described=True))
        self._describe(nominal, (described[key],))
        return described[key]

    def _referent_of_record(self, record_id: str) -> int:
        for index, referent in enumerate(self._referents):
            if referent.record == record_id:
                return index
        record = self._knowledge.get(record_id)
        if record is None:
            raise LookupError(f"the language pack names {record_id!r}, which the knowledge base does not have")
        self._referents.append(Referent(record.name, record.type, [], record_id))
        return len(self._referents) - 1
