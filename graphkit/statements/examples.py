"""Whether frames read their own examples and leave their near misses alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc

from graphkit.model import Entity, Statement
from graphkit.schema import Relation
from graphkit.statements.component import statements_of
from graphkit.statements.frames import Example, Frame


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What became of one example of a frame.

    Args:
        missing: Statements that were to be read and were not.
        read: The statements of the frame's relation that were read, as examples write them.
    """

    frame: Frame
    example: Example
    missing: tuple[str, ...]
    read: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all was read that the example names; for a near miss, whether nothing was."""
        return not self.missing and (bool(self.example.statements) or not self.read)


def check_examples(
    frames: Iterable[Frame], parse: Callable[[str], Doc], schema: Mapping[str, Relation]
) -> Iterator[ExampleResult]:
    """Run the examples of frames.

    Args:
        frames: The frames.
        parse: Runs a sentence through a pipeline that has the frames.
        schema: Their relations, by name.
    """
    for frame in frames:
        symmetric = schema[frame.relation].symmetric
        for example in frame.examples:
            found = [s for s in statements_of(parse(example.text)) if s.relation == frame.relation]
            missing = [wanted for wanted in example.statements if not any(_says(s, wanted, symmetric) for s in found)]
            yield ExampleResult(frame, example, tuple(missing), tuple(map(_written, found)))


def _says(statement: Statement, wanted: str, symmetric: bool) -> bool:
    subject, relation, obj = (part.strip() for part in wanted.split("|"))
    first, second = _names(statement.subject), _names(statement.object)
    straight, crossed = subject in first and obj in second, subject in second and obj in first
    return relation == statement.relation and (straight or (symmetric and crossed))


def _names(entity: Entity) -> set[str]:
    return {entity.name, *entity.mentions, *entity.labels.values()}


def _written(statement: Statement) -> str:
    return f"{statement.subject.name} | {statement.relation} | {statement.object.name}"
