"""Teachers: train the networks on treebanks, and let several of them read together."""

from __future__ import annotations

import logging
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import spacy
import torch
from spacy.vocab import Vocab
from torch.nn.utils import clip_grad_norm_

from graphkit.training.biaffine import IGNORE, Batch, ParserNetwork, Readings, Sizes, loss
from graphkit.training.scores import attachment_of_arcs
from graphkit.training.treebanks import Word
from graphkit.training.vectors import add_vectors

logger = logging.getLogger(__name__)

_LONGEST_WORD = 24
_WORDS_A_BATCH = 1200
_UNKNOWN = 1


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a teacher can read and say; the place of each in its tuple is its number.

    Args:
        chars: Characters; the first two are for padding and for unknown ones.
        words: Lower-cased words with a learned vector; the first is for all others.
        labels: Relations.
        tags: Parts of speech, and features.
    """

    chars: tuple[str, ...]
    words: tuple[str, ...]
    labels: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, sentences: Sequence[Sequence[Word]]) -> Inventory:
        """The inventory of annotated sentences."""
        words = [word for sentence in sentences for word in sentence]
        chars = Counter(char for word in words for char in word.form)
        forms = Counter(word.form.lower() for word in words)
        return cls(
            chars=("", "?", *sorted(char for char, count in chars.items() if count > 2)),
            words=("", *sorted(form for form, count in forms.items() if count > 1)),
            labels=tuple(sorted({word.deprel for word in words})),
            tags=(tuple(sorted({word.upos for word in words})), tuple(sorted({word.feats for word in words}))),
        )

    def sizes(self, fixed: int) -> Sizes:
        """The sizes of a network for it."""
        return Sizes(len(self.chars), len(self.words), fixed, len(self.labels), tuple(map(len, self.tags)))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence as teachers read it.

    Args:
        heads: Index of each word's head; its own index for the root.
        labels: Relation of each word.
        tags: Part of speech, and features, of each word.
        confidence: Mean probability that they give to the heads, from 0 to 1.
        chances: Probability of each word (a column) as the head of each word (a row).
    """

    heads: tuple[int, ...]
    labels: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]
    confidence: float
    chances: npt.NDArray[np.float32]


class Teacher:
    """A trained network with its inventory.

    Args:
        inventory: What it can read and say.
        vocab: Holds the fixed vectors of words.
    """

    def __init__(self, inventory: Inventory, vocab: Vocab) -> None:
        self.inventory = inventory
        self.vocab = vocab
        self.network = ParserNetwork(inventory.sizes(vocab.vectors_length))
        self._chars = {char: n for n, char in enumerate(inventory.chars)}
        self._words = {word: n for n, word in enumerate(inventory.words)}

    @classmethod
    def load(cls, path: Path, vectors: Path) -> Teacher:
        """A teacher from the file that `save` wrote."""
        stored = torch.load(path, weights_only=True)
        teacher = cls(Inventory(**stored["inventory"]), vocab_with(vectors))
        teacher.network.load_state_dict(stored["weights"])
        return teacher

    def save(self, path: Path) -> None:
        """Write inventory and weights into one file."""
        torch.save({"inventory": asdict(self.inventory), "weights": self.network.state_dict()}, path)

    def batch(self, sentences: Sequence[Sequence[str]]) -> Batch:
        """Sentences of words as tensors."""
        forms = sorted({form for sentence in sentences for form in sentence})
        number = {form: n for n, form in enumerate(forms)}
        chars = torch.zeros(len(forms), _LONGEST_WORD, dtype=torch.long)
        for n, form in enumerate(forms):
            spelled = [self._chars.get(char, _UNKNOWN) for char in form[:_LONGEST_WORD]]
            chars[n, : len(spelled)] = torch.tensor(spelled)
        fixed = np.stack([self.vocab.get_vector(form) for form in forms])
        known = torch.tensor([self._words.get(form.lower(), 0) for form in forms])
        lengths = torch.tensor([len(sentence) for sentence in sentences])
        words = _padded([[number[form] for form in sentence] for sentence in sentences], 0)
        return Batch(chars, torch.from_numpy(fixed), known, words, lengths)

    def answers(self, sentences: Sequence[Sequence[Word]]) -> tuple[torch.Tensor, torch.Tensor, list[torch.Tensor]]:
        """Heads, labels and tags of annotated sentences as tensors."""
        places = [{name: n for n, name in enumerate(names)} for names in (self.inventory.labels, *self.inventory.tags)]
        label, upos, feats = places
        return (
            _padded([[word.head for word in sentence] for sentence in sentences]),
            _padded([[label.get(word.deprel, IGNORE) for word in sentence] for sentence in sentences]),
            [
                _padded([[upos.get(word.upos, IGNORE) for word in sentence] for sentence in sentences]),
                _padded([[feats.get(word.feats, IGNORE) for word in sentence] for sentence in sentences]),
            ],
        )


def vocab_with(vectors: Path) -> Vocab:
    """A vocabulary with the fixed vectors."""
    nlp = spacy.blank("id")
    add_vectors(nlp, vectors)
    return nlp.vocab


def _padded(rows: Sequence[Sequence[int]], value: int = IGNORE) -> torch.Tensor:
    full = torch.full((len(rows), max(map(len, rows))), value, dtype=torch.long)
    for n, row in enumerate(rows):
        full[n, : len(row)] = torch.tensor(row)
    return full


def train_teacher(mix: list[list[Word]], fine: list[list[Word]], vectors: Path, *, steps: int, seed: int) -> Teacher:
    """Train one teacher: three quarters of the steps on the mix, the rest on the finer sentences.

    Args:
        mix: All sentences, as often as they shall count.
        fine: Sentences whose annotation is trusted most.
        vectors: The floret table.
        steps: Updates, each on some 1,200 words.
        seed: Seed of all randomness.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    teacher = Teacher(Inventory.of([*fine, *mix]), vocab_with(vectors))
    network = teacher.network
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3, betas=(0.9, 0.95), weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps + 1, pct_start=0.08)
    batches = {True: _batches(mix, rng), False: _batches(fine, rng)}
    network.train()
    for step in range(1, steps + 1):
        sentences = next(batches[step <= 3 * steps // 4])
        heads, labels, tags = teacher.answers(sentences)
        readings = network(teacher.batch([[word.form for word in sentence] for sentence in sentences]), heads)
        cost = loss(readings, heads, labels, tags)
        optimizer.zero_grad()
        cost.backward()
        clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0:
            logger.info("step %d of %d, loss %.3f", step, steps, cost.item())
    return teacher


def _batches(sentences: list[list[Word]], rng: random.Random) -> Iterator[list[list[Word]]]:
    """Endless batches of sentences of like length, in random order."""
    while True:
        order = sorted(sentences, key=lambda sentence: len(sentence) + 4 * rng.random())
        batches = list(_sized(order))
        rng.shuffle(batches)
        yield from batches


def _sized(sentences: Iterable[list[Word]]) -> Iterator[list[list[Word]]]:
    batch: list[list[Word]] = []
    size = 0
    for sentence in sentences:
        batch.append(sentence)
        size += len(sentence)
        if size >= _WORDS_A_BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@torch.no_grad()
def read(teachers: Sequence[Teacher], sentences: Sequence[Sequence[str]]) -> list[Parsed]:
    """What several teachers of one inventory say together: the mean of their probabilities decides."""
    for teacher in teachers:
        teacher.network.eval()
    batch = teachers[0].batch(sentences)
    arcs = _mean([teacher.network(batch).arcs for teacher in teachers])
    heads = arcs.argmax(2)
    readings = [teacher.network(batch, heads) for teacher in teachers]
    return list(_parsed(teachers[0].inventory, batch, arcs, readings))


def _mean(scores: Sequence[torch.Tensor]) -> torch.Tensor:
    return torch.stack([score.softmax(-1) for score in scores]).mean(0)


def _parsed(inventory: Inventory, batch: Batch, arcs: torch.Tensor, readings: Sequence[Readings]) -> Iterator[Parsed]:
    best, heads = arcs.max(2)
    labels = _mean([reading.labels for reading in readings]).argmax(2)
    tags = [_mean([reading.tags[n] for reading in readings]).argmax(2) for n in range(len(inventory.tags))]
    for n, length in enumerate(batch.lengths.tolist()):
        yield Parsed(
            heads=tuple(heads[n, :length].tolist()),
            labels=tuple(inventory.labels[label] for label in labels[n, :length].tolist()),
            tags=tuple(
                tuple(names[tag] for tag in given[n, :length].tolist())
                for names, given in zip(inventory.tags, tags, strict=True)
            ),
            confidence=float(best[n, :length].mean()),
            chances=arcs[n, :length, :length].numpy(),
        )


def attachment_of(teachers: Sequence[Teacher], sentences: Sequence[Sequence[Word]]) -> tuple[float, float]:
    """Unlabelled and labelled attachment score of teachers; see `graphkit.training.scores.attachment`."""
    return attachment_of_arcs(
        ((word.head, word.deprel), found)
        for sentence in sentences
        for parsed in read(teachers, [[word.form for word in sentence]])
        for word, found in zip(sentence, zip(parsed.heads, parsed.labels, strict=True), strict=True)
    )
