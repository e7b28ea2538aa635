"""Small graphs made by hand, for tests of what is made of graphs."""

from __future__ import annotations

import datetime as dt

import networkx as nx

from graphkit import Amount, Article, Entity, Evidence, Statement
from graphkit.graph import merge

RUSSIA = Entity("country/russia", "Russia", "Country", ("Rusia",), "Q159", {"en": "Russia", "id": "Rusia"})
CHINA = Entity("country/china", "China", "Country", ("China",), "Q148", {"en": "China", "id": "Tiongkok"})
PUTIN = Entity("person/vladimir-putin", "Vladimir Putin", "Person", ("Putin",), "Q7747", {"en": "Vladimir Putin"})

HOSTILE = "</script><script>document.title='hacked'</script><!--<img src=x onerror=document.title='hacked'>\u2028😀\"'&"


def article(id_: str, text: str, **fields: object) -> Article:
    fields = {"title": f"Judul {id_}", "date": dt.date(2025, 1, 22), "language": "id", **fields}
    return Article(id_, text, **fields)  # type: ignore[arg-type]


def evidence(source: Article, cue: str, claimed_by: str | None = None) -> Evidence:
    start = source.text.index(cue)
    return Evidence(
        article=source.id,
        sentence=0,
        start=0,
        end=len(source.text),
        text=source.text,
        cue=cue,
        cue_start=start,
        cue_end=start + len(cue),
        frame="trade_partner.value",
        confidence=0.8,
        claimed_by=claimed_by,
    )


def trade_graph() -> nx.MultiDiGraph:
    """Two articles that agree and one that does not, a denied statement, a claimant."""
    first = article(
        "satu", "Putin berkata, China 😀 mitra dagang Rusia.", url="https://example.org/a?b=1", publisher="X"
    )
    second = article("dua", "Dagang Rusia dan China US$245 miliar.")
    third = article("tiga", "Dagang Rusia dan China US$244 miliar.", url="javascript:alert(1)")
    agreed = {"amount": Amount(245e9, "USD", "US$245 miliar"), "time": "2024"}
    other = {"amount": Amount(244e9, "USD", "US$244 miliar"), "time": "2024"}
    statements = [
        Statement(
            RUSSIA, "trade_partner", CHINA, agreed, "asserted", (PUTIN,), (evidence(first, "mitra", PUTIN.id),), 0.8
        ),
        Statement(CHINA, "trade_partner", RUSSIA, agreed, "asserted", (), (evidence(second, "Dagang"),), 0.8),
        Statement(RUSSIA, "trade_partner", CHINA, other, "asserted", (), (evidence(third, "Dagang"),), 0.8),
        Statement(CHINA, "supplies", RUSSIA, {}, "negated", (), (evidence(second, "Rusia"),), 0.6),
    ]
    return merge(statements, [first, second, third])


def hostile_graph() -> nx.MultiDiGraph:
    """Every text that an article can put into a graph tries to break out."""
    source = article(HOSTILE, f"{HOSTILE} bertemu", title=HOSTILE, publisher=HOSTILE, author=HOSTILE, url=HOSTILE)
    someone = Entity("person/x~y", HOSTILE, "Person", (HOSTILE,), None, {"en": HOSTILE})
    statement = Statement(
        someone,
        "met_with",
        PUTIN,
        {"place": HOSTILE, "time": "2025"},
        "asserted",
        (someone,),
        (evidence(source, "bertemu", someone.id),),
        0.9,
    )
    return merge([statement], [source])
