import time
from dataclasses import replace

from graphkit.linking import resolve
from graphkit.model import Entity, Evidence, Statement

JAKARTA = Entity("place/jakarta", "Jakarta", "Place", ("Jakarta",), "Q3630", {"en": "Jakarta"})
INDONESIA = Entity("country/indonesia", "Indonesia", "Country", ("RI",), "Q252", {"en": "Indonesia"})
KPK = Entity("organization/kpk", "KPK", "Organization", ("KPK",), None, {"id": "KPK"})


def person(name, article, *mentions):
    slug = name.lower().replace(" ", "-")
    return Entity(f"person/{slug}~{article}", name, "Person", mentions or (name,))


def organization(name, *mentions, slug=None):
    return Entity(f"organization/{slug or name.lower().replace(' ', '-')}", name, "Organization", mentions or (name,))


def say(subject, relation, object_, claimed_by=(), **qualifiers):
    claimant = claimed_by[0].id if claimed_by else None
    evidence = Evidence("a", 0, 0, 4, "Isi.", "isi", 0, 3, "f", 0.8, claimant)
    return Statement(subject, relation, object_, qualifiers, "asserted", tuple(claimed_by), (evidence,), 0.8)


def subjects(*statements):
    return [statement.subject.id for statement in resolve(statements)]


def test_two_people_of_one_name_stay_apart():
    found = subjects(
        say(person("Budi Santoso", "aa"), "visited", JAKARTA),
        say(person("Budi Santoso", "bb"), "visited", JAKARTA),
    )
    assert found == ["person/budi-santoso~aa", "person/budi-santoso~bb"]


def test_a_shared_organization_joins_them_and_a_shared_country_does_not():
    first, second, third = (person("Budi Santoso", article) for article in ("aa", "bb", "cc"))
    found = subjects(
        say(first, "member_of", KPK),
        say(second, "met_with", KPK),
        say(third, "holds_position", INDONESIA, title="Envoy"),
    )
    assert found == ["person/budi-santoso~aa", "person/budi-santoso~aa", "person/budi-santoso~cc"]


def test_the_same_office_joins_them():
    found = subjects(
        *(
            say(person("Budi Santoso", article), "holds_position", INDONESIA, title=title)
            for article, title in (("aa", "Minister of Tea"), ("bb", "minister of tea"), ("cc", "Envoy"))
        )
    )
    assert len(set(found)) == 2 and found[0] == found[1]


def test_the_only_bearer_of_a_name_loses_the_mark():
    assert subjects(say(person("Budi Santoso", "aa"), "visited", JAKARTA)) == ["person/budi-santoso"]


def test_a_single_name_never_joins_two_articles():
    found = subjects(*(say(person("Budi", article), "member_of", KPK) for article in ("aa", "bb")))
    assert found == ["person/budi~aa", "person/budi~bb"]


def test_an_unknown_namesake_of_a_known_person_keeps_the_mark():
    known = Entity("person/sri-ayu", "Sri Ayu", "Person", ("Sri Ayu",), "Q1", {"id": "Sri Ayu"})
    found = subjects(say(known, "visited", JAKARTA), say(person("Sri Ayu", "aa"), "visited", JAKARTA))
    assert found == ["person/sri-ayu", "person/sri-ayu~aa"]


def test_half_likeness_does_not_chain():
    clubs = [organization(f"Klub {letter}") for letter in "abcd"]
    a, b, c = (person("Budi Santoso", article) for article in ("aa", "bb", "cc"))
    # a knows most; b shares Klub c with a, while c shares Klub d with b alone.
    found = subjects(
        *(say(a, "member_of", club) for club in clubs[:3]),
        *(say(b, "member_of", club) for club in clubs[2:]),
        say(c, "member_of", clubs[3]),
    )
    assert found[0] == found[3] != found[5]


def test_two_people_known_to_each_other_are_the_same_two_elsewhere():
    couples = [(person("Budi Santoso", article), person("Sri Lestari", article)) for article in ("aa", "bb")]
    found = resolve([say(husband, "related_to", wife) for husband, wife in couples])
    assert {(item.subject.id, item.object.id) for item in found} == {("person/budi-santoso", "person/sri-lestari")}


def test_claimants_and_evidence_get_the_final_ids():
    budi = person("Budi Santoso", "aa")
    (statement,) = resolve([say(KPK, "investigates", JAKARTA, claimed_by=(budi,))])
    assert statement.claimed_by[0].id == statement.evidence[0].claimed_by == "person/budi-santoso"


def test_the_most_usual_name_wins_then_the_longest():
    forms = ["PT Kopi Senja", "Kopi Senja", "PT Kopi Senja", "Kopi Senja Tbk"]
    found = resolve([say(organization(form, slug="kopi-senja"), "visited", JAKARTA) for form in forms])
    assert {item.subject.name for item in found} == {"PT Kopi Senja"}
    assert {item.subject.mentions for item in found} == {(form,) for form in forms}


def test_a_known_name_wins_over_more_usual_ones():
    known = replace(organization("Kopi Senja"), labels={"en": "Kopi Senja"}, wikidata="Q5")
    found = resolve(
        [
            say(known, "visited", JAKARTA),
            *[say(organization("Senja", slug="kopi-senja"), "visited", JAKARTA)] * 3,
        ]
    )
    assert {(item.subject.name, item.subject.wikidata) for item in found} == {("Kopi Senja", "Q5")}


def test_an_acronym_joins_its_only_owner():
    full = organization("Aliansi Kopi Nusantara", "Aliansi Kopi Nusantara", "AKN")
    assert subjects(say(full, "visited", JAKARTA), say(organization("AKN"), "visited", JAKARTA)) == [full.id] * 2
    rival = organization("Asosiasi Kurir Nasional", "Asosiasi Kurir Nasional", "AKN")
    found = subjects(*(say(item, "visited", JAKARTA) for item in (full, rival, organization("AKN"))))
    assert found[2] == "organization/akn"


def test_an_ordinary_word_is_no_acronym():
    full = organization("Polres Kota Kopi", "Polres Kota Kopi", "Polisi")
    assert subjects(say(full, "visited", JAKARTA), say(organization("Polisi"), "visited", JAKARTA))[1] != full.id


def test_a_spelling_variant_joins_the_more_frequent_spelling():
    right, wrong = "Dinas Pendidikan Kabupaten Ponorogo", "Dinas Pendidikan Kabupaten Ponorgo"
    found = subjects(*(say(organization(name), "visited", JAKARTA) for name in (wrong, right, right)))
    assert set(found) == {"organization/dinas-pendidikan-kabupaten-ponorogo"}


def test_numbers_and_short_words_tell_organizations_apart():
    names = ["Sekolah Menengah Negeri 1 Ponorogo", "Sekolah Menengah Negeri 2 Ponorogo"]
    names += ["Komisi IV DPRD Kabupaten Ponorogo", "Komisi VI DPRD Kabupaten Ponorogo"]
    assert len(set(subjects(*(say(organization(name), "visited", JAKARTA) for name in names)))) == 4


def test_joining_is_near_linear():
    statements = [say(person("Budi Santoso", f"{n:05}"), "member_of", organization(f"Klub {n}")) for n in range(3000)]
    start = time.perf_counter()
    assert len(set(subjects(*statements))) == 3000
    assert time.perf_counter() - start < 10
