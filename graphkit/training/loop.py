"""The training loop of all stages: phases of updates, the best weights on a set apart are kept."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

from graphkit.training.texts import same_words

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of training.

    Args:
        examples: What to learn from.
        steps: Number of updates.
        learn_rate: Step size of Adam.
    """

    examples: Sequence[Example]
    steps: int
    learn_rate: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What the best weights are chosen by.

    Args:
        examples: A set that is not trained on.
        weights: Scores of spaCy's ``evaluate`` with their weights.
    """

    examples: Sequence[Example]
    weights: dict[str, float]


def train(
    nlp: Language,
    phases: Sequence[Phase],
    goal: Goal | None,
    *,
    every: int,
    words: int,
    seed: int = 0,
    resume: bool = False,
) -> float | None:
    """Train a pipeline in place. Measured and kept are running means of the weights (Polyak & Juditsky, 1992).

    Args:
        nlp: A pipeline with its untrained components.
        phases: Trained one after the other.
        goal: Decides which weights are kept; without one, the last are.
        every: Updates between evaluations.
        words: Words in a batch.
        seed: Seed of all randomness.
        resume: Go on from the weights that the components have.

    Returns:
        The score of the weights kept, if there is a goal.
    """
    fix_random_seed(seed)
    if not resume:
        nlp.initialize(lambda: phases[0].examples)
    optimizer = Adam(
        learn_rate=phases[0].learn_rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True
    )
    best, best_bytes, step = -1.0, b"", 0
    for number, phase in enumerate(phases):
        optimizer.learn_rate = phase.learn_rate
        batches = _batches(phase.examples, words, random.Random(seed + number))
        for n in range(1, phase.steps + 1):
            step += 1
            nlp.update(next(batches), sgd=optimizer, drop=0.1)
            if goal is not None and (n % every == 0 or n == phase.steps):
                with nlp.use_params(optimizer.averages):
                    score = _score(nlp, goal)
                    logger.info("phase %d step %d score %.4f%s", number, step, score, " *" if score > best else "")
                    if score > best:
                        best, best_bytes = score, nlp.to_bytes(exclude=["vocab"])
    if goal is None:
        with nlp.use_params(optimizer.averages):
            best_bytes = nlp.to_bytes(exclude=["vocab"])
    nlp.from_bytes(best_bytes, exclude=["vocab"])
    return best if goal is not None else None


def _score(nlp: Language, goal: Goal) -> float:
    scores = nlp.evaluate([on_gold_tokens(example.reference) for example in goal.examples])
    return sum(weight * scores[name] for name, weight in goal.weights.items())


def on_gold_tokens(reference: Doc) -> Example:
    """An example with the reference's tokens and nothing predicted yet."""
    return Example(same_words(reference, reference.vocab), reference)


def _batches(examples: Sequence[Example], words: int, rng: random.Random) -> Iterator[list[Example]]:
    order = list(examples)
    while True:
        rng.shuffle(order)
        batch, size = [], 0
        for example in order:
            batch.append(example)
            size += len(example.reference)
            if size >= words:
                yield batch
                batch, size = [], 0
