"""What belongs to a statement besides its arguments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from graphkit import Amount, Statement
from graphkit.statements.scorer import SCORER


def read_by_rules(doc: Doc) -> list[Statement]:
    """Statements that frames and rules read; what the scorer adds is likely, not certain, and measured elsewhere."""
    return [s for s in doc._.statements if any(e.frame != SCORER for e in s.evidence)]


def only(doc: Doc, relation: str) -> Statement:
    (statement,) = [s for s in read_by_rules(doc) if s.relation == relation]
    return statement


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rusia memasok gas ke China.", "asserted"),
        ("Rusia akan memasok gas ke China.", "planned"),
        ("Rusia tidak memasok gas ke China.", "negated"),
        ("Rusia mungkin memasok gas ke China.", "possible"),
    ],
)
def test_modality(text: str, modality: str, read: Callable[..., Doc]) -> None:
    assert only(read(text), "supplies").modality == modality


def test_amount_and_time(read: Callable[..., Doc]) -> None:
    statement = only(read("Nilai perdagangan Rusia dan China mencapai US$245 miliar pada 2024."), "trade_partner")
    assert statement.qualifiers["amount"] == Amount(245e9, "USD", "US$245 miliar")
    assert statement.qualifiers["time"] == "2024"


def test_a_length_is_no_amount_of_gas(read: Callable[..., Doc]) -> None:
    statement = only(read("Rusia memasok gas ke China lewat pipa sepanjang 3.000 kilometer."), "supplies")
    assert "amount" not in statement.qualifiers


def test_a_weekday_dates_no_office(read: Callable[..., Doc]) -> None:
    statement = only(read("Presiden Rusia Vladimir Putin tiba pada Kamis (5/6/2025)."), "holds_position")
    assert "time" not in statement.qualifiers


def test_a_meeting_takes_the_day_that_the_article_reports(read: Callable[..., Doc]) -> None:
    opening = "Pertemuan berlangsung pada Selasa (3/6/2025). Pertemuan berikutnya pada 9 Juni 2025. "
    assert only(read(opening + "Putin bertemu dengan Xi Jinping."), "met_with").qualifiers["time"] == "2025-06-03"
    dated = "Putin bertemu dengan Xi Jinping pada 4 Juni 2025."
    assert only(read(opening + dated), "met_with").qualifiers["time"] == "2025-06-04"
    assert "time" not in only(read(opening + "Rusia memasok gas ke China."), "supplies").qualifiers
    assert "time" not in only(read(opening + "Putin akan bertemu dengan Xi Jinping."), "met_with").qualifiers


def test_the_year_in_a_name_is_no_time(read: Callable[..., Doc]) -> None:
    statement = only(read("Presiden Prabowo Subianto menghadiri Piala Dunia 2026."), "participated_in")
    assert statement.object.name == "Piala Dunia 2026" and "time" not in statement.qualifiers


def test_evidence_is_the_sentence_of_the_article(read: Callable[..., Doc]) -> None:
    text = "MOSKOW - Cuaca cerah.\nBaca juga: Hujan\nRusia memasok gas ke China."
    statement = only(read(text), "supplies")
    (item,) = statement.evidence
    assert text[item.start : item.end] == item.text == "Rusia memasok gas ke China."
    assert (item.sentence, item.cue, item.frame) == (1, "memasok", "supplies.verb")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Antonio Guterres mengecam serangan terhadap warga sipil.", "attacked"),
        ("Ia ada di Jawa, Bali, dan Sulawesi.", "located_in"),
    ],
)
def test_near_misses(text: str, wrong: str, read: Callable[..., Doc]) -> None:
    assert wrong not in {statement.relation for statement in read_by_rules(read(text))}


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("Xi Jinping mengundang Vladimir Putin untuk menghadiri KTT ASEAN.", "Vladimir Putin"),
        ("Vladimir Putin mengunjungi Beijing untuk menghadiri KTT ASEAN.", "Vladimir Putin"),
    ],
)
def test_who_attends(text: str, guest: str, read: Callable[..., Doc]) -> None:
    assert only(read(text), "participated_in").subject.name == guest


def test_a_figure_needs_a_noun_that_has_figures(read: Callable[..., Doc]) -> None:
    assert only(read("Laba Bank Mandiri naik 12 persen."), "measure").subject.name == "Bank Mandiri"
    assert not [s for s in read_by_rules(read("Bank Mandiri bertemu 12 persen.")) if s.relation == "measure"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Direktorat Lalu Lintas Polda Jambi menilang sopir truk.",
            ("Direktorat Lalu Lintas Polda Jambi", "Polda Jambi"),
        ),
        ("Fraksi Partai Golkar menolak usul itu.", ("Fraksi Partai Golkar", "Partai Golkar")),
    ],
)
def test_units_are_part_of_what_they_are_named_after(
    text: str, wanted: tuple[str, str], read: Callable[..., Doc]
) -> None:
    statement = only(read(text), "part_of")
    assert (statement.subject.name, statement.object.name) == wanted


def test_what_people_say_of_something(read: Callable[..., Doc]) -> None:
    statement = only(read("Menurut Vladimir Putin, Indonesia merupakan mitra penting Rusia."), "described_as")
    assert (statement.subject.name, statement.object.name) == ("Vladimir Putin", "Indonesia")
    assert statement.qualifiers["as"].startswith("mitra penting")
    denied = read("Menurut Vladimir Putin, Indonesia bukan merupakan musuh.")
    assert "described_as" not in {statement.relation for statement in read_by_rules(denied)}


def test_an_age_in_brackets(read: Callable[..., Doc]) -> None:
    statement = only(read("Polisi memeriksa Budi Hartono (45) di Surabaya (5/6/2025)."), "measure")
    assert (statement.subject.name, statement.object.name) == ("Budi Hartono", "45 years")
    assert statement.qualifiers["metric"] == "usia"


def test_praise_of_what_somebody_does_is_praise_of_him(read: Callable[..., Doc]) -> None:
    statement = only(read("Joko Widodo memuji pernyataan Emmanuel Macron."), "supports")
    assert statement.object.name == "Emmanuel Macron"
