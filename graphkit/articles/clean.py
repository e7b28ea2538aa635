"""Text as the pipeline reads it: without datelines and page furniture, glued sentences apart, the way back kept."""

from __future__ import annotations

import bisect
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

# A full stop glued between a closed word and the capital of the next sentence; quotation marks go to their side.
_GLUED = regex.compile(
    r"(?:(?<=[\p{Ll}\d])|(?<=[\p{Ll}\d][\"”')]))[.?!](?=[\"“]?\p{Lu}\p{Ll})|(?<=[.?!])\"(?=\p{Lu}\p{Ll})"
)
_NOT_GLUED = regex.compile(r"\b(?:www\.)?[\p{L}\d-]+\.(?:com|co|id|org|net|go|ac|tv)\b", regex.IGNORECASE)
_BLANK = regex.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_LONGEST_DATELINE = 80


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the article kept as it is.

    Args:
        start: Where it begins in the clean text.
        source: Where it begins in the article.
        length: Its length in both.
    """

    start: int
    source: int
    length: int


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text with the way back to the article.

    Args:
        text: What the pipeline reads; paragraphs are joined by one space.
        pieces: In order; what lies between two of them is a single inserted space.
        paragraphs: Characters at which paragraphs begin.
    """

    text: str
    pieces: tuple[Piece, ...]
    paragraphs: tuple[int, ...]

    def to_article(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the article for offsets in the clean text; an empty span stays empty."""
        if not self.pieces:
            return 0, 0
        first = self._source(start)
        return (first, first) if end <= start else (first, self._source(end - 1) + 1)

    def _source(self, offset: int) -> int:
        at = bisect.bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        piece = self.pieces[max(at, 0)]
        return piece.source + min(max(offset - piece.start, 0), piece.length - 1)


@dataclass(frozen=True, slots=True)
class _Patterns:
    lines: tuple[regex.Pattern[str], ...]
    announces: tuple[regex.Pattern[str], ...]
    shouted: tuple[regex.Pattern[str], ...]
    datelines: tuple[regex.Pattern[str], ...]


@cache
def _patterns(language: str) -> _Patterns:
    table = tomllib.loads(files(__package__).joinpath(f"clean_{language}.toml").read_text(encoding="utf-8"))
    return _Patterns(*(_compiled(table[key]) for key in ("lines", "announces", "shouted", "dateline")))


def _compiled(entry: Mapping[str, list[str]]) -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(pattern) for pattern in entry["patterns"])


def clean(text: str, language: str = "id") -> CleanText:
    """Clean the text of an article.

    Args:
        text: As it was read.
        language: Language code of the patterns.
    """
    parts: list[str] = []
    pieces: list[Piece] = []
    paragraphs: list[int] = []
    length = 0
    for start, end in _paragraphs(text, _patterns(language)):
        paragraphs.append(length + 1 if parts else 0)
        for piece_start, piece_end in _pieces(text, start, end):
            if parts:
                parts.append(" ")
                length += 1
            pieces.append(Piece(length, piece_start, piece_end - piece_start))
            parts.append(text[piece_start:piece_end])
            length += piece_end - piece_start
    return CleanText("".join(parts), tuple(pieces), tuple(paragraphs))


def _paragraphs(text: str, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Spans of the lines that belong to the article, datelines left out."""
    start, drop_next, first = 0, False, True
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            announced, drop_next = drop_next, any(p.match(line) for p in patterns.announces)
            if not (announced or drop_next or any(p.match(line) for p in patterns.lines)):
                yield start + _dateline(line, patterns, first), end
                first = False
        start = end


def _dateline(line: str, patterns: _Patterns, first: bool) -> int:
    """Length of the dateline that a line begins with; lines after the first have only shouted ones."""
    head = line[:_LONGEST_DATELINE]
    for pattern in (*patterns.shouted, *(patterns.datelines if first else ())):
        match = pattern.match(head)
        if match:
            return match.end()
    return 0


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches without runs of white space and with glued sentences apart."""
    cuts = _cuts(text, start, end)
    at = start
    for blank in _BLANK.finditer(text, start, end):
        yield from _cut(at, blank.start(), cuts)
        at = blank.end()
    yield from _cut(at, end, cuts)


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Where glued sentences part, ascending."""
    cuts, marks, at = [], 0, start
    for match in _GLUED.finditer(text, start, end):
        marks += text.count('"', at, match.start())
        at = match.start()
        inside = marks % 2 == 1
        mark_follows = text.startswith('"', match.end())
        # The mark in `."Kami` closes what is open, else it opens what comes: the cut goes on its outer side.
        parts_here = inside if match[0] == '"' else not (mark_follows and inside)
        if parts_here and not _is_address(text, match.start()):
            cuts.append(match.end())
    return cuts


def _cut(start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, int]]:
    for cut in cuts[bisect.bisect_right(cuts, start) : bisect.bisect_left(cuts, end)]:
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _is_address(text: str, stop: int) -> bool:
    """Whether a stop stands inside a web address such as "Kompas.com"."""
    match = _NOT_GLUED.search(text, max(stop - 30, 0), stop + 12)
    return match is not None and match.start() <= stop < match.end()
