"""The words of text qualifiers: topics, fields, contents, ranks. Each source is a name that frames use.

==============  =================================================================================================
``words:a|b``   what follows the first of these words after the trigger
``next``        what follows the trigger
``clause``      what follows the mention after the trigger: "menuduh Rusia *menculik anak-anak*"
``phrase``      the trigger with its modifiers: "*mitra dagang utama*"
``quoted``      the trigger with a quotation right after it: "*kemitraan \"tanpa batas\"*"
``object_text`` the object of the verb: "mengekspor *beras* ke Filipina"
``cue``         the trigger itself
==============  =================================================================================================
"""

from __future__ import annotations

from graphkit.statements.morphology import without_clitic
from graphkit.statements.trigger import Trigger
from graphkit.statements.view import DocView

_END = frozenset({",", ".", ";", ":", ")", "(", "”", '"'})
_QUOTES = frozenset({'"', "“"})
_LIMIT = 14


def find_text(view: DocView, trigger: Trigger, source: str) -> str:
    """The words of a text qualifier, "" if the sentence has none.

    Raises:
        KeyError: If there is no source of that name.
    """
    name, _, argument = source.partition(":")
    if name == "words":
        return _after_words(view, trigger, frozenset(argument.split("|")))
    return _SOURCES[name](view, trigger)


def is_source(name: str) -> bool:
    """Whether there is a source of that name."""
    kind, _, argument = name.partition(":")
    return bool(argument.strip()) if kind == "words" else name in _SOURCES


def _after_words(view: DocView, trigger: Trigger, wanted: frozenset[str]) -> str:
    end = view.sentence(trigger.head).end
    for i in range(trigger.end, end):
        if view.doc[i].text in {".", ";"}:
            break
        pair = f"{view.doc[i].lower_} {view.doc[i + 1].lower_}" if i + 1 < end else ""
        if pair in wanted:
            return _clip(view, i + 2)
        if view.doc[i].lower_ in wanted:
            return _clip(view, i + 1)
    return ""


def _next(view: DocView, trigger: Trigger) -> str:
    return _clip(view, trigger.end)


def _clause(view: DocView, trigger: Trigger) -> str:
    for i in range(trigger.end, min(trigger.end + 4, view.sentence(trigger.head).end)):
        mention = view.mention_at(i)
        if mention is not None:
            return _clip(view, view.tokens_in(mention.start, mention.end).stop)
    return ""


def _phrase(view: DocView, trigger: Trigger) -> str:
    end = trigger.end
    while end < len(view.doc) and view.doc[end].pos_ in {"ADJ", "NOUN"} and view.mention_at(end) is None:
        end += 1
    return view.doc[trigger.start : end].text


def _quoted(view: DocView, trigger: Trigger) -> str:
    if trigger.end < len(view.doc) and view.doc[trigger.end].text in _QUOTES:
        quotation = _clip(view, trigger.end)
        return f"{view.doc[trigger.start : trigger.end].text} {quotation}" if quotation else ""
    return ""


def _object_text(view: DocView, trigger: Trigger) -> str:
    for token in view.doc[trigger.end : trigger.end + 2]:
        mention = view.mention_at(token.i)
        if mention is not None:
            return mention.text
    return ""


def _cue(view: DocView, trigger: Trigger) -> str:
    return without_clitic(view.doc[trigger.start : trigger.end].text.lower())


def _clip(view: DocView, start: int) -> str:
    """Words from a token to the end of the phrase; a quotation is taken whole."""
    if start < len(view.doc) and view.doc[start].text in _QUOTES:
        start += 1
    end = start
    while end < len(view.doc) and end - start < _LIMIT:
        token = view.doc[end]
        if (token.is_sent_start and end > start) or token.text in _END:
            break
        end += 1
    return view.doc[start:end].text.strip() if end > start else ""


_SOURCES = {
    "next": _next,
    "clause": _clause,
    "phrase": _phrase,
    "quoted": _quoted,
    "object_text": _object_text,
    "cue": _cue,
}
