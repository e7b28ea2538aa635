"""The pipeline step ``graphkit_sentences``: sentence starts that the text itself shows, set before the parser.

The parser keeps what is set here: a paragraph always starts a sentence, and a closing quotation mark or bracket
belongs to the sentence that it closes.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Token

PARAGRAPHS = "graphkit.paragraphs"
_ENDS = frozenset({".", "?", "!", "…"})
_NEVER_FIRST = _ENDS | {",", ";", ":"}
_CLOSING = frozenset({"”", "’", ")", "]", "»"})
_OPENING = frozenset({"“", "‘", "(", "[", "«"})
_EITHER = '"'
# A full stop after these ends no sentence.
_ABBREVIATIONS = frozenset(
    {"dr", "drs", "dra", "prof", "ir", "h", "hj", "kh", "st", "jl", "no", "pol", "tbk", "mr", "mrs", "ny", "tn", "sdr"}
    | {"kab", "kec", "kel", "prov", "pt", "cv", "bpk", "sdri", "jend", "letjen", "mayjen", "brigjen", "kol", "letkol"}
)
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_BULLETS = frozenset({"-", "–", "—", "•", "*", "·", "▪", "●"})


@Language.factory("graphkit_sentences")
def create_sentences(nlp: Language, name: str) -> SentenceStarter:
    """Make the step; it goes before the parser."""
    return SentenceStarter()


class SentenceStarter:
    """Sets sentence starts at paragraphs, and forbids them where a sentence cannot start.

    ``doc.user_data["graphkit.paragraphs"]`` may list the characters at which paragraphs start.
    """

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.find(doc))
        return doc

    def find(self, doc: Doc) -> list[bool | None]:
        """For each token whether a sentence starts there: yes, no, or None where the parser shall decide."""
        paragraphs = frozenset(doc.user_data.get(PARAGRAPHS, ()))
        starts: list[bool | None] = []
        open_quote = False
        for token in doc:
            if token.idx in paragraphs or (token.i and "\n" in token.nbor(-1).text):
                starts.append(True)
                open_quote = token.text == _EITHER
                continue
            closes = token.text in _CLOSING or (token.text == _EITHER and open_quote)
            opened = token.i > 0 and (
                token.nbor(-1).text in _OPENING or (token.nbor(-1).text == _EITHER and open_quote)
            )
            if token.text == _EITHER:
                open_quote = not open_quote
            inside = closes or opened or self._follows_bullet(token, paragraphs)
            starts.append(False if inside else self._guess(token))
        return starts

    def set_annotations(self, doc: Doc, starts: list[bool | None]) -> None:
        """Write the starts into the Doc."""
        for token, start in zip(doc, starts, strict=True):
            if start is not None and token.i:
                token.is_sent_start = start

    def _guess(self, token: Token) -> bool | None:
        if not token.i:
            return None
        if token.text in _NEVER_FIRST:
            return False
        before = token.nbor(-1)
        if (
            before.text == "."
            and token.i > 1
            and not token.nbor(-2).whitespace_
            and self._is_abbreviation(token.nbor(-2))
        ):
            return False
        if before.text in _ENDS and token.text[0].isupper() and len(token.nbor(-2).text if token.i > 1 else "") > 2:
            return True
        # After a closing quotation mark with a stop inside it: `…," kata X` goes on, `…." Kedua negara` does not.
        ended = token.i > 1 and before.text in {_EITHER, "”"} and token.nbor(-2).text in _ENDS
        if ended and token.text[0].isupper():
            return True
        return False if not token.is_punct and token.text[0].islower() else None

    def _follows_bullet(self, token: Token, paragraphs: frozenset[int]) -> bool:
        """Whether only a bullet or a number stands between a token and the start of its line."""
        if not token.i:
            return False
        before = token.nbor(-1)
        if before.text in _BULLETS:
            return before.idx in paragraphs or not before.i
        numbered = before.text in {".", ")"} and token.i > 1 and token.nbor(-2).is_digit
        return numbered and (token.nbor(-2).idx in paragraphs or token.i == 2)

    def _is_abbreviation(self, token: Token) -> bool:
        return token.lower_ in _ABBREVIATIONS or bool(_INITIALS.fullmatch(token.text))
