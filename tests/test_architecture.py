"""The shape of the package: who imports whom, what an ``__init__`` holds, how long a file gets."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "graphkit"
FILES = sorted(PACKAGE.rglob("*.py"))
MAX_LINES = 500

# Parts may import from earlier lines; those of one line know nothing of one another, except in the base.
BASE = frozenset({"model", "text", "schema", "knowledge", "qualifiers", "samples", "storage", "profile", "progress"})
LAYERS = (
    BASE,
    {"articles"},
    {"language"},
    {"mentions"},
    {"statements"},
    {"linking"},
    {"collection"},
    {"extraction"},
    {"graph"},
    {"rdf", "html", "tables", "evaluation"},
    {"large", "serve"},
    {"growth"},
    {"knowledge_graph"},
    {"build", "explain"},
    {"cli"},
)
RANKS = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
TRAINING = "training"
# It trains the parts up to the statements, and nothing imports it.
TRAINED = BASE | {"articles", "language", "mentions", "statements"}
ROOT = ""


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def part_of(path: Path) -> str:
    """The part a file belongs to; "" for the package's own ``__init__`` and ``__main__``."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return ROOT if first in {"__init__", "__main__"} else first


def imported_modules(tree: ast.AST, path: Path) -> Iterator[tuple[str, int]]:
    """Dotted names below ``graphkit`` that a file imports, anywhere in it, with the line."""
    package = ("graphkit", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*above, *([node.module] if node.module else [])))
            # "from graphkit import rdf" names a part in the alias.
            names = [f"{base}.{alias.name}" for alias in node.names] if base == "graphkit" else [base]
        else:
            continue
        for name in names:
            if name == "graphkit" or name.startswith("graphkit."):
                yield name.removeprefix("graphkit").removeprefix("."), node.lineno


def is_allowed(part: str, target: str) -> bool:
    if part in (ROOT, target):
        return True
    if part == TRAINING:
        return target in TRAINED
    if target not in RANKS:
        return False
    return RANKS[target] < RANKS[part] or (part in BASE and target in BASE)


def imported_parts(path: Path) -> Iterator[tuple[str, int]]:
    for module, line in imported_modules(ast.parse(path.read_text(encoding="utf-8")), path):
        yield module.split(".")[0], line


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_point_backwards(path: Path) -> None:
    part = part_of(path)
    assert part in {*RANKS, TRAINING, ROOT}, f"give the part {part!r} a place in LAYERS"
    forward = [(line, target) for target, line in imported_parts(path) if not is_allowed(part, target)]
    assert not forward, f"{name_of(path)} may not import these parts (line, part): {forward}"


def test_the_base_has_no_circles() -> None:
    imports: dict[str, set[str]] = {part: set() for part in BASE}
    for path in FILES:
        part = part_of(path)
        if part in BASE:
            imports[part] |= {target for target, _ in imported_parts(path)} - {part}
    TopologicalSorter(imports).prepare()


def is_public_name_only(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    return isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["__all__"]


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "__init__.py"], ids=name_of)
def test_init_files_only_hand_out_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    strange = [f"line {node.lineno}" for node in body if not is_public_name_only(node)]
    assert not strange, f"{name_of(path)} may hold a docstring, imports and __all__ only"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_printed(path: Path) -> None:
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    lines = [call.lineno for call in calls if ast.unparse(call.func) == "print"]
    assert not lines, f"{name_of(path)} prints in lines {lines}; use logging"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize(
    ("part", "source", "allowed"),
    [
        ("mentions", "from graphkit.statements.view import DocView", False),
        ("mentions", "def late() -> None:\n    import graphkit.graph", False),
        ("rdf", "from graphkit.html import write_html", False),
        ("rdf", "from graphkit import cli", False),
        ("rdf", "from .. import cli", False),
        ("training", "from graphkit.graph import merge", False),
        ("statements", "from graphkit.training import relations", False),
        ("language", "from graphkit.training import loop", False),
        ("rdf", "from graphkit.graph import merge", True),
        ("rdf", "from .names import iri", True),
        ("training", "from graphkit.language.tokenizer import make", True),
        ("training", "from graphkit.statements.view import DocView", True),
        ("cli", "import networkx as nx", True),
    ],
)
def test_the_import_rule_itself(part: str, source: str, allowed: bool) -> None:
    found = imported_modules(ast.parse(source), PACKAGE / part / "file.py")
    assert all(is_allowed(part, module.split(".")[0]) for module, _ in found) is allowed
