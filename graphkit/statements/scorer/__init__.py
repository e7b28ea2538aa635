"""The learned scorer: judges what frames read, and states what they miss."""

from graphkit.statements.scorer.judge import SCORER, Judgement, judge
from graphkit.statements.scorer.stated import qualifying, state
from graphkit.statements.scorer.weights import Weights, load_weights

__all__ = ["SCORER", "Judgement", "Weights", "judge", "load_weights", "qualifying", "state"]
