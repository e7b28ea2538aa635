"""What scale costs, as ratios measured in one run; docs/scale.md has the results.

Run one of them, on one thread a process (``export OMP_NUM_THREADS=1``)::

    python tests/benchmarks/scale.py end-to-end -n 500      # CPU of a build / CPU of the bare language pipeline
    python tests/benchmarks/scale.py workers -n 1000        # wall time with two workers / with one
    python tests/benchmarks/scale.py memory -n 5000         # memory of a worker at the end / after the first tenth
    python tests/benchmarks/scale.py merge -n 1000000       # seconds and GB for merging statements on disk
    python tests/benchmarks/scale.py growth -n 100000       # cost of an article among many / among a hundredth of them
    python tests/benchmarks/scale.py bytes -n 50000         # memory a statement of the merge in memory

``--articles FILE`` takes real articles (JSON Lines, as `graphkit build` reads them), repeated as often as needed
with a number after each; without it, the sample articles serve.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from graphkit import Amount, Article, Entity, Evidence, KnowledgeGraph, ReadReport, Statement, build, read_articles
from graphkit.extraction import Execution, Results
from graphkit.extraction.reader import ArticleReader, ReaderOptions
from graphkit.extraction.rows import result_line
from graphkit.large import merge_on_disk
from graphkit.profile import Profile
from graphkit.samples import sample_paths
from graphkit.storage import LocalStorage


def articles(source: Path | None, count: int) -> Iterator[Article]:
    """So many articles, each with a text and an id of its own."""
    known = list(read_articles([source] if source else sample_paths(), ReadReport(), language="id"))
    for number in range(count):
        article = known[number % len(known)]
        text = article.text if number < len(known) else f"{article.text}\n\n{number // len(known)}."
        yield replace(article, id=f"{article.id}-{number}", text=text, language="id")


def write(found: Iterator[Article], folder: Path) -> Path:
    """Articles as a file to build from."""
    path = folder / "articles.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for article in found:
            row = {"id": article.id, "text": article.text, "language": "id", "title": article.title}
            file.write(json.dumps(row | {"date": article.date.isoformat() if article.date else None}) + "\n")
    return path


def statements(count: int, first: int = 0) -> Iterator[tuple[str, list[Statement]]]:
    """Made-up articles of fifteen statements: few entities are in many articles, most in one or two (Zipf)."""
    for number in range(first, first + count // 15):
        chance = random.Random(number)
        yield f"a{number}", [_statement(f"a{number}", place, chance) for place in range(15)]


def _statement(article: str, place: int, chance: random.Random) -> Statement:
    rank = int(chance.paretovariate(0.6))
    names = [f"Nama {min(rank * factor, 10**9)} Uji" for factor in (1, 7)]
    scope = f"{int(article[1:]):06x}"
    person = Entity(f"person/{names[0].lower().replace(' ', '-')}~{scope}", names[0], "Person", (names[0],))
    firm = Entity(f"organization/{names[1].lower().replace(' ', '-')}", names[1], "Organization", (names[1],))
    text = f"{names[0]} bertemu dengan pengurus {names[1]} di kantornya, kata juru bicara pada hari ke-{place} itu."
    at = place * 100
    said = Evidence(article, place, at, at + len(text), text, "bertemu", at, at + 7, "f", 0.8)
    qualifiers = {"amount": Amount(float(chance.randrange(50)), "USD"), "time": f"20{chance.randrange(10, 26)}"}
    relation = chance.choice(["met_with", "member_of", "visited", "supplies"])
    return Statement(person, relation, firm, qualifiers, "asserted", (), (said,), 0.8)


def end_to_end(source: Path | None, count: int) -> None:
    """CPU time of `build` and `save`, against the language pipeline on the same articles."""
    reader = ArticleReader(ReaderOptions())
    reader.prepare("id")
    found = list(articles(source, count))
    start = time.process_time()
    for article in found:
        reader.read(article)
    bare = time.process_time() - start
    with tempfile.TemporaryDirectory() as place:
        path = write(iter(found), Path(place))
        start = time.process_time()
        # The pipeline is loaded by each, but loading is no cost of an article.
        ArticleReader(ReaderOptions()).prepare("id")
        loading = time.process_time() - start
        start = time.process_time()
        build([path], folder=Path(place) / "g").save(Path(place) / "g")
        whole = time.process_time() - start - loading
    say(f"bare pipeline {bare:.1f} s CPU, build and save {whole:.1f} s CPU, ratio {whole / bare:.2f}")


def workers(source: Path | None, count: int) -> None:
    """Wall time of two workers against one."""
    seconds = {}
    for number in (1, 2):
        with tempfile.TemporaryDirectory() as place:
            path = write(articles(source, count), Path(place))
            start = time.perf_counter()
            build([path], folder=Path(place) / "g", execution=Execution(number))
            seconds[number] = time.perf_counter() - start
    say(f"one worker {seconds[1]:.1f} s, two workers {seconds[2]:.1f} s, ratio {seconds[2] / seconds[1]:.2f}")


def memory(source: Path | None, count: int) -> None:
    """Resident memory of what a worker does, article after article."""
    reader = ArticleReader(ReaderOptions())
    sizes = []
    for number, article in enumerate(articles(source, count)):
        result_line("key", article.id, reader.read(article))
        if (number + 1) % max(1, count // 10) == 0:
            sizes.append(_resident())
    say(f"resident MB after each tenth: {[round(size / 2**20) for size in sizes]}, ratio {sizes[-1] / sizes[0]:.2f}")


_EXPORTS = ("write articles", "write quads", "write graph.html")


def merge(source: Path | None, count: int) -> None:
    """Merging on disk with two processes, apart from the exports; the peak is of this process and twice a child's."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = [str(folder / name) for name in _results(folder, count)]
        found = (Article(f"a{number}", "Isi.", language="id") for number in range(count // 15))
        before = _cpu()
        with Profile().active() as profile:
            graph = merge_on_disk(files, found, folder, fused=folder / "f", memory=2**30, workers=2)
        cpu = _cpu() - before
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    for stage in profile.stages:
        say(f"  {stage.name}: {stage.wall:.1f} s, {stage.cpu:.1f} s CPU in this process")
    for name, seconds in profile.steps.items():
        say(f"  {name}: {seconds:.1f} s CPU")
    exports = sum(stage.wall for stage in profile.stages if stage.name in _EXPORTS)
    whole = sum(stage.wall for stage in profile.stages)
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, children = (resource.getrusage(who).ru_maxrss / 2**20 for who in whose)
    say(
        f"{count:,} statements of articles to {graph.statements:,}: {whole - exports:.1f} s to merge, "
        f"{exports:.1f} s to export, {cpu:.1f} s CPU, {cpu / count * 1e6:.0f} s CPU a million, "
        f"peak {own:.2f} GB + 2 x {children:.2f} GB, {size / 2**30:.2f} GB on disk"
    )


def _cpu() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _results(folder: Path, count: int) -> list[str]:
    batch: list[bytes] = []
    names = []
    storage = LocalStorage(folder)

    def flush() -> None:
        names.append(Results.store(storage, batch, [(f"k{len(names)}-{n}", None, 15) for n in range(len(batch))]))
        batch.clear()

    for article, said in statements(count):
        batch.append(result_line("k", article, said))
        if len(batch) == 500:
            flush()
    if batch:
        flush()
    return [f"{name}.jsonl.gz" for name in sorted(names)]


def growth(source: Path | None, count: int) -> None:
    """What a folder costs an article when the statements are cached: a hundredth of the articles, and all."""
    costs = []
    for number in (max(1, count // 100), count):
        with tempfile.TemporaryDirectory() as place:
            path = write((Article(f"a{n}", f"Isi {n}.", language="id") for n in range(number)), Path(place))
            script = _GROWTH.format(path=str(path), folder=str(Path(place) / "g"), root=str(Path(__file__).parents[2]))
            out = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
            costs.append(float(out) / number)
            say(f"{number:,} articles: {costs[-1] * 1e3:.2f} ms CPU an article")
    say(f"ratio {costs[1] / costs[0]:.2f}")


# Without a pipeline: what is measured is everything else, merging included.
_GROWTH = """
import sys, time
sys.path.insert(0, {root!r})
from graphkit import build
from graphkit.extraction import spread
from tests.benchmarks import scale
class Made(spread.ArticleReader):
    def prepare(self, language): pass
    def read(self, article):
        return next(scale.statements(15, int(article.id[1:])))[1]
spread.ArticleReader = Made
start = time.process_time()
build([{path!r}], folder={folder!r}, memory=10**15)
print(time.process_time() - start)
"""


def memory_of_merge(source: Path | None, count: int) -> None:
    """Peak memory of the merge in memory with all exports, a statement of an article."""
    found = [item for _, said in statements(count) for item in said]
    before = _resident()
    graph = KnowledgeGraph.from_statements(found, [Article(f"a{n}", "Isi.") for n in range(count // 15)])
    merged = _resident()
    with tempfile.TemporaryDirectory() as place:
        graph.save(place)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    say(f"merged {(merged - before) / count:,.0f} bytes a statement, peak with exports {peak / count:,.0f}")


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


COMMANDS = {
    "end-to-end": (end_to_end, 500),
    "workers": (workers, 1_000),
    "memory": (memory, 5_000),
    "merge": (merge, 1_000_000),
    "growth": (growth, 100_000),
    "bytes": (memory_of_merge, 50_000),
}


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=COMMANDS)
    parser.add_argument("-n", type=int, help="number of articles or statements")
    parser.add_argument("--articles", type=Path, help="JSON Lines with real articles")
    given = parser.parse_args()
    run, count = COMMANDS[given.what]
    run(given.articles, given.n if given.n is not None else count)


if __name__ == "__main__":
    main()
