"""Indonesian verb forms: the active and passive forms of a stem, so that frames name each verb once.

The rules are the regular ones of the prefix *meN-* (Sneddon et al., *Indonesian: A Comprehensive Grammar*, 2010,
1.7-1.9): the nasal takes the place of an initial p, t, s or k, and assimilates to other sounds.
"""

from __future__ import annotations

from typing import Literal

Voice = Literal["active", "passive", "noun"]

_VOWELS = frozenset("aeiou")
# After meN- the prefix per- keeps its p ("memperingatkan"); stems that only begin like it do not.
_NOT_PER = ("perintah", "perang", "pergok", "perah", "peras", "perosok", "perankan", "percik", "perban", "periksa")


def active(stem: str) -> str:
    """The *meN-* form of a stem: ``kunjungi`` gives ``mengunjungi``, ``pasok`` gives ``memasok``."""
    first, rest = stem[0], stem[1:]
    if stem.startswith(("sp", "st", "sk", "pr", "tr", "kr", "kl")):
        # Clusters of loan words keep their first sound: "mensponsori", "memproduksi", "mentransfer".
        return {"s": "men", "p": "mem", "t": "men", "k": "meng"}[first] + stem
    if stem.startswith("per") and not stem.startswith(_NOT_PER):
        return "mem" + stem
    if first in "pstk":
        return {"p": "mem", "s": "meny", "t": "men", "k": "meng"}[first] + rest
    if first in "bfv":
        return "mem" + stem
    if first in "dcjz":
        return "men" + stem
    if first in _VOWELS or first in "gh":
        return "meng" + stem
    return "me" + stem


def passive(stem: str) -> str:
    """The *di-* form of a stem: ``kunjungi`` gives ``dikunjungi``."""
    return "di" + stem


def without_clitic(word: str) -> str:
    """A word without a possessive or pronominal ending: ``kunjungannya`` gives ``kunjungan``."""
    return word[:-3] if word.endswith("nya") and len(word) > 6 else word
