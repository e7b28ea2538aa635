"""The same articles on a Dask cluster of two workers: the same bytes, and the same faults cost the same."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphkit import ReadReport, build
from graphkit.extraction import Execution, Limits, WorkerError
from tests.extraction.fakes import PAUSE, command
from tests.extraction.test_faults import GOOD, articles_of, write

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster


def run(cluster: distributed.LocalCluster, folder: Path, texts: list[str], seconds: float = 60.0):
    report = ReadReport()
    limits = Limits(seconds=seconds, memory=2**30)
    how = Execution(scheduler=cluster.scheduler_address, limits=limits, command=command(folder))
    return build([write(folder, texts)], folder=folder / "graph", execution=how, report=report), report


def test_poison_articles_cost_themselves(cluster: distributed.LocalCluster, tmp_path: Path) -> None:
    poison = ["!raise", "!segfault", "!eat", "!kill", "!kill-once"]
    graph, report = run(cluster, tmp_path, [*GOOD[:4], *poison, *GOOD[4:]])
    failed = {entry.source.rpartition(":")[2]: entry.reason for entry in report.entries if entry.outcome == "failed"}
    assert sorted(failed) == ["5", "6", "7", "8"]
    for line, word in (("5", "KeyError"), ("6", "SIGSEGV"), ("7", "MemoryError"), ("8", "SIGKILL")):
        assert word in failed[line]
    assert articles_of(graph) == {f"a{n}" for n in (0, 1, 2, 3, 9, 10, 11, 12)}


def test_an_endless_article_costs_itself(cluster: distributed.LocalCluster, tmp_path: Path) -> None:
    graph, report = run(cluster, tmp_path, [*GOOD[:2], "!endless", *GOOD[2:]], seconds=4.0)
    (failed,) = [entry for entry in report.entries if entry.outcome == "failed"]
    assert "longer than 4 seconds" in failed.reason and len(articles_of(graph)) == 8


def test_a_lost_machine_costs_nothing(
    cluster: distributed.LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Rusia | trade_partner | China | {n}" for n in range(60)]
    victim = next(iter(cluster.scheduler.workers.values()))
    with distributed.Client(cluster, set_as_default=False) as client:
        (pid,) = client.run(os.getpid, workers=[victim.address]).values()
        client.run(os.environ.__setitem__, PAUSE, "0.1")
        killed = []

        def progress(total):
            from contextlib import contextmanager

            @contextmanager
            def show():
                # The first receipt is there: both workers are at work.
                yield lambda count: killed or (killed.append(pid), os.kill(pid, signal.SIGKILL))

            return show()

        report = ReadReport()
        how = Execution(scheduler=cluster.scheduler_address, command=command(tmp_path))
        graph = build([write(tmp_path, texts)], folder=tmp_path / "g", execution=how, report=report, progress=progress)
        client.run(os.environ.pop, PAUSE, None)
    assert killed and report.exit_code == 0 and len(articles_of(graph)) == 60


def test_the_same_bytes_as_in_one_process(cluster: distributed.LocalCluster, tmp_path: Path) -> None:
    texts = [
        "Presiden Prabowo Subianto mengunjungi Malaysia pada Mei 2025 dan bertemu Anwar Ibrahim.",
        "China adalah mitra dagang utama Rusia. Nilai perdagangan Rusia dan China mencapai US$245 miliar pada 2024.",
    ]
    source = write(tmp_path, texts)
    how = Execution(scheduler=cluster.scheduler_address)
    for name, execution in (("here", None), ("there", how)):
        graph = build([source], folder=tmp_path / name, execution=execution)
        assert graph.statements
        graph.save(tmp_path / name)
    for path in sorted((tmp_path / "here").iterdir()):
        if path.is_file():
            assert path.read_bytes() == (tmp_path / "there" / path.name).read_bytes(), path.name


def test_no_scheduler_is_an_error_and_no_hang(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="no Dask scheduler"):
        build([write(tmp_path, GOOD)], execution=Execution(scheduler="tcp://127.0.0.1:9", limits=Limits()))
