"""An account of every input: what was read, what was skipped, what failed, and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

Outcome = Literal["read", "skipped", "failed", "warning"]


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

    def count(self, outcome: Outcome) -> int:
        """Number of inputs with an outcome."""
        return Counter(entry.outcome for entry in self.entries)[outcome]

    @property
    def exit_code(self) -> int:
        """0 if nothing was lost, 1 if something was, 2 if nothing could be read at all."""
        if not self.count("read"):
            return 2
        return 1 if self.count("failed") else 0
