"""The scorer's weights in one file of plain arrays: no pickle, nothing that is executed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from graphkit.statements.scorer.describe import COLUMNS, Shares
from graphkit.statements.scorer.network import Network
from graphkit.statements.scorer.trees import Trees

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learnt.

    Args:
        network: Scores pairs.
        shares: How often frames and relations are right.
        trees: Decide on statements.
        threshold: The chance from which a statement that no frame read is stated.
        typical: The middle value of each column, to explain by comparison.
    """

    network: Network
    shares: Shares
    trees: Trees
    threshold: float
    typical: np.ndarray


@cache
def load_weights(language: str) -> Weights | None:
    """The weights of a language, None if there are none.

    Raises:
        ValueError: If they were made by another version of the code; the message says how to make them anew.
    """
    path = files(__package__).joinpath(f"{language}.npz")
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_weights(file)


def read_weights(file: BinaryIO | Path) -> Weights:
    """Read what `write_weights` wrote."""
    with np.load(file, allow_pickle=False) as arrays:
        about = json.loads(str(arrays["about"]))
        if about["format"] != FORMAT or tuple(about["columns"]) != COLUMNS:
            raise ValueError("the scorer's weights do not fit the code: run python -m graphkit.training relations")
        network = Network(
            keys=arrays["keys"],
            weights=_float(arrays["weights"]),
            dense=_float(arrays["dense"]),
            bias=_float(arrays["bias"]),
            output=_float(arrays["output"]),
            output_bias=_float(arrays["output_bias"]),
            relations=tuple(about["relations"]),
        )
        trees = Trees(
            **{name: arrays[f"tree_{name}"] for name in ("column", "limit", "left", "right", "value")},
            start=about["start"],
            slope=tuple(about["slope"]),
            shift=tuple(about["shift"]),
        )
        shares = Shares(about["frames"], about["shares"], about["frame_default"], about["rates"])
        return Weights(network, shares, trees, about["threshold"], arrays["typical"])


def write_weights(weights: Weights, path: Path) -> None:
    """Write weights; the same weights give the same bytes."""
    network, trees = weights.network, weights.trees
    about: dict[str, Any] = {
        "format": FORMAT,
        "columns": COLUMNS,
        "relations": network.relations,
        "start": trees.start,
        "slope": trees.slope,
        "shift": trees.shift,
        "frames": dict(sorted(weights.shares.frames.items())),
        "shares": dict(sorted(weights.shares.relations.items())),
        "frame_default": weights.shares.frame_default,
        "rates": dict(sorted(weights.shares.rates.items())),
        "threshold": weights.threshold,
    }
    parts = {name: getattr(network, name).astype(np.float16) for name in ("weights", "dense", "bias", "output")}
    grown = {f"tree_{name}": getattr(trees, name) for name in ("column", "limit", "left", "right", "value")}
    np.savez_compressed(
        path,
        about=np.array(json.dumps(about)),
        keys=network.keys,
        output_bias=network.output_bias.astype(np.float16),
        typical=weights.typical,
        **parts,
        **grown,
    )


def _float(array: np.ndarray) -> np.ndarray:
    return array.astype(np.float32)
