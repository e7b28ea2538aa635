"""Attachment scores as they are compared across treebanks."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.training import Example

Arc = tuple[int, str]
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
    return attachment_of_arcs(
        ((gold.head.i, gold.dep_), (found.head.i, found.dep_))
        for example in examples
        for gold, found in zip(example.reference, example.predicted, strict=True)
    )


def attachment_of_arcs(words: Iterable[tuple[Arc, Arc]]) -> tuple[float, float]:
    """The same of the annotated and the predicted head and label of each word."""
    total = right_head = right = 0
    for (head, label), (found_head, found_label) in words:
        if label != "punct":
            total += 1
            right_head += found_head == head
            right += found_head == head and universal(found_label) == universal(label)
    return right_head / max(total, 1), right / max(total, 1)
