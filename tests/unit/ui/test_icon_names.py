"""Every icon that the source names exists in the set."""

import ast
import json
from importlib.resources import files
from pathlib import Path

import pytest

UI = Path(__file__).parents[3] / "congress" / "ui"
CHARMAP = files("qtawesome") / "fonts" / "phosphor-charmap-1.3.0.json"
TAKERS = frozenset({"icon", "pixmap", "set_icon"})


def _text(node: ast.AST) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _named(tree: ast.AST) -> set[str]:
    """Return the constants given as icons: arguments, class attributes, tables of icons."""
    found: set[str | None] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]) if name in TAKERS:
                found.add(_text(first))
            case ast.keyword(arg="icon", value=value):
                found.add(_text(value))
            case ast.Assign(targets=[ast.Name(id="icon")], value=value):
                found.add(_text(value))
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)) if (
                "ICON" in name
            ):
                found.update(map(_text, values))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)) if (
                "ICON" in name
            ):
                found.update(map(_text, values))
    return {name for name in found if name}


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.stem)
def test_named_icons_exist(path: Path) -> None:
    known = json.loads(CHARMAP.read_text(encoding="utf-8"))
    named = _named(ast.parse(path.read_text(encoding="utf-8")))
    assert not named - known.keys()


def test_the_search_finds_names() -> None:
    found = _named(ast.parse((UI / "widgets" / "chip.py").read_text(encoding="utf-8")))
    assert {"check-circle", "warning"} <= found
