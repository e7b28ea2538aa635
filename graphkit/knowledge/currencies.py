"""Words and signs for currencies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from babel import Locale


@cache
def currency_codes(language: str) -> Mapping[str, str]:
    """ISO 4217 codes by the words, signs and codes that a language writes for currencies.

    Args:
        language: A language code, such as ``id``.

    Returns:
        Words in lower case ("dolar as", "rupiah"), signs and codes as they are written ("US$", "Rp", "USD").
    """
    data = files(__package__).joinpath("data", language, "currencies.toml")
    table = tomllib.loads(data.read_text(encoding="utf-8")) if data.is_file() else {"word": {}, "sign": {}, "codes": []}
    names = Locale(language).currencies
    found = {names[code].casefold(): code for code in table["codes"] if code in names}
    found |= table["word"] | table["sign"] | {code: code for code in table["codes"]}
    return MappingProxyType(found)
