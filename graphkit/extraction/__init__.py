"""Statements of many articles: read by one process, by several, or by a cluster; each article once."""

from graphkit.extraction.reader import ArticleReader, ReaderOptions
from graphkit.extraction.results import Results
from graphkit.extraction.rows import failure_reason
from graphkit.extraction.spread import Execution, cores, plan, run
from graphkit.extraction.version import configuration_version, file_digest
from graphkit.extraction.worker import Limits, WorkerError

__all__ = [
    "ArticleReader",
    "Execution",
    "Limits",
    "ReaderOptions",
    "Results",
    "WorkerError",
    "configuration_version",
    "cores",
    "failure_reason",
    "file_digest",
    "plan",
    "run",
]
