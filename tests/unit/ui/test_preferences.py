"""Preferences survive a restart, and a damaged file costs nothing."""

from pathlib import Path

import pytest

from congress.ui.preferences import Preferences, load, save
from congress.ui.theme.tokens import Mode


def test_round_trip(tmp_path: Path) -> None:
    chosen = Preferences(
        "ur", Mode.DARK, 1.3, motion=False, urdu_digits=True, contrast=True, panel_seconds=300
    )
    save(tmp_path / "new" / "preferences.json", chosen)
    assert load(tmp_path / "new" / "preferences.json") == chosen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"lang": "xx", "mode": "pink", "text_scale": 9}',
        '{"lang": 3, "mode": []}',
        '{"panel_seconds": 0}',
    ],
)
def test_what_is_unknown_is_the_default(tmp_path: Path, text: str) -> None:
    path = tmp_path / "preferences.json"
    path.write_text(text, encoding="utf-8")
    assert load(path) == Preferences()


def test_a_missing_file_is_the_default(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Preferences()


def test_other_mode() -> None:
    assert Preferences().other_mode().mode is Mode.DARK
    assert Preferences().other_mode().other_mode() == Preferences()
