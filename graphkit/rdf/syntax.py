"""What is wrong with a text that is no query, and where: for people."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMMENT_OR_TEXT = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*")
_PROLOGUE = re.compile(r"\s*(?:PREFIX\s+\S*:\s*<[^>]*>|BASE\s+<[^>]*>)", flags=re.IGNORECASE)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
_PREFIXED = re.compile(r"(?<![\w:.%-])([A-Za-z][\w-]*|)(?=:)")
_DECLARED = re.compile(r"PREFIX\s+([\w-]*):", flags=re.IGNORECASE)
_SENTENCE = re.compile(r"[A-Z][a-z]+( [\w(]+)+.*")
_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", flags=re.DOTALL)


def explain_syntax(sparql: str, line: int, column: int, prefixes: Mapping[str, str]) -> str:
    """A message for a query that cannot be parsed.

    Args:
        sparql: The query as the user wrote it.
        line: Where the parser gave up, from 1.
        column: The same.
        prefixes: Those that need no declaration.
    """
    bare = _COMMENT_OR_TEXT.sub(lambda match: " " * len(match[0]), sparql)
    start = _start(sparql)
    first = re.match(r"\w*", bare[start:])
    word = first[0] if first else ""
    if word.upper() in _UPDATES:
        return "this would change the graph, which is only for reading; ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
    if word.upper() not in _FORMS:
        found = f"{word!r} is none of them" if word else "there is none of them"
        return _at(
            sparql, *_line_column(sparql, start), f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE; {found}"
        )
    unknown = _unknown_prefix(sparql, bare, prefixes)
    if unknown is not None:
        return unknown
    for opening, closing in ("{}", "()"):
        missing = bare.count(opening) - bare.count(closing)
        if missing:
            what = f"{abs(missing)} {closing!r} too {'few' if missing > 0 else 'many'}"
            return _at(sparql, line, column, f"there are {what}; not understood from here on")
    return _at(sparql, line, column, "not understood from here on (names need a prefix, such as r:metWith)")


def explain_refusal(sparql: str, message: str, prefixes: Mapping[str, str]) -> str:
    """A message for a query that parses, and that the engine refuses all the same.

    Args:
        sparql: The query.
        message: What Oxigraph says.
        prefixes: Those that need no declaration.
    """
    bare = _COMMENT_OR_TEXT.sub(lambda match: " " * len(match[0]), sparql)
    unknown = _unknown_prefix(sparql, bare, prefixes)
    if unknown is not None:
        return unknown
    match = _PLACE.match(message)
    if match is None:
        return f"not a query: {message}"
    # Of its list of what could stand there, the sentences say something; the character classes do not.
    sentences = [part.strip() for part in match[3].split(", ") if _SENTENCE.match(part.strip())]
    return _at(sparql, int(match[1]), int(match[2]), "; ".join(sentences) if sentences else "not understood")


def _start(sparql: str) -> int:
    """Where the query begins, after comments, PREFIX and BASE."""
    place = 0
    while match := re.compile(r"\s*#[^\n]*").match(sparql, place) or _PROLOGUE.match(sparql, place):
        place = match.end()
    return place + len(sparql[place:]) - len(sparql[place:].lstrip())


def _unknown_prefix(sparql: str, bare: str, prefixes: Mapping[str, str]) -> str | None:
    declared = {*prefixes, *_DECLARED.findall(sparql), "_"}
    for match in _PREFIXED.finditer(bare):
        if match[1] not in declared and not bare[: match.start()].rstrip().upper().endswith("PREFIX"):
            known = ", ".join(f"{prefix}:" for prefix in prefixes)
            what = f"the prefix {match[1] + ':'!r} is not declared; declare it with PREFIX, or use one of {known}"
            return _at(sparql, *_line_column(sparql, match.start()), what)
    return None


def _line_column(text: str, place: int) -> tuple[int, int]:
    return text.count("\n", 0, place) + 1, place - (text.rfind("\n", 0, place) + 1) + 1


def _at(sparql: str, line: int, column: int, what: str) -> str:
    lines = sparql.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    pointer = re.sub(r"[^\t]", " ", shown[: column - 1]) + "^"
    return f"not a query, at line {line}, column {column}: {what}\n  {shown}\n  {pointer}"
