from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress
from congress.docs.packs.model import Slip
from congress.docs.places import ReadingPlace
from congress.kernel.clock import ManualClock
from congress.ui.application import make_window
from congress.ui.controllers import open_pack
from congress.ui.pages.open_pack import OpenPackPage
from congress.ui.pages.pack_home import PackHomePage
from congress.ui.pages.sign_in import SignInPage
from congress.ui.pages.welcome import WelcomePage
from congress.ui.preferences import Preferences
from congress.ui.recent import RecentCongresses
from congress.ui.status import CongressStatus
from congress.ui.widgets.chip import Chip
from congress.ui.window import MainWindow

Give = Callable[[str], tuple[Path, Slip]]


@pytest.fixture
def give(house: OpenCongress, tmp_path: Path) -> Give:
    def make(name: str) -> tuple[Path, Slip]:
        packs = house.handout.packs
        day = (house.clock.now() + timedelta(days=3)).date()
        papers = [paper.paper_id for paper in packs.papers()]
        (slip,) = packs.make(tmp_path / name, [packs.recipient("D-014")], papers, day)
        return tmp_path / name / slip.file, slip

    return make


@pytest.fixture
def window(
    qtbot: QtBot,
    qapp: QApplication,
    clock: ManualClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    monkeypatch.setattr(open_pack, "_documents", lambda: tmp_path / "home")
    recent = RecentCongresses(QSettings(str(tmp_path / "r.ini"), QSettings.Format.IniFormat))
    window = make_window(qapp, chosen=Preferences(motion=False), clock=clock, recent=recent)
    qtbot.addWidget(window)
    window.show()
    yield window
    window.shut_down()


def _door(window: MainWindow, qtbot: QtBot, file: Path) -> OpenPackPage:
    window.navigate(f"open-pack/{file}")
    page = window.shell.current
    assert isinstance(page, OpenPackPage)
    qtbot.waitUntil(lambda: page.card.isVisibleTo(page))
    return page


def _enter(window: MainWindow, qtbot: QtBot, page: OpenPackPage) -> PackHomePage:
    page.button.click()
    qtbot.waitUntil(lambda: isinstance(window.shell.current, PackHomePage), timeout=15_000)
    home = window.shell.current
    assert isinstance(home, PackHomePage)
    return home


def test_a_pack_is_opened_with_its_code_and_read_like_a_book(
    window: MainWindow, qtbot: QtBot, give: Give
) -> None:
    file, slip = give("one")
    page = _door(window, qtbot, file)
    assert slip.fingerprint in page.facts.text()
    page.code.value = slip.secret[:-1] + ("0" if slip.secret[-1] != "0" else "1")
    page.submit()
    qtbot.waitUntil(lambda: bool(page.code.error.text()), timeout=10_000)
    page.code.value = slip.secret.lower().replace("-", "")
    home = _enter(window, qtbot, page)
    qtbot.waitUntil(lambda: home.contents.count() == 3)
    assert [factory.key for factory in window._plan.rail(window.congress.actor.role)] == [  # type: ignore[union-attr]
        "pack", "library", "notes", "settings",
    ]  # fmt: skip
    assert window.shell.topbar is not None
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.shell.current, WelcomePage))
    (card,) = window.shell.current.known_cards  # type: ignore[attr-defined]
    card.activated.emit()
    door = window.shell.current
    assert isinstance(door, SignInPage)
    assert not door.name.isVisibleTo(door)
    door.passphrase.value = "no idea"
    door.submit()
    qtbot.waitUntil(lambda: bool(door.passphrase.error.text()), timeout=10_000)
    door.passphrase.value = slip.secret
    door.submit()
    qtbot.waitUntil(lambda: isinstance(window.shell.current, PackHomePage), timeout=10_000)


def test_what_was_read_of_a_pack_is_said_as_soon_as_it_is_kept(
    window: MainWindow, qtbot: QtBot, give: Give
) -> None:
    file, slip = give("one")
    page = _door(window, qtbot, file)
    page.code.value = slip.secret
    home = _enter(window, qtbot, page)
    qtbot.waitUntil(lambda: home.contents.count() == 3)

    def said() -> list[str]:
        return [chip.text for chip in home.findChildren(Chip)]

    unread = home.context.tr("packhome.reading.unread")
    assert said().count(unread) == 4
    congress = window.congress
    assert congress is not None
    paper = congress.library.papers()[0]
    qtbot.waitUntil(lambda: not window.tasks.busy)
    place = ReadingPlace(paper.version_id)
    window.tasks.store(
        lambda _: congress.places.keep(paper.id, place, seen=range(1, 99), pages=paper.pages)
    ).start()
    qtbot.waitUntil(lambda: said().count(unread) == 3)
    assert home.context.tr("packhome.reading.read") in said()


def test_a_newer_pack_offers_to_keep_the_notes(
    window: MainWindow, qtbot: QtBot, give: Give, tmp_path: Path
) -> None:
    file, slip = give("one")
    page = _door(window, qtbot, file)
    assert not page.earlier.isVisibleTo(page)
    page.code.value = slip.secret
    _enter(window, qtbot, page)
    window.leave()
    qtbot.waitUntil(lambda: isinstance(window.shell.current, WelcomePage))
    newer, fresh = give("two")
    qtbot.waitUntil(lambda: not window.tasks.busy)
    page = _door(window, qtbot, newer)
    assert page.passphrase.isVisibleTo(page)
    page.code.value = fresh.secret
    page.passphrase.value = "not this"
    page.submit()
    qtbot.waitUntil(lambda: bool(page.passphrase.error.text()), timeout=10_000)
    page.passphrase.value = slip.secret
    _enter(window, qtbot, page)
    assert len(list((tmp_path / "home").iterdir())) == 1
    page = _door(window, qtbot, newer)
    page.without.setChecked(True)
    assert not page.passphrase.isVisibleTo(page)


def _mime(file: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def test_a_pack_can_be_dropped_and_nothing_else(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    page = window.shell.current
    assert isinstance(page, WelcomePage)
    none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    for name, taken in (("a.congresspack", True), ("a.pdf", False)):
        data = _mime(tmp_path / name)
        enter = QDragEnterEvent(page.rect().center(), Qt.DropAction.CopyAction, data, *none)
        enter.setAccepted(False)
        page.dragEnterEvent(enter)
        assert enter.isAccepted() == taken
        drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *none)
        page.dropEvent(drop)
        assert isinstance(window.shell.current, OpenPackPage) == taken
        window.navigate("welcome")


def test_what_is_no_pack_is_said_on_the_page(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "a.congresspack"
    file.write_bytes(b"no pack")
    window.navigate(f"open-pack/{file}")
    page = window.shell.current
    assert isinstance(page, OpenPackPage)
    qtbot.waitUntil(lambda: page.trouble.count() == 1)
    assert not page.card.isVisibleTo(page)


def test_a_pack_closes_when_its_time_ends_while_it_is_read(
    window: MainWindow, qtbot: QtBot, give: Give, clock: ManualClock
) -> None:
    file, slip = give("one")
    page = _door(window, qtbot, file)
    page.code.value = slip.secret
    _enter(window, qtbot, page)
    status = window.shell.status
    assert isinstance(status, CongressStatus)
    status._end(slip.expires_at)
    assert isinstance(window.shell.current, PackHomePage)
    clock.advance(timedelta(days=5))
    try:
        status._end(slip.expires_at)
        qtbot.waitUntil(lambda: isinstance(window.shell.current, WelcomePage))
    finally:
        clock.advance(timedelta(days=-5))
