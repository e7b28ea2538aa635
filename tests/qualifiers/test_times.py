"""Times in Indonesian news, against the date of the article."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.qualifiers import find_times

THURSDAY = dt.date(2025, 6, 5)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Februari 2022", "2022-02"),
        ("bulan Februari 2022", "2022-02"),
        ("5 Juni 2025", "2025-06-05"),
        ("Kamis (5/6)", "2025-06-05"),
        ("Kamis (5/6/2025)", "2025-06-05"),
        ("hari Selasa", "2025-06-03"),
        ("kemarin", "2025-06-04"),
        ("tahun lalu", "2024"),
        ("bulan lalu", "2025-05"),
        ("7/6/2025", "2025-06-07"),
    ],
)
def test_times(text: str, iso: str) -> None:
    (found,) = find_times(f"Ia datang pada {text}.", THURSDAY)
    assert found.iso == iso


def test_without_a_date_only_full_times_are_found() -> None:
    assert [time.iso for time in find_times("Pada Selasa ia lahir tahun 1990, bulan lalu.", None)] == ["1990"]


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_dates_in_digits(date: dt.date) -> None:
    assert find_times(f"pada {date.day}/{date.month}/{date.year} itu", THURSDAY)[0].iso == date.isoformat()


@given(st.text(max_size=200), st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)))
def test_any_text(text: str, date: dt.date) -> None:
    for found in find_times(text, date):
        assert text[found.start : found.end] == found.text
