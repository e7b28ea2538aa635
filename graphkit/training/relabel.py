"""Bring the old labels of UD Indonesian-GSD 2.0 to current guidelines.

The train part that is at hand follows the guidelines of 2017: its heads are good (97 % agree with the current release
on the part that exists in both), its labels are not. Two logistic regressions mend them. One learns the old labels
from the old data and is applied to the current treebanks, whose old labels nobody has; the other learns the current
labels from the same features plus the old label. Features of morphology are filled in likewise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sklearn.feature_extraction import FeatureHasher
from sklearn.linear_model import SGDClassifier

from graphkit.training.treebanks import Word

_SEED = 0
_WIDTH = 2**18


def relabel(old: list[list[Word]], modern: list[list[Word]]) -> list[list[Word]]:
    """The old sentences with labels and features as the modern ones have them; lemmas stay empty.

    Args:
        old: Sentences with old labels.
        modern: Sentences with current labels, to learn from.
    """
    old_labels = _fit([f for s in old for f in _features(s)], [w.deprel for s in old for w in s])
    seen = _predict(old_labels, [f for s in modern for f in _features(s)])
    current = _fit(
        [[*f, f"old={label}"] for f, label in zip((f for s in modern for f in _features(s)), seen, strict=True)],
        [word.deprel for sentence in modern for word in sentence],
    )
    morphology = _fit([_shape(w) for s in modern for w in s], [w.feats for s in modern for w in s])
    labels = iter(
        _predict(current, [[*f, f"old={w.deprel}"] for s in old for f, w in zip(_features(s), s, strict=True)])
    )
    feats = iter(_predict(morphology, [_shape(word) for sentence in old for word in sentence]))
    return [[_renew(word, n, next(labels), next(feats)) for n, word in enumerate(sentence)] for sentence in old]


def accuracy(modern: list[list[Word]], old: list[list[Word]], folds: int = 5) -> float:
    """Share of current labels that the relabeller finds from gold heads, by cross-validation on the modern part."""
    right = total = 0
    old_labels = _fit([f for s in old for f in _features(s)], [w.deprel for s in old for w in s])
    for fold in range(folds):
        train = [s for n, s in enumerate(modern) if n % folds != fold]
        test = [s for n, s in enumerate(modern) if n % folds == fold]
        model = _fit(_with_old(train, old_labels), [w.deprel for s in train for w in s])
        for found, word in zip(_predict(model, _with_old(test, old_labels)), (w for s in test for w in s), strict=True):
            right, total = right + (found == word.deprel), total + 1
    return right / total


def _with_old(sentences: list[list[Word]], model: SGDClassifier) -> list[list[str]]:
    features = [f for sentence in sentences for f in _features(sentence)]
    return [[*f, f"old={label}"] for f, label in zip(features, _predict(model, features), strict=True)]


def _renew(word: Word, index: int, label: str, feats: str) -> Word:
    return replace(word, deprel="root" if word.head == index else label, feats=feats, lemma="")


def _fit(features: list[list[str]], labels: list[str]) -> SGDClassifier:
    model = SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=25, random_state=_SEED, average=True)
    return model.fit(_hash(features), labels)


def _predict(model: SGDClassifier, features: list[list[str]]) -> list[str]:
    return [str(label) for label in model.predict(_hash(features))]


def _hash(features: list[list[str]]) -> object:
    return FeatureHasher(n_features=_WIDTH, input_type="string").transform(features)


def _features(sentence: list[Word]) -> Iterator[list[str]]:
    children: dict[int, list[int]] = {}
    for i, word in enumerate(sentence):
        if word.head != i:
            children.setdefault(word.head, []).append(i)
    for i, word in enumerate(sentence):
        head = sentence[word.head]
        cases = [
            sentence[c].form.lower() for c in children.get(i, ()) if sentence[c].upos in {"ADP", "SCONJ"} and c < i
        ]
        side = "root" if word.head == i else "left" if i < word.head else "right"
        gap = min(abs(i - word.head), 5)
        case = cases[0] if cases else "-"
        siblings = [sentence[c].upos for c in children.get(word.head, ()) if c != i]
        yield [
            f"w={word.form.lower()}",
            f"p={word.upos}",
            f"hw={head.form.lower()}",
            f"hp={head.upos}",
            f"pp={word.upos}|{head.upos}|{side}|{case != '-'}",
            f"c={case}|{word.upos}|{head.upos}",
            f"g={side}{gap}|{word.upos}|{head.upos}",
            f"pre={word.form[:3].lower()}|{word.upos}",
            f"hpre={head.form[:2].lower()}|{head.upos}|{word.upos}|{side}",
            f"suf={word.form[-3:].lower()}",
            f"wh={word.form.lower()}|{head.upos}|{side}",
            f"next={sentence[i + 1].upos if i + 1 < len(sentence) else '-'}|{word.upos}",
            f"prev={sentence[i - 1].form.lower() if i else '-'}|{word.upos}",
            f"yang={any(sentence[c].form.lower() == 'yang' for c in children.get(i, ()))}|{word.upos}|{head.upos}",
            *(f"sib={upos}|{word.upos}|{side}" for upos in sorted(set(siblings))),
        ]


def _shape(word: Word) -> list[str]:
    form = word.form.lower()
    return [
        f"p={word.upos}",
        f"w={form}|{word.upos}",
        *(f"pre{n}={form[:n]}|{word.upos}" for n in (2, 3, 4)),
        *(f"suf{n}={form[-n:]}|{word.upos}" for n in (2, 3, 4)),
        f"dash={'-' in form}|{word.upos}",
    ]
