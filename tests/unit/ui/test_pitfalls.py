"""Mistakes of Qt programs that cost us a day once are kept out by reading the source."""

import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[3] / "congress" / "ui"
SOURCES = sorted(UI.rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_signal_deletes_its_own_object(path: Path) -> None:
    """``x.finished.connect(x.deleteLater)`` frees the wrapper of PySide twice, now and then."""
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"(\w+)\.\w+\.connect\(\1\.deleteLater", text)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_thread_is_terminated(path: Path) -> None:
    assert ".terminate(" not in path.read_text(encoding="utf-8")
