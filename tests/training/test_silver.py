"""Teachers learn trees and read together; names are voted over an article."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from graphkit.training.scores import attachment, universal
from graphkit.training.treebanks import Word

teacher = pytest.importorskip("graphkit.training.teacher", reason="needs the train extra")
silver = pytest.importorskip("graphkit.training.silver", reason="needs the train extra")

ROWS = [("Rusia", "PROPN", 1, "nsubj"), ("memasok", "VERB", 1, "root"), ("gas", "NOUN", 1, "obj")]
SENTENCE = [Word(form, form, upos, "", head, label, True) for form, upos, head, label in ROWS]


@pytest.fixture
def vocab() -> Vocab:
    vocab = Vocab()
    vocab.reset_vectors(width=4)
    for word in SENTENCE:
        vocab.set_vector(word.form, np.ones(4, dtype="float32"))
    return vocab


def test_a_teacher_learns_and_keeps_what_it_learnt(
    vocab: Vocab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teacher, "vocab_with", lambda path: vocab)
    shorter = SENTENCE[:2]
    trained = teacher.train_teacher([SENTENCE, shorter], [SENTENCE], tmp_path, steps=40, seed=0)
    trained.save(tmp_path / "teacher.pt")
    loaded = teacher.Teacher.load(tmp_path / "teacher.pt", tmp_path)
    whole, part = teacher.read([trained, loaded], [[word.form for word in SENTENCE], ["Rusia", "memasok"]])
    assert whole.heads == (1, 1, 1) and whole.labels == ("nsubj", "root", "obj")
    assert whole.tags[0] == ("PROPN", "VERB", "NOUN") and part.heads == (1, 1)
    assert 0 < whole.confidence <= 1
    assert teacher.attachment_of([loaded], [SENTENCE]) == (1.0, 1.0)


def test_trees() -> None:
    assert silver.is_tree([1, 1, 1])
    assert not any(silver.is_tree(heads) for heads in ([1, 0, 2], [0, 1], [5, 1]))


def test_sentences_of_raw_text() -> None:
    doc = spacy.blank("id")("Ia pulang. Putin tiba di Moskow ! Lalu")
    assert [span.text for span in silver._sentences(doc)] == ["Ia pulang.", "Putin tiba di Moskow !", "Lalu"]


def test_a_tree_is_mended_where_teachers_hold_a_head_for_unlikely(vocab: Vocab) -> None:
    words = [word.form for word in SENTENCE]
    doc = Doc(vocab, words=words, heads=[1, 1, 0], deps=["nsubj", "ROOT", "nmod"], pos=["PROPN", "VERB", "NOUN"])
    chances = np.array([[0.1, 0.9, 0.0], [0.0, 1.0, 0.0], [0.05, 0.9, 0.05]], dtype=np.float32)
    parsed = teacher.Parsed((1, 1, 1), ("nsubj", "root", "obj"), ((), ()), 0.9, chances)
    assert silver._mended(doc, parsed) is None, "they agree on two heads of three only"
    doc = Doc(vocab, words=[*words, "."], heads=[1, 1, 0, 1], deps=["nsubj", "ROOT", "nmod", "punct"])
    chances = np.pad(chances, ((0, 1), (0, 1)))
    chances[3, 1] = 1.0
    mended = silver._mended(
        doc, teacher.Parsed((1, 1, 1, 1), ("nsubj", "root", "obj", "punct"), ((), ()), 0.9, chances)
    )
    assert [(token.head.i, token.dep_) for token in mended] == [(1, "nsubj"), (1, "ROOT"), (1, "obj"), (1, "punct")]


def test_a_name_found_twice_is_a_name_everywhere() -> None:
    nlp = spacy.blank("id")
    docs = [nlp("Vladimir Putin tiba di Moskow. Putin pulang.") for _ in range(2)]
    for doc in docs:
        doc.ents = [Span(doc, 0, 2, "PER")]
    docs[0].ents = [*docs[0].ents, Span(docs[0], 4, 5, "LOC")]
    names = silver.article_names(docs)
    assert names == {"Vladimir Putin": "PER", "Vladimir": "PER", "Putin": "PER"}


def test_labels_are_compared_without_subtypes() -> None:
    assert universal("obl:agent") == "obl" and universal("compound") == "nmod" and universal("nmod:poss") == "nmod"
    assert attachment([]) == (0.0, 0.0)
