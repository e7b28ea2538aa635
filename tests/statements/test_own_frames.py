"""Frames and relations of a user's own: read, exported, and refused with a message that names the place."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import graphkit
from graphkit.cli import app
from graphkit.schema import SchemaError, own, relations, relations_with
from graphkit.statements import check_frames, frame_checks, frames_with, load_frames

ROOT = Path(__file__).parents[2]

RELATION = """
[relation.endorsed]
label = { en = "endorsed", id = "merestui" }
subject = "actor"
object = ["Person", "Organization"]
kind = "event"
qualifiers = ["role", "time", "amount"]
identity = ["role"]
broader = "relations"
wikidata = "P8458"
"""
FRAME = """
[[frame]]
id = "endorsed.merestui"
relation = "endorsed"
verbs = ["restui"]
subject = ["agent"]
object = ["patient"]
qualifiers = { role = ["words:sebagai"] }
confidence = 0.8
examples = [{ text = "Partai Sagara merestui Sinta.", statements = ["Partai Sagara | endorsed | Sinta"] }]
"""
TEXT = "Partai Gerindra merestui Sinta Wijaya sebagai calon gubernur pada Mei 2025."


@pytest.fixture
def own_file(tmp_path: Path) -> Callable[..., Path]:
    def write(text: str = RELATION + FRAME, name: str = "own.toml") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": TEXT, "language": "id"}), encoding="utf-8")
    return path


def test_a_new_relation_is_in_every_export(own_file: Callable[..., Path], article: Path, tmp_path: Path) -> None:
    kg = graphkit.build([article], frames=[own_file()])
    statement = kg.statements[0]
    assert (statement.relation, statement.qualifiers["role"]) == ("endorsed", "calon gubernur pada Mei 2025")
    kg.save(tmp_path / "out")
    graph = rdflib.Graph().parse(tmp_path / "out" / "graph.ttl")
    relation = rdflib.URIRef("https://graphkit.example/r/endorsed")
    labels = {str(label) for label in graph.objects(relation, rdflib.RDFS.label)}
    assert labels == {"endorsed", "merestui"}
    assert "P8458" in str(list(graph.objects(relation, rdflib.SKOS.closeMatch)))
    assert kg.query("SELECT ?o { ?s r:endorsed ?x . ?x rdfs:label ?o }").table() == [["Sinta Wijaya"]]
    page = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert '"merestui"' in page
    assert "endorsed" in (tmp_path / "out" / "graph.graphml").read_text(encoding="utf-8")


def test_identity_and_symmetry_are_those_of_the_new_relation(own_file: Callable[..., Path]) -> None:
    symmetric = RELATION.replace('kind = "event"', 'kind = "event"\nsymmetric = true').replace(
        'object = ["Person", "Organization"]', 'object = "actor"'
    )
    schema = relations_with([own_file(symmetric)])
    person, party = graphkit.Entity("person/a", "A", "Person"), graphkit.Entity("organization/b", "B", "Organization")
    there, back = (
        graphkit.Statement(*sides, evidence=(evidence(article),))
        for sides, article in (((person, "endorsed", party), "x"), ((party, "endorsed", person), "y"))
    )
    articles = [graphkit.Article("x", "isi"), graphkit.Article("y", "isi")]
    kg = graphkit.KnowledgeGraph.from_statements([there, back], articles, schema=schema)
    assert len({statement.id for statement in kg.article_statements}) == len(kg.statements)
    alone = graphkit.KnowledgeGraph.from_statements([there, back], articles)
    assert len(alone.statements) == 2
    other = graphkit.Statement(person, "endorsed", party, {"role": "z"}, evidence=(evidence("x"),))
    assert len(graphkit.KnowledgeGraph.from_statements([other], articles, schema=schema).statements) == 1


def evidence(article: str) -> graphkit.Evidence:
    return graphkit.Evidence(article, 0, 0, 3, "isi", "isi", 0, 3, "endorsed.merestui", 0.8)


def test_relations_that_no_schema_knows_are_exported_too(tmp_path: Path) -> None:
    sides = graphkit.Entity("person/a", "A", "Person"), graphkit.Entity("person/b", "B", "Person")
    statement = graphkit.Statement(sides[0], "owes_money_to", sides[1], evidence=(evidence("x"),))
    kg = graphkit.KnowledgeGraph.from_statements([statement], [graphkit.Article("x", "isi")])
    kg.save(tmp_path)
    assert '"owes money to"' in (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert '"owes money to"@en' in (tmp_path / "graph.ttl").read_text(encoding="utf-8")


def test_own_frames_come_first_and_only_for_their_language(own_file: Callable[..., Path]) -> None:
    shipped = load_frames("id")
    assert frames_with([own_file()], "id") == (*frames_with([own_file()], "id")[:1], *shipped)
    assert frames_with([own_file('language = "en"\n' + RELATION + FRAME)], "id") == shipped


def test_a_frame_for_a_relation_of_another_file(own_file: Callable[..., Path]) -> None:
    files = [own_file(FRAME, "b.toml"), own_file(RELATION, "a.toml")]
    assert list(check_frames(files)) == [*relations(), "endorsed"]


def change(old: str, new: str) -> str:
    text = RELATION + FRAME
    assert old in text
    return text.replace(old, new)


BAD = {
    "no TOML": ("[relation", "not TOML"),
    "nested": ("a = " + "[" * 20_000, "nested too deeply"),
    "digits": ("a = " + "9" * 9_000, "not TOML"),
    "unknown top key": ("[[frames]]", "unknown key 'frames'"),
    "language": ('language = "Indonesian"', "'language'"),
    "relation is a list": ("relation = []", "'relation'"),
    "frame is a table": ('[frame]\nid = "x"', "[[frame]]"),
    "relation ships": (change("endorsed]", "visited]"), "relation 'visited' is one of those that ship"),
    "relation name": (change("[relation.endorsed]", '[relation."En dorsed"]'), "relation 'En dorsed'"),
    "family as name": (change("[relation.endorsed]", "[relation.my_relation]"), "relation 'my_relation'"),
    "relation key": (change("kind =", "sort ="), "relation 'endorsed': unknown key 'sort'"),
    "no label": (change('label = { en = "endorsed", id = "merestui" }', ""), "'label' is missing"),
    "no English label": (change('en = "endorsed", ', ""), "no 'en'"),
    "type": (change('object = ["Person", "Organization"]', 'object = ["Human"]'), "'object' has 'Human'"),
    "no types": (change('object = ["Person", "Organization"]', "object = []"), "'object'"),
    "kind": (change('"event"', '"thing"'), "'kind' is 'thing'"),
    "symmetric": (change('kind = "event"', 'kind = "event"\nsymmetric = "yes"'), "'symmetric'"),
    "event date": (change('kind = "event"', 'kind = "event"\nevent_date = 1'), "'event_date' is 1"),
    "one-sided symmetry": (change('kind = "event"', 'kind = "event"\nsymmetric = true'), "'object'"),
    "reserved qualifier": (change('"role", "time"', '"confidence"'), "'qualifiers' has 'confidence'"),
    "identity": (change('identity = ["role"]', 'identity = ["place"]'), "'identity' has 'place'"),
    "wikidata": (change('"P8458"', '"Q5"'), "'wikidata'"),
    "broader": (change('broader = "relations"', 'broader = "a b"'), "'broader'"),
    "frame key": (change("verbs =", "verb ="), "frame 'endorsed.merestui': unknown key 'verb'"),
    "frame relation": (change('relation = "endorsed"', 'relation = "loved"'), "relation 'loved' is not in the schema"),
    "frame id": (change('"endorsed.merestui"', '"merestui"'), "frame 'merestui': key 'id'"),
    "no words": (change('verbs = ["restui"]', "verbs = []"), "no words that evoke it"),
    "empty word": (change('["restui"]', '[" "]'), "key 'verbs'"),
    "word is no list": (change('["restui"]', '"restui"'), "key 'verbs'"),
    "slot": (change('["patient"]', '["sufferer"]'), "'object' has 'sufferer'"),
    "slot without word": (change('["patient"]', '["prep:"]'), "'object' has 'prep:'"),
    "no slots": (change('subject = ["agent"]', ""), "slots for 'subject' and 'object'"),
    "narrower type": (change("confidence", 'object_types = ["Event"]\nconfidence'), "'object_types' has 'Event'"),
    "qualifier": (change("{ role =", "{ place ="), "no qualifier 'place'"),
    "time as words": (change("{ role =", "{ time ="), "'time' is not read from words"),
    "amount as words": (change("{ role =", "{ amount ="), 'amount = "money"'),
    "source": (change('"words:sebagai"', '"phrases"'), "'qualifiers.role' has 'phrases'"),
    "confidence": (change("confidence = 0.8", "confidence = 8"), "'confidence' is 8"),
    "infinite": (change("confidence = 0.8", "confidence = nan"), "'confidence' is nan"),
    "no confidence": (change("confidence = 0.8", ""), "'confidence' is missing"),
    "modality": (change("confidence =", 'modality = "sure"\nconfidence ='), "'modality' is 'sure'"),
    "amount kind": (change("confidence =", 'amount = "rupiah"\nconfidence ='), "'amount' is 'rupiah'"),
    "example": (change("Sagara | endorsed | Sinta", "Sagara endorsed Sinta"), "example 1"),
    "example key": (change("{ text = ", "{ sentence = "), "example 1: unknown key 'sentence'"),
    "twice": (RELATION + FRAME + FRAME, "the id is taken here"),
}


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD)
def test_a_bad_file_names_file_place_and_key(text: str, words: str, own_file: Callable[..., Path]) -> None:
    with pytest.raises(SchemaError, match=r".*own\.toml: ") as error:
        check_frames([own_file(text)])
    assert words in str(error.value) and "\n" not in str(error.value)


def test_files_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes("# café".encode("latin-1"))
    (tmp_path / "huge.toml").write_bytes(b"#" * (2**20 + 1))
    for name, words in {
        "latin.toml": "UTF-8",
        "huge.toml": "larger",
        "none.toml": "cannot be read",
        ".": "file",
    }.items():
        with pytest.raises(SchemaError, match=words):
            check_frames([tmp_path / name])


def test_an_id_that_ships_is_refused(own_file: Callable[..., Path]) -> None:
    frame = FRAME.replace("endorsed.merestui", "visited.verb").replace('"endorsed"', '"visited"')
    frame = frame.replace('qualifiers = { role = ["words:sebagai"] }', "").replace("| endorsed |", "| visited |")
    with pytest.raises(SchemaError, match=r"frame 'visited\.verb': a frame that ships has the id"):
        check_frames([own_file(frame)])


def test_the_command_refuses_before_any_work(own_file: Callable[..., Path], article: Path, tmp_path: Path) -> None:
    bad = own_file(change("verbs =", "verb ="))
    arguments = ["build", str(article), "--frames", str(bad), "-o", str(tmp_path / "out")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2 and "own.toml: frame 'endorsed.merestui': unknown key 'verb'" in result.output
    assert not (tmp_path / "out").exists()


def test_what_exports_use_is_reserved() -> None:
    ontology = (ROOT / "graphkit" / "rdf" / "ontology.ttl").read_text(encoding="utf-8")
    graph = rdflib.Graph().parse(data=ontology, format="turtle")
    terms = {str(term).partition("#")[2] for term in graph.subjects() if "graphkit.example/o#" in str(term)}
    qualifiers = {name for relation in relations().values() for name in relation.qualifiers}
    properties = {term for term in terms if term[:1].islower()} - qualifiers
    snake = {"".join(f"_{c.lower()}" if c.isupper() else c for c in term) for term in properties}
    assert snake and not snake - own.RESERVED


VALUES = st.recursive(
    st.one_of(st.booleans(), st.integers(-9, 9), st.sampled_from(["", "endorsed", "agent", "Person", "en", "x y"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["en", "role", "text"]), inner),
    max_leaves=6,
)


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


@settings(deadline=None)
@given(
    st.sampled_from([("relation", key) for key in own._KEYS] + [("frame", key) for key in frame_checks._KEYS]), VALUES
)
def test_any_value_is_read_or_refused(place: tuple[str, str], value: object) -> None:
    part, key = place
    parts = {"relation": RELATION, "frame": FRAME}
    lines = [line for line in parts[part].splitlines() if not line.startswith(f"{key} =")]
    parts[part] = "\n".join([*lines, f"{key} = {toml(value)}", ""])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "own.toml"
        path.write_text("".join(parts.values()), encoding="utf-8")
        try:
            check_frames([path])
        except SchemaError as error:
            assert "own.toml" in str(error)
