"""Where the graph of a folder is, and how queries get at it: the store on disk, else the RDF files in memory."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from graphkit.rdf.files import FORMATS, RdfFileError, kind_of, open_rdf, read_quads
from graphkit.rdf.iris import VOCABULARIES, Iris

logger = logging.getLogger(__name__)

_ENDINGS = tuple(f"{ending}{packed}" for packed in ("", ".gz") for ending in FORMATS)
STORE = "store"
# Where a graph that was merged on disk has its N-Quads.
QUADS = "quads"
# What of them is loaded into memory for a query: about a million quads, which takes seconds.
_MOST_PACKED = 16 * 2**20
_DATA, _MADE_OF = "data", "made-of.json"
_HAS_SOURCE = NamedNode(f"{VOCABULARIES['oa']}hasSource")
_TYPE = NamedNode(f"{VOCABULARIES['rdf']}type")
_ARTICLE = NamedNode(f"{VOCABULARIES['schema']}NewsArticle")
_SOURCES = frozenset(NamedNode(f"{VOCABULARIES['schema']}{name}") for name in ("publisher", "author"))


@dataclass(frozen=True, slots=True)
class Dataset:
    """A graph to query.

    Args:
        store: Its quads, with one named graph an article.
        iris: How its names are made.
        name: What messages call it.
    """

    store: Store
    iris: Iris
    name: str

    @property
    def prefixes(self) -> Mapping[str, str]:
        """All prefixes that a query may use."""
        return self.iris.prefixes


def graph_files(place: Path) -> list[Path]:
    """The RDF files of a folder that ``build`` wrote, or the file itself.

    Raises:
        RdfFileError: If there is none.
    """
    if place.is_file():
        return [place]
    for ending in _ENDINGS:
        path = place / f"graph{ending}"
        if path.is_file():
            return [path]
    shards = sorted((place / QUADS).glob("*.nq.gz"))
    if not shards:
        raise RdfFileError(f"{place}: no graph there; make one with: graphkit build")
    return shards


def graph_file(place: Path) -> Path:
    """The one RDF file of a folder that ``build`` wrote, or the file itself.

    Raises:
        RdfFileError: If there is none, or there are several, because the graph was merged on disk.
    """
    files = graph_files(place)
    if _in_shards(files):
        raise RdfFileError(
            f"{place}: this graph was merged on disk, and is no single file; its RDF is {place / QUADS}/*.nq.gz, "
            f"and it can be queried after: graphkit store {place}"
        )
    return files[0]


def open_dataset(place: Path) -> Dataset:
    """The graph of a folder or file: its store where that is up to date, else the files in memory.

    Raises:
        RdfFileError: If there is no graph, it cannot be read, or it is too large to be read into memory.
    """
    files = graph_files(place)
    source = _source(files)
    if store_is_fresh(place):
        return _open_store(place / STORE)
    if (place / STORE).is_dir():
        logger.warning("%s is older than %s and is not used; renew it with: graphkit store %s", STORE, source, place)
    if _in_shards(files) and sum(file.stat().st_size for file in files) > _MOST_PACKED:
        raise RdfFileError(
            f"{place}: too large to be read for each query; make a store once with: graphkit store {place}"
        )
    store = Store()
    for file in files:
        load(store, file)
    return dataset_of(store, str(source))


def _in_shards(files: Sequence[Path]) -> bool:
    return files[0].parent.name == QUADS


def _source(files: Sequence[Path]) -> Path:
    """What messages call the files."""
    return files[0].parent if _in_shards(files) else files[0]


def dataset_of(store: Store, name: str) -> Dataset:
    """The dataset in a store.

    Raises:
        RdfFileError: If it is no graph of graphkit.
    """
    pattern = store.quads_for_pattern(None, NamedNode(f"{VOCABULARIES['void']}uriSpace"), None, None)
    bases = sorted({quad.object.value for quad in pattern})
    if len(bases) != 1:
        raise RdfFileError(f"{name}: not a graph written by graphkit; make one with: graphkit build")
    return Dataset(store, Iris(bases[0]), name)


def load(store: Store, file: Path) -> None:
    """Load an RDF file into a store, each article's triples into a graph of their own.

    Raises:
        RdfFileError: If the file cannot be read or does not hold what its name says.
    """
    kind = kind_of(file)
    try:
        if kind.format.supports_datasets:
            with open_rdf(file, kind) as content:
                store.bulk_load(input=content, format=kind.format)
        else:
            store.bulk_extend(_in_graphs(file))
    except SyntaxError as error:
        raise RdfFileError(f"{file}: no {kind.format.name} ({error}); write it again with: graphkit build") from error
    except (OSError, EOFError) as error:
        raise RdfFileError(f"{file}: cannot be read ({error})") from error


def _in_graphs(file: Path) -> Iterator[Quad]:
    """The triples of a format without named graphs, put back into those of their articles; the file is read twice."""
    graphs: dict[NamedNode, set[NamedNode]] = {}
    for quad in read_quads(file):
        if quad.predicate == _HAS_SOURCE:
            graphs.setdefault(quad.subject, set()).add(quad.object)
        elif quad.predicate in _SOURCES:
            graphs.setdefault(quad.object, set()).add(quad.subject)
        elif quad.predicate == _TYPE and quad.object == _ARTICLE:
            graphs.setdefault(quad.subject, set()).add(quad.subject)
    for quad in read_quads(file):
        if quad.subject in graphs:
            for graph in graphs[quad.subject]:
                yield Quad(quad.subject, quad.predicate, quad.object, graph)
        else:
            yield quad


def build_store(folder: Path) -> Path:
    """Make ``store`` in a folder from its RDF files, for graphs that outgrow memory; an older one is replaced.

    Returns:
        The store's folder.

    Raises:
        RdfFileError: If there is no graph in the folder, or it cannot be read.
        OSError: If the store cannot be written.
    """
    if not folder.is_dir():
        raise RdfFileError(f"{folder}: no folder; a store is made in the folder that graphkit build wrote")
    files = graph_files(folder)
    made_of = _stamp(files)
    work = Path(tempfile.mkdtemp(dir=folder, prefix=".store."))
    try:
        store = Store(str(work / _DATA))
        for file in files:
            load(store, file)
        store.optimize()
        store.flush()
        dataset_of(store, str(_source(files)))
        del store
        (work / _MADE_OF).write_text(json.dumps(made_of), encoding="utf-8")
        work.chmod(0o755)
        shutil.rmtree(folder / STORE, ignore_errors=True)
        work.rename(folder / STORE)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return folder / STORE


def store_is_fresh(place: Path) -> bool:
    """Whether a folder has a store, made of the RDF files as they are now."""
    try:
        made_of = json.loads((place / STORE / _MADE_OF).read_text(encoding="utf-8"))
        return made_of == _stamp(graph_files(place))
    except (OSError, ValueError):
        return False


def _stamp(files: Sequence[Path]) -> list[dict[str, str | int]]:
    # Reading whole files to be sure would take longer than many a query.
    found = ((file.name, file.stat()) for file in files)
    return [{"file": name, "size": status.st_size, "changed_ns": status.st_mtime_ns} for name, status in found]


def _open_store(folder: Path) -> Dataset:
    try:
        return dataset_of(Store.read_only(str(folder / _DATA)), str(folder))
    except OSError as error:
        raise RdfFileError(f"{folder}: cannot be read ({error}); renew it with: graphkit store") from error
