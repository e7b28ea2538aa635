"""What of a sentence is marked."""

from __future__ import annotations

import pytest

from graphkit import Amount, Entity, Evidence, Statement
from graphkit.html.marks import CUE, OBJECT, QUALIFIER, SUBJECT, marks
from graphkit.model import Qualifier

RUSSIA = Entity("country/russia", "Russia", "Country", ("Kremlin", "Rusia"), None, {"id": "Rusia"})
CHINA = Entity("country/china", "China", "Country", ("China",))


def marked(
    text: str, cue: str, qualifiers: dict[str, Qualifier] | None = None, start: int = 100
) -> list[tuple[int, str]]:
    at = start + text.index(cue)
    evidence = Evidence("a", 0, start, start + len(text), text, cue, at, at + len(cue), "f", 0.9)
    found = marks(Statement(RUSSIA, "trade_partner", CHINA, qualifiers or {}, evidence=(evidence,)), evidence)
    return [(kind, text[first:last]) for kind, first, last in zip(found[::3], found[1::3], found[2::3], strict=True)]


def test_subject_object_cue_and_amount_in_order() -> None:
    text = "😀 China berdagang dengan Rusia senilai US$245 miliar pada 2024."
    qualifiers = {"amount": Amount(245e9, "USD", "US$245 miliar"), "time": "2024"}
    assert marked(text, "berdagang", qualifiers) == [
        (OBJECT, "China"),
        (CUE, "berdagang"),
        (SUBJECT, "Rusia"),
        (QUALIFIER, "US$245 miliar"),
        (QUALIFIER, "2024"),
    ]


@pytest.mark.parametrize(
    "time, written",
    [
        ("2025-01-21", "21/1/2025"),
        ("2025-01-05", "05/01/2025"),
        ("2025-01-21", "21/1"),
        ("2025-01", "2025"),
        ("2024/2025", "2024"),
    ],
)
def test_dates_as_news_writes_them(time: str, written: str) -> None:
    assert (QUALIFIER, written) in marked(f"Rusia berdagang dengan China ({written}).", "berdagang", {"time": time})


def test_the_mention_nearest_to_the_cue() -> None:
    text = "Rusia lama diam, kini Rusia berdagang dengan China."
    evidence = Evidence("a", 0, 0, len(text), text, "berdagang", 28, 37, "f", 0.9)
    statement = Statement(RUSSIA, "trade_partner", CHINA, evidence=(evidence,))
    assert marks(statement, evidence)[:3] == [SUBJECT, 22, 27]


def test_names_are_whole_words_and_case_counts_unless_nothing_fits() -> None:
    assert (SUBJECT, "Rusia") not in marked("Perusiaan berdagang dengan China.", "berdagang")
    assert (SUBJECT, "RUSIA") in marked("RUSIA berdagang dengan China.", "berdagang")


def test_what_a_sentence_does_not_name_is_not_marked() -> None:
    assert marked("Ia berdagang dengannya.", "berdagang") == [(CUE, "berdagang")]


def test_marks_never_overlap() -> None:
    found = marked("China Rusia-China", "China Rusia", {"place": "Rusia-China", "title": "China"})
    assert "".join(text for _, text in found).count("Rusia") <= 1
