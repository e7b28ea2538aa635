import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.knowledge import KnowledgeBase, RecordError, currency_codes, entity_id, normalise, slug
from graphkit.model import ENTITY_TYPES


@pytest.fixture(scope="module")
def kb():
    return KnowledgeBase.load("id")


def write(path, *entries):
    path.write_text("\n".join(json.dumps(entry) for entry in entries), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "id_", "canonical"),
    [
        ("Rusia", "country/russia", "Russia"),
        ("Tiongkok", "country/china", "China"),
        ("Cina", "country/china", "China"),
        ("AS", "country/united-states", "United States"),
        ("Gedung Putih", "country/united-states", "United States"),
        ("Inggris", "country/united-kingdom", "United Kingdom"),
        ("Korsel", "country/south-korea", "South Korea"),
        ("Korea Utara", "country/north-korea", "North Korea"),
        ("Turki", "country/turkey", "Turkey"),
        ("Ceko", "country/czech-republic", "Czech Republic"),
        ("Palestina", "country/palestine", "Palestine"),
        ("PBB", "organization/united-nations", "United Nations"),
        ("Uni Eropa", "organization/european-union", "European Union"),
        ("DPR RI", "organization/dewan-perwakilan-rakyat", "Dewan Perwakilan Rakyat"),
        ("Kemenkeu", "organization/kementerian-keuangan", "Kementerian Keuangan"),
        ("Jokowi", "person/joko-widodo", "Joko Widodo"),
        ("Jabar", "place/jawa-barat", "Jawa Barat"),
        ("JAKARTA", "place/jakarta", "Jakarta"),
    ],
)
def test_names_of_the_news_lead_to_one_record(kb, name, id_, canonical):
    best = kb.find(name)[0]
    assert (best.record.id, best.record.name) == (id_, canonical)


@pytest.mark.parametrize("word", ["as", "who", "kim", "pan", "putin", "Zyxwv", ""])
def test_words_that_are_no_names_are_not_found(kb, word):
    assert kb.find(word) == ()


def test_a_capital_is_a_city_first_and_its_country_next(kb):
    assert [(match.record.id, match.kind) for match in kb.find("Moskow")] == [
        ("place/moscow", "name"),
        ("country/russia", "capital"),
    ]


def test_dashes_quotes_and_spaces_do_not_matter(kb):
    assert kb.find("PDI–P") == kb.find("PDI-P") != ()
    assert kb.find("Ma’ruf  Amin") == kb.find("Ma'ruf Amin") != ()


def test_records_are_well_formed(kb):
    items = [record.wikidata for record in kb if record.wikidata is not None]
    assert len(items) == len(set(items))
    for record in kb:
        assert record.type in ENTITY_TYPES
        assert record.id == entity_id(record.type, record.name)
        assert kb.get(record.id) is record


def test_every_name_finds_its_record(kb):
    for name, record, kind in kb.names():
        assert (record.id, kind) in {(match.record.id, match.kind) for match in kb.find(name)}


def test_no_short_name_of_two_people(kb):
    owners = {}
    for name, record, _ in kb.names():
        if record.type == "Person":
            owners.setdefault(name, set()).add(record.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_loading_twice_gives_the_same_object(kb):
    assert KnowledgeBase.load("id") is kb


def test_a_users_records_extend_and_override(tmp_path):
    path = write(
        tmp_path / "own.jsonl",
        {"name": "Kopi Senja", "type": "Organization", "aliases": ["KopSen"]},
        {"name": "Moskovia", "type": "Country", "wikidata": "Q159", "aliases": {"short": ["MSK"]}},
        {"id": "person/vladimir-putin", "name": "Vladimir Putin", "type": "Person", "positions": ["judoka"]},
    )
    kb = KnowledgeBase.load("id", (path,))
    assert kb.find("KopSen")[0].record.id == "organization/kopi-senja"
    russia = kb.find("Rusia")[0].record
    assert (russia.id, russia.name) == ("country/russia", "Moskovia")
    assert {kb.find(name)[0].record.id for name in ("MSK", "Russia", "Moskovia")} == {"country/russia"}
    putin = kb.get("person/vladimir-putin")
    assert putin.wikidata == "Q7747" and putin.positions[-1] == "judoka"
    assert KnowledgeBase.load("id").get("country/russia").name == "Russia"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "own.jsonl:2: not JSON"),
        ("[]", "own.jsonl:2: list found"),
        ('{"name": "A"}', "own.jsonl:2: key 'type' is missing"),
        ('{"name": "A", "type": "Persn"}', "own.jsonl:2: key 'type' is 'Persn'; use one of Person"),
        ('{"name": "", "type": "Person"}', "own.jsonl:2: key 'name' is ''"),
        ('{"name": "A", "type": "Person", "wikidata": "159"}', "own.jsonl:2: key 'wikidata'"),
        ('{"name": "A", "type": "Person", "id": "place/a"}', "own.jsonl:2: key 'id'"),
        ('{"name": "A", "type": "Person", "id": "person/<b>"}', "own.jsonl:2: key 'id'"),
        (
            '{"name": "A", "type": "Person", "aliases": {"sort": ["B"]}}',
            "own.jsonl:2: key 'aliases' is 'sort'",
        ),
        ('{"name": "A", "type": "Person", "aliases": [1]}', "own.jsonl:2: key 'aliases'"),
        ('{"name": "A", "type": "Person", "labels": ["B"]}', "own.jsonl:2: key 'labels'"),
        ('{"name": "A", "type": "Person", "qid": "Q1"}', "own.jsonl:2: key 'qid' is 'Q1'; unknown key"),
        ('{"name": "A", "type": []}', "own.jsonl:2: key 'type' is []"),
    ],
)
def test_a_bad_record_is_named_by_file_line_and_key(tmp_path, line, message):
    path = tmp_path / "own.jsonl"
    path.write_text('{"name": "Kopi Senja", "type": "Organization"}\n' + line, encoding="utf-8")
    with pytest.raises(RecordError) as error:
        KnowledgeBase.load("id", (path,))
    assert message in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RecordError, match=r"none\.jsonl: cannot be read"):
        KnowledgeBase.load("id", (tmp_path / "none.jsonl",))


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("rupiah", "IDR"),
        ("Rp", "IDR"),
        ("dolar as", "USD"),
        ("US$", "USD"),
        ("yuan", "CNY"),
        ("ringgit malaysia", "MYR"),
    ],
)
def test_currency_words(word, code):
    assert currency_codes("id")[word] == code


def test_ordinary_words_are_no_currencies():
    assert not {"all", "ALL", "TOP", "top"} & currency_codes("id").keys()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("São Tomé", "sao-tome"), ("PT GoTo & Co.", "pt-goto-co"), ("  Budi  Santoso ", "budi-santoso")],
)
def test_slug(name, expected):
    assert slug(name) == expected


@given(st.text(max_size=200))
def test_a_slug_is_safe_and_normalising_is_stable(name):
    assert all(character.isascii() and (character.isalnum() or character == "-") for character in slug(name))
    assert len(slug(name)) < 100
    assert normalise(normalise(name)) == normalise(name)


def test_names_without_ascii_letters_stay_apart():
    assert slug("北京") != slug("東京")
    assert slug("x" * 200) != slug("x" * 201)
