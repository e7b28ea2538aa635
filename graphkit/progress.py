"""How far the work is: a bar in a terminal or a notebook, lines where the output is piped."""

from __future__ import annotations

import contextlib
import importlib
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import IO, Any, TypeAlias

from tqdm import tqdm

# Given the number of articles, shows how far the work is while the block runs; the function that it gives is
# called with the number of articles that were done since the last call.
Progress: TypeAlias = Callable[[int], AbstractContextManager[Callable[[int], Any]]]

_EVERY = 10.0


@contextlib.contextmanager
def silent(total: int) -> Iterator[Callable[[int], None]]:
    """Shows nothing."""
    yield lambda count: None


@contextlib.contextmanager
def progress_bar(total: int) -> Iterator[Callable[[int], None]]:
    """Articles done, rate and time left, on standard error; where that is no terminal, a line every ten seconds.

    Args:
        total: Number of articles.
    """
    if not total:
        yield lambda count: None
    elif sys.stderr.isatty() or _in_notebook():
        with _bar()(total=total, desc="Reading articles", unit=" articles", file=sys.stderr, smoothing=0.1) as bar:
            yield bar.update
    else:
        yield Lines(total, sys.stderr).advance


class Lines:
    """Progress as lines for a log.

    Args:
        total: Number of articles.
        file: Where the lines go.
        every: Seconds between lines; the last line always comes.
        clock: Gives seconds.
    """

    def __init__(
        self, total: int, file: IO[str], every: float = _EVERY, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total, self._file, self._every, self._clock = total, file, every, clock
        self._done = 0
        self._start = self._last = clock()

    def advance(self, count: int) -> None:
        """Note that so many more articles are done."""
        self._done += count
        now = self._clock()
        if now - self._last < self._every and self._done < self._total:
            return
        self._last = now
        rate = self._done / max(now - self._start, 1e-9)
        left = tqdm.format_interval((self._total - self._done) / rate) if rate else "?"
        self._file.write(f"{self._done:,} of {self._total:,} articles, {rate:.1f} a second, {left} left\n")
        self._file.flush()


def _bar() -> type[tqdm]:
    """The bar that fits: a widget in a notebook that can show one."""
    with warnings.catch_warnings():
        # Without ipywidgets a plain bar will do; nobody needs to be told.
        warnings.simplefilter("ignore")
        return importlib.import_module("tqdm.auto").tqdm


def _in_notebook() -> bool:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return type(shell).__name__ == "ZMQInteractiveShell"
