"""The trees that teachers and parser learn from: modern treebanks with a part set apart, and the relabelled old one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from graphkit.training.relabel import relabel
from graphkit.training.treebanks import Word, read_conllu

MODERN = {"csui": "id_csui-2.18-train.conllu", "gsd": "id_gsd-2.17-dev.conllu", "pud": "id_pud-2.17.conllu"}
OLD = "id_gsd-2.0-train.conllu"


@dataclass(frozen=True, slots=True)
class Trees:
    """Sentences with trees.

    Args:
        modern: Those of current guidelines that are trained on.
        old: Those of the guidelines of 2017, relabelled.
        apart: By treebank, the tenth that is never trained on.
    """

    modern: list[list[Word]]
    old: list[list[Word]]
    apart: dict[str, list[list[Word]]]


def read_trees(treebanks: Path, *, everything: bool = False) -> Trees:
    """The trees of a folder with the CoNLL-U files.

    Args:
        treebanks: The folder.
        everything: Set nothing apart, for weights to be released once their recipe has been measured.

    Raises:
        FileNotFoundError: If a file is missing.
    """
    whole = {name: read_conllu(treebanks / file) for name, file in MODERN.items()}
    if everything:
        parts = {name: (sentences, []) for name, sentences in whole.items()}
    else:
        parts = {name: split(name, sentences) for name, sentences in whole.items()}
    modern = [sentence for train_part, _ in parts.values() for sentence in train_part]
    old = relabel(read_conllu(treebanks / OLD), modern)
    return Trees(modern, old, {name: apart for name, (_, apart) in parts.items()})


def split(name: str, sentences: list[list[Word]]) -> tuple[list[list[Word]], list[list[Word]]]:
    """A treebank in a part to train on and a tenth set apart, by a hash of each sentence.

    Args:
        name: Name of the treebank, part of what is hashed.
        sentences: All its sentences.

    Returns:
        The part to train on and the part set apart.
    """
    parts: tuple[list[list[Word]], list[list[Word]]] = ([], [])
    for sentence in sentences:
        text = name + " ".join(word.form for word in sentence)
        parts[hashlib.sha256(text.encode()).digest()[0] % 10 == 0].append(sentence)
    return parts
