"""When networkx can hold the merged graph."""

from __future__ import annotations

import os

# Peak memory of resolving, merging and writing all files, a statement of an article: 39.5 kB were seen with 20,000
# made-up statements (``tests/benchmarks/scale.py bytes``), of which the graph itself is a twentieth.
BYTES_A_STATEMENT = 40_000
# Others need memory, too.
_SHARE = 0.5


def fits_in_memory(statements: int, memory: int | None = None) -> bool:
    """Whether statements of articles can be merged in memory.

    Args:
        statements: Their number.
        memory: Bytes that may be used; by default half of what is free now.
    """
    limit = free_memory() * _SHARE if memory is None else memory
    return statements * BYTES_A_STATEMENT <= limit


def free_memory() -> int:
    """Bytes of memory that are free now, as far as the system tells; else 4 GiB."""
    try:
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") + _cached()
    except (AttributeError, OSError, ValueError):
        return 4 * 2**30


def _cached() -> int:
    """What Linux lends to its file cache and gives back at once."""
    try:
        with open("/proc/meminfo", encoding="ascii") as file:  # noqa: PTH123
            sizes = dict(line.split(":") for line in file)
        return int(sizes["Cached"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return 0
