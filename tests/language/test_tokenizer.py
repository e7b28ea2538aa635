"""Tokens of news, whatever the text does."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from graphkit.language.tokenizer import customize_tokenizer


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("id")
    customize_tokenizer(nlp)
    return nlp


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ('sebagai "sekutu".Hubungan erat', ["sebagai", '"', "sekutu", '"', ".", "Hubungan", "erat"]),
        ("US$245 miliar", ["US$", "245", "miliar"]),
        ("Rp 2,5 triliun", ["Rp", "2,5", "triliun"]),
        ("pada 7/6/2025.", ["pada", "7/6/2025", "."]),
        ("Presiden ke-47 itu", ["Presiden", "ke-47", "itu"]),
        ("hubungan Rusia-China", ["hubungan", "Rusia", "-", "China"]),
        ("Selasa (21/1)", ["Selasa", "(", "21/1", ")"]),
        ("Rp2.500-Rp3.000 per kg", ["Rp", "2.500", "-", "Rp", "3.000", "per", "kg"]),
        ("naik 10%-15% itu", ["naik", "10", "%", "-", "15", "%", "itu"]),
        ("skor 3-1 di KTT G20", ["skor", "3-1", "di", "KTT", "G20"]),
        ("anak-anak itu", ["anak-anak", "itu"]),
        ("harganya 10.000 rupiah", ["harganya", "10.000", "rupiah"]),
    ],
)
def test_tokens(text: str, tokens: list[str], blank: Language) -> None:
    assert [token.text for token in blank(text)] == tokens


@given(text=st.text(max_size=200))
def test_tokens_are_the_text(text: str, blank: Language) -> None:
    assert "".join(token.text_with_ws for token in blank(text)) == text
