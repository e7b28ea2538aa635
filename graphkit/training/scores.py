"""Attachment scores as they are compared across treebanks."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.training import Example

# Indonesian-GSD calls "compound" much of what CSUI and PUD call "nmod".
_SAME = {"compound": "nmod"}


def universal(label: str) -> str:
    """A dependency label without its subtype, ``compound`` as ``nmod``."""
    plain = label.partition(":")[0].lower()
    return _SAME.get(plain, plain)


def attachment(examples: Iterable[Example]) -> tuple[float, float]:
    """Unlabelled and labelled attachment score over universal labels, punctuation left out.

    Args:
        examples: Predictions on gold tokens.
    """
    total = right_head = right = 0
    for example in examples:
        for gold, found in zip(example.reference, example.predicted, strict=True):
            if gold.dep_ == "punct":
                continue
            total += 1
            if found.head.i == gold.head.i:
                right_head += 1
                right += universal(found.dep_) == universal(gold.dep_)
    return right_head / max(total, 1), right / max(total, 1)
