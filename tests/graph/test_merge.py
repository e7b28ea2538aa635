import time
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphkit.graph import articles_of, entities_of, merge, statement_id, statements_of
from graphkit.model import Amount, Article, Entity, Evidence, Statement

ARTICLES = [Article(f"a{n}", f"Isi berita {n}.") for n in range(6)]
RUSSIA = Entity("country/russia", "Russia", "Country", ("Rusia",), "Q159", {"en": "Russia", "id": "Rusia"})
CHINA = Entity("country/china", "China", "Country", ("Tiongkok",), "Q148", {"en": "China"})
PUTIN = Entity("person/vladimir-putin", "Vladimir Putin", "Person", ("Putin",))
WIDGET = Entity("organization/widget", "Widget", "Organization", ("Widget",))


def evidence(article="a0", text="Rusia berdagang dengan Tiongkok.", start=0, confidence=0.8, claimed_by=None):
    return Evidence(
        article, 0, start, start + len(text), text, "berdagang", start, start + 9, "f", confidence, claimed_by
    )


def say(
    subject=RUSSIA,
    relation="trade_partner",
    object_=CHINA,
    *,
    modality="asserted",
    at=None,
    claimed_by=(),
    **qualifiers,
):
    where = at if at is not None else (evidence(),)
    return Statement(subject, relation, object_, qualifiers, modality, claimed_by, tuple(where), 0.8)


def usd(value, text=""):
    return Amount(value, "USD", text)


def edges(*statements):
    return statements_of(merge(statements, ARTICLES))


def test_the_graph_has_the_attributes_that_exporters_read():
    graph = merge([say(amount=usd(245e9, "US$245 miliar"), time="2024", claimed_by=(PUTIN,))], ARTICLES)
    assert isinstance(graph, nx.MultiDiGraph)
    assert list(graph.graph["articles"]) == [article.id for article in ARTICLES]
    assert graph.nodes["country/russia"] == {
        "name": "Russia",
        "type": "Country",
        "wikidata": "Q159",
        "labels": {"en": "Russia", "id": "Rusia"},
        "aliases": ("Rusia",),
    }
    assert "person/vladimir-putin" in graph
    ((subject, object_, id_, edge),) = graph.edges(keys=True, data=True)
    assert (subject, object_) == ("country/russia", "country/china")
    assert len(id_) == 16 and int(id_, 16) >= 0
    assert edge == {
        "relation": "trade_partner",
        "qualifiers": {"amount": usd(245e9, "US$245 miliar"), "time": "2024"},
        "modality": "asserted",
        "claimed_by": ("person/vladimir-putin",),
        "confidence": 0.8,
        "evidence": (evidence(),),
        "differs_from": (),
    }


def test_an_id_is_stable():
    assert statement_id(say()) == "af6e3f8dfbef0d8d"


def test_a_symmetric_relation_is_one_edge_in_the_direction_most_evidence_has():
    forth = say(at=[evidence("a0")])
    back = [say(CHINA, object_=RUSSIA, at=[evidence(article)]) for article in ("a1", "a2")]
    (edge,) = edges(forth, *back)
    assert (edge.subject.id, edge.object.id) == ("country/china", "country/russia")
    (edge,) = edges(forth, back[0])
    assert edge.subject.id == "country/china"
    assert len({statement_id(statement) for statement in (forth, *back)}) == 1


def test_a_directed_relation_keeps_its_directions_apart():
    assert len(edges(say(relation="supplies"), say(CHINA, "supplies", RUSSIA))) == 2


def test_another_amount_or_time_is_another_edge_marked_as_differing():
    first, second, third = (
        say(amount=usd(245e9), time="2024"),
        say(amount=usd(244.8e9), time="2024", at=[evidence("a1")]),
        say(amount=usd(245e9), time="2023", at=[evidence("a2")]),
    )
    found = {edge.id: edge for edge in edges(first, second, third)}
    assert len(found) == 3
    assert found[statement_id(first)].differs_from == tuple(sorted(map(statement_id, (second, third))))
    assert all(statement_id(first) in found[statement_id(other)].differs_from for other in (second, third))


def test_float_noise_is_no_other_amount():
    assert len(edges(say(amount=usd(0.1 + 0.2)), say(amount=usd(0.3)))) == 1


def test_modality_and_title_keep_statements_apart_unmarked():
    negated = edges(say(), say(modality="negated"))
    assert len(negated) == 2 and not any(edge.differs_from for edge in negated)
    offices = edges(
        say(PUTIN, "holds_position", RUSSIA, title="President"),
        say(PUTIN, "holds_position", RUSSIA, title="Spy"),
    )
    assert len(offices) == 2 and not any(edge.differs_from for edge in offices)


def test_case_of_a_title_does_not_matter():
    assert len(edges(*(say(PUTIN, "holds_position", RUSSIA, title=title) for title in ("President", "president")))) == 1


def test_a_less_specific_state_joins_the_only_more_specific_one():
    exact = say(amount=usd(245e9), time="2024")
    (edge,) = edges(exact, say(at=[evidence("a1")]), say(time="2024", at=[evidence("a2")]))
    assert edge.id == statement_id(exact)
    assert [item.article for item in edge.evidence] == ["a0", "a1", "a2"]


def test_with_two_to_choose_from_it_stays_alone():
    found = edges(say(amount=usd(245e9)), say(amount=usd(244e9), at=[evidence("a1")]), say(at=[evidence("a2")]))
    assert len(found) == 3
    assert [edge.differs_from for edge in found if "amount" not in edge.qualifiers] == [()]


def test_a_less_exact_time_joins_an_exact_one():
    (edge,) = edges(say(relation="visited", time="2025"), say(relation="visited", time="2025-05-03"))
    assert edge.qualifiers == {"time": "2025-05-03"}


def test_an_undated_event_joins_a_dated_one_of_its_own_article_only():
    dated = say(relation="visited", time="2025-05-03", at=[evidence("a0")])
    assert len(edges(dated, say(relation="visited", at=[evidence("a0", start=50)]))) == 1
    assert len(edges(dated, say(relation="visited", at=[evidence("a1")]))) == 2


def test_events_on_two_days_are_two_that_differ():
    found = edges(say(relation="visited", time="2025-05-03"), say(relation="visited", time="2025-06-01"))
    assert [edge.differs_from for edge in found] == [(found[1].id,), (found[0].id,)]


def test_figures_with_another_value_for_the_same_metric_differ():
    def figure(value, **qualifiers):
        quantity = Entity(f"quantity/{value}-usd", f"{value:,} USD", "Quantity")
        return say(WIDGET, "measure", quantity, amount=usd(value), **qualifiers)

    same_metric = edges(figure(10, metric="laba"), figure(11, metric="laba"))
    assert [len(edge.differs_from) for edge in same_metric] == [1, 1]
    others = edges(
        figure(10, metric="laba", time="2023"),
        figure(11, metric="laba", time="2024"),
        figure(12, metric="aset"),
    )
    assert [edge.differs_from for edge in others] == [(), (), ()]


def test_more_articles_raise_confidence_and_copies_do_not():
    (edge,) = edges(say(at=[evidence("a0")]), say(at=[evidence("a1", "Kalimat lain.")]))
    assert edge.confidence == pytest.approx(0.96)
    (edge,) = edges(say(at=[evidence("a0")]), say(at=[evidence("a1")]), say(at=[evidence("a1", "Lagi.")]))
    assert edge.confidence == pytest.approx(0.8)
    (edge,) = edges(*(say(at=[evidence(f"a{n}", f"Kalimat {n}.")]) for n in range(6)))
    assert edge.confidence == 0.99


def test_claimants_are_collected_and_evidence_kept_once():
    (edge,) = edges(say(claimed_by=(PUTIN,)), say(claimed_by=(WIDGET,)), say())
    assert [claimant.id for claimant in edge.claimed_by] == ["organization/widget", "person/vladimir-putin"]
    assert edge.evidence == (evidence(),)


def test_mentions_of_all_articles_are_gathered():
    graph = merge([say(), say(replace(RUSSIA, mentions=("Moskow",)))], ARTICLES)
    russia = next(entity for entity in entities_of(graph) if entity.id == "country/russia")
    assert russia.mentions == ("Moskow", "Rusia")


def test_views_are_sorted():
    graph = merge([say(), say(PUTIN, "visited", CHINA)], ARTICLES[::-1])
    assert [entity.id for entity in entities_of(graph)] == sorted(graph.nodes)
    assert [item.id for item in statements_of(graph)] == sorted(key for *_, key in graph.edges(keys=True))
    assert articles_of(graph) == ARTICLES


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="'x'"):
        merge([say(at=[evidence("x")])], ARTICLES)
    with pytest.raises(ValueError, match="'a0'"):
        merge([], [*ARTICLES, Article("a0", "Lain.")])


def test_an_empty_graph():
    graph = merge([], [])
    assert (entities_of(graph), statements_of(graph), articles_of(graph)) == ([], [], [])


_statements = st.lists(
    st.builds(
        lambda ends, relation, amount, time, title, modality, claimed_by, article, text: say(
            ends[0],
            relation,
            ends[1],
            modality=modality,
            claimed_by=claimed_by,
            at=[evidence(article, text)],
            **{k: v for k, v in {"amount": amount, "time": time, "title": title}.items() if v is not None},
        ),
        st.permutations([RUSSIA, CHINA, replace(PUTIN, name="Putin")]),
        st.sampled_from(["trade_partner", "visited", "holds_position", "met_with"]),
        st.sampled_from([None, usd(1.0), usd(2.0, "dua"), usd(2.0, "2")]),
        st.sampled_from([None, "2024", "2024-05", "2024-05-03", "2025", "2024-05-03/2024-05-05"]),
        st.sampled_from([None, "President", "president", "Minister"]),
        st.sampled_from(["asserted", "planned"]),
        st.sampled_from([(), (PUTIN,), (CHINA,)]),
        st.sampled_from([article.id for article in ARTICLES]),
        st.sampled_from(["Satu.", "Dua."]),
    ),
    max_size=12,
)


def snapshot(graph):
    return (
        list(graph.nodes(data=True)),
        list(graph.edges(keys=True, data=True)),
        list(graph.graph["articles"].items()),
        [list(labels["labels"]) for _, labels in graph.nodes(data=True)],
    )


@given(_statements, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(statements, random):
    shuffled, articles = list(statements), list(ARTICLES)
    random.shuffle(shuffled)
    random.shuffle(articles)
    assert snapshot(merge(statements, ARTICLES)) == snapshot(merge(shuffled, articles))


@given(_statements)
def test_nothing_is_lost_and_differing_is_mutual(statements):
    found = {edge.id: edge for edge in statements_of(merge(statements, ARTICLES))}
    assert {item for edge in found.values() for item in edge.evidence} == {e for s in statements for e in s.evidence}
    for edge in found.values():
        assert edge.id == statement_id(edge)
        assert edge.id not in edge.differs_from
        assert all(edge.id in found[other].differs_from for other in edge.differs_from)


def test_merging_is_near_linear():
    def many(n):
        return [say(time=f"{1000 + i % 8000}", amount=usd(i), at=[evidence(f"a{i % 6}", f"K{i}.")]) for i in range(n)]

    start = time.perf_counter()
    merge([*many(4000), say()], ARTICLES)
    assert time.perf_counter() - start < 10
