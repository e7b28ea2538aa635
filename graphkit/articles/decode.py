"""Text from bytes of any encoding."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536


class NotTextError(ValueError):
    """The bytes are no text in any encoding that could be told."""


def decode(data: bytes) -> str:
    """Text of bytes: by their byte-order mark, as UTF-8, else in the encoding that fits best.

    Args:
        data: A file's content.

    Raises:
        NotTextError: If the bytes are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guess(data)
    if "\x00" in text:
        raise NotTextError("it holds NUL characters, so it is no text; convert it to UTF-8")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError(f"its mark says {encoding} but byte {error.start} is not; convert it to UTF-8") from error


def _guess(data: bytes) -> str:
    if b"\x00" in data[:_SAMPLE]:
        raise NotTextError("it is a binary file; give text, HTML, JSONL or CSV")
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise NotTextError("its encoding cannot be told; convert it to UTF-8")
    return data.decode(best.encoding, errors="replace")
