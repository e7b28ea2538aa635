"""How good statements are: figures against annotations made by hand."""

from graphkit.evaluation.annotations import EvaluationError, GoldArticle, Reading, Thing, read_gold, read_predictions
from graphkit.evaluation.evaluate import Evaluation, evaluate
from graphkit.evaluation.judge import Judgement, Verdict

__all__ = [
    "Evaluation",
    "EvaluationError",
    "GoldArticle",
    "Judgement",
    "Reading",
    "Thing",
    "Verdict",
    "evaluate",
    "read_gold",
    "read_predictions",
]
