"""Queries in a process of their own, which can be stopped: a running query cannot be interrupted in any other way.

The process opens the graph, then gives up the right to open anything further, files and sockets alike, so that
whatever a query says, it reads this graph and nothing else.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import multiprocessing.connection
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

from graphkit.rdf.dataset import Dataset, open_dataset
from graphkit.rdf.explain import explain
from graphkit.rdf.files import RdfFileError
from graphkit.rdf.named import named_queries
from graphkit.rdf.query import QueryError, ask
from graphkit.rdf.results import QueryResult

# Opening a graph is not part of the query, but must end some day too.
_OPENING_S = 600.0


class QueryTimeout(QueryError):
    """A query that ran longer than it may, and was stopped."""


class QueryTooLarge(QueryError):
    """A query that needed more memory than it may have, and was stopped."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use.

    Args:
        seconds: From the moment the graph is open.
        rows: More are not fetched.
        memory_mb: Besides what the graph itself takes; held on Linux.
    """

    seconds: float = 60.0
    rows: int | None = None
    memory_mb: int = 2048


@dataclass(frozen=True, slots=True)
class Job:
    """A query to run.

    Args:
        place: The folder that ``build`` wrote, or an RDF file.
        query: SPARQL, or the name of a query that ships.
        words: The parameters of a named query.
        limits: What it may use.
        named: Whether the query may be the name of one.
        explained: Whether the answer is an `Explanation` instead of a result.
        render: Makes of the result what is wanted, within the time limit; a function of a module.
    """

    place: Path
    query: str
    words: Sequence[str] = ()
    limits: Limits = Limits()
    named: bool = True
    explained: bool = False
    render: Callable[[QueryResult], Any] | None = None


def run_limited(job: Job, context: BaseContext | None = None) -> Any:
    """Run a query in a process that is stopped when the query takes too long or too much.

    Args:
        job: The query and its limits.
        context: How the process is started; a fork where that is safe, if not given.

    Returns:
        A `QueryResult`, an `Explanation`, or what ``job.render`` makes of it.

    Raises:
        QueryTimeout: If it took longer than it may.
        QueryTooLarge: If it needed more memory than it may have.
        QueryError: If there is no graph, or the query is not valid or would do more than read it.
    """
    chosen: Any = context if context is not None else _fast_context()
    ours, theirs = chosen.Pipe(duplex=False)
    process = chosen.Process(target=_work, args=(theirs, job), daemon=True)
    process.start()
    theirs.close()
    try:
        return _receive(ours, job.limits)
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def _fast_context() -> BaseContext:
    # A fork is there at once; elsewhere than on Linux it is not safe.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _receive(connection: multiprocessing.connection.Connection, limits: Limits) -> Any:
    deadline = time.monotonic() + _OPENING_S
    while True:
        if not connection.poll(max(0.0, deadline - time.monotonic())):
            raise QueryTimeout(
                f"stopped after {limits.seconds:g} s; ask for less, or allow more time (graphkit query --timeout)"
            )
        try:
            kind, content = connection.recv()
        except EOFError as error:
            raise QueryTooLarge(
                f"stopped: it needed more than {limits.memory_mb} MB of memory, or the process was ended; ask for less"
            ) from error
        if kind == "open":
            deadline = time.monotonic() + limits.seconds
        elif kind == "error":
            raise QueryError(content)
        else:
            return content


def _work(connection: multiprocessing.connection.Connection, job: Job) -> None:
    """What the process does."""
    try:
        dataset = open_dataset(job.place)
        # What is read or imported at first use must be so before the doors close.
        named = named_queries().get(job.query) if job.named else None
        explain(dataset, "SELECT ?s { ?s a kg:Statement } LIMIT 1")
        _close_doors(job.limits)
        connection.send(("open", None))
        connection.send(("answer", _answer(dataset, named, job)))
    except (QueryError, RdfFileError) as error:
        connection.send(("error", str(error)))
    except MemoryError:
        # Nothing is sent: the end of the process says it.
        return


def _answer(dataset: Dataset, named: Any, job: Job) -> Any:
    sparql = job.query if named is None else named.sparql(dataset, job.words)
    if named is None and job.words:
        raise QueryError(f"{job.words[0]!r} is too much; put a SPARQL query in quotes, and see the named ones without")
    if job.explained:
        return explain(dataset, sparql, limit=job.limits.rows)
    result = ask(dataset, sparql, limit=job.limits.rows, names=job.render is None)
    return result if job.render is None else job.render(result)


def _close_doors(limits: Limits) -> None:
    """From here on this process can open no file and no socket, and can take only so much memory."""
    if sys.platform == "win32":
        # There are no such limits; queries are checked by their text all the same.
        return
    import resource

    faulthandler.disable()
    # Oxigraph reports a lack of memory there, at length; the parent says it in one line.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + limits.memory_mb * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
