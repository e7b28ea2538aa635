import uuid
from pathlib import Path

import pytest

from graphkit import ReadReport, build, read_articles
from graphkit.storage import LocalStorage, MemoryStorage, Storage, StorageError, is_url, open_storage
from tests.extraction.fakes import FakeReader

fsspec = pytest.importorskip("fsspec")


@pytest.fixture(params=["local", "url", "memory", "file"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "memory":
        return MemoryStorage()
    places = {"local": tmp_path / "a b", "url": f"memory://{uuid.uuid4()}/g", "file": f"file://{tmp_path}/f"}
    return open_storage(places[request.param])


def test_files_are_written_replaced_listed_and_deleted(storage: Storage) -> None:
    assert storage.names() == []
    storage.write("b.txt", b"1")
    storage.write("a.txt", b"2")
    storage.write("b.txt", b"3")
    assert storage.names() == ["a.txt", "b.txt"] and storage.read("b.txt") == b"3"
    storage.delete("b.txt")
    storage.delete("b.txt")
    assert storage.names() == ["a.txt"]
    with pytest.raises(FileNotFoundError):
        storage.read("b.txt")


def test_half_a_file_is_no_file(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    (tmp_path / ".a.txt.x.part").write_bytes(b"half")
    assert storage.names() == []
    storage.sweep()
    assert not list(tmp_path.iterdir())


def test_an_unknown_protocol_is_named() -> None:
    with pytest.raises(StorageError, match="nowhere://x"):
        open_storage("nowhere://x")
    assert is_url("s3://a/b") and not is_url("/a/b") and not is_url("C:\\a")


def test_inputs_and_graph_on_another_file_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphkit.extraction.spread.ArticleReader", FakeReader)
    place = f"memory://{uuid.uuid4()}"
    files = fsspec.filesystem("memory")
    for name, text in (("a.txt", "Rusia | visited | China"), ("sub/b.txt", "China | visited | Rusia")):
        files.pipe_file(f"{place}/in/{name}", text.encode())
    report = ReadReport()
    for _ in range(2):
        graph = build([f"{place}/in"], folder=f"{place}/g", language="id", report=report)
        graph.save(f"{place}/g")
    assert graph.counts == (2, 2, 2) and report.exit_code == 0
    assert files.cat_file(f"{place}/g/statements.jsonl").count(b"\n") == 2
    (only,) = read_articles([f"{place}/in/*.txt"], ReadReport())
    assert only.id == "a" and only.source.endswith("in/a.txt")
    missing = ReadReport()
    assert (
        list(read_articles([f"{place}/none.txt", "nowhere://x/y.txt"], missing)) == [] and missing.count("failed") == 2
    )
