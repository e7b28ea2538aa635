"""The learned scorer: judges what frames read, and states what they miss."""

from graphkit.statements.scorer.explain import ScoreExplanation, explain_score
from graphkit.statements.scorer.judge import SCORER, Judgement, judge
from graphkit.statements.scorer.stated import qualifying, state
from graphkit.statements.scorer.weights import Weights, load_weights

__all__ = [
    "SCORER",
    "Judgement",
    "ScoreExplanation",
    "Weights",
    "explain_score",
    "judge",
    "load_weights",
    "qualifying",
    "state",
]
