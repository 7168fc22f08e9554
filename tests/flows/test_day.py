"""One whole congress day in each language, as ``congress demo --headless`` walks it."""

import json
import mmap
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from congress.demo import portraits
from congress.demo.day import walk
from congress.docs.packs.container import read_manifest

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


def test_what_was_done_with_papers_is_counted(day: tuple[Path, dict[str, Any]]) -> None:
    counts = day[1]["counts"]
    assert {name: counts[name] for name in ("papers", "versions", "amendments", "accepted")} == {
        "papers": 11,
        "versions": 15,
        "amendments": 2,
        "accepted": 2,
    }
    assert {name: counts[name] for name in ("groups", "packs", "book")} == {
        "groups": 1,
        "packs": 1,
        "book": 6,
    }
    assert day[1]["delegate"]["notes"] == 3


def test_no_secret_or_restricted_paper_reaches_the_delegate(
    day: tuple[Path, dict[str, Any]],
) -> None:
    assert day[1]["delegate"]["secret_or_restricted"] == 0
    assert day[1]["delegate"]["papers"] == day[1]["counts"]["papers"] - 2


def test_the_member_of_the_group_reads_its_paper_and_no_other(
    day: tuple[Path, dict[str, Any]],
) -> None:
    assert day[1]["group_member"]["secret_or_restricted"] == 1
    assert day[1]["group_member"]["papers"] == day[1]["counts"]["papers"] - 1


def test_no_secret_or_restricted_paper_is_in_the_pack(day: tuple[Path, dict[str, Any]]) -> None:
    out, summary = day
    assert summary["pack"] == {
        "papers": summary["counts"]["papers"] - 2,
        "sealed_files": summary["counts"]["papers"] - 2,
        "secret_or_restricted": 0,
    }
    (pack,) = (out / "packs-ur").glob("*.congresspack")
    files = {part.name for part in read_manifest(pack).parts}
    assert {name for name in files if not name.startswith("blobs/")} == {
        "vault.json",
        "congress.db",
        "public.db",
        "delegates.db",
    }


def test_the_public_book_holds_public_papers_alone(day: tuple[Path, dict[str, Any]]) -> None:
    (book,) = (day[0] / "packs-ur").rglob("*.en.epub")
    with ZipFile(book) as epub:
        text = b"".join(epub.read(name) for name in epub.namelist() if name.endswith("html"))
    assert b"A point of order concerns only the way the Congress is working" in text
    for closed in ("vouchers", "nominee has told", "travelling fund"):
        assert closed.encode() not in text


def test_the_log_of_readers_is_sound(day: tuple[Path, dict[str, Any]]) -> None:
    assert day[1]["readers"]["sound"]
    assert day[1]["readers"]["entries"] > day[1]["counts"]["versions"]


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
        "settings-policy",
        "sign-in",
        "paper-details",
        "changes",
        "amendments",
        "amendment-hall",
        "projector",
        "library-group",
        "reader-notes",
        "my-notes",
        "packs-made",
        "pack-home",
        "pack-reader",
        "public-book",
        "readers",
        "readers-trace",
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


@pytest.mark.parametrize("place", ["sample-ur", "unpacked-ur", "packs-ur"])
def test_nothing_readable_lies_in_what_is_sealed(
    day: tuple[Path, dict[str, Any]], place: str
) -> None:
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
    every = [path for path in (day[0] / place).rglob("*") if path.is_file()]
    files = [path for path in every if path.stat().st_size and path.suffix not in (".pdf", ".epub")]
    assert len(files) >= (1 if place == "packs-ur" else 10)
    for path in files:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            assert not [needle for needle in needles if data.find(needle) >= 0], path.name
