"""Which things in the world the articles speak of: within one article, and across articles."""

from graphkit.linking.component import EntityLinker, create_linker
from graphkit.linking.resolve import resolve

__all__ = ["EntityLinker", "create_linker", "resolve"]
