"""The graph as files for other programs: JSON Lines of statements, GraphML."""

from graphkit.tables.graphml import write_graphml
from graphkit.tables.statements import TableError, find_statements, read_statements, write_statements

__all__ = ["TableError", "find_statements", "read_statements", "write_graphml", "write_statements"]
