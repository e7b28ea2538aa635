from dataclasses import replace

from graphkit.graph import merge, statement_id, with_ids
from graphkit.model import Amount, Article, Entity, Evidence, Statement

A, B = Entity("country/a", "A", "Country"), Entity("country/b", "B", "Country")


def say(article, **qualifiers):
    evidence = Evidence(article, 0, 0, 4, f"{article}.", "a", 0, 1, "f", 0.8)
    return Statement(A, "trade_partner", B, qualifiers, evidence=(evidence,))


def test_each_statement_learns_where_it_went():
    exact, vague, other = say("x", amount=Amount(1.0, "USD"), time="2024"), say("y"), say("z", time="2024")
    graph = merge([exact, vague, other], [Article(id_, "") for id_ in "xyz"])
    found = with_ids([exact, vague, other], graph)
    assert [item.id for item in found] == [statement_id(exact)] * 3
    assert [item.evidence for item in found] == [exact.evidence, vague.evidence, other.evidence]


def test_one_sentence_with_two_amounts_is_two_statements():
    both = [say("x", amount=Amount(value, "USD")) for value in (1.0, 2.0)]
    found = with_ids(both, merge(both, [Article("x", "")]))
    assert [item.id for item in found] == [statement_id(item) for item in both]
    assert found[0].differs_from == (found[1].id,)


def test_what_a_vague_statement_went_into_is_not_another_one_of_its_sentence():
    exact, vague, later = (
        say("x", amount=Amount(1.0, "USD"), time="2024"),
        say("x", time="2024"),
        say("x", time="2025"),
    )
    for said in ([exact, vague, later], [later, vague, exact]):
        found = {str(item.qualifiers): item.id for item in with_ids(said, merge(said, [Article("x", "")]))}
        assert found[str(vague.qualifiers)] == found[str(exact.qualifiers)] != found[str(later.qualifiers)]


def test_what_two_articles_say_without_a_date_is_where_each_of_them_dates_it():
    # Article x dates the visit, y does not: what y says is another statement, and x's vague sentence is no part of it.
    dated, undated, other = (
        replace(say(article, **when), relation="visited")
        for article, when in (("x", {"time": "2024-05-03"}), ("x", {}), ("y", {}))
    )
    said = [dated, undated, other]
    found = with_ids(said, merge(said, [Article(id_, "") for id_ in "xy"]))
    assert found[0].id == found[1].id != found[2].id
