"""The worker process: reads articles that come on its standard input, one a line, and answers on its standard output.

It is started by `graphkit.extraction.worker` as ``python -m graphkit.extraction.child``, a fresh interpreter: it
shares nothing with the process that started it, needs no ``__main__`` guard, and can be killed at any moment.
"""

from __future__ import annotations

import faulthandler
import json
import os
import queue
import sys
import threading
from typing import IO, Any

from graphkit.collection import article_from
from graphkit.extraction.reader import ArticleReader, ReaderOptions
from graphkit.extraction.rows import failure_line, failure_reason, result_line

# A worker that nobody speaks to for so many seconds ends; it is started again when there is work.
_IDLE = 120.0
# The supervisor ends a worker that takes too long; where it cannot, for it is gone, the worker ends so much later.
_ORPHAN = 30.0


def main() -> None:
    """Serve until standard input ends."""
    answers = _own_stdout()
    lines: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(lines,), daemon=True).start()
    settings = json.loads(lines.get())
    _limit_memory(settings["memory"])
    options = settings["options"]
    files = {name: tuple(options[name]) for name in ("entities", "frames")}
    reader = ArticleReader(ReaderOptions(**{**options, **files}))
    while True:
        try:
            line = lines.get(timeout=_IDLE)
        except queue.Empty:
            return
        faulthandler.dump_traceback_later(settings["seconds"] + _ORPHAN, exit=True)
        _answer(reader, json.loads(line), answers)
        faulthandler.cancel_dump_traceback_later()


def _own_stdout() -> IO[bytes]:
    """Standard output for answers alone: what steps of a pipeline print goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _listen(lines: queue.Queue[bytes]) -> None:
    for line in sys.stdin.buffer:
        lines.put(line)
    # Who started the worker is gone.
    os._exit(0)


def _limit_memory(limit: int) -> None:
    """Make a request for memory beyond the limit fail, where the system can: an article costs itself then."""
    try:
        import resource
    except ImportError:
        return
    # Data, not address space: libraries reserve much that they never use.
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _answer(reader: ArticleReader, task: dict[str, Any], answers: IO[bytes]) -> None:
    article = article_from(json.dumps(task["article"]).encode("ascii"))
    reader.prepare(article.language)
    _send(answers, {"started": article.id})
    out_of_memory = False
    before = dict(reader.seconds)
    try:
        statements = reader.read(article)
        reason, line = None, result_line(task["key"], article.id, statements)
        count = len(statements)
    except Exception as error:
        # Any step, a user's own among them, may fail in any way on one text: the run must not.
        out_of_memory = isinstance(error, MemoryError)
        reason, count = failure_reason(error), 0
        line = failure_line(task["key"], article.id, reason)
    seconds = {name: spent - before.get(name, 0.0) for name, spent in reader.seconds.items()}
    _send(answers, {"reason": reason, "statements": count, "seconds": seconds})
    answers.write(line + b"\n")
    answers.flush()
    if out_of_memory:
        # What the text left behind may be most of the memory that there is.
        os._exit(0)


def _send(answers: IO[bytes], message: dict[str, Any]) -> None:
    answers.write(json.dumps(message).encode("ascii") + b"\n")
    answers.flush()


if __name__ == "__main__":
    main()
