"""Who says what: the stretches of a Doc that the text puts in somebody's mouth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from graphkit.mentions.lexicon import Lexicon

_OPEN, _CLOSE, _EITHER = "“«", "”»", '"'
_SPEAKER_REACH = 12


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of tokens that somebody says.

    Args:
        start: Its first token.
        end: One past its last token.
        speaker: A token of the speaker's mention.
        quoted: Whether it stands in quotation marks.
    """

    start: int
    end: int
    speaker: int
    quoted: bool


def find_claims(doc: Doc, speakers: Mapping[int, int], lexicon: Lexicon) -> list[Claim]:
    """All claims of a Doc, in order of their first token.

    Args:
        doc: A parsed Doc.
        speakers: Tokens that belong to mentions of persons, organizations and countries (to the first token
            of the mention).
        lexicon: The words of the Doc's language.
    """
    claims = [claim for sentence in doc.sents for claim in _in_sentence(sentence, speakers, lexicon)]
    claims.extend(_quotations(doc, speakers, lexicon, claims))
    return sorted(claims, key=lambda claim: (claim.start, -claim.end, claim.speaker))


def speaker_of(claims: list[Claim], token: int) -> int | None:
    """The speaker of the narrowest claim around a token, or None where the article itself speaks."""
    around = [claim for claim in claims if claim.start <= token < claim.end and claim.speaker != token]
    return min(around, key=lambda claim: (claim.end - claim.start, claim.start)).speaker if around else None


def quotations(doc: Doc) -> Iterator[tuple[int, int]]:
    """Token spans inside quotation marks, marks left out; an unclosed mark opens nothing."""
    opened: int | None = None
    for token in doc:
        if token.is_space and "\n" in token.text:
            opened = None
        elif token.text in _OPEN or (token.text == _EITHER and opened is None):
            opened = token.i + 1
        elif (token.text in _CLOSE or token.text == _EITHER) and opened is not None:
            yield opened, token.i
            opened = None


def _in_sentence(sentence: Span, speakers: Mapping[int, int], lexicon: Lexicon) -> Iterator[Claim]:
    for token in sentence:
        word = token.lower_
        if word in lexicon.speech_after and _closes_a_claim(token, sentence):
            speaker = _speaker_after(token, sentence, speakers)
            if speaker is not None:
                yield Claim(sentence.start, token.i, speaker, quoted=False)
        elif word in lexicon.speech_before and token.i + 1 < sentence.end and _opens_a_claim(token, lexicon):
            speaker = _subject(token, sentence, speakers)
            if speaker is not None:
                yield Claim(token.i + 1, sentence.end, speaker, quoted=False)
        elif word in lexicon.according:
            speaker = _speaker_after(token, sentence, speakers)
            if speaker is not None:
                yield Claim(sentence.start, sentence.end, speaker, quoted=False)


def _opens_a_claim(token: Token, lexicon: Lexicon) -> bool:
    """ "mengumumkan bahwa …" does, "mengumumkan kemitraan" does not."""
    if token.lower_ not in lexicon.speech_with_clause:
        return True
    following = token.nbor(1)
    return following.dep_ == "mark" or following.text in {",", ":", '"', "“"} or following.lower_ == "bahwa"


def _closes_a_claim(token: Token, sentence: Span) -> bool:
    return token.i == sentence.start or token.nbor(-1).text in {",", '"', "”", ".", "?", "!", "»"}


def _speaker_after(token: Token, sentence: Span, speakers: Mapping[int, int]) -> int | None:
    for i in range(token.i + 1, min(sentence.end, token.i + _SPEAKER_REACH)):
        if i in speakers:
            return speakers[i]
        if token.doc[i].text in {".", '"'}:
            return None
    return None


def _subject(token: Token, sentence: Span, speakers: Mapping[int, int]) -> int | None:
    """The speaker before a verb of saying: its subject, else the nearest possible one to the left."""
    verb = token
    while True:
        for child in verb.lefts:
            if child.dep_.startswith("nsubj") and child.i in speakers:
                return speakers[child.i]
        if verb.dep_ != "conj" or verb.head.i >= verb.i:
            break
        verb = verb.head
    for i in range(token.i - 1, sentence.start - 1, -1):
        if i in speakers and not _inside_other_clause(token.doc[i], token):
            return speakers[i]
    return None


def _inside_other_clause(candidate: Token, verb: Token) -> bool:
    return any(mark.text in {'"', "“", "”"} for mark in candidate.doc[candidate.i : verb.i])


def _quotations(doc: Doc, speakers: Mapping[int, int], lexicon: Lexicon, claims: list[Claim]) -> Iterator[Claim]:
    previous: Claim | None = None
    for start, end in quotations(doc):
        speaker = _quotation_speaker(doc, start, end, speakers, lexicon, claims)
        if speaker is None and previous is not None and _stands_alone(doc, start, end):
            speaker = previous.speaker
        if speaker is not None:
            previous = Claim(start, end, speaker, quoted=True)
            yield previous


def _quotation_speaker(
    doc: Doc, start: int, end: int, speakers: Mapping[int, int], lexicon: Lexicon, claims: list[Claim]
) -> int | None:
    """Whoever a verb of saying right after the quotation names, else whoever the sentence around it does."""
    for i in range(end + 1, min(len(doc), end + 4)):
        if doc[i].lower_ in lexicon.speech_after:
            limit = doc[i : min(len(doc), i + _SPEAKER_REACH)]
            found = _speaker_after(doc[i], limit, speakers)
            if found is not None:
                return found
    around = [c for c in claims if c.start <= start < c.end or c.start < end <= c.end]
    return min(around, key=lambda claim: claim.end - claim.start).speaker if around else None


def _stands_alone(doc: Doc, start: int, end: int) -> bool:
    """A quotation of whole sentences with nothing beside it goes on with the speaker of the one before."""
    opens = start - 1 == 0 or doc[start - 1].is_sent_start or doc[start].is_sent_start
    return opens and end - start > 3 and doc[end - 1].text in {".", "!", "?"}
