"""Amounts in Indonesian news, in single units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.qualifiers import find_amounts


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("US$245 miliar", 245e9, "USD"),
        ("$245 miliar", 245e9, "USD"),
        ("Rp 2,5 triliun", 2.5e12, "IDR"),
        ("Rp2.500.000", 2.5e6, "IDR"),
        ("4,3 miliar dollar AS", 4.3e9, "USD"),
        ("2 miliar euro", 2e9, "EUR"),
        ("10 persen", 10, "percent"),
        ("10,5%", 10.5, "percent"),
        ("3.000 kilometer", 3000, "kilometers"),
        ("satu setengah jam", 1.5, "hours"),
        ("seribu ton", 1000, "tonnes"),
        ("peringkat ke-25", 25, "rank"),
        ("14,3 juta keluarga penerima manfaat", 14.3e6, "families"),
        ("dua pekan", 2, "weeks"),
    ],
)
def test_amounts(text: str, value: float, unit: str) -> None:
    (found,) = find_amounts(f"Nilainya {text} tahun itu.")
    assert (found.value, found.unit) == (pytest.approx(value), unit)
    assert found.text == text


@pytest.mark.parametrize("text", ["Pasal 12 ayat 3", "pada 2024", "pukul 10.30"])
def test_plain_numbers_are_no_amounts(text: str) -> None:
    assert not find_amounts(text)


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    for found in find_amounts(text):
        assert text[found.start : found.end] == found.text


@given(st.integers(1, 999), st.sampled_from([("juta", 1e6), ("miliar", 1e9), ("triliun", 1e12)]))
def test_scales(number: int, scale: tuple[str, float]) -> None:
    (found,) = find_amounts(f"Rp {number} {scale[0]}")
    assert found.value == number * scale[1]
