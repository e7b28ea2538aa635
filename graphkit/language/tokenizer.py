"""The tokenizer for Indonesian news: spaCy's own rules for the language, with what news needs besides.

It is serialised with a pipeline, so that a loaded pipeline needs no code of ours to tokenize.
"""

from __future__ import annotations

import re

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

_CURRENCIES = r"US\$|AS\$|S\$|A\$|HK\$|Rp|RM|\$|€|£|¥"

# What stays one token whatever the rules say: dates, scores of digits, ordinals, decades, doubled words.
_WHOLE = re.compile(
    r"^(?:"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{1,2}"
    r"|\d{1,3}(?:[.,]\d{3})+(?:[.,]\d+)?|\d+[.,]\d+"
    r"|[Kk]e-\d+|\d{4}-an"
    rf"|(?P<half>[{ALPHA_LOWER}]+)-(?P=half)(?:nya|an)?|[{ALPHA_UPPER}][{ALPHA_LOWER}]+-[{ALPHA_LOWER}]+(?:nya|an)?"
    r")$"
)
_EXTRA_PREFIXES = [rf"(?:{_CURRENCIES})(?=\d)", r"[“‘\"'(\[«]", r"#(?=\d)"]
_EXTRA_SUFFIXES = [r"[”’\"')\]»]", r"(?<=\d)%", rf"(?<=[{ALPHA_LOWER}{ALPHA_UPPER}\"”')])\.(?=$)"]
_EXTRA_INFIXES = [
    # `"sekutu".Hubungan`, `minyak.Kedua`: a full stop between a closed word and a capital.
    rf"(?<=[{ALPHA_LOWER}0-9\"”')])[.?!](?=[{ALPHA_UPPER}\"“][{ALPHA_LOWER}{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA_LOWER}.?!,])[\"”](?=[{ALPHA_UPPER}.,])",
    # Two names joined by a dash; one word doubled or with a lower-case end stays whole.
    rf"(?<=[{ALPHA}])[-–](?=[{ALPHA_UPPER}])",
    rf"(?<=[{ALPHA}0-9)])[–—/](?=[{ALPHA}(])",
    # Ranges with their units: "Rp2.500-Rp3.000", "10%-15%"; a score ("3-1") stays whole.
    rf"(?<=[0-9])[-–](?=(?:{_CURRENCIES})\d)",
    rf"(?<=[0-9][-–])(?:{_CURRENCIES})(?=\d)",
    r"(?<=%)[-–](?=\d)",
    r"(?<=[0-9])%(?=[-–])",
    r"\.\.+|…",
    rf"(?<=[{ALPHA}\"”)]),(?=[{ALPHA}\"“])",
    rf"(?<=[{ALPHA}0-9])[()](?=[{ALPHA}0-9])",
]


def customize_tokenizer(nlp: Language) -> None:
    """Replace the tokenizer of an Indonesian pipeline by the one for news.

    Args:
        nlp: A pipeline of ``spacy.blank("id")`` or one trained on it.
    """
    defaults = nlp.Defaults
    # The stock infixes split every dash between letters, and with it reduplications.
    infixes = [rule for rule in defaults.infixes or () if "-" not in str(rule) or "?<=" not in str(rule)]
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        rules={key: value for key, value in (defaults.tokenizer_exceptions or {}).items() if " " not in key},
        prefix_search=compile_prefix_regex([*_EXTRA_PREFIXES, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*_EXTRA_SUFFIXES, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex([*_EXTRA_INFIXES, *infixes]).finditer,
        token_match=_WHOLE.match,
        url_match=defaults.url_match,
    )
