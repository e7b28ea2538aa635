"""What articles state: frames, and the pipeline step that reads statements with them."""

from graphkit.statements.component import StatementReader, create_statements, statements_of
from graphkit.statements.frames import Frame, load_frames

__all__ = ["Frame", "StatementReader", "create_statements", "load_frames", "statements_of"]
