"""The shipped pipeline as a spaCy citizen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from graphkit import Article, LanguageNotSupportedError, load_pipeline, make_doc

TEXTS = [
    "Presiden Prabowo Subianto mengunjungi Malaysia pada Mei 2025.",
    "Rusia memasok gas ke China. Menurut Putin, nilai perdagangan kedua negara US$245 miliar pada 2024.",
]


def said(doc: Doc) -> list[tuple[str, str, str]]:
    return [(s.subject.name, s.relation, s.object.name) for s in doc._.statements]


def test_raw_text_gives_statements(nlp: Language) -> None:
    assert ("Prabowo Subianto", "visited", "Malaysia") in said(nlp(TEXTS[0]))


def test_a_language_without_a_pack() -> None:
    with pytest.raises(LanguageNotSupportedError, match="packs for: id"):
        load_pipeline("xx")


def test_the_trained_part_alone() -> None:
    names = load_pipeline("id", extraction=False).pipe_names
    assert "parser" in names and not [name for name in names if name.startswith("graphkit")]


def test_statements_survive_serialisation(nlp: Language) -> None:
    docs = [nlp(make_doc(nlp, Article(id=str(n), text=text))) for n, text in enumerate(TEXTS)]
    stored = DocBin(store_user_data=True, docs=docs).to_bytes()
    again = list(DocBin().from_bytes(stored).get_docs(nlp.vocab))
    assert [doc._.statements for doc in again] == [doc._.statements for doc in docs]


def test_processes_agree(nlp: Language) -> None:
    docs = list(nlp.pipe(TEXTS, n_process=2))
    assert [said(doc) for doc in docs] == [said(nlp(text)) for text in TEXTS]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ('Ia menyebutnya "sekutu". Hubungan itu erat.', 2),
        ('"Kami siap," kata Putin. Xi setuju.', 2),
        ("Dr. Ratna tiba di Jakarta. Ia disambut.", 2),
        ("Harga naik.\nPasar ramai", 2),
        ('Ia berkata: "Saya siap." Lalu ia pergi. "Ayo!" seru dia.', 3),
        ("Menurut A.M. Rahman, warga Kab. Bogor siap. Ia hadir.", 2),
        ("- Beras naik\n- Gula turun\n1. Minyak stabil", 3),
        ("Sidang dipimpin Dr. H. Ahmad, S.H., di Jl. Mawar No. 5. Ia hadir.", 2),
    ],
)
def test_sentences(text: str, sentences: int, read: Callable[..., Doc]) -> None:
    assert len(list(read(text).sents)) == sentences


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "😀", "a" * 5000, '"' * 50, "Rp " * 200, "di " * 300])
def test_any_text_goes_through(text: str, read: Callable[..., Doc]) -> None:
    assert read(text)._.statements is not None
