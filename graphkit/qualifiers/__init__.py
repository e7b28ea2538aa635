"""Amounts and times in text, normalised."""

from graphkit.qualifiers.amounts import FoundAmount, find_amounts
from graphkit.qualifiers.times import FoundTime, find_times
from graphkit.qualifiers.words import weekday_numbers

__all__ = ["FoundAmount", "FoundTime", "find_amounts", "find_times", "weekday_numbers"]
