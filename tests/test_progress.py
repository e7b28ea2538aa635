import io

import pytest

from graphkit.progress import Lines, progress_bar, silent


def test_lines_show_articles_rate_and_time_left() -> None:
    now = iter([0.0, 5.0, 20.0, 21.0, 40.0])
    file = io.StringIO()
    lines = Lines(2_000, file, every=10.0, clock=lambda: next(now))
    for count in (100, 300, 100, 1_500):
        lines.advance(count)
    assert file.getvalue().splitlines() == [
        "400 of 2,000 articles, 20.0 a second, 01:20 left",
        "2,000 of 2,000 articles, 50.0 a second, 00:00 left",
    ]


def test_where_standard_error_is_piped_lines_come(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(2) as advance:
        advance(1)
        advance(1)
    assert capsys.readouterr().err.startswith("2 of 2 articles")
    with progress_bar(0) as advance, silent(3) as quiet:
        quiet(3)
    assert not capsys.readouterr().err


def test_a_terminal_shows_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with progress_bar(10) as advance:
        advance(10)
    shown = capsys.readouterr().err
    assert "10/10" in shown and "articles/s" in shown
