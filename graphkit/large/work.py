"""The processes that merge: each takes every n-th bucket, merges them all, and then writes their quads.

``python -m graphkit.large FOLDER FIRST STEP BUCKETS`` is one of them. It writes a line of JSON when a step is done.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from graphkit.large.bucket import merge_bucket
from graphkit.large.database import connect
from graphkit.large.origin import Origin
from graphkit.large.quads import write_statements
from graphkit.profile import add_steps

_MEMORY = 512 * 2**20
STEPS = ("workers: merge buckets", "workers: write quads")


class Crew:
    """Processes that merge the buckets of a folder; see `start`.

    Args:
        running: The processes; without any, the work is done in this one.
        here: The steps, to be done in this process.
    """

    def __init__(self, running: Sequence[subprocess.Popen[str]], here: Iterator[str]) -> None:
        self._running = running
        self._here = here

    @classmethod
    def start(cls, work: Path, buckets: int, workers: int) -> Crew:
        """Let processes merge.

        Args:
            work: Where `graphkit.large.buckets.split` wrote.
            buckets: Their number.
            workers: Number of processes; 0 for none.
        """
        step = min(workers, buckets)
        command = [sys.executable, "-P", "-m", "graphkit.large", str(work)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
        running = [
            subprocess.Popen(
                [*command, str(first), str(step), str(buckets)],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for first in range(step)
        ]
        return cls(running, _steps(work, 0, 1, buckets) if not running else iter(()))

    def wait(self) -> None:
        """Until the next step is done in all processes.

        Raises:
            OSError: If one of them failed.
        """
        if not self._running:
            next(self._here)
            return
        for process in self._running:
            line = process.stdout.readline() if process.stdout is not None else ""
            if not line:
                raise OSError(f"merging failed: a process ended with code {process.wait()}")
            add_steps(json.loads(line))

    def close(self) -> None:
        """End all processes, at work or not."""
        for process in self._running:
            process.kill()
            process.communicate()


def main(arguments: Sequence[str]) -> None:
    """Merge every n-th bucket."""
    work, first, step, buckets = Path(arguments[0]), *map(int, arguments[1:])
    threading.Thread(target=_end_with_parent, daemon=True).start()
    # Nothing here makes cycles, and looking for them takes a tenth of the time.
    gc.disable()
    for line in _steps(work, first, step, buckets):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def _end_with_parent() -> None:
    """What a killed build leaves must not go on: the next one merges anew."""
    sys.stdin.read()
    os._exit(1)


def _steps(work: Path, first: int, step: int, buckets: int) -> Iterator[str]:
    origin = Origin.read(work)
    connection = connect(work / f"database-{first}", _MEMORY, 1)
    tasks: tuple[Callable[[int], None], ...] = (
        lambda bucket: merge_bucket(connection, work, bucket, origin.relations),
        lambda bucket: write_statements(connection, work, bucket, origin),
    )
    for name, task in zip(STEPS, tasks, strict=True):
        start = time.process_time()
        for bucket in range(first, buckets, step):
            task(bucket)
        yield json.dumps({name: time.process_time() - start})
