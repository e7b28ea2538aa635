"""Data preparation: surface words, parts set apart, names swapped."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.vocab import Vocab

from graphkit.training.treebanks import make_docs, read_conllu

CONLLU = """# text = Bukunya dibaca Ani.
1-2	Bukunya	_	_	_	_	_	_	_	_
1	Buku	buku	NOUN	_	Number=Sing	3	nsubj:pass	_	_
2	nya	nya	PRON	_	Person=3	1	nmod	_	_
3	dibaca	baca	VERB	_	Voice=Pass	0	root	_	_
4	Ani	Ani	PROPN	_	_	3	obl	_	SpaceAfter=No
5	.	.	PUNCT	_	_	3	punct	_	_

"""


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "a.conllu"
    path.write_text(CONLLU * 3, encoding="utf-8")
    return path


def test_split_words_are_joined(treebank: Path) -> None:
    sentence = read_conllu(treebank)[0]
    assert [word.form for word in sentence] == ["Bukunya", "dibaca", "Ani", "."]
    assert sentence[0].feats == "Clitic=Nya|Number=Sing" and sentence[0].lemma == "buku"
    assert [word.head for word in sentence] == [1, 1, 1, 1]


def test_docs_hold_the_annotation(treebank: Path) -> None:
    (doc,) = make_docs(read_conllu(treebank), Vocab())
    assert doc.text.strip() == " ".join(["Bukunya dibaca Ani."] * 3)
    assert len(list(doc.sents)) == 3 and doc[0].dep_ == "nsubj:pass" and doc[1].lemma_ == "baca"


def test_parts_are_apart_and_the_same_in_every_run(treebank: Path) -> None:
    trees = pytest.importorskip("graphkit.training.trees", reason="needs the train extra")
    sentences = read_conllu(treebank)
    train, test = trees.split("x", sentences)
    assert len(train) + len(test) == len(sentences) and (train, test) == trees.split("x", sentences)


def test_names_are_trimmed_and_swapped() -> None:
    names = pytest.importorskip("graphkit.training.names", reason="needs the train extra")
    assert list(names.trim(["(", "Ani", ")"], 0, 3, "PER")) == [(1, 2, "PER")]
    sentence = names.Tagged(("Kata", "Ani", "."), ((1, 2, "PER"),))
    (swapped,) = names.swap_names([sentence], {"PER": ["Budi Hartono"]}, seed=0)
    assert swapped.words == ("Kata", "Budi", "Hartono", ".") and swapped.spans == ((1, 3, "PER"),)
