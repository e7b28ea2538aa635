"""Content negotiation: which of the offered media types a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence


def best_type(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type that an Accept header likes best; of equals the first offered.

    Args:
        accept: The header; None or empty means anything.
        offered: Media types without parameters, the preferred first.

    Returns:
        None if the client accepts none of them.
    """
    if accept is None or not accept.strip():
        return offered[0] if offered else None
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    scored = [(_quality(media_type, ranges), media_type) for media_type in offered]
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(1.0, max(0.0, float(parameter[2:])))
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality that the most specific range gives."""
    for pattern in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        found = [quality for name, quality in ranges if name == pattern]
        if found:
            return max(found)
    return 0.0
