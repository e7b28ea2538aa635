"""Invented Indonesian news articles to try graphkit on; ``graphkit demo`` reads them."""

from graphkit.samples.paths import sample_paths

__all__ = ["sample_paths"]
