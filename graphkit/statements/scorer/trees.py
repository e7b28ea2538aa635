"""Boosted trees as arrays, and the chance that they give; grown by ``graphkit.training``, read with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees of one size; a leaf leads to itself.

    Args:
        column: For each tree and node the column to look at.
        limit: Rows with at most this value go left.
        left: The next node of these.
        right: The next node of the others.
        value: What a leaf adds to the log odds.
        start: Log odds before any tree.
        slope: Platt's scaling of the sum (Platt, "Probabilistic outputs for support vector machines", 1999), for
            statements that no frame read and for those that one did.
        shift: Its constant, likewise.
    """

    column: npt.NDArray[np.int64]
    limit: npt.NDArray[np.float64]
    left: npt.NDArray[np.int64]
    right: npt.NDArray[np.int64]
    value: npt.NDArray[np.float64]
    start: float
    slope: tuple[float, float]
    shift: tuple[float, float]

    def odds(self, rows: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """Log odds, not yet calibrated."""
        # All trees in one row: taking from flat arrays costs half of indexing in two dimensions.
        size = self.column.shape[1]
        roots = np.arange(len(self.column)) * size
        column, limit, value = self.column.ravel(), self.limit.ravel(), self.value.ravel()
        left, right = ((side + roots[:, None]).ravel() for side in (self.left, self.right))
        flat, first = rows.ravel(), np.arange(len(rows))[:, None] * rows.shape[1]
        node = np.repeat(roots[None, :], len(rows), axis=0)
        while True:
            goes_left = flat.take(first + column.take(node)) <= limit.take(node)
            following = np.where(goes_left, left.take(node), right.take(node))
            if (following == node).all():
                return self.start + value.take(node).sum(axis=1)
            node = following

    def chance(self, rows: npt.NDArray[np.float32], framed: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """The share of such statements that are right, as calibrated out of fold.

        Args:
            rows: One a statement.
            framed: Whether a frame read it.
        """
        return calibrated(self.odds(rows), framed, self.slope, self.shift)


def calibrated(
    odds: npt.NDArray[np.float64], framed: npt.NDArray[np.bool_], slope: tuple[float, float], shift: tuple[float, float]
) -> npt.NDArray[np.float64]:
    """Log odds as chances."""
    kind = framed.astype(np.int64)
    return 1 / (1 + np.exp(-(np.array(slope)[kind] * odds + np.array(shift)[kind])))
