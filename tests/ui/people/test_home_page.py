"""The home page: what is on, what comes next, what waits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from congress.assets import asset
from congress.floor.programme import Programme
from congress.kernel.clock import ManualClock
from congress.kernel.errors import EnvironmentFault
from congress.kernel.ids import PaperId
from congress.kernel.roles import Role
from congress.kernel.settings import Settings
from congress.people.table import read_table
from congress.rollcall.model import GalleryChanged
from congress.ui.controllers.home import HomeController, HomePorts
from congress.ui.models.home import FreshPapers, SessionFacts, Stage
from congress.ui.pages.home import HomePage
from congress.ui.widgets.text import Text
from tests.helpers.vaults import actor
from tests.ui.people.conftest import House


@dataclass
class Congress:
    """What the ports of the home page answer."""

    people: int = 39
    papers: int = 6
    session: SessionFacts | None = None
    polls: list[tuple[str, Stage]] = field(default_factory=list)
    enrolled: Callable[[], int] = lambda: 30


Open = Callable[..., HomePage]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 10, 24, 9, 47, tzinfo=UTC))


@pytest.fixture
def congress() -> Congress:
    return Congress()


@pytest.fixture
def programme(house: House, clock: ManualClock) -> Programme:
    return Programme(house.database, actor(), clock)


@pytest.fixture
def open_page(
    house: House, congress: Congress, programme: Programme, clock: ManualClock, qtbot: QtBot
) -> Open:
    def build(role: Role = Role.SECRETARIAT) -> HomePage:
        ports = HomePorts(
            items=programme.items,
            people=lambda: congress.people,
            papers=lambda: congress.papers,
            fresh=lambda: FreshPapers(
                tuple((PaperId(str(number)), "Paper") for number in range(congress.papers))
            ),
            session=lambda: congress.session,
            sessions=lambda: 0,
            polls=lambda: congress.polls,
            enrolled=lambda: congress.enrolled(),
        )
        settings = Settings("Sixth congress", place="Huế")
        controller = HomeController(
            house.context,
            ports,
            Programme(house.database, actor(role), clock),
            actor(role),
            clock,
            lambda: settings,
        )
        page = HomePage(house.context, controller)
        qtbot.addWidget(page)
        page.resize(1060, 740)
        page.show()
        with qtbot.waitSignal(controller.told):
            page.shown()
        return page

    return build


def set_programme(programme: Programme, clock: ManualClock) -> None:
    zone = clock.now().astimezone().tzinfo or UTC
    programme.import_table(read_table(asset("samples/programme.csv")), zone, date(2026, 10, 24))


def words(page: HomePage) -> str:
    return "\n".join(text.text() for text in page.findChildren(Text) if text.isVisible())


def titles(page: HomePage) -> list[str]:
    return [row.title.text() for row in page.waiting_card.rows.rows]


def test_now_and_next_are_told_with_their_times(
    open_page: Open, programme: Programme, clock: ManualClock, qtbot: QtBot
) -> None:
    local = clock.now().astimezone()
    clock.advance(
        timedelta(hours=9, minutes=47) - timedelta(hours=local.hour, minutes=local.minute)
    )
    set_programme(programme, clock)
    page = open_page()

    def told(*texts: str) -> None:
        qtbot.waitUntil(lambda: all(text in words(page) for text in texts))

    told("Sixth congress", "09:15–10:15 · 28 minutes left", "10:15–10:30 · in 28 minutes")
    assert len(page.day_card.rows.rows) == 12
    for ahead, text in (
        (timedelta(minutes=27), "09:15–10:15 · 1 minute left"),
        (timedelta(minutes=1), "10:15–10:30 · 15 minutes left"),
        (timedelta(hours=8), "The programme is over"),
        (timedelta(days=-1, hours=-8), "Nothing on the programme right now"),
    ):
        clock.advance(ahead)
        page._controller._time()
        told(text)
    told("24 October 2026")


def test_what_waits_is_one_click_from_done(
    open_page: Open, congress: Congress, house: House, qtbot: QtBot
) -> None:
    congress.polls = [("Motion 1", Stage.OPEN)]
    congress.session = SessionFacts("Morning", 20, 2)
    page = open_page()
    qtbot.waitUntil(lambda: len(titles(page)) == 3)
    assert titles(page) == [
        "Voting is open: Motion 1",
        "Morning: 2 delegates short of a quorum",
        "9 people are not enrolled for the door",
    ]
    for row in page.waiting_card.rows.rows:
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert house.around.visited == ["chair", "rollcall", "faces"]


def test_a_page_with_nothing_to_do_shows_ways_on(
    open_page: Open, congress: Congress, qtbot: QtBot
) -> None:
    congress.enrolled = lambda: 39
    congress.session = SessionFacts("Morning", 22, 0)
    page = open_page()
    assert page.waiting_card.heading.text() == "Nothing is waiting for you"
    assert titles(page)[0] == "Roll call"


def test_a_change_of_the_congress_is_followed(
    open_page: Open, congress: Congress, house: House, qtbot: QtBot
) -> None:
    congress.people = congress.papers = 0
    page = open_page()
    assert titles(page) == ["Nobody is on the list yet", "There are no papers yet"]
    congress.papers = 3
    house.add("N1")
    qtbot.waitUntil(lambda: len(titles(page)) == 1)
    congress.people, congress.enrolled = 10, lambda: 4
    house.around.bus.publish(GalleryChanged(4))
    qtbot.waitUntil(lambda: "6 people are not enrolled for the door" in titles(page))


def test_faces_that_cannot_be_counted_are_left_out(
    open_page: Open, congress: Congress, house: House, qtbot: QtBot
) -> None:
    def missing() -> int:
        raise EnvironmentFault("faces.model_missing")

    congress.enrolled = missing
    page = open_page()
    qtbot.waitUntil(lambda: not house.context.tasks.busy)
    assert titles(page) == ["No session is open"]
    assert house.around.errors == []


def test_the_secretariat_imports_a_programme(
    open_page: Open,
    house: House,
    programme: Programme,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    page = open_page()
    qtbot.waitUntil(lambda: "There is no programme yet" in words(page))
    assert not page.day_card.isVisible()
    assert not page.import_button.isVisible()
    path = tmp_path / "day.csv"
    path.write_text("Start,End,Title\n09:00,12:00,Debate\nsoon,x,\n", encoding="utf-8")
    answers = iter([("", ""), (str(path), "")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: next(answers))
    page.import_programme()
    page.now_card.import_asked.emit()
    qtbot.waitUntil(page.banner.isVisible)
    assert "1 row of day.csv was left out" in page.banner.accessibleName()
    assert "Row 3, Start: It is not a time." in page.banner.accessibleName()
    assert len(programme.items()) == 1
    assert house.around.toasts
    qtbot.waitUntil(page.day_card.isVisible)
    assert page.import_button.isVisible()


def test_a_file_that_is_no_programme_is_told(open_page: Open, qtbot: QtBot, tmp_path: Path) -> None:
    page, path = open_page(), tmp_path / "wrong.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    page._controller.import_programme(path)
    qtbot.waitUntil(page.banner.isVisible)
    assert "wrong.csv" in page.banner.accessibleName()


def test_others_wait_for_the_programme(open_page: Open, qtbot: QtBot) -> None:
    page = open_page(Role.DELEGATE)
    qtbot.waitUntil(lambda: "The secretariat has not set it." in words(page))
    assert titles(page) == ["6 papers to read"]


def test_leaving_stops_the_clock(open_page: Open) -> None:
    page = open_page()
    assert page._controller._tick.isActive()
    page.closing()
    assert not page._controller._tick.isActive()
