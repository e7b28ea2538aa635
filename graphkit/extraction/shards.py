"""One task of an executor: some articles of one shard, read, and their results written."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphkit.collection import Shards, article_from
from graphkit.extraction.reader import ArticleReader, ReaderOptions
from graphkit.extraction.results import Results
from graphkit.extraction.rows import failure_line, failure_reason, result_line
from graphkit.extraction.version import configuration_version
from graphkit.extraction.worker import COMMAND, Limits, Reading, Worker, WorkerError
from graphkit.storage import Storage, open_storage


@dataclass(frozen=True, slots=True)
class Task:
    """Articles to read.

    Args:
        location: Of the folder, which every worker must reach.
        shard: The shard of articles.
        articles: Line in the shard, final id and key of each.
        options: How to read them.
        limits: What each may cost.
        version: Of the code and data that read them; a worker of another version refuses the task.
        command: What to start as worker process; by default what `graphkit.extraction.worker` says.
    """

    location: str
    shard: str
    articles: tuple[tuple[int, str, str], ...]
    options: ReaderOptions
    limits: Limits
    version: str
    command: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a task; the statements themselves stay in the folder.

    Args:
        shard: The shard of results.
        articles: How many were read.
        statements: How many there are.
        seconds: CPU seconds by step of the pipeline, if they were asked for.
    """

    shard: str
    articles: int
    statements: int
    seconds: dict[str, float] = field(default_factory=dict)


class Crew:
    """The worker processes of some threads: each thread looks after one."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: list[Worker] = []

    def worker(self, task: Task) -> Worker:
        """The process of this thread that suits a task."""
        settings = (task.options, task.limits, task.command)
        known = getattr(self._own, "worker", None)
        if known is None or known[0] != settings:
            if known is not None:
                known[1].close()
            worker = Worker(task.options, task.limits, task.command if task.command is not None else COMMAND)
            self._all.append(worker)
            self._own.worker = known = (settings, worker)
        return known[1]

    def close(self) -> None:
        """End all of them, at work or not; whatever waits for one raises `WorkerError`."""
        for worker in self._all:
            worker.close()


# On a cluster the processes outlive the task, and end when they are idle or their parent ends.
_standing = Crew()


def run_task(task: Task, advance: Callable[[int], Any] = lambda n: None, crew: Crew | None = None) -> Receipt:
    """Read the articles of a task in a supervised process.

    Args:
        task: What to read.
        advance: Called after each article with 1.
        crew: Has the process; by default one that stands by for the next task.

    Raises:
        WorkerError: If a worker process cannot even load the pipeline.
    """
    _check_version(task)
    worker = (crew if crew is not None else _standing).worker(task)
    return _run(task, open_storage(task.location), worker.read, advance)


def run_here(task: Task, storage: Storage, reader: ArticleReader, advance: Callable[[int], Any]) -> Receipt:
    """Read the articles of a task in this process: an article that raises costs itself, one that crashes all."""

    def read(row: dict[str, Any], key: str) -> Reading:
        article = article_from(json.dumps(row).encode("ascii"))
        reader.prepare(article.language)
        before = reader.seconds.copy()
        try:
            statements = reader.read(article)
        except Exception as error:
            # Any step, a user's own among them, may fail in any way on one text: the run must not.
            reason = failure_reason(error)
            return Reading(failure_line(key, article.id, reason), reason, 0)
        return Reading(result_line(key, article.id, statements), None, len(statements), dict(reader.seconds - before))

    return _run(task, storage, read, advance)


def _check_version(task: Task) -> None:
    try:
        ours = configuration_version(task.options.files)
    except OSError as error:
        raise WorkerError(f"{socket.gethostname()}: {error}; put the file at the same path on all machines") from error
    if ours != task.version:
        raise WorkerError(f"{socket.gethostname()} has another version of graphkit or its libraries; install the same")


def _run(
    task: Task,
    storage: Storage,
    read: Callable[[dict[str, Any], str], Reading],
    advance: Callable[[int], Any],
) -> Receipt:
    source = Shards(storage, "articles").lines(task.shard)
    lines, index, seconds, count = [], [], Counter[str](), 0
    for row, id_, key in task.articles:
        reading = read({**json.loads(source[row]), "id": id_}, key)
        lines.append(reading.line)
        index.append((key, reading.reason, reading.statements))
        seconds.update(reading.seconds)
        count += reading.statements
        advance(1)
    shard = Results.store(storage, lines, index)
    return Receipt(shard, len(lines), count, dict(seconds))
