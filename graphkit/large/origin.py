"""What a graph on disk is made by, as all processes that merge it must know it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from graphkit.model import Run
from graphkit.rdf import DEFAULT_BASE
from graphkit.schema import Relation, relations

_FILE = "origin.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the statements of a graph are made by.

    Args:
        schema: Relations by name; those that ship unless given.
        run: For the provenance of the graph, if it is known.
        base_iri: Where the names of the RDF graph live.
    """

    schema: Mapping[str, Relation] | None = None
    run: Run | None = None
    base_iri: str = DEFAULT_BASE

    @property
    def relations(self) -> Mapping[str, Relation]:
        """The relations by name."""
        return relations() if self.schema is None else self.schema

    def write(self, folder: Path) -> None:
        """Put it where the processes that merge find it."""
        schema = None if self.schema is None else [asdict(relation) for relation in self.schema.values()]
        run = None if self.run is None else asdict(self.run)
        row = {"schema": schema, "run": run, "base_iri": self.base_iri}
        (folder / _FILE).write_text(json.dumps(row), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Origin:
        """What `write` put there."""
        row = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        schema, run = row["schema"], row["run"]
        return cls(
            schema=None if schema is None else {entry["name"]: Relation(**_tuples(entry)) for entry in schema},
            run=None if run is None else Run(**_tuples(run)),
            base_iri=row["base_iri"],
        )


def _tuples(row: Mapping[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
