"""A graph folder that grows: what it holds, what is new, what must be read."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from graphkit.articles import ReadReport, ReportEntry
from graphkit.collection import Changes, Collection, Entry, Membership
from graphkit.extraction import Execution, ReaderOptions, Results, configuration_version, plan, run
from graphkit.large import LargeGraph, Origin, fits_in_memory, free_memory, merge_on_disk
from graphkit.linking import Fusion
from graphkit.model import Article, Statement
from graphkit.profile import add_steps, stage
from graphkit.progress import Progress
from graphkit.storage import LocalStorage, MemoryStorage, Storage, is_url, open_storage

FOLDER, FUSED = "articles", "fused.jsonl"
_LOCK = ".lock"
# DuckDB needs some for each thread.
_LEAST_MEMORY = 512 * 2**20


class FolderInUseError(OSError):
    """Another build is writing to the folder."""


@contextlib.contextmanager
def graph_folder(folder: str | Path | None, how: Execution) -> Iterator[Storage]:
    """Where a graph folder keeps its articles; without a folder, a place that ends with the block.

    Args:
        folder: The graph folder.
        how: Where articles are read; other processes cannot reach the memory of this one.

    Raises:
        FolderInUseError: If another process builds there.
    """
    if folder is None:
        with contextlib.nullcontext() if how == Execution() else tempfile.TemporaryDirectory() as place:
            yield MemoryStorage() if place is None else LocalStorage(Path(place))
        return
    storage = open_storage(f"{folder}/{FOLDER}" if is_url(folder) else Path(folder) / FOLDER)
    if not isinstance(storage, LocalStorage):
        yield storage
        return
    with _locked(Path(storage.location)):
        storage.sweep()
        yield storage


class Growth:
    """The articles of a folder with what they state.

    Args:
        storage: The folder.
        options: How articles are read.
    """

    def __init__(self, storage: Storage, options: ReaderOptions) -> None:
        self._storage = storage
        self._options = options
        self._version = configuration_version(options.files)
        self._collection = Collection(storage)
        self._results = Results(storage)
        self._changes = Changes()
        self._members = Membership({}, {})
        # What the results of the articles are kept under, by final id in order.
        self._keys: dict[str, str] = {}

    def start_over(self) -> None:
        """Forget all articles, and what was read from them."""
        self._collection.clear()
        self._results.keep_only(())

    def change(self, articles: Iterable[Article], remove: Sequence[str], report: ReadReport) -> None:
        """Add articles and forget others.

        Args:
            articles: New ones, changed ones, and any that are there already.
            remove: Ids or files of those to forget.
            report: Receives an account of each.
        """
        self._changes = self._collection.add(articles)
        for name in remove:
            forgotten = self._collection.remove(name)
            for id_ in forgotten:
                report.add(id_, "removed")
            if not forgotten:
                report.add(name, "failed", "no such article here; give an id as in statements.jsonl, or a file")
        if len(self._collection) or remove:
            self._collection.commit()
        self._members = self._collection.settled()
        self._keys = {id_: _key(self._version, entry, id_) for id_, entry in self._members.members.items()}

    def read(self, how: Execution, report: ReadReport, progress: Progress) -> None:
        """Read what has not been read yet, or was read otherwise.

        Args:
            how: Where to read it.
            report: Receives the articles of this run that could not be read.
            progress: Shows how far the work is.

        Raises:
            WorkerError: If workers cannot work at all; what is done is kept.
        """
        missing = [(entry, id_, self._keys[id_]) for id_, entry in self._members.members.items()]
        missing = [item for item in missing if item[2] not in self._results]
        tasks = plan(missing, self._storage.location, self._version, self._options, how)
        with progress(len(missing)) as advance:
            seconds = run(tasks, self._storage, how, advance)
            add_steps({f"pipeline: {name}": spent for name, spent in seconds.items()})
        self._results.refresh()
        self._account(report)
        self._results.keep_only(frozenset(self._keys.values()))

    def articles(self) -> list[Article]:
        """The articles, by id."""
        return sorted(self._collection.articles(), key=lambda article: article.id)

    def languages(self) -> set[str | None]:
        """The languages of the articles."""
        return {article.language for article in self._collection.articles()}

    def statements(self, min_confidence: float = 0.0) -> Iterator[Statement]:
        """What the articles state, by id of the article, as each states it."""
        with stage("load statements"):
            found = self._results.statements(self._keys.values())
        return (statement for statement in found if statement.confidence >= min_confidence)

    def fits_in_memory(self, memory: int | None) -> bool:
        """Whether the graph is merged in memory: it fits, or the folder is none on this machine.

        Args:
            memory: Bytes that merging may take; by default half of what is free.
        """
        return not isinstance(self._storage, LocalStorage) or fits_in_memory(self._results.count(), memory)

    def on_disk(
        self,
        folder: Path,
        how: Execution,
        memory: int | None,
        min_confidence: float,
        origin: Origin,
    ) -> LargeGraph:
        """Merge on disk what memory does not hold.

        Args:
            folder: Gets the graph.
            how: Its number of workers merge.
            memory: Bytes that merging may take; by default half of what is free.
            min_confidence: Statements below it are left out.
            origin: What the statements are made by.
        """
        place = Path(self._storage.location)
        return merge_on_disk(
            [str(place / name) for name in self._results.files()],
            self._collection.articles(),
            folder,
            fused=place / FUSED,
            memory=max(_LEAST_MEMORY, free_memory() // 2 if memory is None else memory),
            workers=how.workers,
            min_confidence=min_confidence,
            origin=origin,
        )

    def note(self, fusions: Iterable[Fusion]) -> None:
        """Keep a report of what was taken for one entity, and why: ``fused.jsonl`` in the folder."""
        lines = (json.dumps(asdict(fusion), ensure_ascii=False) + "\n" for fusion in fusions)
        if len(self._collection):
            self._storage.write(FUSED, "".join(lines).encode("utf-8", errors="replace"))

    def _account(self, report: ReadReport) -> None:
        final = {entry: id_ for id_, entry in self._members.members.items()} | self._members.copies
        changes, seen = [], set()
        for source, entry in self._changes.given:
            # What was added and removed in one run is nobody's article.
            id_ = final.get(entry, "")
            reason = self._results.failure(self._keys[id_]) if id_ else None
            if entry in self._members.copies or entry in seen:
                changes.append(ReportEntry(source, "skipped", f"same text as article {id_!r}"))
            elif reason is not None:
                changes.append(ReportEntry(source, "failed", reason))
            else:
                changes.append(ReportEntry(source, "read"))
            if id_ not in ("", entry.id) and entry not in self._members.copies and entry not in seen:
                report.add(source, "warning", f"id {entry.id!r} is taken by another article; this one is {id_!r}")
            seen.add(entry)
        report.amend(changes)


def _key(version: str, entry: Entry, id_: str) -> str:
    return hashlib.sha256(f"{version}\0{entry.digest}\0{id_}".encode("utf-8", errors="replace")).hexdigest()[:32]


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One build a folder; a lock of a process that was killed is gone with it."""
    try:
        import fcntl
    except ImportError:
        # Windows: without a lock, two builds at once are the user's affair.
        yield
        return
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUseError(f"{folder.parent}: another build is writing there; wait for it") from error
        try:
            yield
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    """Leave no trace where nothing was built."""
    if {path.name for path in folder.iterdir()} == {_LOCK}:
        (folder / _LOCK).unlink()
        for empty in (folder, folder.parent):
            with contextlib.suppress(OSError):
                empty.rmdir()
