"""Articles: read from files of many kinds, and cleaned without losing their place in the original text."""

from graphkit.articles.clean import CleanText, Piece, clean
from graphkit.articles.read import parse_date, read_articles
from graphkit.articles.report import ReadReport, ReportEntry

__all__ = ["CleanText", "Piece", "ReadReport", "ReportEntry", "clean", "parse_date", "read_articles"]
