"""The parser stage: tagger of parts of speech and features, lemmatizer and parser on one shared encoder."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from graphkit.training.loop import Goal, Phase, on_gold_tokens, train
from graphkit.training.scores import attachment
from graphkit.training.silver import read_silver
from graphkit.training.treebanks import Word, make_docs
from graphkit.training.trees import read_trees
from graphkit.training.vectors import add_vectors

logger = logging.getLogger(__name__)

_GOAL = {"pos_acc": 0.2, "lemma_acc": 0.1, "dep_uas": 0.3, "dep_las": 0.4}


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is spent on a parser.

    Args:
        steps: Updates on the mix.
        fine_steps: Updates on the modern treebanks.
        width: Width of its encoder.
        seed: Seed of all randomness.
        everything: Train on what is set apart, too, measure nothing, and keep the last weights.
    """

    steps: int = 2200
    fine_steps: int = 600
    width: int = 96
    seed: int = 0
    everything: bool = False


def train_parser(
    treebanks: Path,
    vectors: Path,
    output: Path,
    effort: Effort,
    silver: Path | None = None,
    start: Path | None = None,
) -> None:
    """Train on the mix of modern treebanks, the relabelled old one and silver data, then on the modern ones alone.

    Args:
        treebanks: Folder with the CoNLL-U files.
        vectors: The floret table.
        output: Where the pipeline is written, with ``scores.json`` if it was measured.
        effort: How long and how large.
        silver: What `graphkit.training.silver` wrote, if anything.
        start: A pipeline whose weights training goes on from, without the first phase.
    """
    trees = read_trees(treebanks, everything=effort.everything)
    nlp = _blank(vectors, effort.width) if start is None else spacy.load(start, exclude=["ner"])
    if start is not None:
        # One that was loaded does not know its edit trees again (spaCy 3.8), so it learns them anew.
        nlp.remove_pipe("trainable_lemmatizer")
        _add_lemmatizer(nlp, nlp.get_pipe("tok2vec").model.get_dim("nO"))
    modern, old = (_examples(make_docs(sentences, nlp.vocab)) for sentences in (trees.modern, trees.old))
    mix = modern * (3 if silver else 2) + old + (_examples(read_silver(silver, nlp)) if silver else [])
    # Half of what is set apart chooses the weights, the other half is only measured.
    choose = [example for apart in trees.apart.values() for example in _examples(make_docs(apart[::2], nlp.vocab))]
    phases = [
        *([Phase(mix, effort.steps, 0.001)] if start is None else []),
        Phase(mix, effort.steps // 3, 0.0004),
        Phase(modern, effort.fine_steps, 0.0004),
        Phase(modern, effort.fine_steps // 2, 0.00015),
    ]
    goal = Goal(choose, _GOAL) if choose else None
    if start is not None:
        nlp.get_pipe("trainable_lemmatizer").initialize(lambda: mix, nlp=nlp)
    best = train(nlp, phases, goal, every=150, words=1200, seed=effort.seed, resume=start is not None)
    nlp.to_disk(output)
    if best is None:
        return
    scores = {"goal": best} | {name: _measure(nlp, apart[1::2]) for name, apart in trees.apart.items()}
    (output / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    logger.info("parser scores %s", scores)


def _examples(docs: Sequence[Doc]) -> list[Example]:
    return [on_gold_tokens(doc) for doc in docs]


def _measure(nlp: Language, sentences: Sequence[list[Word]]) -> dict[str, float]:
    docs = make_docs(sentences, nlp.vocab)
    scores = nlp.evaluate(_examples(docs))
    examples = _examples(docs)
    for example in examples:
        nlp(example.predicted)
    names = ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las", "sents_f")
    unlabelled, labelled = attachment(examples)
    universal = {"uas_universal": round(unlabelled, 4), "las_universal": round(labelled, 4)}
    return {name: round(scores[name], 4) for name in names} | universal | {"sentences": len(sentences)}


def encoder(width: int, depth: int) -> dict[str, Any]:
    """Configuration of an encoder over hashed word features and the static vectors."""
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": width,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
            "rows": [5000, 1000, 2500, 2500],
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": width,
            "depth": depth,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _blank(vectors: Path, width: int) -> Language:
    nlp = spacy.blank("id")
    add_vectors(nlp, vectors)
    listener, tagger = _listener(width), _tagger(width)
    nlp.add_pipe("tok2vec", config={"model": encoder(width, 5)})
    nlp.add_pipe("morphologizer", config={"model": tagger, "overwrite": True, "label_smoothing": 0.05})
    _add_lemmatizer(nlp, width)
    nlp.add_pipe(
        "parser",
        config={
            "min_action_freq": 8,
            "model": {
                "@architectures": "spacy.TransitionBasedParser.v2",
                "state_type": "parser",
                "extra_state_tokens": False,
                "hidden_width": 96,
                "maxout_pieces": 3,
                "use_upper": True,
                "nO": None,
                "tok2vec": listener,
            },
        },
    )
    return nlp


def _add_lemmatizer(nlp: Language, width: int) -> None:
    config = {"model": _tagger(width), "min_tree_freq": 3, "top_k": 1}
    nlp.add_pipe("trainable_lemmatizer", config=config, after="morphologizer")


def _listener(width: int) -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": width, "upstream": "*"}


def _tagger(width: int) -> dict[str, Any]:
    return {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": _listener(width)}
