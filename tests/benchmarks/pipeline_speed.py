"""How fast the shipped pipeline reads, as a ratio against a bare spaCy encoder timed in the same run.

The yardstick is ``spacy.blank("id")`` with an untrained tok2vec of width 96 and depth 4, which anybody can build.
Run it on one thread: ``OMP_NUM_THREADS=1 python tests/benchmarks/pipeline_speed.py``.
"""

from __future__ import annotations

import statistics
import sys
import time

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from graphkit import ReadReport, load_pipeline, make_doc, read_articles
from graphkit.samples import sample_paths

_ROUNDS, _COPIES = 5, 6


def yardstick() -> Language:
    """A blank pipeline with an untrained encoder."""
    nlp = spacy.blank("id")
    model = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [5000, 1000, 2500, 2500],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    nlp.add_pipe("tok2vec", config={"model": model})
    nlp.initialize()
    return nlp


def seconds(nlp: Language) -> tuple[float, int]:
    """CPU seconds and tokens for the sample articles, several times over."""
    articles = list(read_articles(sample_paths(), ReadReport())) * _COPIES
    start = time.process_time()
    docs: list[Doc] = list(nlp.pipe(make_doc(nlp, article) for article in articles))
    return time.process_time() - start, sum(map(len, docs))


def main() -> None:
    """Print tokens a CPU-second of each pipeline, and the ratios."""
    pipelines = {
        "yardstick": yardstick(),
        "trained parts": load_pipeline("id", extraction=False),
        "with extraction": load_pipeline("id"),
    }
    speeds: dict[str, list[float]] = {name: [] for name in pipelines}
    for _ in range(_ROUNDS):
        for name, nlp in pipelines.items():
            spent, tokens = seconds(nlp)
            speeds[name].append(tokens / spent)
    base = statistics.median(speeds["yardstick"])
    for name, values in speeds.items():
        middle = statistics.median(values)
        sys.stdout.write(
            f"{name:16} {middle:8,.0f} tokens/s ({min(values):,.0f}-{max(values):,.0f}), ratio {middle / base:.2f}\n"
        )


if __name__ == "__main__":
    main()
