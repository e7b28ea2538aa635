"""Inputs that are broken or mean harm: each costs one message that names it, and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from graphkit.articles import ReadReport, read_articles
from graphkit.model import Article

TEXT = "Harga kopi di pasar Sagara naik sepuluh persen sejak pekan lalu, kata pedagang kepada wartawan."


def read(*inputs: Path) -> tuple[list[Article], dict[str, str]]:
    """The articles, and what is reported of inputs that were not read."""
    report = ReadReport()
    articles = list(read_articles(inputs, report))
    return articles, {Path(e.source).name: e.reason for e in report.entries if e.outcome == "failed"}


def test_a_number_of_thousands_of_digits_and_deep_nesting(tmp_path: Path) -> None:
    lines = [f'{{"id": {"9" * 9000}, "text": "x"}}', '{"a": ' + "[" * 100_000, json.dumps({"text": TEXT})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, failed = read(tmp_path / "a.jsonl")
    assert [article.text for article in articles] == [TEXT]
    assert set(failed) == {"a.jsonl:1", "a.jsonl:2"} and all("not JSON" in reason for reason in failed.values())


def test_links_that_lead_nowhere_or_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "lost.txt").symlink_to("nowhere.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "up").symlink_to("..", target_is_directory=True)
    articles, failed = read(tmp_path)
    assert len(articles) == 1 and set(failed) == {"lost.txt", "self.txt"}
    for given in (tmp_path / "lost.txt", tmp_path / "self.txt", tmp_path / "l*.txt"):
        assert "leads nowhere" in next(iter(read(given)[1].values()))


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    assert "holds no files" in read(tmp_path)[1][tmp_path.name]


def test_folders_that_a_glob_finds_are_read(tmp_path: Path) -> None:
    (tmp_path / "2025").mkdir()
    (tmp_path / "2025" / "a.txt").write_text(TEXT, encoding="utf-8")
    assert len(read(tmp_path / "20*")[0]) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "pipe" in read(tmp_path / "a.txt")[1]["a.txt"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_reported(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert set(read(tmp_path)[1]) == {"closed", "a.txt"}
    (tmp_path / "closed").chmod(0o700)


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text,text,id\n{TEXT},b,c\n", encoding="utf-8")
    articles, failed = read(tmp_path / "a.csv")
    assert not articles and "two columns are named 'text'" in failed["a.csv:1"]


def test_a_date_that_the_text_mentions_is_not_that_of_the_page(tmp_path: Path) -> None:
    body = f"<p>{TEXT}</p><p>Pada 3 Maret 2024 harganya masih murah, kata mereka lagi.</p>"
    (tmp_path / "a.html").write_text(f"<html><body><article>{body}</article></body></html>", encoding="utf-8")
    time = '<time datetime="2025-06-05T08:00:00+07:00">5 Juni</time>'
    (tmp_path / "b.html").write_text(f"<html><body><article>{time}{body}<p>Lagi.</p></article></body></html>")
    articles, _ = read(tmp_path)
    assert [article.date for article in articles] == [None, dt.date(2025, 6, 5)]


def test_a_page_of_a_hundred_thousand_layers(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * 100_000 + TEXT + "</div>" * 100_000, encoding="utf-8")
    articles, failed = read(tmp_path / "a.html")
    assert articles or "no article text" in failed["a.html"]


def test_a_page_whose_entities_grow_without_end(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    body = f"<html><body><article><p>&e9; {TEXT}</p></article></body></html>"
    page = f'<!DOCTYPE html [<!ENTITY e0 "aaaaaaaaaa">{entities}]>{body}'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    articles, _ = read(tmp_path / "a.html")
    assert all(len(article.text) < 10_000 for article in articles)


def test_a_date_of_thousands_of_digits(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT, "date": "1" * 5000}), encoding="utf-8")
    articles, _ = read(tmp_path / "a.jsonl")
    assert len(articles) == 1
