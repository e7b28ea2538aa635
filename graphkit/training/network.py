"""Train the network that scores pairs of arguments: Adam on a logistic loss, one output a relation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphkit.statements.scorer.network import Network

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train.

    Args:
        width: Size of the hidden layer.
        epochs: Passes over all pairs that hold a relation.
        share: Of the pairs that hold none, the part seen in a pass.
        rate: Learning rate of the first half; it falls to a twentieth in the second.
        decay: Weight decay of the features' weights, a step.
        dropout: Part of the hidden layer left out.
        batch: Pairs a step.
        seed: Seed of all randomness.
    """

    width: int = 64
    epochs: int = 14
    share: float = 0.25
    rate: float = 0.004
    decay: float = 0.3
    dropout: float = 0.4
    batch: int = 1024
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Examples:
    """Pairs with what they hold.

    Args:
        rows: Features, a row a pair, a column a known key.
        vectors: Vectors of the heads, side by side.
        targets: 1 where a pair holds a relation, 0 where not.
        weights: Of each target in the loss.
    """

    rows: sparse.csr_matrix
    vectors: Floats
    targets: Floats
    weights: Floats


def train_network(
    examples: Examples, keys: npt.NDArray[np.uint64], relations: tuple[str, ...], recipe: Recipe
) -> Network:
    """Train a network.

    Args:
        examples: Pairs.
        keys: What the columns of their features stand for.
        relations: What the columns of their targets stand for.
        recipe: How.
    """
    rng = np.random.default_rng(recipe.seed)
    wide, deep = examples.rows.shape[1], examples.vectors.shape[1]
    held = examples.targets.shape[1]
    prior = np.log((examples.targets * examples.weights).sum(axis=0) + 1) - np.log(len(examples.targets))
    values = {
        "weights": rng.normal(0, 0.05, (wide, recipe.width)),
        "dense": rng.normal(0, 0.3 / np.sqrt(deep), (deep, recipe.width)),
        "bias": np.zeros(recipe.width),
        "output": rng.normal(0, 1 / np.sqrt(recipe.width), (recipe.width, held)),
        "output_bias": prior,
    }
    adam = _Adam({name: value.astype(np.float32) for name, value in values.items()}, recipe)
    batches = list(_batches(examples, recipe, rng))
    for n, chosen in enumerate(batches):
        left = 1 - n / len(batches)
        adam.step(_gradients(examples, chosen, adam.values, recipe, rng), recipe.rate * max(0.05, min(1.0, 2 * left)))
    trained = adam.values
    return Network(
        keys=keys,
        weights=np.vstack([trained["weights"], np.zeros((1, recipe.width), np.float32)]),
        dense=trained["dense"].reshape(3, -1, recipe.width),
        bias=trained["bias"],
        output=trained["output"],
        output_bias=trained["output_bias"],
        relations=relations,
    )


def _batches(examples: Examples, recipe: Recipe, rng: np.random.Generator) -> Iterator[npt.NDArray[np.int64]]:
    holds = (examples.targets > 0).any(axis=1)
    some, none = np.flatnonzero(holds), np.flatnonzero(~holds)
    for _ in range(recipe.epochs):
        order = np.concatenate([some, rng.choice(none, int(len(none) * recipe.share), replace=False)])
        rng.shuffle(order)
        yield from np.array_split(order, max(1, len(order) // recipe.batch))


def _gradients(
    examples: Examples,
    chosen: npt.NDArray[np.int64],
    values: dict[str, Floats],
    recipe: Recipe,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    rows, vectors = examples.rows[chosen], examples.vectors[chosen]
    before = rows @ values["weights"] + vectors @ values["dense"] + values["bias"]
    kept = (rng.random(before.shape, dtype=np.float32) >= recipe.dropout) / np.float32(1 - recipe.dropout)
    hidden = np.maximum(before, 0) * kept
    odds = hidden @ values["output"] + values["output_bias"]
    error = (1 / (1 + np.exp(-np.clip(odds, -30, 30))) - examples.targets[chosen]) * examples.weights[chosen]
    error = (error / len(chosen)).astype(np.float32)
    back = (error @ values["output"].T) * kept * (before > 0)
    return {
        "weights": rows.T @ back,
        "dense": vectors.T @ back,
        "bias": back.sum(axis=0),
        "output": hidden.T @ error,
        "output_bias": error.sum(axis=0),
    }


class _Adam:
    """Adam with decoupled weight decay (Loshchilov & Hutter, ICLR 2019)."""

    def __init__(self, values: dict[str, Floats], recipe: Recipe) -> None:
        self.values = values
        self._decay = {"weights": recipe.decay, "dense": recipe.decay}
        self._first = {name: np.zeros_like(value) for name, value in values.items()}
        self._second = {name: np.zeros_like(value) for name, value in values.items()}
        self._steps = 0

    def step(self, gradients: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        for name, gradient in gradients.items():
            first, second, value = self._first[name], self._second[name], self.values[name]
            first += 0.1 * (gradient - first)
            second += 0.001 * (gradient * gradient - second)
            unbiased = second / (1 - 0.999**self._steps)
            value *= 1 - rate * self._decay.get(name, 0.0)
            value -= rate * (first / (1 - 0.9**self._steps)) / (np.sqrt(unbiased) + 1e-8)
