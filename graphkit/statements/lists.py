"""Members of lists, read by place: "empat pelaku, yakni AR (15), AD (15), dan SF (14)"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Token

from graphkit.model import Mention
from graphkit.statements.words import word_classes

if TYPE_CHECKING:
    from graphkit.statements.view import DocView

_LISTED = frozenset({"Person", "Organization", "Country", "Place"})
_LIST_REACH = 16
_JOINTS = frozenset({"dan", "serta", "maupun", "hingga"})


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills an argument slot.

    Args:
        token: Index of the token it was found at.
        referents: What it refers to; several for a group such as "kedua negara".
        kind: "name", "nominal" or "pronoun".
        direct: Whether the parse says so, rather than mere nearness.
    """

    token: int
    referents: tuple[int, ...]
    kind: str
    direct: bool = True


def listed(view: DocView, start: int, reach: int) -> list[Filler]:
    """The list of mentions that begins within some tokens from a place, in the same sentence.

    Args:
        view: The Doc.
        start: Where to begin.
        reach: Tokens to look through for the first member.
    """
    for i in range(start, min(start + reach, view.sentence(start - 1).end)):
        token = view.doc[i]
        if token.pos_ == "VERB" or token.text in {".", ";"}:
            return []
        mention = view.mention_at(i)
        if mention is not None and mention.kind == "name" and i not in view.titles:
            return view.fillers(view.doc[view.token_at[mention.head]], direct=False)
    return []


def list_members(view: DocView, token: Token) -> list[Filler]:
    """The names of a list that begins at a token or after the group there, read by place.

    The parse loses long lists, and those with offices, brackets and ages in them: "empat pelaku, yakni AR (15),
    AD (15), SF (14), dan GC (16)". A list is closed by "dan" or has three members.

    Args:
        view: The Doc.
        token: The head of the first member, or of the group.
    """
    first = view.mention_at(token.i)
    if first is None:
        return []
    end = view.tokens_in(first.start, first.end).stop
    members: list[Filler] = []
    joints = 0
    closed = False
    if first.kind == "nominal":
        start = _members_start(view, end)
        if start is None:
            return []
        closed, joints, end = True, 1, start
    kind = first.type if first.kind == "name" else None
    while True:
        item = _next_item(view, end, kind, opened=joints == 1 and first.kind == "nominal")
        if item is None:
            break
        mention, end, last = item
        kind = mention.type if kind is None else kind
        filler = view.filler(view.doc[view.token_at[mention.head]], direct=False)
        if filler is not None:
            members.append(filler)
        joints += 1
        if last:
            closed = True
            break
    # "di Soreang, Bandung, Jawa Barat" is a place within a place within a place.
    return members if closed or (len(members) > 1 and kind != "Place") else []


def _members_start(view: DocView, end: int) -> int | None:
    """Where the members of a group begin: behind "yakni", "antara lain", "berinisial"."""
    words = word_classes(view.language, "verbs")["listing"]
    for i in range(end, min(end + 4, len(view.doc))):
        token = view.doc[i]
        if token.is_sent_start:
            return None
        pair = f"{token.lower_} {view.doc[i + 1].lower_}" if i + 1 < len(view.doc) else ""
        if pair in words:
            return i + 2
        if token.lower_ in words:
            return i + 1
        if token.text not in {",", "itu", "tersebut", "(", ")"}:
            return None
    return None


def _next_item(view: DocView, start: int, kind: str | None, *, opened: bool) -> tuple[Mention, int, bool] | None:
    """The next member of a list: its mention, where it ends, and whether "dan" stands before it."""
    i, joined, last = _after_brackets(view, start), opened, False
    while i < len(view.doc) and i - start < _LIST_REACH and not view.doc[i].is_sent_start:
        token = view.doc[i]
        mention = view.mention_at(i)
        if mention is not None and mention.kind == "name" and joined:
            fits = (kind is None and mention.type in _LISTED) or mention.type == kind
            return (mention, view.tokens_in(mention.start, mention.end).stop, last) if fits else None
        if token.text == ",":
            joined = True
        elif token.lower_ in _JOINTS:
            joined = last = True
        elif not (joined and token.i in view.titles):
            return None
        i += 1
    return None


def _after_brackets(view: DocView, start: int) -> int:
    if start < len(view.doc) and view.doc[start].text == "(":
        for i in range(start, min(start + 7, len(view.doc))):
            if view.doc[i].text == ")":
                return i + 1
    return start
