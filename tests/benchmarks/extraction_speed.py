"""What graphkit's own steps cost, as a ratio to the trained parts of the pipeline, in CPU time of one run.

Run it on one thread: ``OMP_NUM_THREADS=1 python tests/benchmarks/extraction_speed.py``. At most 0.3 is wanted.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import Counter

from graphkit import ReadReport, load_pipeline, make_doc, read_articles
from graphkit.samples import sample_paths

_ROUNDS, _COPIES = 5, 3
_OWN = ("graphkit_mentions", "graphkit_statements", "graphkit_linker")


def main() -> None:
    """Print CPU seconds of each step, and the ratio of graphkit's own to the others."""
    nlp = load_pipeline("id")
    articles = list(read_articles(sample_paths(), ReadReport()))
    ratios, spent = [], Counter[str]()
    for _ in range(_ROUNDS):
        here = Counter[str]()
        for article in articles * _COPIES:
            doc = make_doc(nlp, article)
            for name, step in nlp.pipeline:
                start = time.process_time()
                doc = step(doc)
                here[name] += time.process_time() - start
        own = sum(here[name] for name in _OWN)
        ratios.append(own / (here.total() - own))
        spent += here
    for name, seconds in spent.items():
        sys.stdout.write(f"{name:22} {seconds / _ROUNDS:6.2f} s\n")
    low, high = min(ratios), max(ratios)
    sys.stdout.write(f"ratio {statistics.median(ratios):.2f} ({low:.2f}-{high:.2f}), wanted at most 0.30\n")


if __name__ == "__main__":
    main()
