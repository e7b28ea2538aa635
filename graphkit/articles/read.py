"""Articles from files, folders, globs and standard input."""

from __future__ import annotations

import csv
import datetime as dt
import glob
import hashlib
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import dateparser
import py3langid
import trafilatura

from graphkit.articles.decode import NotTextError, decode
from graphkit.articles.report import ReadReport
from graphkit.model import Article
from graphkit.storage import filesystem, is_url

STDIN = "-"
_FIELDS = ("id", "title", "url", "date", "author", "publisher", "language", "text")
_SHORTEST_FOR_LANGUAGE = 40
_LANGUAGE_SAMPLE = 4_000
# Malay and Indonesian share most of their words: the detector takes one for the other.
_SAME = {"ms": "id", "jv": "id", "su": "id"}
_CSV_FIELD_LIMIT = 2**30
_LONGEST_DATE = 100
_LONGEST_HEADLINE = 150
_LOST_LINK = "is a link that leads nowhere; remove or mend it"


class _BadRecordError(ValueError):
    """One record of a file cannot be an article."""


def read_articles(
    inputs: Sequence[str | Path],
    report: ReadReport,
    *,
    date: dt.date | None = None,
    language: str | None = None,
    unique: bool = True,
) -> Iterator[Article]:
    """Read articles one by one, in the order of the inputs; files of a folder are sorted.

    Args:
        inputs: Paths of files and folders, globs, or "-" for standard input.
        report: Receives an entry for every input.
        date: For articles that carry none.
        language: For articles that carry none; else it is detected.
        unique: Whether to leave out texts that were read before and to change ids that are taken.
    """
    seen: dict[str, str] = {}
    for source, article in _records(inputs, report):
        complete = _complete(article, date, language)
        own = _unique(complete, seen, report) if unique else complete
        if own is not None:
            report.add(source, "read")
            yield own


def parse_date(text: str) -> dt.date | None:
    """A date from ISO 8601 or any usual way of writing one in Indonesian or English, the day before the month."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    if len(text) > _LONGEST_DATE:
        return None
    # "kemarin" is no date of an article: it would be yesterday, or the day before any base.
    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"]}
    plain = text.replace("WIB", "").replace("WITA", "").replace("WIT", "").replace("|", " ").strip(" ,")
    found = dateparser.parse(plain, languages=["id", "en"], settings=settings)
    return None if found is None else found.date()


def _records(inputs: Sequence[str | Path], report: ReadReport) -> Iterator[tuple[str, Article]]:
    for given in inputs:
        try:
            found = list(_expand(str(given), report))
        except OSError as error:
            report.add(str(given), "failed", f"cannot be read: {error}")
            continue
        for path, explicit in found:
            try:
                yield from _read_file(path, explicit, report)
            except (OSError, NotTextError) as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                report.add(path, "failed", f"cannot be read: {reason}")


def _expand(given: str, report: ReadReport) -> Iterator[tuple[str, bool]]:
    """The files that an input means, with whether the user named each of them."""
    if is_url(given):
        yield from _expand_url(given, report)
        return
    path = Path(given)
    if given == STDIN or path.is_file():
        yield given, True
    elif path.is_dir():
        yield from _in_folder(path, report)
    elif path.exists():
        report.add(given, "failed", "is no file and no folder; to read a pipe, give - and let it be standard input")
    elif path.is_symlink():
        report.add(given, "failed", _LOST_LINK)
    else:
        # Path.glob refuses patterns that start at the root.
        found = sorted(glob.glob(given, recursive=True))  # noqa: PTH207
        if not found:
            report.add(given, "failed", "no such file or folder; check the path")
        for file in found:
            yield from _expand(file, report)


def _in_folder(path: Path, report: ReadReport) -> Iterator[tuple[str, bool]]:
    files = _files(path, report)
    if not files:
        report.add(str(path), "failed", "the folder holds no files; check the path")
    yield from ((str(file), False) for file in files)


def _files(folder: Path, report: ReadReport) -> list[Path]:
    """The files below a folder, sorted; what cannot be looked into is reported. Links to folders are not followed."""

    def note(error: OSError) -> None:
        report.add(str(error.filename), "failed", f"cannot be read: {error.strerror}")

    found = sorted(Path(place, name) for place, _, names in os.walk(folder, onerror=note) for name in names)
    for file in found:
        if file.is_symlink() and not file.exists():
            report.add(str(file), "failed", _LOST_LINK)
    return [file for file in found if file.is_file()]


def _expand_url(given: str, report: ReadReport) -> Iterator[tuple[str, bool]]:
    """The files that a URL means, on whatever file system fsspec knows."""
    files, path = filesystem(given)
    start = f"{given.partition('://')[0]}://"
    if files.isdir(path):
        yield from ((start + name.lstrip("/"), False) for name in sorted(files.find(path)))
        return
    found = sorted(files.glob(path)) if glob.has_magic(path) else [path] * files.exists(path)
    if not found:
        report.add(given, "failed", "no such file or folder; check the address")
    # What the user wrote, where that is one file: the address of some file systems has a host.
    yield from ((given if name == path else start + name.lstrip("/"), True) for name in found)


def _read_bytes(path: str) -> bytes:
    if not is_url(path):
        return Path(path).read_bytes()
    files, inner = filesystem(path)
    return files.cat_file(inner)


def _read_file(path: str, explicit: bool, report: ReadReport) -> Iterator[tuple[str, Article]]:
    suffix = Path(path).suffix.lower()
    if path == STDIN:
        text = decode(sys.stdin.buffer.read())
        reader = _read_jsonl if text.lstrip().startswith("{") else _read_text
        yield from reader("stdin", text, report)
        return
    if suffix not in _READERS:
        kinds = ", ".join(_READERS)
        report.add(
            path, "failed" if explicit else "skipped", f"kind {suffix or 'without ending'!r} is not one of {kinds}"
        )
        return
    data = _read_bytes(path)
    if not data.strip():
        report.add(path, "failed", "the file is empty")
        return
    yield from _READERS[suffix](path, decode(data), report)


def _read_text(path: str, text: str, report: ReadReport) -> Iterator[tuple[str, Article]]:
    yield path, Article(id=Path(path).stem, text=text, title=_headline(text), source=path)


def _headline(text: str) -> str | None:
    """The first line, if it stands apart and is no sentence; it stays in the text, so that places do not move."""
    first, _, rest = text.strip().partition("\n")
    line, below = first.strip(), rest.partition("\n")[0]
    apart = bool(rest.strip()) and not below.strip()
    return line if apart and len(line) <= _LONGEST_HEADLINE and line[-1:] not in {".", ":", ","} else None


def _read_html(path: str, text: str, report: ReadReport) -> Iterator[tuple[str, Article]]:
    document = trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        # Its wider search takes any date that the article mentions for that of the article.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if document is None or not (document.text or "").strip():
        report.add(path, "failed", "no article text found in the page; save the text as .txt")
        return
    fields = {
        "id": Path(path).stem,
        "title": document.title,
        "url": document.url,
        "date": document.date,
        "author": document.author,
        "publisher": document.sitename,
        "text": document.text,
    }
    yield path, _article(fields, path, report)


def _read_jsonl(path: str, text: str, report: ReadReport) -> Iterator[tuple[str, Article]]:
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{path}:{number}"
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            # Besides JSONDecodeError, what Python says of a number with thousands of digits.
            at = f" at column {error.colno}: {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
            report.add(place, "failed", f"not JSON{at}; give one JSON object a line")
            continue
        if not isinstance(record, dict):
            report.add(place, "failed", "not a JSON object; give one object a line")
            continue
        yield from _checked(record, place, report)


def _read_csv(path: str, text: str, report: ReadReport) -> Iterator[tuple[str, Article]]:
    csv.field_size_limit(_CSV_FIELD_LIMIT)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    if "text" not in (reader.fieldnames or ()):
        columns = ", ".join(reader.fieldnames or ()) or "none"
        report.add(f"{path}:1", "failed", f"no column 'text' (columns: {columns}); name the article's column 'text'")
        return
    twice = [name for name, count in Counter(reader.fieldnames or ()).items() if count > 1 and name in _FIELDS]
    if twice:
        report.add(f"{path}:1", "failed", f"two columns are named {twice[0]!r}; rename one")
        return
    try:
        for record in reader:
            yield from _checked(record, f"{path}:{reader.line_num}", report)
    except csv.Error as error:
        report.add(f"{path}:{reader.line_num}", "failed", f"not CSV: {error}")


def _delimiter(text: str) -> str:
    """What separates the columns: a comma, or what spreadsheets write where the comma marks decimals."""
    header = text.partition("\n")[0]
    columns = {mark: [cell.strip(' "\r') for cell in header.split(mark)] for mark in (",", ";", "\t")}
    return next((mark for mark, names in columns.items() if "text" in names), ",")


_READERS = {".txt": _read_text, ".html": _read_html, ".htm": _read_html, ".jsonl": _read_jsonl, ".csv": _read_csv}


def _checked(record: Mapping[str, Any], place: str, report: ReadReport) -> Iterator[tuple[str, Article]]:
    try:
        yield place, _article(record, place, report)
    except _BadRecordError as error:
        report.add(place, "failed", str(error))


def _article(record: Mapping[str, Any], place: str, report: ReadReport) -> Article:
    fields = {name: _field(record, name) for name in _FIELDS}
    if fields["text"] is None:
        raise _BadRecordError("the field 'text' is missing or empty")
    date = parse_date(fields["date"]) if fields["date"] else None
    if fields["date"] and date is None:
        report.add(place, "warning", f"date {fields['date']!r} cannot be read; write YYYY-MM-DD")
    path, _, line = place.rpartition(":")
    stem = Path(path).stem + f"-{line}" if line.isdigit() else Path(place).stem
    return Article(
        id=fields["id"] or stem,
        text=fields["text"],
        title=fields["title"],
        url=fields["url"],
        date=date,
        author=fields["author"],
        publisher=fields["publisher"],
        language=_language_code(fields["language"]),
        source=place,
    )


def _language_code(given: str | None) -> str | None:
    """ "ID" and "id-ID" are "id"."""
    return given.replace("_", "-").partition("-")[0].lower() if given else None


def _field(record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    if value is None or not str(value).strip():
        return None
    if isinstance(value, dict) or (name == "text" and not isinstance(value, str)):
        raise _BadRecordError(f"the field {name!r} must be a string; it is {value!r:.40}")
    # Lone surrogates, which JSON escapes can make, have no place in UTF-8 output.
    return str(value).encode("utf-8", errors="replace").decode("utf-8")


def _complete(article: Article, date: dt.date | None, language: str | None) -> Article:
    return replace(
        article,
        date=article.date or date,
        language=article.language or language or detect_language(article.text),
    )


def detect_language(text: str) -> str | None:
    """The language of a text, or None for one too short to tell."""
    sample = " ".join(text[:_LANGUAGE_SAMPLE].split())
    if len(sample) < _SHORTEST_FOR_LANGUAGE:
        return None
    code, _ = py3langid.classify(sample)
    return _SAME.get(code, code)


def _unique(article: Article, ids: dict[str, str], report: ReadReport) -> Article | None:
    """The article under an id of its own; none if its text was read before.

    ``ids`` maps both the ids and the digests of texts that were seen to ids.
    """
    digest = hashlib.sha256(article.text.encode("utf-8", errors="replace")).hexdigest()
    source = article.source if article.source is not None else article.id
    if f"sha256:{digest}" in ids:
        report.add(source, "skipped", f"same text as article {ids[f'sha256:{digest}']!r}")
        return None
    unique = article
    if article.id in ids:
        unique = replace(article, id=f"{article.id}-{digest[:8]}")
        report.add(source, "warning", f"id {article.id!r} is taken by another article; this one is {unique.id!r}")
    ids[unique.id] = ids[f"sha256:{digest}"] = unique.id
    return unique
