"""The command line."""

from graphkit.cli.app import app, main

__all__ = ["app", "main"]
