"""One whole congress day in each language, as ``congress demo --headless`` walks it."""

import json
import mmap
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from congress.demo import portraits
from congress.demo.day import walk

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(portraits.cached() is None, reason="`congress setup` was not run"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A day in Urdu: the language in which the most can go wrong."""
    out = tmp_path_factory.mktemp("day")
    return out, walk(out, "ur", say=lambda _: None)


def test_the_summary_is_kept_beside_the_results(day: tuple[Path, dict[str, Any]]) -> None:
    out, summary = day
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == summary


def test_the_camera_registers_everyone_who_comes_and_nobody_else(
    day: tuple[Path, dict[str, Any]],
) -> None:
    counts = day[1]["counts"]
    assert counts["registered_by_camera"] == 25
    assert counts["decided_by_the_operator"] == 1
    assert counts["present"] >= counts["needed_for_quorum"]


def test_both_polls_end_in_a_certified_result_that_balances(
    day: tuple[Path, dict[str, Any]],
) -> None:
    for verdict in day[1]["verdicts"]:
        assert verdict["certified"]
        assert verdict["balanced"]
        assert verdict["cast"] == verdict["entitled"] == day[1]["counts"]["present"]


def test_no_secret_or_restricted_paper_reaches_the_delegate(
    day: tuple[Path, dict[str, Any]],
) -> None:
    assert day[1]["delegate"]["secret_or_restricted"] == 0
    assert day[1]["delegate"]["papers"] == day[1]["counts"]["papers"] - 2


def test_every_screen_has_its_picture(day: tuple[Path, dict[str, Any]]) -> None:
    out, summary = day
    names = {name.split("-", 1)[1].removesuffix(".png") for name in summary["screens"]}
    assert {
        "welcome",
        "home",
        "people",
        "library",
        "reader",
        "rollcall",
        "rollcall-uncertain",
        "panel-election-ballot",
        "chair",
        "result-election",
        "settings",
        "sign-in",
    } <= names
    assert all((out / "screens-ur" / name).stat().st_size > 4000 for name in summary["screens"])


def test_the_exports_open_and_read_from_the_right(day: tuple[Path, dict[str, Any]]) -> None:
    folder = day[0] / "exports-ur"
    workbook = load_workbook(folder / "attendance.ur.xlsx")
    assert all(sheet.sheet_view.rightToLeft for sheet in workbook.worksheets)
    for lang in ("en", "vi", "ur"):
        for kind in ("attendance", "results", "minutes"):
            assert (folder / f"{kind}.{lang}.pdf").read_bytes().startswith(b"%PDF")
            json.loads((folder / f"{kind}.{lang}.json").read_text(encoding="utf-8"))


def test_nothing_readable_lies_in_the_vault(day: tuple[Path, dict[str, Any]]) -> None:
    vault = day[0] / "sample-ur"
    needles = [
        text.encode(encoding)
        for text in (
            "Einstein",
            "Nguyễn Thị Minh Châu",
            "عائشہ صدیقی",
            "instruments",
            "S23",
            "قرارداد",
        )
        for encoding in ("utf-8", "utf-16-le")
        if len(text) > 3
    ]
    needles += [b"%PDF-", b"word/document.xml", b"JFIF", b"SQLite format 3"]
    files = [path for path in vault.rglob("*") if path.is_file() and path.stat().st_size]
    assert len(files) > 10
    for path in files:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            assert not [needle for needle in needles if data.find(needle) >= 0], path.name
