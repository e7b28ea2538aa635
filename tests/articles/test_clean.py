"""Cleaning leaves page furniture out and keeps the way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.articles import clean


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("MOSKOW - Presiden tiba.", "Presiden tiba."),
        ("JAKARTA, KOMPAS.com - Harga naik.", "Harga naik."),
        ("MOSKOW, Rabu (22/1/2025) - Ia tiba.", "Ia tiba."),
        ("Harga naik.\nBaca Juga:\nKopi Turun di Pasar\nKata dia.", "Harga naik. Kata dia."),
        ("Harga naik.\nBaca juga: Kopi Turun\nKata dia.", "Harga naik. Kata dia."),
        ("Ia pulang.\nCek Berita dan Artikel yang lain di\nGoogle News\n", "Ia pulang."),
        ('Ia menyebutnya "sekutu".Hubungan itu erat.', 'Ia menyebutnya "sekutu". Hubungan itu erat.'),
        ("Ekspor minyak.Kedua negara sepakat.", "Ekspor minyak. Kedua negara sepakat."),
        ("Lihat www.Contoh.com untuk rincian.", "Lihat www.Contoh.com untuk rincian."),
        ("", ""),
    ],
)
def test_clean(text: str, wanted: str) -> None:
    assert clean(text).text == wanted


@given(st.text(max_size=300))
def test_every_character_leads_back(text: str) -> None:
    cleaned = clean(text)
    for piece in cleaned.pieces:
        kept = cleaned.text[piece.start : piece.start + piece.length]
        start, end = cleaned.to_article(piece.start, piece.start + piece.length)
        assert text[start:end] == kept


@given(
    st.lists(st.sampled_from(["Baca juga: X\n", 'kata "ia".Lalu ', "MOSKOW - Ia.\n", "a\u200bb ", "\n\n"]), max_size=9)
)
def test_offsets_grow(parts: list[str]) -> None:
    cleaned = clean("".join(parts))
    places = [cleaned.to_article(n, n + 1)[0] for n in range(len(cleaned.text))]
    assert places == sorted(places)
