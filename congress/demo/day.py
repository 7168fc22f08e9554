"""A whole congress day by itself: the real services, the real pages, no display.

It leaves, in the folder it is given, the sample congress, the exports, the trustees' share files,
the ballot papers and their scans, the bundle of each poll with what the verifier said of it, a
pack for one delegate with its slip and the public book, a picture of each screen in the chosen
language, and ``summary.json`` with counts, times and verdicts.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest

from congress.app import OpenCongress
from congress.demo.board import hold_ceremony
from congress.demo.delegate import as_delegate, as_group_member
from congress.demo.entering import opened
from congress.demo.handing import hand_out, open_pack, see_readers
from congress.demo.onpaper import hold_on_paper
from congress.demo.paperwork import work_on_papers
from congress.demo.polling import hold_election, hold_motion
from congress.demo.sample import prepare, sample_at, sample_paper
from congress.demo.verifying import verify_all
from congress.demo.walker import Walker
from congress.i18n.translator import Translator
from congress.kernel.clock import SystemClock
from congress.kernel.settings import LANGUAGES
from congress.secretariat.exports import Format, Kind
from congress.ui import screenshots
from congress.ui.application import application, make_window
from congress.ui.inside import load_inside
from congress.ui.pages.chair import ChairPage
from congress.ui.pages.door_view import DoorView
from congress.ui.pages.exports import ExportsPage
from congress.ui.pages.hall_quorum import HallQuorumPage
from congress.ui.pages.home import HomePage
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.people import PeoplePage
from congress.ui.pages.people_import import PeopleImportPage
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.rollcall import RollCallPage
from congress.ui.pages.settings import SettingsPage
from congress.ui.pages.welcome import WelcomePage
from congress.ui.preferences import Preferences
from congress.ui.recent import RecentCongresses

BY_HAND = ("V01", "V02", "V03", "V04", "P01", "P02", "P03")
"""Delegates without a portrait who are checked in by badge number."""
BEGINS = 14, 40
"""Time of day at which the walk begins, as the programme has it."""
ARRIVALS = 9
"""How many have come when the door is pictured."""
SEARCHES = {"en": "instruments", "vi": "thiet bi", "ur": "کانگریس"}


class _Afternoon(SystemClock):
    """The machine's clock, moved to the afternoon of the sample congress."""

    def __init__(self) -> None:
        real = super().now().astimezone()
        hour, minute = BEGINS
        self._ahead = real.replace(hour=hour, minute=minute, second=0, microsecond=0) - real

    def now(self) -> datetime:
        return super().now() + self._ahead


class _Stopwatch:
    """Keeps how long each part of the day took, in seconds."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.times: dict[str, float] = {}
        self._say = say

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        self._say(f"{name} ...")
        begun = monotonic()
        yield
        self.times[name] = round(monotonic() - begun, 2)


def walk(out: Path, lang: str, *, say: Callable[[str], object] = print) -> dict[str, Any]:
    """Walk the whole day and return what ``summary.json`` holds.

    Args:
        out: Folder for the results; what an earlier walk in this language left is replaced.
        lang: ``en``, ``vi`` or ``ur``.
        say: Told what is under way.

    Raises:
        CongressError: A step failed as it would for a person.
        BugError: A page did not do what it must.
    """
    names = ("sample", "exports", "screens", "packs", "unpacked", "trustees", "paper", "bundles")
    places = [out / f"{name}-{lang}" for name in names]
    vault, exports, pictures, packs, unpacked, trustees, paper, bundles = places
    for old in places:
        shutil.rmtree(old, ignore_errors=True)
    for new in (pictures, packs):
        new.mkdir(parents=True)
    begun, watch, clock = monotonic(), _Stopwatch(say), _Afternoon()
    app = application()
    recent = RecentCongresses(QSettings(str(out / "machine.ini"), QSettings.Format.IniFormat))
    film = prepare()[1]
    window = make_window(
        app,
        sample=lambda language, progress: sample_at(
            out, language, clock=clock, progress=progress
        ).open(clock=clock),
        paper=sample_paper,
        recent=recent,
        chosen=Preferences(lang=lang, motion=False),
        clock=clock,
        source=str(film),
        packs=lambda: unpacked,
    )
    window.resize(1280, 800)
    window.show()
    load_inside()
    walker = Walker(window, pictures, say)
    try:
        with watch.part("import and enrol"):
            congress = _begin(walker)
        with watch.part("read and search"):
            _read(walker, congress, lang)
        with watch.part("versions, amendments, groups"):
            paperwork = work_on_papers(walker, congress, lang)
        with watch.part("roll call"):
            door = _roll_call(walker, congress, Translator(lang), str(film))
        with watch.part("key ceremony"):
            keyholders = hold_ceremony(walker, congress, trustees)
        with watch.part("motion"):
            motion, carried = hold_motion(walker, congress)
        with watch.part("election and second round"):
            elected = hold_election(walker, congress, lang, keyholders)
        with watch.part("election on paper"):
            on_paper = hold_on_paper(walker, congress, vault, paper)
            congress = on_paper.congress
        with watch.part("bundles and verifier"):
            polls = (motion, *elected.polls, on_paper.poll)
            verified = verify_all(walker, congress, lang, bundles, polls)
        with watch.part("export"):
            folder = _export(walker, out)
            folder.rename(exports)
            (exports / f"cards.{lang}.pdf").write_bytes(elected.cards)
        with watch.part("packs and public book"):
            handed = hand_out(walker, congress, lang, packs)
        done = {"exports": len(list(exports.iterdir())), "packs": 1, "book": handed.book}
        summary: dict[str, Any] = {
            "language": lang,
            "counts": {**_counts(congress), **paperwork, **door, **on_paper.figures, **done},
            "verdicts": [carried, *elected.verdicts, on_paper.verdict],
            "trustees": len(keyholders),
            "verified": [asdict(bundle) for bundle in verified],
        }
        with watch.part("delegate and group"):
            summary["group_member"] = as_group_member(walker, vault)
            summary["delegate"] = as_delegate(walker, vault, lang)
        with watch.part("pack"):
            summary["pack"] = open_pack(walker, handed, lang)
        with watch.part("who read what"):
            summary["readers"] = see_readers(walker, vault, handed)
    finally:
        window.shut_down()
        window.close()
    summary |= {
        "seconds": {**watch.times, "all": round(monotonic() - begun, 2)},
        "longest_gui_stall": {
            name: {"ms": round(stall.milliseconds, 1), "in": stall.where}
            for name, stall in walker.stalls.items()
        },
        "peak_memory_mb": _peak_memory(),
        "screens": walker.pictures,
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (out / f"summary-{lang}.json").write_text(text, encoding="utf-8")
    (out / "summary.json").write_text(text, encoding="utf-8")
    return summary


def _begin(walker: Walker) -> OpenCongress:
    window = walker.window
    welcome = walker.page(WelcomePage)
    walker.picture("welcome")
    with walker.watched("import"):
        welcome.try_sample()
        walker.until(lambda: window.congress is not None, "the sample congress", 120)
    congress = opened(walker)
    walker.page(HomePage)
    walker.picture("home")
    walker.page(PeoplePage)
    walker.picture("people")
    walker.page(PeopleImportPage)
    walker.picture("people-import")
    walker.page(SettingsPage)
    walker.picture("settings")
    return congress


def _read(walker: Walker, congress: OpenCongress, lang: str) -> None:
    library = walker.page(LibraryPage)
    walker.rest(0.4)
    walker.picture("library")
    with walker.watched("search"):
        walker.type(library.search, SEARCHES[lang], enter=False)
        walker.rest(0.8)
    walker.picture("search")
    papers = congress.library.papers()
    longest = max(papers, key=lambda paper: paper.pages)
    own = next(paper for paper in papers if paper.language == lang and paper.kind == "docx")
    for name, paper in (("reader", longest), ("reader-text", own)):
        walker.page(ReaderPage, paper.id)
        walker.rest(1.2)
        walker.picture(name)


def _roll_call(walker: Walker, congress: OpenCongress, tr: Translator, film: str) -> dict[str, int]:
    page = walker.page(RollCallPage)
    walker.picture("rollcall-closed")
    page.name.value = tr("demo.session")
    walker.click(page.open_button)
    walker.until(lambda: congress.desk.current() is not None, "the session to open")
    asked = 0
    door = page.door
    pictured = False
    with walker.watched("roll call"):
        page.watch(film, paced=False)
        walker.until(lambda: page.watching, "the camera")
        while page.watching:
            walker.rest(0.02)
            if not pictured and len(door.arrivals) >= ARRIVALS and door.picture.view.marks:
                walker.snap("rollcall")
                pictured = True
            if page.question.isVisible():
                asked += 1
                walker.snap("rollcall-uncertain")
                QTest.keyClick(page.question, Qt.Key.Key_1)
        screenshots.settle(walker.window)
    by_camera = len(door.arrivals) - asked
    for badge in BY_HAND:
        wanted = len(door.arrivals) + 1
        walker.type(door.search.field, badge)
        walker.until(partial(_arrived, door, wanted), "a check-in by hand")
    walker.picture("rollcall-by-hand")
    walker.page(HallQuorumPage)
    walker.picture("hall-quorum")
    walker.page(HomePage)
    walker.picture("home-quorate")
    walker.page(ChairPage)
    walker.picture("chair")
    quorum = congress.desk.quorum()
    return {
        "registered_by_camera": by_camera,
        "decided_by_the_operator": asked,
        "registered_by_hand": len(BY_HAND),
        "present": quorum.present,
        "summoned": quorum.summoned,
        "needed_for_quorum": quorum.needed,
    }


def _arrived(door: DoorView, count: int) -> bool:
    return len(door.arrivals) >= count


def _export(walker: Walker, place: Path) -> Path:
    """Export everything into a new folder in ``place``, which is returned."""
    page = walker.page(ExportsPage)
    for subject in (*Kind, *Format, *LANGUAGES):
        page.checks[subject].setChecked(True)
    page.set_place(place)
    folder = page.folder
    walker.click(page.go_button)
    walker.until(lambda: folder.is_dir() and not walker.window.tasks.busy, "the exports", 120)
    walker.picture("exports")
    return folder


def _counts(congress: OpenCongress) -> dict[str, int]:
    return {
        "people": len(congress.people.everyone()),
        "papers": len(congress.library.papers()),
        "pages": sum(paper.pages for paper in congress.library.papers()),
        "enrolled": len(congress.enrolment.status().persons),
        "programme": len(congress.programme.items()),
    }


def _peak_memory() -> int | None:
    """Return the greatest memory of this process in MB, where the system tells it."""
    if sys.platform == "win32":
        return None
    import resource

    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024))
