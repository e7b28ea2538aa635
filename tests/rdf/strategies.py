"""Graphs that hypothesis makes: any text an article can hold, merged as statements of articles are."""

from __future__ import annotations

import datetime as dt

import networkx as nx
from hypothesis import strategies as st

from graphkit import Amount, Article, Entity, Evidence, Statement
from graphkit.graph import merge
from graphkit.model import ENTITY_TYPES, MODALITIES, Run
from graphkit.schema import relations

# Lone surrogates and control characters too: JSON can bring both into a text.
NASTY = st.sampled_from(
    [
        '"',
        "\\",
        "<a b>",
        "\x00",
        "\x1f",
        "\x7f",
        "\r\n",
        "\u2028",
        "😀",
        "\ud800",
        "\ufffe",
        "{}|^`",
        "'''",
        "@en",
        "%2F",
    ]
)
TEXT = st.lists(NASTY | st.text(min_size=1, max_size=8), min_size=1, max_size=4).map("".join)
LANGUAGE = st.sampled_from(["id", "en", "zh-hant", "zh-Hant", "not a tag"])
TIME = st.dates(dt.date(1900, 1, 1)).map(dt.date.isoformat) | st.sampled_from(
    ["2024", "2024-02", "2024-01/2024-03", "2023/2024", "2024-13", "2024-02-30", "0000", "besok", "2025-06-05T10:00"]
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 10**15).map(float)
AMOUNT = st.builds(Amount, NUMBER, st.sampled_from(["USD", "IDR", "percent", "tonnes", "Odd unit\x01"]), TEXT)


@st.composite
def entities(draw: st.DrawFn) -> list[Entity]:
    slugs = draw(
        st.lists(st.from_regex(r"[a-z]+/[a-z0-9~._-]{1,8}", fullmatch=True), min_size=1, max_size=5, unique=True)
    )
    return [
        Entity(
            id=slug,
            name=draw(TEXT),
            type=draw(st.sampled_from(ENTITY_TYPES)),
            mentions=tuple(draw(st.lists(TEXT, max_size=2))),
            wikidata=draw(st.none() | st.integers(1, 10**6).map("Q{}".format)),
            labels=draw(st.dictionaries(LANGUAGE, TEXT, max_size=3)),
        )
        for slug in slugs
    ]


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    ids = draw(st.lists(TEXT, min_size=1, max_size=3, unique=True))
    maybe = st.none() | st.just("") | TEXT
    return [
        Article(
            id=id_,
            text=draw(TEXT),
            title=draw(maybe),
            url=draw(st.none() | st.sampled_from(["https://example.org/a?b=1", "javascript:alert(1)"]) | TEXT),
            date=draw(st.none() | st.dates()),
            author=draw(maybe),
            publisher=draw(maybe),
            language=draw(st.none() | LANGUAGE),
        )
        for id_ in ids
    ]


@st.composite
def evidence(draw: st.DrawFn, article: Article, claimants: tuple[Entity, ...]) -> Evidence:
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    cue = draw(st.integers(start, end - 1))
    return Evidence(
        article=article.id,
        sentence=draw(st.integers(0, 9)),
        start=start,
        end=end,
        text=article.text[start:end],
        cue=article.text[cue:end],
        cue_start=cue,
        cue_end=end,
        frame=draw(st.sampled_from(["trade_partner.value", "met_with.bertemu"])),
        confidence=draw(st.floats(0, 1)),
        claimed_by=draw(st.sampled_from([None, *(claimant.id for claimant in claimants)])),
    )


@st.composite
def statements(draw: st.DrawFn, known: list[Entity], sources: list[Article]) -> Statement:
    relation = draw(st.sampled_from(sorted(relations())))
    names = sorted({*relations()[relation].qualifiers} - {"amount", "time"})
    qualifiers: dict[str, Amount | str] = draw(st.dictionaries(st.sampled_from(names), TEXT)) if names else {}
    amount, time = draw(st.none() | AMOUNT), draw(st.none() | TIME)
    qualifiers |= ({"amount": amount} if amount else {}) | ({"time": time} if time else {})
    # Whoever a sentence names as its source is a claimant of the statement, as the linker has it.
    claimants = tuple(draw(st.lists(st.sampled_from(known), max_size=2, unique_by=lambda entity: entity.id)))
    source = draw(st.sampled_from(sources))
    return Statement(
        subject=draw(st.sampled_from(known)),
        relation=relation,
        object=draw(st.sampled_from(known)),
        qualifiers=qualifiers,
        modality=draw(st.sampled_from(MODALITIES)),
        claimed_by=claimants,
        evidence=tuple(draw(st.lists(evidence(source, claimants), min_size=1, max_size=3))),
    )


@st.composite
def graphs(draw: st.DrawFn) -> nx.MultiDiGraph:
    """Merged graphs as `graphkit.build` makes them, of texts that nobody would write."""
    known, sources = draw(entities()), draw(articles())
    graph = merge(draw(st.lists(statements(known, sources), max_size=6)), sources)
    run = st.builds(Run, TEXT, st.just(("id_core_news 0.1.0",)), st.dictionaries(TEXT, st.none() | TEXT, max_size=2))
    made_by = draw(st.none() | run)
    if made_by is not None:
        graph.graph["run"] = made_by
    return graph
