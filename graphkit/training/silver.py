"""Silver data: raw news as several teachers read it.

A small parser learns from what large ones say of text that nobody annotated (Weiss et al., "Structured training for
neural network transition-based parsing", 2015; Kuncoro et al., "Distilling an ensemble of greedy dependency parsers",
2016). Sentences of which the teachers are unsure are left out.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans, minibatch

from graphkit.knowledge import KnowledgeBase
from graphkit.language import make_doc
from graphkit.language.sentences import SentenceStarter
from graphkit.language.tokenizer import customize_tokenizer
from graphkit.model import Article
from graphkit.training.gold import ARTICLES, GOLD, read_gold
from graphkit.training.teacher import Parsed, Teacher, read
from graphkit.training.texts import read_texts, same_words

logger = logging.getLogger(__name__)

_LABELS = {"Person": "PER", "Organization": "ORG", "Country": "LOC", "Place": "LOC"}
_OWN_NAMES = frozenset({"name", "alias", "short"})
_CONFIDENCE = 0.8
_UNLIKELY, _AGREEMENT = 0.1, 0.75
_STOPS = frozenset({".", "?", "!"})
_CHUNK, _BATCH = 2048, 64
_LONGEST, _SHORTEST = 60, 5
_EVERY_EMPTY = 4
_T = TypeVar("_T")


def parse_silver(
    teachers: Sequence[Path], vectors: Path, news: Path, output: Path, earlier: Path | None = None
) -> None:
    """Sentences with the tags and trees that the teachers together give them; those they doubt are left out.

    Args:
        teachers: Files of the teacher stage, one or more.
        vectors: The floret table.
        news: JSONL file of raw articles.
        output: The sentences, as a ``DocBin``.
        earlier: A pipeline of the parser stage. With it, the trees are its own, but for heads that the teachers hold
            for unlikely, and sentences are kept on whose heads both largely agree: they err in different places.
    """
    readers = [Teacher.load(path, vectors) for path in teachers]
    nlp = None if earlier is None else spacy.load(earlier, exclude=["ner"])
    store = DocBin(attrs=["HEAD", "DEP", "POS", "MORPH", "LEMMA", "SENT_START", "SPACY"])
    read_count = 0
    for spans in _batches(span for doc in _texts(news, spacy.blank("id")) for span in _sentences(doc)):
        read_count += len(spans)
        parsed = read(readers, [[token.text for token in span] for span in spans])
        found = map(_sure, spans, parsed) if nlp is None else map(_mended, _alone_in_docs(spans, nlp), parsed)
        for tree in filter(None, found):
            store.add(tree)
    store.to_disk(output)
    logger.info("silver: %d of %d sentences", len(store), read_count)


def _sure(span: Span, parsed: Parsed) -> Doc | None:
    return _tree(span, parsed) if parsed.confidence >= _CONFIDENCE and is_tree(parsed.heads) else None


def _alone_in_docs(spans: Sequence[Span], nlp: Language) -> Iterator[Doc]:
    """Each sentence as a Doc of its own, as a pipeline parses it."""
    for span in spans:
        yield nlp(same_words(span, nlp.vocab, sent_starts=[n == 0 for n in range(len(span))]))


def _mended(doc: Doc, parsed: Parsed) -> Doc | None:
    """A pipeline's tree without the heads that teachers hold for unlikely; none if the two differ too much."""
    heads, labels = [token.head.i for token in doc], [token.dep_ for token in doc]
    for n, head in enumerate(parsed.heads):
        if parsed.chances[n, heads[n]] < _UNLIKELY:
            heads[n], labels[n] = head, "ROOT" if parsed.labels[n] == "root" else parsed.labels[n]
    agreed = sum(token.head.i == head for token, head in zip(doc, parsed.heads, strict=True)) / len(doc)
    if agreed < _AGREEMENT or not is_tree(heads):
        return None
    return same_words(
        doc,
        doc.vocab,
        heads=heads,
        deps=labels,
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
    )


def name_silver(teachers: Sequence[Path], news: Path, output: Path, annotated: Path | None = None) -> None:
    """Sentences with the names that several recognisers, read over the whole article, give them.

    A recogniser often misses in one sentence what it finds in the next. Here a name that is found twice in an article
    is labelled wherever it stands, and so is a person's surname; countries come from CLDR. A sentence is kept if no
    recogniser sees one that the article as a whole does not confirm.

    Args:
        teachers: Pipelines of the name stage.
        news: JSONL file of raw articles.
        output: The sentences, as a ``DocBin``.
        annotated: Folder with ``articles.jsonl`` and ``gold.jsonl``: articles whose names people have listed.
    """
    pipelines = [spacy.load(path) for path in teachers]
    known = KnowledgeBase.load("id").names()
    countries = {text: "LOC" for text, record, kind in known if record.type == "Country" and kind in _OWN_NAMES}
    tokenizer = pipelines[0].tokenizer
    store = DocBin(attrs=["ENT_IOB", "ENT_TYPE", "SPACY"])
    for doc in _texts(news, pipelines[0]):
        read = [nlp(doc.copy()) for nlp in pipelines]
        seen = [ent for one in read for ent in one.ents]
        for part in _named_parts(doc, tokenizer, countries | article_names(read), seen):
            store.add(part)
    for doc, names in _annotated(annotated, pipelines[0]) if annotated else ():
        for part in _named_parts(doc, tokenizer, countries | names, ()):
            store.add(part)
    store.to_disk(output)
    logger.info("silver: %d sentences with names", len(store))


def article_names(read: Sequence[Doc]) -> dict[str, str]:
    """Names of an article with their labels, from several readings of it."""
    votes: dict[str, Counter[str]] = {}
    for doc in read:
        for ent in doc.ents:
            votes.setdefault(ent.text, Counter())[ent.label_] += 1
    names = {name: _most(labels.elements())[0] for name, labels in votes.items() if labels.total() >= len(read)}
    parts = {word: "PER" for name, label in names.items() if label == "PER" for word in _alone(name)}
    return parts | names


def read_silver(path: Path, nlp: Language) -> list[Doc]:
    """The Docs of a file that a silver stage wrote."""
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def _texts(news: Path, nlp: Language) -> Iterator[Doc]:
    customize_tokenizer(nlp)
    for n, text in enumerate(read_texts(news)):
        doc = make_doc(nlp, Article(id=str(n), text=text))
        if len(doc):
            yield doc


def _sentences(doc: Doc) -> Iterator[Span]:
    """Sentences by what the text itself shows, where the parser that could say better is yet to be trained."""
    starts = SentenceStarter().find(doc)
    first = 0
    for token in doc:
        follows_stop = token.i > 0 and token.nbor(-1).text in _STOPS and starts[token.i] is not False
        if token.i > first and (starts[token.i] or follows_stop):
            yield doc[first : token.i]
            first = token.i
    yield doc[first:]


def _batches(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Batches of sentences of like length, as they cost the teachers least."""
    usable = (span for span in spans if _SHORTEST <= len(span) <= _LONGEST)
    for chunk in minibatch(usable, _CHUNK):
        yield from minibatch(sorted(chunk, key=len), _BATCH)


def _tree(span: Span, parsed: Parsed) -> Doc:
    pos, morphs = parsed.tags
    return same_words(
        span,
        span.vocab,
        heads=list(parsed.heads),
        deps=["ROOT" if label == "root" else label for label in parsed.labels],
        pos=list(pos),
        morphs=list(morphs),
    )


def _annotated(folder: Path, nlp: Language) -> Iterator[tuple[Doc, dict[str, str]]]:
    """Articles with the names that people listed for them, as labels of the recogniser."""
    gold = read_gold(folder / GOLD)
    for line in (folder / ARTICLES).read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        doc = make_doc(nlp, Article(id=article["id"], text=article["text"]))
        listed = gold[article["id"]]["entities"] if article["id"] in gold else ()
        entities = [entry for entry in listed if entry["type"] in _LABELS]
        yield doc, {name: _LABELS[entry["type"]] for entry in entities for name in entry["mentions"] if _is_name(name)}


def _is_name(text: str) -> bool:
    """Whether a mention is a name: all its words begin with a capital, none is a title's small word."""
    return all(word[:1].isupper() or word[:1].isdigit() for word in text.split())


def _most(values: Iterable[_T]) -> tuple[_T, int]:
    """The most frequent value, the first one met among equals, with its count."""
    return Counter(values).most_common(1)[0]


def is_tree(heads: Sequence[int]) -> bool:
    """Whether all heads lead to the one root, which is its own head."""
    if sum(head == n for n, head in enumerate(heads)) != 1 or not all(0 <= head < len(heads) for head in heads):
        return False
    for n in range(len(heads)):
        seen: set[int] = set()
        while heads[n] != n:
            if n in seen:
                return False
            seen.add(n)
            n = heads[n]
    return True


def _stretches(doc: Doc) -> Iterator[tuple[int, int]]:
    """Sentences by their full stops: the recognisers have no parser."""
    start = 0
    for token in doc:
        if token.text in _STOPS or token.i + 1 == len(doc):
            if _SHORTEST <= token.i + 1 - start <= _LONGEST:
                yield start, token.i + 1
            start = token.i + 1


def _alone(name: str) -> list[str]:
    """The words of a person's name by which an article may go on."""
    words = name.split()
    return [word for word in (words[0], words[-1]) if len(words) > 1 and len(word) > 3 and word.isalpha()]


def _named_parts(doc: Doc, tokenizer: Tokenizer, names: dict[str, str], seen: Iterable[Span]) -> Iterator[Doc]:
    matcher = PhraseMatcher(doc.vocab)
    for label in sorted(set(names.values())):
        found = sorted(name for name, given in names.items() if given == label and name[:1].isupper())
        matcher.add(label, list(tokenizer.pipe(found)))
    spans = filter_spans(matcher(doc, as_spans=True))
    covered = {token.i for span in spans for token in span}
    unsure = {token.i for span in seen for token in span} - covered
    for n, (start, end) in enumerate(_stretches(doc)):
        inside = [span for span in spans if start <= span.start and span.end <= end]
        # Some sentences without names teach that most words are none.
        if (inside or n % _EVERY_EMPTY == 0) and unsure.isdisjoint(range(start, end)):
            part = doc[start:end].as_doc()
            part.ents = [Span(part, span.start - start, span.end - start, span.label_) for span in inside]
            yield part
