"""A supervised worker process: what one article does to it costs that article alone.

`concurrent.futures.ProcessPoolExecutor` fails every unfinished task when one process dies and cannot tell which
task killed it, and a task that never ends is never noticed. Here each article is handed over alone, so that the
one at work is known when the process dies, does not answer, or runs out of memory.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from graphkit.extraction.reader import ReaderOptions
from graphkit.extraction.rows import failure_line

logger = logging.getLogger(__name__)

# "-P": the folder that the user is in is no place to import from.
COMMAND = (sys.executable, "-P", "-m", "graphkit.extraction.child")
# How often an article may meet the end of its worker before it is held responsible: others kill workers, too.
_CHANCES = 2
# How often a process may be started in vain.
_STARTS = 3
# Loading a pipeline takes seconds; on a machine that is overloaded, minutes.
_LOADING = 900.0
_TAIL = 2_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What an article may cost.

    Args:
        seconds: Of wall time.
        memory: Bytes that a worker process may allocate, the pipeline included.
    """

    seconds: float = 300.0
    memory: int = 4 * 2**30


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of an article.

    Args:
        line: What to keep of it; see `graphkit.extraction.rows`.
        reason: Why it could not be read, where it could not.
        statements: How many were read.
        seconds: CPU seconds by step of the pipeline, if they were asked for.
    """

    line: bytes
    reason: str | None
    statements: int
    seconds: dict[str, float] = field(default_factory=dict)


class WorkerError(RuntimeError):
    """Worker processes cannot work at all; the message has the last words of one."""


class _LostError(Exception):
    """The process ended."""

    def __init__(self, code: int) -> None:
        super().__init__(_end(code))
        self.code = code


class Worker:
    """A worker process; it is started when the first article comes, and again when it has ended.

    Args:
        options: How to read articles.
        limits: What an article may cost.
        command: What to start.
    """

    def __init__(self, options: ReaderOptions, limits: Limits, command: tuple[str, ...] = COMMAND) -> None:
        self._options = options
        self._limits = limits
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._closed = False

    def read(self, article: dict[str, Any], key: str) -> Reading:
        """Have an article read; whatever it does, an answer comes.

        Args:
            article: As a row of the collection, under its final id.
            key: Names its content and how it is read.

        Raises:
            WorkerError: If a worker process cannot even load the pipeline.
        """
        reason = ""
        for _ in range(_CHANCES):
            try:
                return self._read(article, key)
            except TimeoutError:
                reason = f"took longer than {self._limits.seconds:g} seconds; split it, or allow more (--time-limit)"
                break
            except _LostError as error:
                if self._closed:
                    break
                reason = f"the worker process {error} while it read it"
                logger.warning("article %s: %s", article["id"], reason)
        return Reading(failure_line(key, article["id"], reason), reason, 0)

    def close(self) -> None:
        """End the process for good; any thread may call it."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
            process.wait()

    def _read(self, article: dict[str, Any], key: str) -> Reading:
        self._begin(json.dumps({"article": article, "key": key}).encode("ascii"))
        answer = json.loads(self._next(self._limits.seconds))
        return Reading(self._next(self._limits.seconds), **answer)

    def _begin(self, line: bytes) -> None:
        """Hand an article over and wait until work on it begins; until then it is not to blame for anything."""
        end = "did not start"
        for _ in range(_STARTS):
            try:
                self._send(line)
                self._next(_LOADING)
                return
            except TimeoutError as error:
                raise WorkerError(f"a worker process did not load its pipeline in {_LOADING:g} seconds") from error
            except _LostError as error:
                end = str(error)
                if error.code > 0:
                    break
                # It ended because it was idle, or somebody killed it.
        raise WorkerError(f"a worker process {end}: {self._last_words()}")

    def _send(self, line: bytes) -> None:
        process = self._running()
        # That a process is gone shows when its answer is waited for.
        with contextlib.suppress(OSError):
            process.stdin.write(line + b"\n")
            process.stdin.flush()

    def _next(self, seconds: float) -> bytes:
        try:
            answer = self._answers.get(timeout=seconds)
        except queue.Empty:
            self._kill()
            raise TimeoutError from None
        if answer is None:
            code = self._process.wait() if self._process is not None else 0
            self._process = None
            raise _LostError(code)
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise WorkerError("the worker process was told to end")
        if self._process is None or self._process.poll() is not None:
            self._errors.seek(0)
            self._errors.truncate()
            self._answers = queue.Queue()
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=_environment()
            )
            threading.Thread(target=_collect, args=(self._process.stdout, self._answers), daemon=True).start()
            self._send(json.dumps({"options": asdict(self._options), **asdict(self._limits)}).encode("ascii"))
        return self._process

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            # What it was not told any more is lost with it.
            with contextlib.suppress(OSError):
                self._process.stdin.close()
            self._process = None

    def _last_words(self) -> str:
        self._errors.seek(0)
        text = self._errors.read().decode("utf-8", errors="replace").strip()
        return text[-_TAIL:] if text else "it said nothing"


def _collect(stream: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    with stream:
        for line in stream:
            # A line without its end is what a killed process left.
            if line.endswith(b"\n"):
                answers.put(line.removesuffix(b"\n"))
    answers.put(None)


def _environment() -> dict[str, str]:
    """The same modules are found, a user's own steps among them."""
    places = [entry if entry else str(Path.cwd()) for entry in sys.path]
    # One thread a worker: there is a worker for each core already.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return {**os.environ, **threads, "PYTHONPATH": os.pathsep.join(dict.fromkeys(places))}


def _end(code: int) -> str:
    if code < 0:
        try:
            return f"was ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"was ended by signal {-code}"
    return f"ended with code {code}"
