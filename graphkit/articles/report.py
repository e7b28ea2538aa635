"""An account of every input: what was read, what was skipped, what failed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["read", "removed", "skipped", "failed", "warning"]


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """What became of one input.

    Args:
        source: Path, with ``:line`` for a record of a file.
        reason: Why it was skipped or failed, and what to do about it.
    """

    source: str
    outcome: Outcome
    reason: str = ""


@dataclass(slots=True)
class ReadReport:
    """Collects entries while articles are read and processed."""

    entries: list[ReportEntry] = field(default_factory=list)

    def add(self, source: str, outcome: Outcome, reason: str = "") -> None:
        """Note what became of an input."""
        self.entries.append(ReportEntry(source, outcome, reason))

    def withdraw(self, source: str, outcome: Outcome, reason: str) -> None:
        """Note that an article that had been read was lost or left out after all."""
        read = ReportEntry(source, "read")
        if read in self.entries:
            self.entries.remove(read)
        self.add(source, outcome, reason)

    def amend(self, changes: Iterable[ReportEntry]) -> None:
        """Say more exactly what became of inputs that were noted as read; of one source, in the order read."""
        by_source: dict[str, list[ReportEntry]] = {}
        for change in changes:
            by_source.setdefault(change.source, []).append(change)
        for waiting in by_source.values():
            waiting.reverse()
        for place, entry in enumerate(self.entries):
            waiting = by_source.get(entry.source)
            if waiting and entry.outcome == "read":
                self.entries[place] = waiting.pop()

    def count(self, outcome: Outcome) -> int:
        """Number of inputs with an outcome."""
        return Counter(entry.outcome for entry in self.entries)[outcome]

    @property
    def exit_code(self) -> int:
        """0 if nothing was lost, 1 if something was, 2 if nothing could be read at all."""
        if not self.count("read") and not self.count("removed"):
            return 2
        return 1 if self.count("failed") else 0
