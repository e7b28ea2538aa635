"""Articles from every kind of file, and what becomes of bad ones."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from graphkit import Article, ReadReport, read_articles
from graphkit.articles import parse_date

TEXT = "Menteri Perdagangan Budi Santoso mengatakan bahwa ekspor kopi Indonesia naik pada bulan lalu di semua daerah."


def read(*inputs: Path | str, **options: object) -> tuple[list[Article], ReadReport]:
    report = ReadReport()
    return list(read_articles(list(inputs), report, **options)), report  # type: ignore[arg-type]


def test_text(tmp_path: Path) -> None:
    (tmp_path / "kopi.txt").write_text(TEXT, encoding="utf-8")
    (article,), report = read(tmp_path / "kopi.txt", date=dt.date(2025, 6, 5))
    assert (article.id, article.text, article.language, article.date) == ("kopi", TEXT, "id", dt.date(2025, 6, 5))
    assert report.exit_code == 0


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Kopi naik lagi\n\n", "Kopi naik lagi"),
        ("\ufeff\r\n Kopi naik lagi \r\n\r\n", "Kopi naik lagi"),
        ("Kopi naik lagi\n", None),
        ("Kopi naik lagi.\n\n", None),
        ("Kopi " * 40 + "\n\n", None),
    ],
)
def test_a_first_line_that_stands_apart_is_the_title_of_a_text(head: str, title: str | None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"{head}{TEXT}\n".encode())
    (article,), _ = read(tmp_path / "a.txt")
    assert article.title == title and TEXT in article.text


def test_jsonl_fields(tmp_path: Path) -> None:
    record = {
        "id": "a1",
        "title": "Kopi",
        "url": "https://example.org/a1",
        "date": "2025-06-05T08:00:00+07:00",
        "author": ["Ani", "Budi"],
        "publisher": "Harian",
        "language": "id",
        "text": TEXT,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n\n", encoding="utf-8")
    (article,), _ = read(tmp_path / "a.jsonl", date=dt.date(1999, 1, 1))
    assert article.author == "Ani, Budi" and article.date == dt.date(2025, 6, 5) and article.publisher == "Harian"


def test_csv(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id,text\nsatu,"{TEXT}"\ndua,"{TEXT} Juga teh."\n', encoding="utf-8")
    articles, _ = read(tmp_path / "a.csv")
    assert [article.id for article in articles] == ["satu", "dua"]


def test_html(tmp_path: Path) -> None:
    page = f"""<html lang="id"><head><title>Kopi naik</title><meta property="og:site_name" content="Harian">
    <meta property="article:published_time" content="2025-06-05"></head><body><nav>Beranda Masuk</nav>
    <article><h1>Kopi naik</h1><p>{TEXT}</p><p>{TEXT.replace("kopi", "teh")}</p></article></body></html>"""
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (article,), _ = read(tmp_path / "a.html")
    assert article.title == "Kopi naik" and article.date == dt.date(2025, 6, 5)
    assert TEXT in article.text and "Beranda" not in article.text


def test_folders_are_read_in_order_and_other_files_skipped(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} Berkas {name}.", encoding="utf-8")
    (tmp_path / "foto.png").write_bytes(b"\x89PNG")
    articles, report = read(tmp_path)
    assert [article.id for article in articles] == ["a", "b", "c"]
    assert report.count("skipped") == 1 and report.exit_code == 0


def test_globs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert len(read(tmp_path / "*.txt")[0]) == 1
    assert read(tmp_path / "*.csv")[1].exit_code == 2


def test_the_same_text_twice_is_one_article_and_one_id_two_articles(tmp_path: Path) -> None:
    lines = [{"id": "x", "text": TEXT}, {"id": "y", "text": TEXT}, {"id": "x", "text": TEXT + " Teh juga."}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    articles, report = read(tmp_path / "a.jsonl")
    assert len(articles) == 2 and len({article.id for article in articles}) == 2
    assert report.count("skipped") == 1 and report.count("warning") == 1


@pytest.mark.parametrize(
    ("line", "words"),
    [("{", "not JSON at column"), ("[]", "not a JSON object"), ('{"text": ""}', "missing or empty")],
)
def test_bad_lines_name_their_place(line: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}) + "\n" + line + "\n", encoding="utf-8")
    articles, report = read(tmp_path / "a.jsonl")
    (failed,) = [entry for entry in report.entries if entry.outcome == "failed"]
    assert len(articles) == 1 and failed.source.endswith("a.jsonl:2") and words in failed.reason


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-06-05", dt.date(2025, 6, 5)),
        ("5 Juni 2025", dt.date(2025, 6, 5)),
        ("Kamis, 5 Juni 2025 | 10:30 WIB", dt.date(2025, 6, 5)),
        ("05/06/2025", dt.date(2025, 6, 5)),
        ("June 5, 2025", dt.date(2025, 6, 5)),
        ("31-31-2025", None),
        ("kemarin dulu", None),
        ("kemarin", None),
    ],
)
def test_dates(text: str, date: dt.date | None) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators(mark: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'id{mark}text\nsatu{mark}"{TEXT}"\n', encoding="utf-8")
    (article,), _ = read(tmp_path / "a.csv")
    assert (article.id, article.text) == ("satu", TEXT)


@pytest.mark.parametrize(("given", "code"), [("ID", "id"), ("id-ID", "id"), ("en_US", "en"), (None, "id")])
def test_language_codes(given: str | None, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "language": given}), encoding="utf-8")
    assert read(tmp_path / "a.jsonl")[0][0].language == code
