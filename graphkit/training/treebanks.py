"""Universal Dependencies treebanks as spaCy Docs of surface words.

UD splits Indonesian clitics (-nya, -lah …) into syntactic words; news is read in surface words. A split word is put
together again: its host keeps its analysis, and a feature ``Clitic`` names what was attached.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

_SENTENCES_PER_DOC = 4


@dataclass(frozen=True, slots=True)
class Word:
    """One surface word of a treebank.

    Args:
        head: Index of its head in the sentence; its own index for the root.
        lemma: Empty where the treebank has none.
        feats: UD features with ``Clitic``, in the order of their names; "" for none.
        space: Whether a space follows.
    """

    form: str
    lemma: str
    upos: str
    feats: str
    head: int
    deprel: str
    space: bool


def read_conllu(path: Path) -> list[list[Word]]:
    """The sentences of a CoNLL-U file in surface words.

    Args:
        path: The file.

    Raises:
        FileNotFoundError: If the file is missing.
    """
    return [_surface(block) for block in _blocks(path)]


def _blocks(path: Path) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            if block:
                yield block
            block = []
        elif not line.startswith("#"):
            block.append(line.split("\t"))
    if block:
        yield block


def _surface(block: list[list[str]]) -> list[Word]:
    rows = {int(cells[0]): _row(cells) for cells in block if cells[0].isdigit()}
    groups, spanned = [], set()
    for cells in block:
        if "-" in cells[0]:
            first, last = map(int, cells[0].split("-"))
            groups.append((first, last, cells[1], "SpaceAfter=No" not in cells[9]))
            spanned.update(range(first, last + 1))
    groups += [(i, i, row.form, row.space) for i, row in rows.items() if i not in spanned]
    groups.sort()
    position = {i: n for n, (first, last, _, _) in enumerate(groups) for i in range(first, last + 1)}
    return [_join(rows, group, position) for group in groups]


def _row(cells: list[str]) -> Word:
    """A syntactic word, whose head still is an id of the file, 0 for the root."""
    empty = {"_": ""}
    return Word(
        form=cells[1],
        lemma=cells[2] if cells[2] != "_" or cells[1] == "_" else "",
        upos=cells[3],
        feats=empty.get(cells[5], cells[5]),
        head=int(cells[6]),
        deprel=cells[7],
        space="SpaceAfter=No" not in cells[9],
    )


def _join(rows: dict[int, Word], group: tuple[int, int, str, bool], position: dict[int, int]) -> Word:
    first, last, form, space = group
    members = range(first, last + 1)
    host_id = next((i for i in members if not first <= rows[i].head <= last), first)
    host = rows[host_id]
    feats = {part for part in host.feats.split("|") if part}
    feats |= {f"Clitic={rows[i].form.lstrip('-').capitalize()}" for i in members if i != host_id}
    lemma = form if host.upos == "PROPN" else host.lemma
    head = position[host_id if host.head == 0 else host.head]
    return Word(form, lemma, host.upos, "|".join(sorted(feats)), head, host.deprel, space)


def make_docs(sentences: Iterable[list[Word]], vocab: Vocab) -> list[Doc]:
    """Docs of a few sentences each, so that the parser learns where sentences end.

    Args:
        sentences: Sentences in their order in the treebank.
        vocab: Vocabulary of the pipeline to be trained.
    """
    docs, batch = [], []
    for sentence in sentences:
        batch.append(sentence)
        if len(batch) == _SENTENCES_PER_DOC:
            docs.append(_doc(batch, vocab))
            batch = []
    return docs + ([_doc(batch, vocab)] if batch else [])


def _doc(sentences: list[list[Word]], vocab: Vocab) -> Doc:
    words: list[Word] = []
    starts: list[bool] = []
    for sentence in sentences:
        offset = len(words)
        words.extend(replace(word, head=word.head + offset) for word in sentence)
        starts.extend(n == 0 for n in range(len(sentence)))
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head for word in words],
        deps=["ROOT" if word.deprel == "root" else word.deprel for word in words],
        sent_starts=starts,
    )
