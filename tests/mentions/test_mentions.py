"""What a text talks about: names, descriptions, pronouns, offices, claims."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc


def referred(doc: Doc, mention: str) -> set[str]:
    """Names of what the mentions of these words refer to, after linking."""
    entities = doc.user_data["graphkit.entities"]
    return {entities[r]["name"] for m in doc._.mentions if m.text == mention for r in m.referents}


@pytest.mark.parametrize(
    ("text", "mention", "names"),
    [
        ("Tiongkok dan AS berunding di Jenewa.", "Tiongkok", {"China"}),
        ("Tiongkok dan AS berunding di Jenewa.", "AS", {"United States"}),
        ("Menurut Beijing, harga itu wajar.", "Beijing", {"China"}),
        ("Ia tiba di Beijing kemarin.", "Beijing", {"Beijing"}),
        ("Presiden Rusia Vladimir Putin tiba. Ia disambut.", "Ia", {"Vladimir Putin"}),
        ("Presiden China Xi Jinping tiba. Ketua Xi lalu berpidato.", "Xi", {"Xi Jinping"}),
        ("Rusia dan China sepakat. Kedua negara akan bertemu.", "Kedua negara", {"Russia", "China"}),
        ("Putin menelepon Xi Jinping. Kedua pemimpin sepakat.", "Kedua pemimpin", {"Vladimir Putin", "Xi Jinping"}),
        ("Pemerintah menaikkan pajak.", "Pemerintah", {"Indonesia"}),
    ],
)
def test_what_words_refer_to(text: str, mention: str, names: set[str], read: Callable[..., Doc]) -> None:
    assert referred(read(text), mention) == names


def test_weekdays_and_amounts_are_no_names(read: Callable[..., Doc]) -> None:
    doc = read("Pada Kamis (5/6/2025) harga naik Rp 5.000 menurut Bank Indonesia, Senin.")
    assert [m.text for m in doc._.mentions if m.kind == "name"] == ["Bank Indonesia"]


def test_a_pair_of_leaders_leaves_out_their_spokesman(read: Callable[..., Doc]) -> None:
    doc = read(
        "Presiden Rusia Vladimir Putin menelepon Presiden China Xi Jinping. "
        "Juru bicara Kremlin Dmitry Peskov mengatakan kedua pemimpin membahas Taiwan."
    )
    assert referred(doc, "kedua pemimpin") == {"Vladimir Putin", "Xi Jinping"}


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("Presiden Rusia Vladimir Putin tiba.", ("Vladimir Putin", "Russia", "President", "current")),
        ("Mantan Presiden AS Joe Biden hadir.", ("Joe Biden", "United States", "President", "former")),
        ("Menteri Keuangan Ani Lestari hadir.", ("Ani Lestari", "Indonesia", "Minister of Finance", "current")),
        ("Presiden Vladimir Putin tiba.", ("Vladimir Putin", "Russia", "President", "current")),
        ("Kapolres Madiun AKBP Budi Hartono hadir.", ("Budi Hartono", "Polres Madiun", "Police Chief", "current")),
        ("Presiden Partai Buruh, Said Iqbal, hadir.", ("Said Iqbal", "Partai Buruh", "President", "current")),
    ],
)
def test_offices(text: str, office: tuple[str, str, str, str], read: Callable[..., Doc]) -> None:
    found = [s for s in read(text)._.statements if s.relation == "holds_position"]
    assert [(s.subject.name, s.object.name, s.qualifiers["title"], s.qualifiers["status"]) for s in found] == [office]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("Putin mengatakan bahwa Rusia memasok gas ke China.", "Vladimir Putin"),
        ('"Rusia memasok gas ke China," kata Putin.', "Vladimir Putin"),
        ("Menurut Putin, Rusia memasok gas ke China.", "Vladimir Putin"),
        ("Rusia memasok gas ke China.", None),
    ],
)
def test_who_claims_it(text: str, claimant: str | None, read: Callable[..., Doc]) -> None:
    (statement,) = [s for s in read(text)._.statements if s.relation == "supplies"]
    assert [entity.name for entity in statement.claimed_by] == ([claimant] if claimant else [])


def test_events_keep_their_year_and_what_carries_a_name_is_the_name(read: Callable[..., Doc]) -> None:
    doc = read("Ia menghadiri ajang Piala Presiden 2025 di Bandung.")
    assert referred(doc, "Piala Presiden 2025") == {"Piala Presiden 2025"}
    carrier = next(m.text for m in doc._.mentions if m.text.startswith("ajang"))
    assert referred(doc, carrier) == {"Piala Presiden 2025"}


def test_what_stands_between_places_is_a_place(read: Callable[..., Doc]) -> None:
    doc = read("Rumah itu ada di Kelurahan Glodok, Taman Sari, Jakarta Barat.")
    assert {m.type for m in doc._.mentions if m.text == "Taman Sari"} == {"Place"}


def test_a_ministry_of_another_country_is_another_ministry(read: Callable[..., Doc]) -> None:
    doc = read("Kementerian Luar Negeri Jepang membantah kabar itu.")
    assert referred(doc, "Kementerian Luar Negeri Jepang") == {"Kementerian Luar Negeri Jepang"}
