"""The words that evoke a relation, where a frame or a reader found them."""

from __future__ import annotations

from dataclasses import dataclass

from graphkit.statements.morphology import Voice


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that evoked a frame.

    Args:
        start: First token.
        end: One past the last token.
        head: The token that the rest of the sentence attaches to.
        voice: Whether it is an active verb, a passive verb or a noun.
    """

    start: int
    end: int
    head: int
    voice: Voice
