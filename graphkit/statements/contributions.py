"""What a feature weighs, where statements are read by a sum of weighed features."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a feature adds to the score of a statement, or takes from it.

    Args:
        feature: In words that a reader of the sentence understands.
        weight: Above 0 where it speaks for the statement.
    """

    feature: str
    weight: float
