"""The merged graph as one interactive HTML file that works offline."""

from graphkit.html.document import html_document, write_html
from graphkit.html.network import NewsNetwork
from graphkit.html.notebook import html_frame, show_html

__all__ = ["NewsNetwork", "html_document", "html_frame", "show_html", "write_html"]
