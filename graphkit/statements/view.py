"""A Doc with its mentions laid over its tokens: what frames look at."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from spacy.tokens import Doc, Span, Token

from graphkit.language import article_data
from graphkit.mentions import mentions_of
from graphkit.mentions.claims import quotations
from graphkit.mentions.component import CLAIMS, OFFICES, PARTS, REFERENTS
from graphkit.model import Mention
from graphkit.qualifiers import FoundAmount, FoundTime, find_amounts, find_times
from graphkit.schema import Relation, relations
from graphkit.statements.lists import Filler, list_members

_CONJOINED = frozenset({"conj"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class DocView:
    """Tokens, mentions, referents, claims, amounts and times of one Doc.

    Args:
        doc: A Doc that ran through ``graphkit_mentions``.
        language: Its language code.
        schema: The relations that may be read; those that ship unless given.
    """

    def __init__(self, doc: Doc, language: str, schema: Mapping[str, Relation] | None = None) -> None:
        self.doc = doc
        self.language = language
        self.schema = relations() if schema is None else schema
        self.mentions = mentions_of(doc)
        self.referents: list[Mapping[str, Any]] = doc.user_data.get(REFERENTS, [])
        self.offices: list[Mapping[str, Any]] = doc.user_data.get(OFFICES, [])
        self.claims: list[Mapping[str, Any]] = doc.user_data.get(CLAIMS, [])
        self.parts: list[Mapping[str, Any]] = doc.user_data.get(PARTS, [])
        self._starts = [token.idx for token in doc]
        self.token_at = {start: i for i, start in enumerate(self._starts)}
        self._by_token = self._lay_mentions()
        self._holders = self._lay_offices()

    @cached_property
    def text(self) -> str:
        """The Doc's text; ``Doc.text`` puts it together anew at every call."""
        return self.doc.text

    @cached_property
    def published(self) -> dt.date | None:
        """The date of the article, if the Doc carries one."""
        date = article_data(self.doc).get("date")
        return dt.date.fromisoformat(date) if date else None

    @cached_property
    def amounts(self) -> list[FoundAmount]:
        """Amounts of the whole Doc, with its character offsets."""
        return find_amounts(self.text, self.language)

    @cached_property
    def times(self) -> list[FoundTime]:
        """Times of the whole Doc, with its character offsets."""
        return find_times(self.text, self.published, self.language)

    @cached_property
    def event_date(self) -> str | None:
        """The day that the article reports: the first past day that it names, as news opens with what happened when."""
        last = "" if self.published is None else self.published.isoformat()
        return next((time.iso for time in self.times if _DAY.fullmatch(time.iso) and time.iso <= last), None)

    @cached_property
    def sentence_index(self) -> dict[int, int]:
        """Index of a sentence by its first token."""
        return {sentence.start: n for n, sentence in enumerate(self.doc.sents)}

    @cached_property
    def titles(self) -> frozenset[int]:
        """Tokens of offices, and of the organizations between an office and its holder."""
        found: set[int] = set()
        for office in self.offices:
            if office["person"] is not None:
                tokens = self.tokens_in(office["start"], office["end"])
                holder = self._holder_after(tokens.stop, office["person"])
                found.update(range(tokens.start, tokens.stop if holder is None else holder))
        return frozenset(found)

    def _holder_after(self, start: int, person: int) -> int | None:
        for i in range(start, min(start + 14, len(self.doc))):
            mention = self.mention_at(i)
            if mention is not None and mention.kind == "name" and person in mention.referents:
                return i
        return None

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [sentence.end for sentence in self.doc.sents]

    def sentence(self, token: int) -> Span:
        """The sentence of a token; ``Token.sent`` looks through the whole Doc at every call."""
        n = bisect.bisect_right(self._sentence_ends, token)
        return self.doc[self._sentence_ends[n - 1] if n else 0 : self._sentence_ends[n]]

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens of a stretch of characters that begins and ends with tokens."""
        return range(self.token_at[start], bisect.bisect_left(self._starts, end))

    def claim_at(self, offset: int) -> Mapping[str, Any] | None:
        """The narrowest claim around a character."""
        around = [claim for claim in self.claims if claim["start"] <= offset < claim["end"]]
        return min(around, key=lambda claim: (claim["end"] - claim["start"], claim["start"]), default=None)

    def quoted(self, token: int) -> bool:
        """Whether a token stands inside quotation marks."""
        return any(start <= token < end for start, end in self._quotations)

    @cached_property
    def _quotations(self) -> list[tuple[int, int]]:
        return list(quotations(self.doc))

    def type_of(self, referent: int) -> str:
        return str(self.referents[referent]["type"])

    def mention_at(self, token: int) -> Mention | None:
        """The mention that covers a token, or that has it as its head."""
        index = self._by_token.get(token)
        return None if index is None else self.mentions[index]

    def filler(self, token: Token, direct: bool = True) -> Filler | None:
        """What a token refers to: its mention, or the person whose title it is."""
        holder = self._holders.get(token.i)
        if holder is not None:
            return Filler(token.i, (holder,), "name", direct)
        mention = self.mention_at(token.i)
        if mention is None or not mention.referents:
            return None
        return Filler(token.i, mention.referents, mention.kind, direct)

    def fillers(self, token: Token, direct: bool = True) -> list[Filler]:
        """What a token, everything coordinated with it and the members listed after it refer to."""
        found = [self.filler(part, direct) for part in coordinated(token)]
        fillers = [filler for filler in found if filler is not None]
        listed = list_members(self, token) if fillers else []
        known = {referent for filler in fillers for referent in filler.referents}
        return fillers + [filler for filler in listed if known.isdisjoint(filler.referents)]

    def starts_mention(self, token: Token) -> bool:
        mention = self.mention_at(token.i)
        return token.i in self._holders or (mention is not None and mention.start == token.idx)

    def _lay_mentions(self) -> dict[int, int]:
        by_token: dict[int, int] = {}
        # Names over pronouns over descriptions: a name inside a description speaks for its own tokens.
        order = {"nominal": 0, "pronoun": 1, "name": 2}
        for index, mention in sorted(enumerate(self.mentions), key=lambda item: order[item[1].kind]):
            if mention.kind == "name":
                by_token |= dict.fromkeys(self.tokens_in(mention.start, mention.end), index)
            else:
                by_token[self.token_at[mention.head]] = index
        return by_token

    def _lay_offices(self) -> dict[int, int]:
        holders: dict[int, int] = {}
        for office in self.offices:
            if office["person"] is not None:
                holders |= dict.fromkeys(self.tokens_in(office["start"], office["end"]), office["person"])
        # A title after its holder ("X, direktur Y") is a predicate, not another mention of the holder.
        return {i: person for i, person in holders.items() if self._title_precedes(i, person)}

    def _title_precedes(self, token: int, person: int) -> bool:
        sentence = self.sentence(token)
        return any(
            person in mention.referents and mention.kind == "name"
            for mention in (self.mention_at(i) for i in range(token, min(sentence.end, token + 16)))
            if mention is not None
        )


def coordinated(token: Token) -> Iterator[Token]:
    """A token and the tokens coordinated with it, in order."""
    yield token
    for child in token.rights:
        if child.dep_ in _CONJOINED and child.pos_ != "VERB":
            yield from coordinated(child)
