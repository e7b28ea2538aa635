"""The tasks of a build, spread over this process, worker processes, or a cluster."""

from __future__ import annotations

import contextlib
import logging
import math
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from graphkit.collection import Entry
from graphkit.extraction.reader import ArticleReader, ReaderOptions
from graphkit.extraction.shards import Crew, Receipt, Task, run_here, run_task
from graphkit.extraction.worker import Limits, WorkerError
from graphkit.storage import Storage

logger = logging.getLogger(__name__)

# A killed build loses the tasks at work: some seconds each, and enough of them that no worker waits at the end.
_SMALLEST_TASK, _LARGEST_TASK, _TASKS_A_WORKER = 10, 500, 8
# A worker takes as long to start as it takes for so many articles.
_WORTH_A_WORKER = 100
# On a cluster, a task whose worker was lost is given to another one so often.
_RETRIES = 3
# How long a cluster may be without any worker.
_PATIENCE, _LOOK = 120.0, 5.0


@dataclass(frozen=True, slots=True)
class Execution:
    """Where articles are read.

    Args:
        workers: Number of worker processes on this machine; 0 reads in this process, where an article that
            crashes takes all down.
        scheduler: Address of a Dask scheduler, such as ``tcp://10.0.0.1:8786``; it takes the place of workers.
        limits: What an article may cost a worker.
        command: What to start as worker process, if not the usual one.
    """

    workers: int = 0
    scheduler: str | None = None
    limits: Limits = field(default_factory=Limits)
    command: tuple[str, ...] | None = None


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def plan(
    missing: Sequence[tuple[Entry, str, str]], location: str, version: str, options: ReaderOptions, how: Execution
) -> list[Task]:
    """Tasks for articles; each has articles of one shard.

    Args:
        missing: Entry, final id and key of each article.
        location: Of the folder.
        version: Of what reads them.
        options: How to read them.
        how: Where to read them.
    """
    size = math.ceil(len(missing) / (max(1, how.workers) * _TASKS_A_WORKER))
    size = min(_LARGEST_TASK, max(_SMALLEST_TASK, size))
    by_shard: dict[str, list[tuple[int, str, str]]] = {}
    for entry, id_, key in missing:
        by_shard.setdefault(entry.shard, []).append((entry.row, id_, key))
    return [
        Task(location, shard, tuple(rows[start : start + size]), options, how.limits, version, how.command)
        for shard, rows in sorted((shard, sorted(rows)) for shard, rows in by_shard.items())
        for start in range(0, len(rows), size)
    ]


def run(tasks: Sequence[Task], storage: Storage, how: Execution, advance: Callable[[int], Any]) -> dict[str, float]:
    """Read what the tasks name; the results are in the folder when this returns.

    Args:
        tasks: From `plan`.
        storage: The folder.
        how: Where to read.
        advance: Called with the number of articles that are done since the last call; by one thread at a time.

    Returns:
        CPU seconds by step of the pipeline, if the tasks ask for them.

    Raises:
        WorkerError: If workers cannot work at all; what is done is kept.
    """
    seconds: Counter[str] = Counter()
    for receipt in _receipts(tasks, storage, how, advance):
        seconds.update(receipt.seconds)
    return dict(seconds)


def _receipts(
    tasks: Sequence[Task], storage: Storage, how: Execution, advance: Callable[[int], Any]
) -> Iterator[Receipt]:
    if not tasks:
        return
    if how.scheduler is not None:
        with _cluster(how.scheduler) as (executor, alive):
            for receipt in _finished(executor, tasks, run_task, alive):
                advance(receipt.articles)
                yield receipt
    elif how.workers:
        one_by_one = _locked(advance)
        worth = math.ceil(sum(len(task.articles) for task in tasks) / _WORTH_A_WORKER)
        with _threads(min(how.workers, len(tasks), worth)) as (executor, crew):
            yield from _finished(executor, tasks, lambda task: run_task(task, one_by_one, crew), lambda: True)
    else:
        reader = ArticleReader(tasks[0].options)
        yield from (run_here(task, storage, reader, advance) for task in tasks)


def _finished(
    executor: Executor, tasks: Sequence[Task], run_one: Callable[[Task], Receipt], alive: Callable[[], bool]
) -> Iterator[Receipt]:
    """Receipts as they come; a task that was lost with its worker is given out again."""
    waiting: dict[Future[Receipt], Task] = {executor.submit(run_one, task): task for task in tasks}
    tries: Counter[Task] = Counter()
    while waiting:
        done, _ = wait(waiting, timeout=_LOOK, return_when=FIRST_COMPLETED)
        if not done and not alive():
            raise WorkerError("the cluster has no workers any more; start some and build again: what is done is kept")
        for future in done:
            task = waiting.pop(future)
            try:
                yield future.result()
            except WorkerError:
                raise
            except Exception as error:
                # What a cluster raises when a worker is gone is its own; what the task raises is a fault of ours.
                tries[task] += 1
                if tries[task] >= _RETRIES:
                    raise WorkerError(f"a task failed {_RETRIES} times ({type(error).__name__}: {error})") from error
                logger.warning("a task is tried again (%s: %s)", type(error).__name__, error)
                waiting[executor.submit(run_one, task)] = task


@contextlib.contextmanager
def _threads(count: int) -> Iterator[tuple[Executor, Crew]]:
    """Threads, each of which looks after one worker process."""
    crew = Crew()
    executor = ThreadPoolExecutor(count, thread_name_prefix="graphkit-worker")
    try:
        yield executor, crew
    finally:
        crew.close()
        executor.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, Callable[[], bool]]]:
    """An executor of a Dask cluster, and whether the cluster has had workers lately."""
    try:
        from distributed import Client
    except ImportError as error:
        raise WorkerError(f"{address}: Dask is not installed; pip install 'graphkit-news[dask]'") from error
    try:
        client = Client(address, timeout="30s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise WorkerError(f"{address}: no Dask scheduler answers there ({error})") from error
    seen = time.monotonic()

    def alive() -> bool:
        nonlocal seen
        if client.scheduler_info(n_workers=-1)["workers"]:
            seen = time.monotonic()
        return time.monotonic() - seen < _PATIENCE

    with client, client.get_executor(pure=False, retries=_RETRIES) as executor:
        try:
            yield executor, alive
        except BaseException:
            executor.shutdown(wait=False, cancel_futures=True)
            raise


def _locked(advance: Callable[[int], Any]) -> Callable[[int], None]:
    lock = threading.Lock()

    def one_by_one(count: int) -> None:
        with lock:
            advance(count)

    return one_by_one
