"""What a user installs: data files, entry points, and texts that agree with one another."""

import importlib
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from graphkit.samples import sample_paths

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
DEMO_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/graphkit demo"
NOT_DATA = frozenset({".py", ".pyc"})

# One pattern a kind of data; the folders of a part may be arranged as it likes.
DATA = (
    "schema/relations.toml",
    "knowledge/**/organizations.jsonl",
    "knowledge/**/people.jsonl",
    "qualifiers/id.toml",
    "articles/clean_id.toml",
    "mentions/id.toml",
    "statements/frames/id/*.toml",
    "language/id/model/meta.json",
    "language/id/model/config.cfg",
    "language/id/**/LICENSE*",
    "rdf/**/*.ttl",
    "rdf/**/*.rq",
    "html/**/*.j2",
    "samples/articles.jsonl",
    "samples/kunjungan.html",
    "samples/panggilan.txt",
)
ENTRY_POINTS = {**PROJECT["scripts"], **PROJECT["entry-points"]["spacy_factories"]}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("pattern", DATA)
def test_data_files_are_in_the_package(pattern: str) -> None:
    found = sorted(Path(str(files("graphkit"))).glob(pattern))
    assert found and all(path.stat().st_size for path in found)


def test_the_wheel_has_every_data_file() -> None:
    # hatchling leaves out what .gitignore names, so a file can be here and not in the wheel.
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling is not installed")
    shipped = {Path(file.path) for file in wheel.WheelBuilder(str(ROOT)).recurse_included_files()}
    files_here = (path for path in (ROOT / "graphkit").rglob("*") if path.is_file())
    missing = sorted(str(path) for path in files_here if path.suffix not in NOT_DATA and path not in shipped)
    assert not missing


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_entry_points_resolve(name: str) -> None:
    module, _, attribute = ENTRY_POINTS[name].partition(":")
    assert callable(getattr(importlib.import_module(module), attribute))


def test_changelog_names_the_version() -> None:
    newest = re.search(r"^## \[(?P<version>[^]]+)\]", read("CHANGELOG.md"), flags=re.MULTILINE)
    assert newest is not None and newest["version"] == PROJECT["version"]


def test_licence_is_the_declared_one() -> None:
    text = read("LICENSE")
    assert text.startswith("MIT License") and PROJECT["license"] == "MIT"
    # The weights are under another licence; whoever redistributes them must be told.
    assert "CC BY-SA 4.0" in text


@pytest.mark.parametrize("name", ["README.md", ".ci/run", "CONTRIBUTING.md"])
def test_one_test_command_for_newcomers_and_ci(name: str) -> None:
    assert TEST_COMMAND in read(name).splitlines()


def test_readme_has_the_demo_command() -> None:
    assert DEMO_COMMAND in read("README.md").splitlines()


def test_samples_are_found_in_every_kind() -> None:
    paths = sample_paths()
    assert [path.suffix for path in paths] == [".jsonl", ".html", ".txt"]
    assert paths == sorted(paths)
