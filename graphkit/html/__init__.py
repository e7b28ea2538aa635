"""The merged graph as one interactive HTML file that works offline."""

from graphkit.html.document import html_document, write_html

__all__ = ["html_document", "write_html"]
