"""What is fused, why, and what is not."""

import json
import time

from hypothesis import given
from hypothesis import strategies as st

from graphkit.linking import Clusters, Fusion, Organizations, join_organizations, resolve
from graphkit.model import Entity
from tests.linking.test_resolve import JAKARTA, KPK, organization, person, say


def fusions_of(*statements):
    found: list[Fusion] = []
    resolve(statements, found)
    return found


def test_the_report_says_what_was_fused_and_why():
    full = organization("Aliansi Kopi Nusantara", "Aliansi Kopi Nusantara", "AKN")
    right, wrong = "Dinas Pendidikan Kabupaten Ponorogo", "Dinas Pendidikan Kabupaten Ponorgo"
    found = fusions_of(
        say(full, "visited", JAKARTA),
        say(organization("AKN"), "visited", JAKARTA),
        *[say(organization(right), "visited", JAKARTA)] * 2,
        say(organization(wrong), "visited", JAKARTA),
        say(person("Budi Santoso", "aa"), "member_of", KPK),
        say(person("Budi Santoso", "bb"), "met_with", KPK),
    )
    assert found == [
        Fusion("organization/akn", full.id, "acronym", ("AKN", "Aliansi Kopi Nusantara")),
        Fusion(
            "organization/dinas-pendidikan-kabupaten-ponorgo",
            "organization/dinas-pendidikan-kabupaten-ponorogo",
            "spelling",
            (wrong, right),
        ),
        Fusion("person/budi-santoso~bb", "person/budi-santoso", "person", ("organization/kpk",)),
    ]


def test_an_acronym_of_a_misspelt_name_gets_to_the_right_spelling():
    right, wrong = "Dinas Pendidikan Kabupaten Ponorogo", "Dinas Pendidikan Kabupaten Ponorgo"
    found = Organizations()
    found.add(organization(right).id, right, {right}, False, 5)
    found.add(organization(wrong).id, wrong, {wrong, "DPKP"}, False)
    found.add("organization/dpkp", "DPKP", {"DPKP"}, False)
    assert join_organizations(found).final() == dict.fromkeys(
        ["organization/dinas-pendidikan-kabupaten-ponorgo", "organization/dpkp"], organization(right).id
    )


def test_two_acronyms_of_one_another_become_one_and_do_not_change_places():
    found = Organizations()
    found.add("organization/abc", "ABC", {"ABC", "ABD", "Aa Bb"}, False)
    found.add("organization/abd", "ABD", {"ABC", "ABD", "Aa Bb"}, False)
    assert set(join_organizations(found).final().values()) == {"organization/abd"}


def test_what_the_knowledge_base_tells_apart_is_never_fused():
    clusters = Clusters({"a", "b"})
    assert clusters.join("x", "a", "spelling", ())
    assert not clusters.join("b", "x", "spelling", ())
    assert clusters.final() == {"x": "a"}


names = st.sampled_from([f"{letter}{n}" for letter in "ab" for n in range(6)])


@given(st.lists(st.tuples(names, names)))
def test_sets_have_one_root_and_at_most_one_known_entity(pairs):
    known = {f"a{n}" for n in range(6)}
    clusters = Clusters(known)
    for pair in pairs:
        clusters.join(*pair, "spelling", ())
    final = clusters.final()
    assert not set(final.values()) & set(final)
    roots = [final.get(item, item) for item in known]
    assert len(set(roots)) == len(known)
    assert {fusion.id for fusion in clusters.fusions()} == set(final)


def test_thousands_of_names_that_differ_in_one_word_are_no_all_pairs():
    found = Organizations()
    for n in range(20_000):
        word = "".join(chr(97 + n // 26**place % 26) for place in range(7))
        found.add(f"organization/dinas-pendidikan-kabupaten-a{word}", word, {word}, False)
    start = time.process_time()
    join_organizations(found)
    assert time.process_time() - start < 30


def test_a_name_of_thousands_is_no_all_pairs():
    clubs = [Entity(f"organization/klub-{n}", f"Klub {n}", "Organization", (), None) for n in range(5_000)]
    start = time.process_time()
    resolve(say(person("Budi Santoso", f"{n:05}"), "member_of", clubs[n // 2]) for n in range(10_000))
    assert time.process_time() - start < 30


def test_a_fusion_is_plain_data():
    assert json.dumps(Fusion("a", "b", "acronym", ("A",)).because) == '["A"]'
