"""The network of a teacher: a deep biaffine parser that also tags.

Too slow to ship, but it errs in other places than what ships: it reads raw news, and the parser that ships learns from
what both say.
After Dozat & Manning, "Deep Biaffine Attention for Neural Dependency Parsing", 2017: words as characters, learned and
fixed vectors; a bidirectional LSTM; every pair of words scored as dependent and head.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

IGNORE = -100
_CHAR, _CHARS_OUT, _WORD, _HIDDEN, _LAYERS, _ARC, _LABEL, _DROP = 32, 96, 96, 200, 3, 192, 80, 0.33


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as tensors; the words of a batch are held once, so that their characters are read once.

    Args:
        chars: Characters of each distinct word.
        fixed: Vector of each distinct word.
        known: Number of each distinct word among those known from training; 0 for others.
        words: Sentences by words: which of the distinct words stands there.
        lengths: Words of each sentence.
    """

    chars: Tensor
    fixed: Tensor
    known: Tensor
    words: Tensor
    lengths: Tensor

    @property
    def mask(self) -> Tensor:
        """Where a sentence has a word."""
        return torch.arange(self.words.shape[1])[None, :] < self.lengths[:, None]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each kind the network knows.

    Args:
        chars: Characters.
        words: Words with a learned vector.
        fixed: Dimensions of the fixed vectors.
        labels: Relations to a head.
        tags: Classes of each tagger (part of speech, features).
    """

    chars: int
    words: int
    fixed: int
    labels: int
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """What the network says of a batch, as scores before the softmax.

    Args:
        arcs: Sentences by dependents by heads; a word that is its own head is the root.
        labels: Sentences by dependents by heads by labels, for the heads asked about.
        tags: Sentences by words by classes, one for each tagger.
    """

    arcs: Tensor
    labels: Tensor
    tags: tuple[Tensor, ...]


class Encoder(nn.Module):
    """Words in their sentences as vectors."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.chars = nn.Embedding(sizes.chars, _CHAR, padding_idx=0)
        self.windows = nn.ModuleList(nn.Conv1d(_CHAR, _CHARS_OUT // 3, size, padding=size // 2) for size in (3, 5, 7))
        self.known = nn.Embedding(sizes.words, _WORD)
        nn.init.zeros_(self.known.weight)
        self.fixed = nn.Linear(sizes.fixed, _WORD)
        width = _CHARS_OUT // 3 * 3 + 2 * _WORD
        self.layers = nn.ModuleList(
            nn.LSTM(width if n == 0 else 2 * _HIDDEN, _HIDDEN, batch_first=True, bidirectional=True)
            for n in range(_LAYERS)
        )
        self.out = 2 * _HIDDEN

    def forward(self, batch: Batch) -> Tensor:
        """Sentences by words by dimensions."""
        chars = self.chars(batch.chars).transpose(1, 2)
        spelled = torch.cat([window(chars).amax(2) for window in self.windows], 1).relu()
        word = torch.cat([spelled, self.known(batch.known), self.fixed(batch.fixed)], 1)
        x = _drop_whole(word, 0.15, self.training)[batch.words]
        lengths = batch.lengths
        for n, layer in enumerate(self.layers):
            x = _drop_shared(x, _DROP, self.training)
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            y, _ = pad_packed_sequence(layer(packed)[0], batch_first=True, total_length=batch.words.shape[1])
            x = y + x if n else y
        return _drop_shared(x, _DROP, self.training)


class ParserNetwork(nn.Module):
    """Heads, labels and tags of words."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.encoder = Encoder(sizes)
        width = self.encoder.out
        self.dependent, self.head = _narrow(width, _ARC), _narrow(width, _ARC)
        self.arc = nn.Parameter(torch.zeros(_ARC + 1, _ARC))
        self.label_dependent, self.label_head = _narrow(width, _LABEL), _narrow(width, _LABEL)
        self.label = nn.Parameter(torch.zeros(sizes.labels, _LABEL + 1, _LABEL + 1))
        self.taggers = nn.ModuleList(nn.Linear(width, size) for size in sizes.tags)

    def forward(self, batch: Batch, heads: Tensor | None = None) -> Readings:
        """Scores of a batch; labels are scored for the heads given, else for the best ones."""
        x = self.encoder(batch)
        arcs = _with_one(self.dependent(x)) @ self.arc @ self.head(x).transpose(1, 2)
        arcs = arcs.masked_fill(~batch.mask[:, None, :], -1e9)
        chosen = arcs.argmax(2) if heads is None else heads.clamp(min=0)
        up = self.label_head(x).gather(1, chosen[:, :, None].expand(-1, -1, _LABEL))
        down = self.label_dependent(x)
        labels = torch.einsum("bwi,lij,bwj->bwl", _with_one(down), self.label, _with_one(up))
        return Readings(arcs, labels, tuple(tagger(x) for tagger in self.taggers))


def loss(readings: Readings, heads: Tensor, labels: Tensor, tags: Sequence[Tensor]) -> Tensor:
    """What training lowers: cross entropy of heads, labels and tags; `IGNORE` where nothing is known."""
    pairs = [(readings.arcs, heads), (readings.labels, labels), *zip(readings.tags, tags, strict=True)]
    parts = [
        cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE, label_smoothing=smoothing)
        for (scores, gold), smoothing in zip(pairs, (0.0, 0.03, 0.03, 0.03), strict=True)
    ]
    return parts[0] + parts[1] + 0.3 * sum(parts[2:], start=torch.zeros(()))


def _narrow(width: int, out: int) -> nn.Module:
    return nn.Sequential(nn.Linear(width, out), nn.LeakyReLU(0.1), nn.Dropout(_DROP))


def _with_one(x: Tensor) -> Tensor:
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


def _drop_whole(x: Tensor, rate: float, training: bool) -> Tensor:
    """Now and then a word as if it had never been seen."""
    return x * (torch.rand(x.shape[0], 1) >= rate) if training else x


def _drop_shared(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout with one mask for all words of a sentence (Gal & Ghahramani, 2016)."""
    if not training:
        return x
    return x * (torch.rand(x.shape[0], 1, x.shape[2]) >= rate) / (1 - rate)
