import pytest
import spacy
from spacy.tokens import Doc

import graphkit.linking  # noqa: F401  (makes the step known)
from graphkit.knowledge import KnowledgeBase
from graphkit.linking import EntityLinker
from graphkit.linking.component import plain_name
from graphkit.mentions.component import REFERENTS
from graphkit.statements.component import ENTITIES


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("id")


@pytest.fixture(scope="module")
def linker():
    return EntityLinker("id")


def referent(name, type_, *names, record=None, described=False):
    return {
        "name": name,
        "type": type_,
        "names": [name, *names],
        "record": record,
        "context": [],
        "described": described,
    }


def link(nlp, linker, *referents, text="Isi."):
    doc = Doc(nlp.vocab, words=[text])
    doc.user_data[REFERENTS] = list(referents)
    return linker.link(doc)


def test_a_known_referent_gets_its_record(nlp, linker):
    (russia,) = link(nlp, linker, referent("Rusia", "Country", "Moskow", record="country/russia"))
    assert (russia.id, russia.name, russia.wikidata) == ("country/russia", "Russia", "Q159")
    assert russia.mentions == ("Moskow", "Rusia")
    assert russia.labels["id"] == "Rusia"


def test_names_in_capitals_are_linked_by_type(nlp, linker):
    found = link(
        nlp,
        linker,
        referent("SURABAYA", "Place"),
        referent("INDONESIA", "Country"),
        referent("PUTRA", "Person"),
    )
    assert [entity.id for entity in found[:2]] == ["place/surabaya", "country/indonesia"]
    assert found[2].id.startswith("person/putra~")


def test_a_short_name_is_the_known_person_unless_another_in_the_article_bears_it(nlp, linker):
    (alone,) = link(nlp, linker, referent("Putin", "Person"))
    assert alone.id == "person/vladimir-putin"
    beside, other = link(nlp, linker, referent("Putin", "Person"), referent("Rizky Putin", "Person"))
    assert beside.id.startswith("person/putin~") and other.id.startswith("person/rizky-putin~")


def test_a_full_name_is_linked_beside_a_namesake(nlp, linker):
    known, other = link(nlp, linker, referent("Vladimir Putin", "Person", "Putin"), referent("Rizky Putin", "Person"))
    assert known.id == "person/vladimir-putin" and not other.labels


@pytest.mark.parametrize(
    ("full", "acronym", "id_"),
    [
        ("Badan Tim Nasional", "BTN", "organization/badan-tim-nasional"),
        ("Bank Tabungan Negara", "BTN", "organization/bank-tabungan-negara"),
        ("Badan Pengawas Pemilihan Umum", "Bawaslu", "organization/badan-pengawas-pemilu"),
        ("Kementerian Perdagangan RI", "Kemendag", "organization/kementerian-perdagangan"),
        ("Bank BTN Cabang Solo", "BTN", "organization/bank-tabungan-negara"),
    ],
)
def test_an_acronym_means_what_the_article_spells_out(nlp, linker, full, acronym, id_):
    record = KnowledgeBase.load("id").find(acronym)[0].record.id
    (entity,) = link(nlp, linker, referent(full, "Organization", acronym, record=record))
    assert entity.id == id_


def test_unknown_people_and_descriptions_hold_in_their_article_alone(nlp, linker):
    budi, crowd = referent("Budi Santoso", "Person"), referent("lima tersangka", "Group", described=True)
    first = link(nlp, linker, budi, crowd, text="Satu.")
    second = link(nlp, linker, budi, crowd, text="Dua.")
    assert all(entity.id.split("~")[0] in {"person/budi-santoso", "group/lima-tersangka"} for entity in first)
    assert not {entity.id for entity in first} & {entity.id for entity in second}
    assert first == link(nlp, linker, budi, crowd, text="Satu.")


def test_a_description_is_never_a_known_name(nlp, linker):
    (entity,) = link(nlp, linker, referent("Rusia", "Country", described=True))
    assert entity.id.startswith("country/rusia~")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("PT Kopi Senja Tbk", "Kopi Senja"),
        ("PT. Kopi Senja (Persero) Tbk.", "Kopi Senja"),
        ("Badan Uji Kopi (BUK)", "Badan Uji Kopi"),
        ("PT", "PT"),
    ],
)
def test_an_organization_without_its_legal_form(name, plain):
    assert plain_name(name) == plain


def test_forms_of_one_organization_share_an_id(nlp, linker):
    found = link(nlp, linker, *(referent(n, "Organization") for n in ("PT Kopi Senja Tbk", "Kopi Senja", "KOPI SENJA")))
    assert {entity.id for entity in found} == {"organization/kopi-senja"}


def test_a_users_records_are_used(nlp, tmp_path):
    path = tmp_path / "own.jsonl"
    path.write_text('{"name": "Kopi Senja", "type": "Organization", "aliases": ["KopSen"]}', encoding="utf-8")
    (entity,) = link(nlp, EntityLinker("id", [path]), referent("KopSen", "Organization"))
    assert entity.name == "Kopi Senja" and entity.labels


def test_the_pipeline_step_writes_plain_data(nlp):
    pipe = nlp.create_pipe("graphkit_linker")
    doc = Doc(nlp.vocab, words=["Isi."])
    doc.user_data[REFERENTS] = [referent("Rusia", "Country", record="country/russia")]
    assert pipe(doc).user_data[ENTITIES][0]["id"] == "country/russia"
    assert spacy.tokens.DocBin(store_user_data=True, docs=[doc]).to_bytes()
