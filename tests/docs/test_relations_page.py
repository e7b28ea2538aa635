"""docs/relations.md is what the schema and the code say, and its example works; rewrite its tables with
``python -m tests.docs.test_relations_page``."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from graphkit.cli import app
from graphkit.cli.relations import types_text
from graphkit.schema import Relation, relations
from graphkit.statements import slots, texts

PAGE = Path(__file__).parents[2] / "docs" / "relations.md"


def row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def relation_row(relation: Relation) -> str:
    arrow = "↔" if relation.symmetric else "→"
    arguments = f"{types_text(relation.subject_types)} {arrow} {types_text(relation.object_types)}"
    qualifiers = ", ".join(f"{name}*" if name in relation.identity else name for name in relation.qualifiers)
    labels = f"{relation.labels['en']} · {relation.labels['id']}"
    return row(f"`{relation.name}`", labels, arguments, qualifiers, relation.broader, relation.wikidata or "")


def table_of(docstring: str) -> str:
    """The table of a module's docstring as Markdown."""
    lines = docstring.splitlines()
    first, last = (number for number, line in enumerate(lines) if line.startswith("===="))
    found = [(re.sub("`+", "`", line[:16].strip()), line[16:].strip()) for line in lines[first + 1 : last]]
    return "\n".join([row("name", "what it gives"), row("---", "---"), *(row(*cells) for cells in found)])


def tables() -> dict[str, str]:
    names = ("relation", "label", "subject, object", "qualifiers", "family", "Wikidata")
    head = [row(*names), row(*("---" for _ in names))]
    return {
        "relations": "\n".join([*head, *map(relation_row, relations().values())]),
        "slots": table_of(str(slots.__doc__)),
        "sources": table_of(str(texts.__doc__)),
    }


def rewritten(page: str) -> str:
    for name, table in tables().items():
        parts = re.split(rf"(<!-- /?{name} -->)", page)
        page = "".join([*parts[:2], f"\n{table}\n", *parts[3:]])
    return page


def own_toml() -> str:
    found = re.search(r"<!-- own\.toml -->\n```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found is not None
    return found[1]


def test_the_tables_are_current() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == rewritten(page), "run python -m tests.docs.test_relations_page"


def test_every_slot_and_source_is_told() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in (*slots._SLOTS, *texts._SOURCES):
        assert f"| `{name}` |" in page
    for name in re.findall(r"^\| `([a-z_]+)(?::[^`]*)?` \|", page.partition("### Slots")[2], flags=re.MULTILINE):
        assert slots.is_slot(name) or texts.is_source(name) or name in {"prep", "words"}


def test_the_example_passes_its_own_check(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(own_toml(), encoding="utf-8")
    result = CliRunner().invoke(app, ["relations", "--frames", str(tmp_path / "own.toml"), "--check"])
    assert result.exit_code == 0 and "3 of 3 examples" in result.output


if __name__ == "__main__":
    PAGE.write_text(rewritten(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
