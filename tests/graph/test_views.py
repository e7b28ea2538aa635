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
