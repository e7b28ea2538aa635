"""RDF files: which format a name means, and how they are written and parsed."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graphkit.rdf.iris import VOCABULARIES

FORMATS: Mapping[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
}
_TYPE = NamedNode(f"{VOCABULARIES['rdf']}type")


class RdfFileError(ValueError):
    """An RDF file that cannot be written or read; the message names file, place and remedy."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """What the name of a file says of its content."""

    format: RdfFormat
    gzipped: bool


def kind_of(path: Path) -> FileKind:
    """Format by name: .ttl, .trig, .nt, .nq or .jsonld, with .gz for gzip.

    Raises:
        RdfFileError: If the name has none of these endings.
    """
    gzipped = path.suffix == ".gz"
    ending = Path(path.stem).suffix if gzipped else path.suffix
    if ending not in FORMATS:
        names = ", ".join(FORMATS)
        raise RdfFileError(f"{path}: the name says no RDF format; end it with one of {names}, and .gz for gzip")
    return FileKind(FORMATS[ending], gzipped)


def serialise(quads: Iterable[Quad], format: RdfFormat, prefixes: Mapping[str, str]) -> bytes:
    """Quads in an RDF format; the same quads in any order give the same bytes.

    Raises:
        RdfFileError: If the format cannot carry them.
    """
    content: list[Quad] | list[Triple]
    if format.supports_datasets:
        content = sorted(set(quads), key=lambda quad: (str(quad.graph_name), *_type_first(quad)))
    else:
        content = sorted({quad.triple for quad in quads}, key=_type_first)
    try:
        return serialize(content, format=format, prefixes=dict(prefixes))
    except OSError as error:
        raise RdfFileError(f"{format.name} cannot carry this graph ({error}); choose another format") from error


def write_quads(quads: Iterable[Quad], path: Path, prefixes: Mapping[str, str]) -> None:
    """Write quads into a file in the format that its name says.

    Raises:
        RdfFileError: If the name says no format, or the format cannot carry the quads.
        OSError: If the file cannot be written.
    """
    kind = kind_of(path)
    data = serialise(quads, kind.format, prefixes)
    # Neither clock nor name in the header: the same graph, the same bytes.
    path.write_bytes(gzip.compress(data, mtime=0) if kind.gzipped else data)


def read_quads(path: Path) -> Iterator[Quad]:
    """The quads of a file in the format that its name says.

    Raises:
        RdfFileError: If the file cannot be read, its name says no format, or it does not hold that format.
    """
    kind = kind_of(path)
    try:
        with open_rdf(path, kind) as file:
            yield from parse(file, format=kind.format)
    except SyntaxError as error:
        raise RdfFileError(f"{path}: no {kind.format.name} ({error}); write it again with: graphkit export") from error
    except (OSError, EOFError) as error:
        raise RdfFileError(f"{path}: cannot be read ({error})") from error


def open_rdf(path: Path, kind: FileKind) -> IO[bytes]:
    """The file, unpacked where it is gzipped."""
    return gzip.open(path, "rb") if kind.gzipped else path.open("rb")


def _type_first(item: Quad | Triple) -> tuple[str, bool, str]:
    """People read what a thing is before what is said of it."""
    return str(item.subject), item.predicate != _TYPE, str(item)
