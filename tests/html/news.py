"""Large invented graphs with the shape of news: a few names everywhere, circles around them, many seen once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import networkx as nx

from graphkit import Amount, Article, Entity, Evidence, Statement
from graphkit.graph import merge

_SYLLABLES = ("ra", "ma", "ti", "su", "ka", "lo", "de", "ni", "ba", "yu", "se", "gu", "wi", "ha", "po", "an")
_TYPES = ("Person", "Organization", "Country", "Place", "Event", "Product", "Group")
_TYPE_WEIGHTS = (36, 26, 6, 16, 7, 5, 4)
_RELATIONS = {
    "met_with": "bertemu dengan",
    "visited": "mengunjungi",
    "trade_partner": "berdagang dengan",
    "agreed_with": "sepakat dengan",
    "supports": "mendukung",
    "accused": "menuduh",
    "member_of": "menjadi anggota",
    "invests_in": "menanam modal di",
}
_PUBLISHERS = ("Kabar Contoh", "Harian Contoh", "Warta Contoh", "Berita Contoh", "Pos Contoh")
_MODALITIES = ("asserted", "planned", "proposed", "negated", "possible")
_MODALITY_WEIGHTS = (84, 7, 3, 3, 3)
_ENTITIES_A_STATEMENT = 0.4
_STATEMENTS_AN_ARTICLE = 8
_CIRCLE = 40


@cache
def news_graph(statements: int, seed: int = 7) -> nx.MultiDiGraph:
    """A graph of about so many statements; the same seed gives the same graph.

    Args:
        statements: How many are stated; a few of them merge.
        seed: Of the generator.
    """
    chance = random.Random(seed)
    entities = _entities(max(8, round(statements * _ENTITIES_A_STATEMENT)), chance)
    articles = _articles(max(3, statements // _STATEMENTS_AN_ARTICLE), chance)
    stated = []
    texts: dict[str, str] = {}
    for _ in range(statements):
        subject, object_ = _pair(entities, chance)
        article = (
            articles[min(int(chance.paretovariate(0.6)) - 1, len(articles) - 1)]
            if chance.random() < 0.3
            else (chance.choice(articles))
        )
        stated.append(_statement(subject, object_, article, texts, entities, chance))
    return merge(stated, [replace(article, text=texts.get(article.id, "")) for article in articles])


def _entities(count: int, chance: random.Random) -> list[Entity]:
    found = []
    for n in range(count):
        words = [
            "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).title() for _ in range(chance.randint(1, 3))
        ]
        name, type_ = " ".join(words), chance.choices(_TYPES, _TYPE_WEIGHTS)[0]
        labels = {"en": name, "id": f"{name} Raya"} if n % 7 == 0 else {"en": name}
        found.append(Entity(f"{type_.lower()}/{n}", name, type_, (words[-1], name), None, labels))
    return found


def _articles(count: int, chance: random.Random) -> list[Article]:
    first = dt.date(2024, 1, 1)
    return [
        Article(
            id=f"a{n:05}",
            text="",
            title=f"Contoh berita nomor {n}",
            url=f"https://example.org/{n}" if n % 3 else None,
            date=first + dt.timedelta(days=int(chance.triangular(0, 700, 500))) if n % 11 else None,
            publisher=chance.choice(_PUBLISHERS),
            language="id",
        )
        for n in range(count)
    ]


def _pair(entities: Sequence[Entity], chance: random.Random) -> tuple[Entity, Entity]:
    """Mostly of one circle, whose first members are named most; sometimes of any two."""
    count = len(entities)
    circle = min(int(chance.paretovariate(0.7)) - 1, (count - 1) // _CIRCLE) if count > _CIRCLE else 0
    if chance.random() < 0.5:
        circle = chance.randrange((count - 1) // _CIRCLE + 1)
    low, high = circle * _CIRCLE, min(count, circle * _CIRCLE + _CIRCLE)

    def member() -> int:
        return low + min(int(chance.paretovariate(0.8)) - 1, high - low - 1)

    a = member()
    b = chance.randrange(low, high)
    if chance.random() < 0.2:
        # The well known of one circle deal with the well known of others.
        other = min(int(chance.paretovariate(0.5)) - 1, (count - 1) // _CIRCLE) * _CIRCLE
        b = min(other + int(chance.paretovariate(0.9)) - 1, count - 1)
    while b == a:
        b = chance.randrange(count)
    return entities[a], entities[b]


def _statement(
    subject: Entity,
    object_: Entity,
    article: Article,
    texts: dict[str, str],
    entities: Sequence[Entity],
    chance: random.Random,
) -> Statement:
    relation = chance.choice(list(_RELATIONS))
    cue = _RELATIONS[relation]
    amount = Amount(chance.randint(1, 900) * 1e6, "USD", "") if chance.random() < 0.15 else None
    amount = replace(amount, text=f"US${amount.value / 1e6:.0f} juta") if amount else None
    year = str(chance.randint(2023, 2026))
    claimant = chance.choice(entities[: max(5, len(entities) // 50)]) if chance.random() < 0.2 else None
    said = f"{claimant.name} mengatakan, " if claimant else ""
    worth = f" senilai {amount.text}" if amount else ""
    sentence = (
        f"{said}{subject.name} {cue} {object_.name}{worth} pada {year}, menurut keterangan yang diterima di kantornya."
    )
    start = len(texts.get(article.id, ""))
    texts[article.id] = f"{texts.get(article.id, '')}{sentence} "
    at = start + sentence.index(cue)
    evidence = Evidence(
        article.id,
        start // 120,
        start,
        start + len(sentence),
        sentence,
        cue,
        at,
        at + len(cue),
        f"{relation}.{cue}",
        chance.choice((0.6, 0.75, 0.9)),
        claimant.id if claimant else None,
    )
    qualifiers = {"time": year, **({"amount": amount} if amount else {})}
    modality = chance.choices(_MODALITIES, _MODALITY_WEIGHTS)[0]
    return Statement(
        subject,
        relation,
        object_,
        qualifiers,
        modality,
        (claimant,) if claimant else (),
        (evidence,),
        evidence.confidence,
    )
