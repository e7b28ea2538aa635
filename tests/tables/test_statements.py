import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.model import ENTITY_TYPES, MODALITIES, Amount, Entity, Evidence, Statement
from graphkit.tables import TableError, read_statements, write_statements

RUSSIA = Entity("country/russia", "Russia", "Country", ("Rusia",), "Q159", {"en": "Russia", "id": "Rusia"})
CHINA = Entity("country/china", "China", "Country", ("Tiongkok",), "Q148")
PUTIN = Entity("person/vladimir-putin", "Vladimir Putin", "Person", ("Putin",))


def evidence(article="a", start=0, text="Rusia berdagang dengan Tiongkok."):
    return Evidence(article, 0, start, start + len(text), text, "berdagang", start + 6, start + 15, "trade", 0.8)


def say(*where, **qualifiers):
    return Statement(
        RUSSIA, "trade_partner", CHINA, qualifiers, "asserted", (PUTIN,), where, 0.8, "0" * 16, ("1" * 16,)
    )


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_line_has_everything_in_a_fixed_order(tmp_path):
    write_statements([say(evidence(), time="2024", amount=Amount(245e9, "USD", "US$245 miliar"))], tmp_path / "s.jsonl")
    (row,) = rows(tmp_path / "s.jsonl")
    china = {
        "id": "country/china",
        "name": "China",
        "type": "Country",
        "mentions": ["Tiongkok"],
        "wikidata": "Q148",
    }
    putin = {
        "id": PUTIN.id,
        "name": "Vladimir Putin",
        "type": "Person",
        "mentions": ["Putin"],
        "wikidata": None,
    }
    expected = {
        "id": "0" * 16,
        "article": "a",
        "subject": {
            "id": "country/russia",
            "name": "Russia",
            "type": "Country",
            "mentions": ["Rusia"],
            "wikidata": "Q159",
            "labels": {"en": "Russia", "id": "Rusia"},
        },
        "relation": "trade_partner",
        "object": {**china, "labels": {}},
        "qualifiers": {"amount": {"value": 245e9, "unit": "USD", "text": "US$245 miliar"}, "time": "2024"},
        "modality": "asserted",
        "claimed_by": "Vladimir Putin",
        "claimants": [{**putin, "labels": {}}],
        "evidence": {
            "article": "a",
            "sentence": 0,
            "start": 0,
            "end": 32,
            "text": "Rusia berdagang dengan Tiongkok.",
            "cue": "berdagang",
            "cue_start": 6,
            "cue_end": 15,
            "frame": "trade",
            "confidence": 0.8,
            "claimed_by": None,
        },
        "more_evidence": [],
        "frame": "trade",
        "confidence": 0.8,
        "differs_from": ["1" * 16],
    }
    assert json.dumps(row) == json.dumps(expected)


def test_lines_are_by_article_and_offset(tmp_path):
    write_statements(
        [say(evidence("b", 9)), say(evidence("a")), say(evidence("b", 2), evidence("a", 7))], tmp_path / "s"
    )
    assert [(row["article"], row["evidence"]["start"]) for row in rows(tmp_path / "s")] == [
        ("b", 2),
        ("b", 9),
        ("a", 0),
        ("a", 7),
    ]


def test_nothing_gives_an_empty_file(tmp_path):
    write_statements([], tmp_path / "s.jsonl")
    assert (tmp_path / "s.jsonl").read_bytes() == b""
    assert read_statements(tmp_path / "s.jsonl") == []


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "s.jsonl:2: no statement"),
        ("[]", "s.jsonl:2: no statement"),
        ("{}", "s.jsonl:2: key 'evidence' is missing"),
    ],
)
def test_a_bad_line_is_named(tmp_path, line, message):
    path = tmp_path / "s.jsonl"
    write_statements([say(evidence())], path)
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        read_statements(path)


def test_bytes_that_are_no_utf8_are_named(tmp_path):
    (tmp_path / "s.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(TableError, match=r"s\.jsonl: not UTF-8"):
        read_statements(tmp_path / "s.jsonl")


_texts = st.text(max_size=12) | st.sampled_from(["\u2028", "\x85\x00", "\ud800", "a\r\nb", "</script>", '"\\'])


def _tables(values):
    return st.dictionaries(_texts, values, max_size=3).map(lambda table: dict(sorted(table.items())))


_numbers = st.floats(allow_nan=False, allow_infinity=False)
_entities = st.builds(
    Entity,
    _texts,
    _texts,
    st.sampled_from(ENTITY_TYPES),
    st.lists(_texts, max_size=2).map(tuple),
    st.none() | _texts,
    _tables(_texts),
)
_offsets = st.integers(0, 99)
_evidence = st.builds(
    Evidence,
    st.just("a"),
    _offsets,
    _offsets,
    _offsets,
    _texts,
    _texts,
    _offsets,
    _offsets,
    _texts,
    _numbers,
    st.none() | _texts,
)
_statements = st.builds(
    Statement,
    _entities,
    _texts,
    _entities,
    _tables(_texts | st.builds(Amount, _numbers, _texts, _texts)),
    st.sampled_from(MODALITIES),
    st.lists(_entities, max_size=2).map(tuple),
    st.lists(_evidence, max_size=1).map(tuple),
    _numbers,
    _texts,
    st.lists(_texts, max_size=2).map(tuple),
)


@given(st.lists(_statements, max_size=3))
def test_what_is_written_is_read(tmp_path_factory, statements):
    path = tmp_path_factory.mktemp("tables") / "s.jsonl"
    write_statements(statements, path)
    found = read_statements(path)
    assert sorted(map(repr, found)) == sorted(map(repr, statements))
    before = path.read_bytes()
    write_statements(found, path)
    assert path.read_bytes() == before
