"""Voting: what most teachers say, if it is a tree and nearly all agree."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from graphkit.training.scores import attachment, universal
from graphkit.training.silver import _is_tree, _vote, article_names

VOCAB = Vocab()
WORDS = ["Rusia", "memasok", "gas", "ke", "China", "."]


def parsed(heads: list[int], deps: list[str]) -> Span:
    doc = Doc(VOCAB, words=WORDS, heads=heads, deps=deps, pos=["PROPN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"])
    return doc[:]


RIGHT = ([1, 1, 1, 4, 1, 1], ["nsubj", "ROOT", "obj", "case", "obl", "punct"])
WRONG = ([1, 1, 1, 4, 2, 1], ["nsubj", "ROOT", "obj", "case", "nmod", "punct"])


def test_the_majority_wins() -> None:
    voted = _vote([parsed(*WRONG), parsed(*RIGHT), parsed(*RIGHT)])
    assert voted is not None
    assert [token.head.i for token in voted] == RIGHT[0] and voted[4].dep_ == "obl"


def test_quarrels_are_left_out() -> None:
    other = ([4, 4, 4, 4, 4, 4], ["nsubj", "obj", "obj", "case", "ROOT", "punct"])
    assert _vote([parsed(*RIGHT), parsed(*other), parsed(*WRONG)]) is None


def test_trees() -> None:
    assert _is_tree([1, 1, 1]) and not _is_tree([1, 0, 2]) and not _is_tree([0, 1]) and not _is_tree([5, 1])


def test_a_name_found_twice_is_a_name_everywhere() -> None:
    nlp = spacy.blank("id")
    docs = [nlp("Vladimir Putin tiba di Moskow. Putin pulang.") for _ in range(2)]
    for doc in docs:
        doc.ents = [Span(doc, 0, 2, "PER")]
    docs[0].ents = [*docs[0].ents, Span(docs[0], 4, 5, "LOC")]
    names = article_names(docs)
    assert names == {"Vladimir Putin": "PER", "Vladimir": "PER", "Putin": "PER"}


def test_labels_are_compared_without_subtypes() -> None:
    assert universal("obl:agent") == "obl" and universal("compound") == "nmod" and universal("nmod:poss") == "nmod"
    assert attachment([]) == (0.0, 0.0)
