"""A graph folder that grows: the same bytes whatever the way, and nothing lost at any moment."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from graphkit import ReadReport, build
from graphkit.extraction import Execution, spread
from graphkit.growth import FolderInUseError, graph_folder
from graphkit.storage import LocalStorage
from tests.extraction.fakes import FakeReader

NAMES = ("statements.jsonl", "graph.ttl", "graph.html", "graph.graphml")
TEXTS = {
    "satu": "Budi Santoso | member_of | Org Kopi\nRusia | trade_partner | China | 245 | 2024",
    "dua": "Budi Santoso | met_with | Org Kopi\nChina | trade_partner | Rusia | 244 | 2024",
    "tiga": "Sri Ayu | visited | Rusia\nRusia | trade_partner | China",
    "empat": "Budi Santoso | visited | China",
    "lima": "Sri Ayu | visited | China\nChina | supplies | Rusia | 3",
}


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reads articles by `FakeReader`, and notes which."""
    read: list[str] = []

    class Noted(FakeReader):
        def read(self, article):
            read.append(article.id)
            return super().read(article)

    monkeypatch.setattr(spread, "ArticleReader", Noted)
    return read


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def grow(folder: Path, *paths: Path, **options: object) -> ReadReport:
    report = ReadReport()
    build(paths, folder=folder, language="id", report=report, **options).save(folder)
    return report


def outputs(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in NAMES if (folder / name).exists()}


def test_a_plain_build_adds_one_folder_to_the_four_files(inputs: Path, tmp_path: Path) -> None:
    grow(tmp_path / "g", inputs)
    assert {path.name for path in (tmp_path / "g").iterdir()} == {*NAMES, "articles"}


@pytest.mark.parametrize("seed", range(3))
def test_any_order_gives_the_bytes_of_one_build(seed: int, inputs: Path, tmp_path: Path, fake: list[str]) -> None:
    grow(tmp_path / "once", inputs)
    fake.clear()
    paths = sorted(inputs.iterdir())
    random.Random(seed).shuffle(paths)
    for path in paths:
        grow(tmp_path / "grown", path)
    assert fake == [path.stem for path in paths]
    assert outputs(tmp_path / "grown") == outputs(tmp_path / "once")
    assert len(outputs(tmp_path / "once")) == 4


def test_only_what_changed_is_read_again(inputs: Path, tmp_path: Path, fake: list[str]) -> None:
    grow(tmp_path / "g", inputs)
    fake.clear()
    (inputs / "dua.txt").write_text("Budi Santoso | met_with | Org Teh", encoding="utf-8")
    grow(tmp_path / "g", inputs)
    assert fake == ["dua"]
    grow(tmp_path / "fresh", inputs)
    assert outputs(tmp_path / "g") == outputs(tmp_path / "fresh")
    assert b"org-kopi" in outputs(tmp_path / "g")["graph.ttl"]


def test_another_version_reads_all_again(
    inputs: Path, tmp_path: Path, fake: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(tmp_path / "g", inputs)
    fake.clear()
    monkeypatch.setattr("graphkit.growth.configuration_version", lambda given: "newer")
    grow(tmp_path / "g")
    assert sorted(fake) == sorted(TEXTS)


def test_own_entities_are_another_configuration(inputs: Path, tmp_path: Path, fake: list[str]) -> None:
    grow(tmp_path / "g", inputs)
    fake.clear()
    (tmp_path / "mine.jsonl").write_text('{"name": "Org Kopi", "type": "Organization"}', encoding="utf-8")
    grow(tmp_path / "g", inputs, entities=[tmp_path / "mine.jsonl"])
    assert len(fake) == len(TEXTS)


@pytest.mark.parametrize("name", ["dua", "in/dua.txt"])
def test_remove_forgets_all_that_only_it_supported(name: str, inputs: Path, tmp_path: Path) -> None:
    grow(tmp_path / "g", inputs)
    report = grow(tmp_path / "g", remove=[str(tmp_path / name) if "/" in name else name])
    assert report.exit_code == 0 and report.count("removed") == 1
    (inputs / "dua.txt").unlink()
    grow(tmp_path / "fresh", inputs)
    assert outputs(tmp_path / "g") == outputs(tmp_path / "fresh")
    kept = b"".join(path.read_bytes() for path in (tmp_path / "g" / "articles").glob("*.json"))
    assert b"dua" not in kept


def test_what_was_fused_is_reported(inputs: Path, tmp_path: Path) -> None:
    grow(tmp_path / "g", inputs)
    lines = (tmp_path / "g" / "articles" / "fused.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["because"] for line in lines] == [["organization/org-kopi"]]


def test_removing_what_is_not_there_is_said(inputs: Path, tmp_path: Path) -> None:
    grow(tmp_path / "g", inputs)
    report = grow(tmp_path / "g", remove=["tujuh"])
    assert [entry.source for entry in report.entries if entry.outcome == "failed"] == ["tujuh"]


def test_rebuild_starts_over(inputs: Path, tmp_path: Path, fake: list[str]) -> None:
    grow(tmp_path / "g", inputs)
    fake.clear()
    grow(tmp_path / "g", inputs / "satu.txt", rebuild=True)
    assert fake == ["satu"]
    grow(tmp_path / "fresh", inputs / "satu.txt")
    assert outputs(tmp_path / "g") == outputs(tmp_path / "fresh")


def test_one_text_is_one_article_and_one_id_two_in_any_order(inputs: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "satu.txt").write_text("Sri Ayu | supplies | Rusia", encoding="utf-8")
    (other / "tujuh.txt").write_text(TEXTS["tiga"], encoding="utf-8")
    report = grow(tmp_path / "once", inputs, other)
    assert report.count("skipped") == 1 and report.count("warning") == 1
    for path in (other / "tujuh.txt", other / "satu.txt", inputs):
        grow(tmp_path / "grown", path)
    assert outputs(tmp_path / "grown") == outputs(tmp_path / "once")


def test_records_of_a_file_that_is_given_again_are_replaced_by_id(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"

    def write(**texts: str) -> None:
        path.write_text("".join(json.dumps({"id": id_, "text": text}) + "\n" for id_, text in texts.items()))

    write(a=TEXTS["satu"], b=TEXTS["dua"])
    grow(tmp_path / "g", path)
    write(b=TEXTS["tiga"], c=TEXTS["empat"])
    grow(tmp_path / "g", path)
    write(a=TEXTS["satu"], b=TEXTS["tiga"], c=TEXTS["empat"])
    grow(tmp_path / "fresh", path)
    assert outputs(tmp_path / "g") == outputs(tmp_path / "fresh")


def test_many_small_builds_leave_few_files(tmp_path: Path) -> None:
    for number in range(40):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"Rusia | visited | China | {number}", encoding="utf-8")
        build([path], folder=tmp_path / "g", language="id")
    assert len(list((tmp_path / "g" / "articles").iterdir())) < 80


def test_what_memory_does_not_hold_is_merged_on_disk(inputs: Path, tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    folder = tmp_path / "g"
    grow(folder, inputs)
    large = build([inputs], folder=folder, language="id", memory=0)
    memory = build([inputs], language="id")
    assert large.counts == memory.counts
    assert {path.name for path in folder.iterdir()} == {"articles", "tables", "quads", "graph.html"}
    assert (folder / "articles" / "fused.jsonl").read_text().count("\n") == len(memory.fusions)
    grow(folder, inputs)
    assert {path.name for path in folder.iterdir()} == {*NAMES, "articles"}


class _Killed(BaseException):
    pass


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends the run before its n-th change of the folder, as SIGKILL would; half a file is left."""
    left = iter(range(step, -1, -1))
    write, delete = LocalStorage.write, LocalStorage.delete

    def dying_write(self: LocalStorage, name: str, data: bytes) -> None:
        if next(left, 0) == 0:
            (Path(self.location) / f".{name}.x.part").write_bytes(data[: len(data) // 2])
            raise _Killed
        write(self, name, data)

    def dying_delete(self: LocalStorage, name: str) -> None:
        if next(left, 0) == 0:
            raise _Killed
        delete(self, name)

    monkeypatch.setattr(LocalStorage, "write", dying_write)
    monkeypatch.setattr(LocalStorage, "delete", dying_delete)


def lives(run: Callable[[], object], step: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    with monkeypatch.context() as patch:
        killed_at(step, patch)
        try:
            run()
        except _Killed:
            return False
    return True


def test_a_build_that_is_killed_anywhere_leaves_a_valid_folder_and_resumes(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "_SMALLEST_TASK", 1)
    before, goal = tmp_path / "before", tmp_path / "goal"
    grow(before, inputs / "satu.txt", inputs / "dua.txt", inputs / "tiga.txt")
    (inputs / "dua.txt").write_text("Budi Santoso | met_with | Org Teh", encoding="utf-8")
    shutil.copytree(before, goal)
    grow(goal, inputs, remove=["satu"])
    assert outputs(goal) != outputs(before)
    folder = tmp_path / "g"
    steps = 0
    shutil.copytree(before, folder)
    while not lives(lambda: grow(folder, inputs, remove=["satu"]), steps, monkeypatch):
        steps += 1
        # What was there can be read as if nothing had happened, and the next build does all of it.
        assert outputs(folder) == outputs(before)
        shutil.copytree(folder, tmp_path / "resumed")
        grow(tmp_path / "resumed", inputs, remove=["satu"])
        assert outputs(tmp_path / "resumed") == outputs(goal)
        shutil.rmtree(tmp_path / "resumed")
        shutil.rmtree(folder)
        shutil.copytree(before, folder)
    assert steps > 15


def test_what_a_killed_build_has_read_is_not_read_again(
    inputs: Path, tmp_path: Path, fake: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spread, "_SMALLEST_TASK", 1)
    with monkeypatch.context() as patch:
        # Articles and manifest are five writes; each result is two.
        killed_at(9, patch)
        with pytest.raises(_Killed):
            grow(tmp_path / "g", inputs)
    done = list(fake)
    fake.clear()
    grow(tmp_path / "g")
    assert len(done) > 1 and len(done) + len(fake) <= len(TEXTS) + 1


def test_two_builds_at_once_are_refused(inputs: Path, tmp_path: Path) -> None:
    with graph_folder(tmp_path / "g", Execution()), pytest.raises(FolderInUseError, match="another build"):
        grow(tmp_path / "g", inputs)


def test_a_folder_of_another_version_is_named(inputs: Path, tmp_path: Path) -> None:
    grow(tmp_path / "g", inputs)
    (tmp_path / "g" / "articles" / "manifest.json").write_text('{"format": 99}')
    with pytest.raises(ValueError, match="another version"):
        grow(tmp_path / "g", inputs)


def test_nothing_is_left_where_nothing_was_built(tmp_path: Path) -> None:
    assert grow_nothing(tmp_path) == 2
    assert not (tmp_path / "g").exists()


def grow_nothing(folder: Path) -> int:
    report = ReadReport()
    build([folder / "missing.txt"], folder=folder / "g", report=report)
    return report.exit_code
