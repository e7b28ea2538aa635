"""The name stage: an entity recogniser for PER, ORG and LOC on its own encoder."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from graphkit.training.loop import Goal, Phase, on_gold_tokens, train
from graphkit.training.parser import encoder
from graphkit.training.silver import read_silver
from graphkit.training.vectors import add_vectors

logger = logging.getLogger(__name__)

TRAIN = ("idner-news-2k-train.txt", "ner-ui.txt")
TEST = "idner-news-2k-dev.txt"
LISTS = {"PER": "dbpedia-id-person.txt", "ORG": "dbpedia-id-organization.txt", "LOC": "dbpedia-id-place.txt"}
_EDGES = "()[]{}\"'.,;:“”‘’-"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence with its names.

    Args:
        words: Its tokens.
        spans: First token, one past the last, and label of each name.
    """

    words: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...]


def read_tagged(path: Path) -> list[Tagged]:
    """Sentences of a file with a token and, last on the line, a BIO tag; blank lines end sentences."""
    sentences, words, tags = [], [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split()
        if cells:
            words.append(cells[0])
            tags.append(cells[-1])
        elif words:
            sentences.append(Tagged(tuple(words), tuple(_spans(words, tags))))
            words, tags = [], []
    return sentences


def _spans(words: Sequence[str], tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start, label = -1, ""
    for i, tag in enumerate([*tags, "O"]):
        same = tag.startswith("I-") and tag[2:5] == label
        if start >= 0 and not same:
            yield from trim(words, start, i, label)
            start = -1
        if tag != "O" and start < 0:
            start, label = i, tag[2:5]


def trim(words: Sequence[str], start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """A span without brackets and quotes at its edges; nothing if only those are in it."""
    while start < end and not words[start].strip(_EDGES):
        start += 1
    while end > start and not words[end - 1].strip(_EDGES):
        end -= 1
    if start < end:
        yield start, end, label


def swap_names(sentences: Sequence[Tagged], lists: dict[str, list[str]], seed: int) -> list[Tagged]:
    """A copy of each sentence that has names, its names changed for others of their kind.

    Args:
        sentences: The sentences.
        lists: Names by label.
        seed: Seed of the choice.
    """
    rng = random.Random(seed)
    return [_swap(sentence, lists, rng) for sentence in sentences if sentence.spans]


def _swap(sentence: Tagged, lists: dict[str, list[str]], rng: random.Random) -> Tagged:
    words: list[str] = []
    spans, at = [], 0
    for start, end, label in sentence.spans:
        words.extend(sentence.words[at:start])
        name = rng.choice(lists[label]).split()
        spans.append((len(words), len(words) + len(name), label))
        words.extend(name)
        at = end
    words.extend(sentence.words[at:])
    return Tagged(tuple(words), tuple(spans))


def read_lists(folder: Path) -> dict[str, list[str]]:
    """Lists of names by label; bytes that are no UTF-8 are passed over, as are names with brackets or commas."""
    lists = {}
    for label, file in LISTS.items():
        lines = (folder / file).read_bytes().decode("utf-8", errors="ignore").splitlines()
        lists[label] = [line.strip() for line in lines if line.strip() and not set(line) & set('(),/"0123456789')]
    return lists


@dataclass(frozen=True, slots=True)
class NameSources:
    """Where the recogniser learns from.

    Args:
        tagged: Folder with the tagged sentences.
        lists: Folder with the lists of names.
        vectors: The floret table.
        silver: What `graphkit.training.silver` wrote; without it, a teacher is trained.
    """

    tagged: Path
    lists: Path
    vectors: Path
    silver: Path | None = None


def train_names(sources: NameSources, output: Path, *, steps: int, seed: int = 0, everything: bool = False) -> None:
    """Train the recogniser on tagged news, on copies with other names, and on silver data.

    Args:
        sources: Where it learns from.
        output: Where the pipeline is written, with ``scores.json`` if it was measured.
        steps: Updates.
        seed: Seed of all randomness.
        everything: Train on what is set apart, too, measure nothing, and keep the last weights.
    """
    files = (*TRAIN, TEST) if everything else TRAIN
    sentences = [sentence for file in files for sentence in read_tagged(sources.tagged / file)]
    names = read_lists(sources.lists)
    swapped = [copy for n in range(2) for copy in swap_names(sentences, names, seed + n)]
    # Every other sentence of the set apart chooses the weights, the rest are only measured.
    apart = [] if everything else read_tagged(sources.tagged / TEST)
    choose, measure = apart[::2], apart[1::2]
    nlp = _blank(sources.vectors)
    examples = [on_gold_tokens(_doc(sentence, nlp.vocab)) for sentence in [*sentences * 3, *swapped]]
    silver = [on_gold_tokens(doc) for doc in read_silver(sources.silver, nlp)] if sources.silver else []
    goal = Goal([on_gold_tokens(_doc(sentence, nlp.vocab)) for sentence in choose], {"ents_f": 1.0})
    mix = examples * 2 + silver
    # What people annotated comes last, and long: it brings back the precision that silver names cost.
    phases = [
        Phase(mix, steps, 0.001),
        Phase(mix, steps // 3, 0.0004),
        Phase(examples, steps, 0.0006),
        Phase(examples, steps // 3, 0.0002),
    ]
    train(nlp, phases, None if everything else goal, every=200, words=1200, seed=seed)
    nlp.to_disk(output)
    if everything:
        return
    scores = nlp.evaluate([on_gold_tokens(_doc(sentence, nlp.vocab)) for sentence in measure])
    report = {name: scores[name] for name in ("ents_p", "ents_r", "ents_f", "ents_per_type")}
    (output / "scores.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    logger.info("name scores %s", report)


def _doc(sentence: Tagged, vocab: Vocab) -> Doc:
    doc = Doc(vocab, words=list(sentence.words))
    doc.set_ents([Span(doc, start, end, label=label) for start, end, label in sentence.spans], default="outside")
    return doc


def _blank(vectors: Path) -> Language:
    nlp = spacy.blank("id")
    add_vectors(nlp, vectors)
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": encoder(96, 4),
    }
    nlp.add_pipe("ner", config={"model": model})
    return nlp
