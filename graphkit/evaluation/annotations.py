"""What is compared: annotated articles, and the statements that somebody or something read from them.

Two formats are read, both JSON Lines in UTF-8. The gold format has one article a line::

    {"id": "a1", "entities": [{"name": "Russia", "type": "Country", "mentions": ["Rusia", "Moskow"]}],
     "statements": [{"subject": "Russia", "relation": "trade_partner", "object": "China",
       "qualifiers": {"amount": {"value": 245000000000, "unit": "USD"}, "time": "2024"}, "modality": "asserted",
       "claimed_by": "Vladimir Putin", "evidence": "words of the sentence", "salient": true}]}

The statement format has one statement a line, as ``graphkit build`` writes it: ``article``, ``subject``, ``relation``,
``object``, ``qualifiers``, and if known ``modality``, ``claimed_by``, ``confidence`` and ``evidence``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_GOLD_FILE, _PREDICTED_FILES = "gold.jsonl", ("statements.jsonl", "gold.jsonl")
_NOT_LETTERS = re.compile(r"[\W_]+")
_FIGURE = "measure"


class EvaluationError(ValueError):
    """A file cannot be evaluated; the message names file, line, key and remedy."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity by all the names that it has in one article.

    Args:
        name: Its canonical name.
        type: Its entity type; empty where none is given.
        keys: Its name and mentions, without case and punctuation.
    """

    name: str
    type: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement as annotated or as predicted.

    Args:
        object: None for a figure, whose object is its amount.
        claimed_by: Name of who claims it; empty where the article speaks for itself.
        evidence: The words that say it.
        confidence: From 0 to 1; None for an annotation.
        frame: What read it, where that is known.
        salient: Whether a reader would expect it in a graph of the article.
        optional: Whether annotators disagree on it: neither required nor wrong.
    """

    subject: Thing
    relation: str
    object: Thing | None
    qualifiers: Mapping[str, Any] = field(default_factory=dict)
    modality: str = "asserted"
    claimed_by: str = ""
    evidence: str = ""
    confidence: float | None = None
    frame: str = ""
    salient: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An annotated article.

    Args:
        things: Its entities by name.
        statements: In the order of the annotation.
    """

    id: str
    things: Mapping[str, Thing]
    statements: tuple[Reading, ...]


def name_key(text: Any) -> str:
    """A name without case and punctuation, to compare names by: "PDI-P" is "pdi p"."""
    return _NOT_LETTERS.sub(" ", str(text) if text else "").strip().casefold()


def read_gold(path: Path | str) -> list[GoldArticle]:
    """Annotated articles.

    Args:
        path: A file in the gold format, or a folder that holds one under the name ``gold.jsonl``.

    Raises:
        EvaluationError: If there is no such file, or a line is no annotated article.
    """
    file = _find(Path(path), (_GOLD_FILE,))
    articles: dict[str, GoldArticle] = {}
    for place, entry in _lines(file):
        if "statements" not in entry:
            raise EvaluationError(f"{place}: key 'statements' is missing; give one annotated article a line")
        article = _article(entry, place)
        if article.id in articles:
            raise EvaluationError(f"{place}: article {article.id!r} is there twice; leave one out")
        articles[article.id] = article
    if not articles:
        raise EvaluationError(f"{file}: holds no article; give one annotated article a line")
    return list(articles.values())


def read_predictions(path: Path | str, min_confidence: float = 0.0) -> dict[str, list[Reading]]:
    """Predicted statements by the id of their article, in the order of the file.

    Args:
        path: A file in the statement format or the gold format, or a folder with ``statements.jsonl`` or
            ``gold.jsonl`` in it.
        min_confidence: Statements of less confidence are left out; those that state none are kept.

    Raises:
        EvaluationError: If there is no such file, or a line is neither of the two.
    """
    found: dict[str, list[Reading]] = {}
    for place, entry in _lines(_find(Path(path), _PREDICTED_FILES)):
        if "statements" in entry:
            article = _article(entry, place)
            found.setdefault(article.id, []).extend(article.statements)
        elif "article" in entry:
            reading = _prediction(entry, place)
            readings = found.setdefault(str(entry["article"]), [])
            if reading.confidence is None or reading.confidence >= min_confidence:
                readings.append(reading)
        else:
            raise EvaluationError(f"{place}: key 'article' is missing; give a statements.jsonl of graphkit build")
    return found


def _find(path: Path, names: Iterable[str]) -> Path:
    if not path.is_dir():
        return path
    inside = [path / name for name in names]
    file = next((file for file in inside if file.is_file()), None)
    if file is None:
        wanted = " or ".join(file.name for file in inside)
        raise EvaluationError(f"{path}: holds no {wanted}; name the file itself")
    return file


def _lines(file: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvaluationError(f"{file}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise EvaluationError(f"{file}: byte {error.start} is not UTF-8; convert the file to UTF-8") from error
    # Not splitlines(): it also breaks at separators that JSON allows inside strings.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{file}:{number}"
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise EvaluationError(f"{place}: not JSON ({error}); write one JSON object a line") from error
        if not isinstance(entry, dict):
            raise EvaluationError(f"{place}: {type(entry).__name__} found; write one JSON object a line")
        yield place, entry


def _article(entry: Mapping[str, Any], place: str) -> GoldArticle:
    things = {thing.name: thing for thing in (_thing(item, place) for item in _list(entry, "entities", place))}
    statements = [_annotation(item, things, place) for item in _list(entry, "statements", place)]
    return GoldArticle(_text(entry, "id", place), things, tuple(statements))


def _annotation(entry: Any, things: Mapping[str, Thing], place: str) -> Reading:
    _need_object(entry, "statements", place)
    relation = _text(entry, "relation", place)
    subject, obj = (_named(entry, key, things, place) for key in ("subject", "object"))
    if subject is None or (obj is None and relation != _FIGURE):
        key = "subject" if subject is None else "object"
        raise EvaluationError(
            f"{place}: {key} {entry.get(key)!r} of {relation!r} is not among the entities; add it there"
        )
    return Reading(
        subject=subject,
        relation=relation,
        object=obj,
        qualifiers=_qualifiers(entry, place),
        modality=str(entry.get("modality", "asserted")),
        claimed_by=_claimant(entry, place),
        evidence=str(entry.get("evidence", "")),
        salient=bool(entry.get("salient", False)),
        optional=bool(entry.get("optional", False)),
    )


def _prediction(entry: Mapping[str, Any], place: str) -> Reading:
    relation = _text(entry, "relation", place)
    obj = entry.get("object")
    if obj is None and relation != _FIGURE:
        raise EvaluationError(f"{place}: key 'object' is missing; only {_FIGURE!r} has none")
    evidence = entry.get("evidence")
    confidence = entry.get("confidence")
    return Reading(
        subject=_thing(entry.get("subject"), place, "subject"),
        relation=relation,
        object=None if obj is None else _thing(obj, place, "object"),
        qualifiers=_qualifiers(entry, place),
        modality=str(entry.get("modality", "asserted")),
        claimed_by=_claimant(entry, place),
        evidence=str(evidence.get("text", "")) if isinstance(evidence, dict) else "",
        confidence=float(confidence) if isinstance(confidence, int | float) else None,
        frame=str(entry.get("frame", "")),
    )


def _named(entry: Mapping[str, Any], key: str, things: Mapping[str, Thing], place: str) -> Thing | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise EvaluationError(f"{place}: key {key!r} is {value!r:.60}; write the name of an entity")
    return things.get(value) if value is not None else None


def _thing(entry: Any, place: str, key: str = "entities") -> Thing:
    _need_object(entry, key, place)
    name = _text(entry, "name", place)
    mentions = _list(entry, "mentions", place)
    keys = frozenset(map(name_key, (name, *mentions))) - {""}
    return Thing(name, str(entry.get("type", "")), keys)


def _qualifiers(entry: Mapping[str, Any], place: str) -> Mapping[str, Any]:
    found = entry.get("qualifiers")
    if found is None:
        return {}
    _need_object(found, "qualifiers", place)
    amount = found.get("amount")
    if amount and not (isinstance(amount, dict) and isinstance(amount.get("value"), int | float)):
        raise EvaluationError(f"{place}: key 'amount' is {amount!r:.60}; write an object with 'value' and 'unit'")
    return found


def _claimant(entry: Mapping[str, Any], place: str) -> str:
    value = entry.get("claimed_by")
    if value is not None and not isinstance(value, str):
        raise EvaluationError(f"{place}: key 'claimed_by' is {value!r:.60}; write a name or null")
    return value if value is not None else ""


def _list(entry: Mapping[str, Any], key: str, place: str) -> list[Any]:
    value = entry.get(key, [])
    if not isinstance(value, list):
        raise EvaluationError(f"{place}: key {key!r} is {value!r:.60}; write a list")
    return value


def _text(entry: Mapping[str, Any], key: str, place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value:
        raise EvaluationError(f"{place}: key {key!r} is {value!r:.60}; write a text that is not empty")
    return value


def _need_object(value: Any, key: str, place: str) -> None:
    if not isinstance(value, dict):
        raise EvaluationError(f"{place}: key {key!r} is {value!r:.60}; write an object")
