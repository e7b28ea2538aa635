"""Where the time of a run goes: stages of the build by wall and CPU time, steps of the pipeline by CPU time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

_active: ContextVar[Profile | None] = ContextVar("graphkit_profile", default=None)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a run.

    Args:
        name: What was done.
        wall: Seconds by the clock.
        cpu: CPU seconds of this process; those of worker processes are in `Profile.steps`.
    """

    name: str
    wall: float
    cpu: float


@dataclass(slots=True)
class Profile:
    """Collects the stages of what runs while it is active.

    Args:
        stages: In the order in which they ended.
        steps: CPU seconds by step of the language pipeline and of the merge on disk, of all workers together.
    """

    stages: list[Stage] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def active(self) -> Iterator[Profile]:
        """Collect what runs in the block."""
        token = _active.set(self)
        try:
            yield self
        finally:
            _active.reset(token)


@contextlib.contextmanager
def stage(name: str) -> Iterator[None]:
    """Name what the block does, for a profile that may be active."""
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        yield
    finally:
        profile = _active.get()
        if profile is not None:
            profile.stages.append(Stage(name, time.perf_counter() - wall, time.process_time() - cpu))


def wants_profile() -> bool:
    """Whether a profile is active."""
    return _active.get() is not None


def add_steps(seconds: Mapping[str, float]) -> None:
    """Add CPU seconds of steps, such as "pipeline: parser", to the active profile."""
    profile = _active.get()
    if profile is not None:
        for name, spent in seconds.items():
            profile.steps[name] = profile.steps.get(name, 0.0) + spent
