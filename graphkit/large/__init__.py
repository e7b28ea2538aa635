"""The graph of more statements than memory holds: the same merge, bucket by bucket, in DuckDB."""

from graphkit.large.database import MissingPackageError
from graphkit.large.graph import LargeGraph, merge_on_disk
from graphkit.large.limits import BYTES_A_STATEMENT, fits_in_memory, free_memory
from graphkit.large.origin import Origin
from graphkit.large.tables import TABLES

__all__ = [
    "BYTES_A_STATEMENT",
    "TABLES",
    "LargeGraph",
    "MissingPackageError",
    "Origin",
    "fits_in_memory",
    "free_memory",
    "merge_on_disk",
]
