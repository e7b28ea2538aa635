"""What can be an argument: mentions and amounts of each sentence, and those that reach into it from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graphkit.statements.view import DocView

Ints = npt.NDArray[np.int64]

_AMOUNTS = frozenset({"money", "percent", "measure", "count"})
_SUBJECT = "nsubj"
_ACTORS = frozenset({"Person", "Organization", "Country", "Group"})


@dataclass(frozen=True, slots=True)
class Node:
    """One possible argument in one sentence.

    Args:
        sentence: Index of the sentence that it may be an argument in.
        head: Its head token; for one from elsewhere the root of the sentence.
        start: First token; for one from elsewhere the first of the sentence.
        end: One past its last token; for one from elsewhere its start.
        referent: What it refers to, -1 for an amount.
        amount: Index among the Doc's amounts, -1 for a mention.
        type: Type of the referent, "Quantity" for an amount.
        kind: "name", "nominal", "pronoun", "amount", or how it reaches into the sentence: "speaker", "previous"
            (subject of the sentence before), "topic" (what the article mentions most).
    """

    sentence: int
    head: int
    start: int
    end: int
    referent: int
    amount: int
    type: str
    kind: str

    @property
    def outside(self) -> bool:
        """Whether it stands in another sentence."""
        return self.end == self.start


def find_nodes(view: DocView) -> list[Node]:
    """The possible arguments of all sentences, in order of sentence and place."""
    nodes = [*_mentions(view), *_amounts(view)]
    nodes += _from_elsewhere(view, nodes)
    return sorted(nodes, key=lambda node: (node.sentence, node.start, node.end, node.head, node.kind, node.referent))


def _mentions(view: DocView) -> Iterator[Node]:
    for mention in view.mentions:
        tokens = view.tokens_in(mention.start, mention.end)
        head = view.token_at[mention.head]
        sentence = view.sentence_index[view.sentence(head).start]
        for referent in mention.referents:
            kind = view.type_of(referent)
            yield Node(sentence, head, tokens.start, tokens.stop, referent, -1, kind, mention.kind)


def _amounts(view: DocView) -> Iterator[Node]:
    for n, amount in enumerate(view.amounts):
        if amount.kind in _AMOUNTS:
            span = view.doc.char_span(amount.start, amount.end, alignment_mode="expand")
            head = span.root.i
            sentence = view.sentence_index[view.sentence(head).start]
            yield Node(sentence, head, span.start, span.end, -1, n, "Quantity", "amount")


def _from_elsewhere(view: DocView, nodes: list[Node]) -> Iterator[Node]:
    """At most three things a sentence: who says it, the subject of the sentence before, the article's topic."""
    inside: dict[int, set[int]] = {}
    for node in nodes:
        inside.setdefault(node.sentence, set()).add(node.referent)
    speakers, subjects, topic = _speakers(view), _subjects(view, nodes), _topic(nodes)
    for n, sentence in enumerate(view.doc.sents):
        seen = set(inside.get(n, ()))
        for kind, referent in (("speaker", speakers.get(n)), ("previous", subjects.get(n - 1)), ("topic", topic)):
            if referent is not None and referent not in seen:
                seen.add(referent)
                start, root = sentence.start, sentence.root.i
                yield Node(n, root, start, start, referent, -1, view.type_of(referent), kind)


def _speakers(view: DocView) -> dict[int, int]:
    found: dict[int, int] = {}
    for claim in sorted(view.claims, key=lambda claim: claim["start"] - claim["end"]):
        referents = view.mentions[claim["speaker"]].referents
        tokens = view.tokens_in(claim["start"], claim["end"]) if claim["end"] > claim["start"] else range(0)
        if referents and tokens:
            first, last = (view.sentence_index[view.sentence(i).start] for i in (tokens[0], tokens[-1]))
            found |= dict.fromkeys(range(first, last + 1), referents[0])
    return found


def _subjects(view: DocView, nodes: list[Node]) -> dict[int, int]:
    """The first subject of each sentence that names somebody, else the first name of an actor."""
    found: dict[int, tuple[bool, int]] = {}
    for node in nodes:
        if node.type in _ACTORS and node.kind != "nominal":
            subject = view.doc[node.head].dep_.startswith(_SUBJECT)
            known = found.get(node.sentence)
            if known is None or (subject and not known[0]):
                found[node.sentence] = (subject, node.referent)
    return {sentence: referent for sentence, (_, referent) in found.items()}


def _topic(nodes: list[Node]) -> int | None:
    counts = Counter(node.referent for node in nodes if node.type in _ACTORS and node.kind != "nominal")
    return min(counts, key=lambda referent: (-counts[referent], referent), default=None)
