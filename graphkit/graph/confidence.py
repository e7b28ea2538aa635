"""How sure the graph is of a statement that several articles make."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from graphkit.knowledge import normalise
from graphkit.model import Evidence

_HIGHEST = 0.99


def combined_confidence(evidence: Iterable[Evidence]) -> float:
    """One minus the chance that all independent sources were misread: noisy-or (Pearl 1988).

    An article is one source, however often it says a statement; so are articles with the same sentence, which
    is how syndicated copies show. A source counts with its clearest evidence.

    Returns:
        From 0 to 0.99, rounded to six digits.
    """
    return noisy_or((item.article, item.confidence, item.text) for item in evidence)


def noisy_or(evidence: Iterable[tuple[str, float, str]]) -> float:
    """The same of article, confidence and sentence of each piece of evidence."""
    best: dict[str, float] = {}
    sentences: list[tuple[str, str]] = []
    for article, confidence, text in evidence:
        best[article] = max(best.get(article, 0.0), confidence)
        sentences.append((article, text))
    # Sorted, because the product of floats depends on their order.
    doubt = math.prod(1.0 - confidence for confidence in sorted(_by_source(best, sentences)))
    return round(min(1.0 - doubt, _HIGHEST), 6)


def _by_source(best: Mapping[str, float], sentences: Iterable[tuple[str, str]]) -> Iterable[float]:
    """The clearest confidence of each source: of articles that share a sentence, whatever lies between them."""
    if len(best) == 1:
        return best.values()
    parent = {article: article for article in best}
    owners: dict[str, str] = {}
    for article, text in sentences:
        owner = owners.setdefault(normalise(text).casefold(), article)
        if owner != article:
            parent[_root(owner, parent)] = _root(article, parent)
    clearest: dict[str, float] = {}
    for article, confidence in best.items():
        source = _root(article, parent)
        clearest[source] = max(clearest.get(source, 0.0), confidence)
    return clearest.values()


def _root(article: str, parent: dict[str, str]) -> str:
    while (above := parent[article]) != article:
        parent[article] = parent[above]
        article = above
    return article
