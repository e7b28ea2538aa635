"""The relation stage: train the scorer on annotated articles, choose its threshold and calibrate it out of fold."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.articles import ReadReport, read_articles
from graphkit.language import load_pipeline, make_doc
from graphkit.schema import relations
from graphkit.statements.component import StatementReader
from graphkit.statements.scorer.cues import cues_of
from graphkit.statements.scorer.describe import Shares, describe_proposals
from graphkit.statements.scorer.features import Features
from graphkit.statements.scorer.judge import Entries, readings, study
from graphkit.statements.scorer.network import Network, rows_of, spelled_out, vectors_of
from graphkit.statements.scorer.propose import Proposal, propose
from graphkit.statements.scorer.trees import Trees, calibrated
from graphkit.statements.scorer.weights import Weights, write_weights
from graphkit.statements.view import DocView
from graphkit.training.decision import calibrate, count_shares, grow
from graphkit.training.gold import ARTICLES, GOLD, Fact, facts_of, label_pairs, label_proposals, read_gold
from graphkit.training.network import Examples, Recipe, train_network
from graphkit.training.report import Outcome, measure, report

logger = logging.getLogger(__name__)

FOLDS, SHARE_FOLDS = 5, 10
# A feature must be seen in so many articles: rarer ones tell of one story, not of the language.
_FEWEST_ARTICLES = 8
# Of one annotator's gold; about a quarter of what it calls wrong is right by the text.
_LEAST_PRECISION = 0.47
_Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Case:
    """One annotated article, read.

    Args:
        id: Of the article.
        view: Its Doc.
        entries: What frames read.
        features: Of its pairs.
        facts: What is annotated.
        targets: Which pairs say which relation.
        weights: Of the targets.
    """

    id: str
    view: DocView
    entries: Entries
    features: Features
    facts: Sequence[Fact]
    targets: _Floats
    weights: _Floats


@dataclass(frozen=True, slots=True)
class Judged:
    """The possible statements of one article, with what is annotated."""

    proposals: Sequence[Proposal]
    hits: npt.NDArray[np.int64]

    @property
    def right(self) -> npt.NDArray[np.bool_]:
        return self.hits >= 0

    @property
    def framed(self) -> npt.NDArray[np.bool_]:
        return np.array([bool(p.frames) for p in self.proposals], dtype=bool)


def train_relations(
    folder: Path,
    output: Path,
    *,
    language: str,
    seed: int,
    more: Sequence[Path] = (),
    held_out: Path | None = None,
) -> str:
    """Train the scorer of a language.

    Args:
        folder: Annotated articles: ``articles.jsonl`` and ``gold.jsonl``.
        output: The file of weights to write.
        language: Code of the language.
        seed: Seed of all randomness.
        more: Folders of the same kind, annotated with less care: learnt from, but nothing is calibrated, chosen or
            reported on them.
        held_out: A folder of the same kind to report on, never used to train or to choose.

    Returns:
        The report, in Markdown.
    """
    names = tuple(relations())
    recipe = Recipe(seed=seed)
    cases = list(read_cases(folder, language, names))
    trusted = slice(len(cases))
    cases += [case for other in more for case in read_cases(other, language, names)]
    keys = _known_features(cases)
    logger.info("%d articles, %d pairs, %d features", len(cases), sum(len(c.targets) for c in cases), len(keys))
    table = _Table(cases, keys)
    scores = _out_of_fold(len(cases), lambda seen, unseen: table.score(seen, unseen, names, recipe))
    judged = [judge_case(case, odds, names) for case, odds in zip(cases, scores, strict=True)]
    rates = _rates(cases, names)
    rows = _rows(cases, judged, rates)
    odds = _out_of_fold(len(cases), lambda seen, unseen: _decide(rows, judged, seen, unseen, seed))
    slope, shift = calibrate(
        np.concatenate(odds[trusted]), _joined(judged[trusted], "framed"), _joined(judged[trusted], "right")
    )
    outcomes = [
        _outcome(case, item, calibrated(o, item.framed, slope, shift))
        for case, item, o in zip(cases[trusted], judged[trusted], odds[trusted], strict=True)
    ]
    threshold = _threshold(outcomes)
    trees = replace(grow(np.concatenate(rows), _joined(judged, "right"), seed), slope=slope, shift=shift)
    weights = Weights(
        network=table.train(range(len(cases)), names, recipe),
        shares=count_shares(_judgements(judged), rates),
        trees=trees,
        threshold=threshold,
        typical=np.median(np.concatenate(rows), axis=0),
    )
    write_weights(weights, output)
    text = report("train, out of fold", outcomes, threshold)
    if held_out is not None:
        text += report("held out", list(_held_out(held_out, language, weights)), threshold)
    return text


def _joined(judged: Sequence[Judged], name: str) -> npt.NDArray[np.bool_]:
    return np.concatenate([getattr(item, name) for item in judged])


def read_cases(folder: Path, language: str, names: tuple[str, ...]) -> Iterator[Case]:
    """Annotated articles, read by the pipeline and by frames."""
    gold = read_gold(folder / GOLD)
    nlp = load_pipeline(language)
    reader = StatementReader(language)
    nlp.remove_pipe("graphkit_statements")
    articles = sorted(read_articles([folder / ARTICLES], ReadReport()), key=lambda article: article.id)
    for article in articles:
        if article.id in gold:
            doc = nlp(make_doc(nlp, article))
            view = DocView(doc, language)
            entries = reader.read(view)
            features = study(view, entries, reader.evoked(view))
            facts = facts_of(doc, gold[article.id])
            yield Case(article.id, view, entries, features, facts, *label_pairs(view, features, facts, names))


def judge_case(case: Case, odds: _Floats, names: tuple[str, ...]) -> Judged:
    """The possible statements of an article, by the network's log odds and by frames."""
    cues = cues_of(case.features, names)
    proposals = propose(case.features, odds, cues, readings(case.view, case.entries, names))
    hits = np.array(label_proposals(case.view, proposals, case.facts), dtype=np.int64)
    return Judged(proposals, hits)


def _known_features(cases: Sequence[Case]) -> npt.NDArray[np.uint64]:
    counts: Counter[int] = Counter()
    for case in cases:
        _, keys, _ = spelled_out(case.features, np.arange(len(case.targets)))
        counts.update(np.unique(keys).tolist())
    return np.array(sorted(key for key, n in counts.items() if n >= _FEWEST_ARTICLES), dtype=np.uint64)


class _Table:
    """The pairs of all articles as one table of examples."""

    def __init__(self, cases: Sequence[Case], keys: npt.NDArray[np.uint64]) -> None:
        self._keys = keys
        sizes = [len(case.targets) for case in cases]
        self._article = np.repeat(np.arange(len(cases)), sizes)
        self._examples = Examples(
            sparse.vstack([_matrix(case, keys) for case in cases]).tocsr(),
            np.concatenate([vectors_of(case.features, np.arange(n)) for case, n in zip(cases, sizes, strict=True)]),
            np.concatenate([case.targets for case in cases]),
            np.concatenate([case.weights for case in cases]),
        )

    def train(self, articles: Sequence[int], names: tuple[str, ...], recipe: Recipe) -> Network:
        """A network from some of the articles."""
        return train_network(self._some(articles), self._keys, names, recipe)

    def score(
        self, seen: Sequence[int], unseen: Sequence[int], names: tuple[str, ...], recipe: Recipe
    ) -> list[_Floats]:
        """Log odds of the pairs of unseen articles by a network from seen ones."""
        network = self.train(seen, names, recipe)
        found = []
        for article in unseen:
            some = self._some([article])
            dense = network.dense.reshape(-1, len(network.bias))
            hidden = some.rows @ network.weights[:-1] + some.vectors @ dense + network.bias
            found.append(np.maximum(hidden, 0) @ network.output + network.output_bias)
        return found

    def _some(self, articles: Sequence[int]) -> Examples:
        chosen = np.flatnonzero(np.isin(self._article, list(articles)))
        every = self._examples
        return Examples(every.rows[chosen], every.vectors[chosen], every.targets[chosen], every.weights[chosen])


def _matrix(case: Case, keys: npt.NDArray[np.uint64]) -> sparse.csr_matrix:
    pair, key, value = spelled_out(case.features, np.arange(len(case.targets)))
    column = rows_of(keys, key)
    known = column < len(keys)
    return sparse.csr_matrix((value[known], (pair[known], column[known])), shape=(len(case.targets), len(keys)))


def _out_of_fold(count: int, work: Callable[[list[int], list[int]], list]) -> list:
    """What is found for each article by what was learnt from the articles of other folds."""
    found: list = [None] * count
    for fold in range(FOLDS):
        unseen = list(range(fold, count, FOLDS))
        seen = [n for n in range(count) if n % FOLDS != fold]
        for n, result in zip(unseen, work(seen, unseen), strict=True):
            found[n] = result
        logger.info("fold %d of %d", fold + 1, FOLDS)
    return found


def _judgements(judged: Sequence[Judged]) -> Iterator[tuple[Proposal, bool]]:
    for item in judged:
        yield from zip(item.proposals, item.right.tolist(), strict=True)


def _rates(cases: Sequence[Case], names: tuple[str, ...]) -> dict[str, float]:
    """Log odds that a pair has a relation, by relation."""
    held = sum((case.targets * case.weights).sum(axis=0) for case in cases) + 1
    total = sum(len(case.targets) for case in cases)
    return {name: round(float(np.log(n / total)), 3) for name, n in zip(names, held, strict=True)}


def _rows(cases: Sequence[Case], judged: Sequence[Judged], rates: Mapping[str, float]) -> list[_Floats]:
    """What the trees look at; how often a frame is right is counted on other articles."""
    rows: list = [None] * len(cases)
    for part in range(SHARE_FOLDS):
        shares = count_shares(_judgements([item for n, item in enumerate(judged) if n % SHARE_FOLDS != part]), rates)
        for n in range(part, len(cases), SHARE_FOLDS):
            rows[n] = _described(cases[n], judged[n], shares)
    return rows


def _described(case: Case, judged: Judged, shares: Shares) -> _Floats:
    cues = cues_of(case.features, tuple(sorted(shares.rates)))
    return describe_proposals(case.view, case.features, judged.proposals, shares, cues)


def _decide(
    rows: Sequence[_Floats], judged: Sequence[Judged], seen: list[int], unseen: list[int], seed: int
) -> list[npt.NDArray[np.float64]]:
    trees: Trees = grow(np.concatenate([rows[n] for n in seen]), np.concatenate([judged[n].right for n in seen]), seed)
    return [trees.odds(rows[n]) for n in unseen]


def _outcome(case: Case, judged: Judged, chances: npt.NDArray[np.float64]) -> Outcome:
    return Outcome(
        facts=case.facts,
        relations=tuple(p.relation for p in judged.proposals),
        framed=judged.framed,
        hits=judged.hits,
        chances=chances,
    )


def _threshold(outcomes: Sequence[Outcome]) -> float:
    """The threshold with the best F1 among those at which enough of all statements are right."""
    steps = [round(0.1 + 0.01 * n, 2) for n in range(60)]
    scored = [(step, measure(outcomes, step)) for step in steps]
    kept = [(score.f1, -step) for step, score in scored if score.precision >= _LEAST_PRECISION]
    return -max(kept)[1] if kept else steps[-1]


def _held_out(folder: Path, language: str, weights: Weights) -> Iterator[Outcome]:
    for case in read_cases(folder, language, weights.network.relations):
        judged = judge_case(case, weights.network.score(case.features), weights.network.relations)
        rows = _described(case, judged, weights.shares)
        yield _outcome(case, judged, weights.trees.chance(rows, judged.framed))
