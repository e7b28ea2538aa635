"""Verb forms."""

import pytest

from graphkit.statements.morphology import active, passive, without_clitic


@pytest.mark.parametrize(
    ("stem", "form"),
    [
        ("kunjungi", "mengunjungi"),
        ("pasok", "memasok"),
        ("serang", "menyerang"),
        ("tuduh", "menuduh"),
        ("bantu", "membantu"),
        ("dukung", "mendukung"),
        ("lantik", "melantik"),
        ("undang", "mengundang"),
        ("peringatkan", "memperingatkan"),
        ("periksa", "memeriksa"),
        ("produksi", "memproduksi"),
    ],
)
def test_active(stem: str, form: str) -> None:
    assert active(stem) == form


def test_passive_and_clitic() -> None:
    assert passive("dukung") == "didukung"
    assert without_clitic("kunjungannya") == "kunjungan" and without_clitic("punya") == "punya"
