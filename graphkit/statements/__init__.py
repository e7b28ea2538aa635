"""What articles state: frames, and the pipeline step that reads statements with them."""

from graphkit.statements.component import StatementReader, create_statements, statements_of
from graphkit.statements.examples import ExampleResult, check_examples
from graphkit.statements.frames import Example, Frame, load_frames
from graphkit.statements.own import check_frames, frames_with
from graphkit.statements.readers import readers

__all__ = [
    "Example",
    "ExampleResult",
    "Frame",
    "StatementReader",
    "check_examples",
    "check_frames",
    "create_statements",
    "frames_with",
    "load_frames",
    "readers",
    "statements_of",
]
