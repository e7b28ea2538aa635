"""The graph of more statements than memory holds: the same merge, bucket by bucket, in DuckDB."""

from graphkit.large.database import MissingPackageError
from graphkit.large.graph import QUADS, TABLES, LargeGraph, Origin, merge_on_disk
from graphkit.large.limits import BYTES_A_STATEMENT, fits_in_memory, free_memory

__all__ = [
    "BYTES_A_STATEMENT",
    "QUADS",
    "TABLES",
    "LargeGraph",
    "MissingPackageError",
    "Origin",
    "fits_in_memory",
    "free_memory",
    "merge_on_disk",
]
