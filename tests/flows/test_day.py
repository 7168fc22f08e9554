"""One whole congress day in each language, as ``congress demo --headless`` walks it."""

import json
import mmap
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy import inspect as inspect_database

from congress.app import OpenCongress, open_congress
from congress.demo import portraits
from congress.demo.day import walk
from congress.demo.sample import PASSPHRASE
from congress.docs.packs.container import read_manifest
from congress.i18n.translator import Translator
from congress.kernel.canonical import encode_bytes
from congress.kernel.errors import InputError
from congress.verifier.inspection import inspect
from congress.voting.ledger import EntryType
from congress.voting.slip_store import slip_opinion
from congress.voting.trustees import sharefile

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(portraits.cached() is None, reason="`congress setup` was not run"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def open_sample(out: Path) -> OpenCongress:
    return open_congress(out / "sample-ur", PASSPHRASE, name="secretariat")


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


def test_every_poll_ends_in_a_certified_result_that_balances(
    day: tuple[Path, dict[str, Any]],
) -> None:
    present = day[1]["counts"]["present"]
    assert [(each["outcome"], each["cast"]) for each in day[1]["verdicts"]] == [
        ("carried", present),
        ("tied", present),
        ("filled", present),
        ("filled", 12),
    ]
    for verdict in day[1]["verdicts"]:
        assert verdict["certified"]
        assert verdict["balanced"]
        assert verdict["entitled"] == verdict["cast"]


def test_the_election_has_fifteen_names_for_ten_seats_and_two_in_its_second_round(
    day: tuple[Path, dict[str, Any]],
) -> None:
    with open_sample(day[0]) as congress:
        plans = {poll.number: poll.plan for poll in congress.booth.polls()}
    lists = [(len(plan.contests[0].candidates), plan.contests[0].seats) for plan in plans.values()]
    assert sorted(lists) == [(0, 0), (2, 1), (5, 3), (15, 10)]
    assert max(plan.round for plan in plans.values()) == 2


def test_slips_are_accounted_for_and_what_was_in_doubt_was_read_by_two(
    day: tuple[Path, dict[str, Any]],
) -> None:
    counts = day[1]["counts"]
    doubtful = counts["slips_doubtful"]
    assert 1 <= doubtful < counts["slips_counted"]
    assert {name: counts[name] for name in counts if name.startswith("slips")} == {
        "slips_issued": 14,
        "slips_spoiled": 1,
        "slips_counted": 12,
        "slips_unused": 1,
        "slips_doubtful": doubtful,
        "slips_checked": 3,
    }
    with open_sample(day[0]) as congress, congress.vault.congress.reading() as connection:
        readers = connection.execute(
            select(slip_opinion.c.reader, func.count()).group_by(slip_opinion.c.reader)
        ).all()
    assert dict(map(tuple, readers)) == {
        "scanner": 12,
        "first": doubtful,
        "second": doubtful,
        "check": 3,
    }


def test_every_bundle_is_verified_by_the_verifier_alone(
    day: tuple[Path, dict[str, Any]],
) -> None:
    out, summary = day
    verified = summary["verified"]
    assert [each["poll"] for each in verified] == [1, 2, 4, 3]
    assert all(each["holds"] for each in verified)
    election = verified[1]
    assert election["ballots"] == summary["counts"]["present"]
    assert election["checks"]["trustees"] == summary["trustees"] == 3
    assert election["checks"]["challenges"] == 1
    assert election["checks"]["partials"] == 2
    assert verified[3]["checks"]["paper"] >= 1
    for each in verified:
        bundle = out / "bundles-ur" / f"poll-{each['poll']}.zip"
        assert inspect(bundle, processes=1).holds
        said = bundle.with_suffix(".ur.txt").read_text(encoding="utf-8")
        assert Translator("ur")("verify.check.ledger") in said


def test_a_bundle_of_the_day_with_one_vote_changed_is_refused(
    day: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    data = bytearray((day[0] / "bundles-ur" / "poll-2.zip").read_bytes())
    data[data.index(b'"type":"ballot"') + 200] ^= 1
    (tmp_path / "changed.zip").write_bytes(data)
    assert not inspect(tmp_path / "changed.zip", processes=1).holds


def test_no_share_and_no_plain_ballot_lies_in_the_vault(day: tuple[Path, dict[str, Any]]) -> None:
    shares = []
    for number, path in enumerate(sorted((day[0] / "trustees-ur").iterdir()), start=1):
        assert path.suffix == ".pctrustee"
        for at in range(1, 4):
            with suppress(InputError):
                holder, _ = sharefile.unseal(path.read_bytes(), f"trustee {at} of three")
                shares.append(holder.ready.share)
        assert len(shares) == number
    forms = [form for share in shares for form in _written(share)]
    with open_sample(day[0]) as congress, congress.vault.congress.reading() as connection:
        tables = inspect_database(connection).get_table_names()
        stored = {
            name: connection.exec_driver_sql(f'SELECT * FROM "{name}"').all() for name in tables
        }
        (election,) = (poll for poll in congress.booth.polls() if poll.number == 2)
        whole = congress.booth.whole_ledger(election.id)
    values = [_bytes(value) for rows in stored.values() for row in rows for value in row]
    assert len(values) > 1000
    assert not [form for form in forms for value in values if form in value]
    kinds = Counter(entry.type for entry in whole)
    assert kinds[EntryType.CHALLENGE] == 1
    for entry in whole:
        if entry.type is EntryType.BALLOT:
            payload: Any = entry.payload
            assert set(payload) == {"ballot"}


def _written(share: int) -> tuple[bytes, ...]:
    raw = share.to_bytes(32, "big")
    return raw, raw.hex().encode(), raw.hex().upper().encode(), encode_bytes(raw).encode()


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


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
        "trustees-none",
        "ceremony-passphrase",
        "ceremony-file",
        "ceremony-kept",
        "ceremony-paper",
        "trustees-board",
        "panel-election-ballot",
        "panel-election-audit",
        "panel-election-opened",
        "panel-election-sealed",
        "panel-election-receipt",
        "decrypt-turn",
        "decrypt-checked",
        "decrypt-enough",
        "poll-tie",
        "poll-second-round",
        "slips-handed-out",
        "slips-doubtful",
        "slips-second-reader",
        "slips-check",
        "slips-count",
        "result-on-paper",
        "bundle-verified",
        "result-election-receipt",
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
