"""A reader that needs no pipeline: each line "A | relation | B | amount" of a text is a statement, and some words bite.

As a script it is a worker process with that reader: ``python -m tests.extraction.fakes FOLDER``.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from pathlib import Path

from graphkit.extraction import ArticleReader, child
from graphkit.extraction.reader import ReaderOptions
from graphkit.model import Amount, Article, Entity, Evidence, Statement

ROOT = Path(__file__).parents[2]
PAUSE = "GRAPHKIT_TEST_PAUSE"


class FakeReader(ArticleReader):
    """Reads lines; "!raise", "!segfault", "!eat", "!endless", "!kill", "!kill-once", "!exit" do what they say."""

    def __init__(self, options: ReaderOptions, folder: Path | None = None) -> None:
        super().__init__(options)
        self._folder = folder

    def prepare(self, language: str | None) -> None:
        """There is nothing to load."""

    def read(self, article: Article) -> tuple[Statement, ...]:
        time.sleep(float(os.environ.get(PAUSE, "0")))
        if article.text.startswith("!"):
            self._bite(article.text.split()[0])
        return fake_statements(article)

    def _bite(self, word: str) -> None:
        if word == "!raise":
            raise KeyError("poison")
        if word == "!segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        if word == "!eat":
            _eaten = [bytearray(2**27) for _ in range(64)]
        if word == "!endless":
            # Holds the interpreter's lock all the time, as a regular expression that backtracks does.
            __import__("re").match(r"(a+)+$", "a" * 64 + "b")
        if word == "!kill" or (word == "!kill-once" and self._first()):
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "!exit":
            os._exit(3)

    def _first(self) -> bool:
        try:
            (self._folder / "killed").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


def fake_statements(article: Article) -> tuple[Statement, ...]:
    """A statement for each line "A | relation | B | amount | time" of the text."""
    found, start = [], 0
    scope = hashlib.sha256(article.id.encode()).hexdigest()[:6]
    for number, line in enumerate(article.text.split("\n")):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) >= 3:
            subject, object_ = _entity(parts[0], scope), _entity(parts[2], scope)
            qualifiers: dict[str, Amount | str] = {}
            if len(parts) > 3 and parts[3]:
                qualifiers["amount"] = Amount(float(parts[3]), "USD", parts[3])
            if len(parts) > 4 and parts[4]:
                qualifiers["time"] = parts[4]
            end = start + len(line)
            evidence = Evidence(article.id, number, start, end, line, parts[1], start, end, "fake", 0.8)
            found.append(Statement(subject, parts[1], object_, qualifiers, "asserted", (), (evidence,), 0.8))
        start += len(line) + 1
    return tuple(found)


def _entity(name: str, scope: str) -> Entity:
    slug = name.lower().replace(" ", "-")
    if name.startswith("Org"):
        return Entity(f"organization/{slug}", name, "Organization", (name,))
    if " " in name:
        return Entity(f"person/{slug}~{scope}", name, "Person", (name,))
    return Entity(f"country/{slug}", name, "Country", (name,), None, {"en": name})


def command(folder: Path) -> tuple[str, ...]:
    """The command of a worker process with a `FakeReader`."""
    return (sys.executable, str(Path(__file__)), str(folder))


if __name__ == "__main__":
    # Worker processes find what their parent finds; the tests of it, too.
    place = Path(sys.argv[1])
    child.ArticleReader = lambda options: FakeReader(options, place)
    child.main()
