"""A graph on a web server: SPARQL endpoint, query page, and a page for everything in it."""

from graphkit.serve.app import LOCAL_HOSTS, create_app

__all__ = ["LOCAL_HOSTS", "create_app"]
