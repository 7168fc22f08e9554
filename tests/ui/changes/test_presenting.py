"""Presenting from the reader, the window for the hall, and following who presents."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.docs.model import Paper
from congress.docs.packs.model import OpenClearance
from congress.docs.presenting import Audience, Presentable, Shown
from congress.i18n.translator import Translator
from congress.kernel.roles import Clearance, Role
from congress.ui.context import UiContext
from congress.ui.controllers.projector import ProjectorController
from congress.ui.controllers.reader import ReaderController
from congress.ui.hallpages import HallPages
from congress.ui.pages.projector import ProjectorWindow
from congress.ui.pages.reader import ReaderPage
from congress.ui.readeramendments import TAB, AmendmentsPart
from congress.ui.readerfollowing import FollowPart
from congress.ui.readerpresenting import PresentPart
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Mode
from congress.ui.widgets.dialog import ConfirmDialog
from tests.helpers.papers import pdf
from tests.helpers.vaults import actor
from tests.ui.changes.conftest import BEFORE, House
from tests.ui.changes.test_amendments_page import moved, replacing


def until(house: House, condition: Callable[[], object]) -> None:
    house.qtbot.waitUntil(lambda: bool(condition()))


def pages(house: House, clearance: Clearance = Clearance.PUBLIC, name: str = "a") -> Paper:
    path = house.folder / f"{name}.pdf"
    path.write_bytes(pdf(*(f"{name} page {number}" for number in range(1, 7))))
    return house.library.import_file(path, title=f"Paper {name}", clearance=clearance)


def reader(house: House, paper: Paper, page: int = 1) -> ReaderPage:
    made = ReaderPage(house.context, ReaderController(house.context, house.library), "Lan")
    house.qtbot.addWidget(made, before_close_func=lambda _: made.closing())
    made.resize(1100, 700)
    return made


def show(house: House, made: ReaderPage, paper: Paper, page: int = 1) -> None:
    made.show()
    made.opened(f"{paper.id}?page={page}")
    until(house, lambda: made.view.page == page)


def hall(house: House) -> HallPages:
    def projector(context: UiContext) -> ProjectorController:
        return ProjectorController(context, house.library, house.presenting.sharing)

    return house.context.lasting.get(
        HallPages, lambda: HallPages(house.context, house.presenting, projector)
    )


def presenter(house: House, made: ReaderPage) -> PresentPart:
    part = PresentPart(house.context, made, hall(house))
    made.add_part(part)
    return part


def shown_page(house: House) -> int:
    shown = house.board.shown
    return shown.page if shown else 0


def test_the_hall_sees_the_page_of_the_reader(house: House) -> None:
    paper = pages(house)
    made = reader(house, paper)
    part = presenter(house, made)
    show(house, made, paper, 2)
    part.action.trigger()
    until(house, lambda: shown_page(house) == 2)
    assert part.banner.isVisible()
    window = part.window
    assert window is not None
    until(house, lambda: window.page.image is not None)
    made.view.go_to(4)
    until(house, lambda: shown_page(house) == 4)
    until(house, lambda: window.page.shown is not None and window.page.shown.page == 4)
    assert "page 4" in window.page.accessibleName()
    window.grab()
    part.stop_button.click()
    until(house, lambda: house.board.shown is None)
    assert not part.action.isChecked()
    assert part.window is None


def test_closing_the_window_stops_presenting(house: House) -> None:
    paper = pages(house)
    made = reader(house, paper)
    part = presenter(house, made)
    show(house, made, paper)
    part.action.trigger()
    until(house, lambda: shown_page(house) == 1)
    window = part.window
    assert window is not None
    window.close()
    until(house, lambda: house.board.shown is None)
    assert not part.on


def test_presenting_goes_on_when_the_pages_are_built_anew(house: House) -> None:
    paper = pages(house)
    made = ReaderPage(house.context, ReaderController(house.context, house.library), "Lan")
    made.resize(1100, 700)
    part = presenter(house, made)
    show(house, made, paper, 3)
    part.action.trigger()
    until(house, lambda: shown_page(house) == 3)
    window = part.window
    assert window is not None
    window.page.set_wide(True)
    seen: list[int] = []
    leave = house.board.listen(lambda shown: seen.append(shown.page if shown else 0))
    made.closing()
    shiboken6.delete(made)
    theme = Theme.of(Mode.DARK, "ur", motion=False)
    context = replace(house.context, tr=Translator("ur"), theme=theme)
    house.context.lasting.dress(context)
    again = ReaderPage(context, ReaderController(context, house.library), "Lan")
    house.qtbot.addWidget(again, before_close_func=lambda _: again.closing())
    new = PresentPart(context, again, hall(house))
    again.add_part(new)
    assert new.on
    assert new.action.isChecked()
    assert not shiboken6.isValid(window) or not window.isVisible()
    fresh = new.window
    assert fresh is not None
    assert fresh is not window
    assert fresh.windowTitle() == Translator("ur")("presenter.window")
    assert fresh.page.wide
    until(house, lambda: fresh.page.shown is not None and fresh.page.shown.page == 3)
    show(house, again, paper, 3)
    assert seen == []
    again.view.go_to(5)
    until(house, lambda: seen == [5])
    leave()
    context.lasting.close()
    assert house.board.shown is None
    assert new.window is None


@pytest.mark.parametrize("clearance", [Clearance.SECRET, Clearance.RESTRICTED])
def test_closed_papers_cannot_be_presented(house: House, clearance: Clearance) -> None:
    paper = pages(house, clearance)
    made = reader(house, paper)
    part = presenter(house, made)
    show(house, made, paper)
    assert not part.action.isEnabled()
    part.toggle()
    until(house, lambda: house.around.errors)
    assert house.around.errors[0].code == "presenting.closed"
    assert house.board.shown is None
    assert part.window is None


def test_a_secret_paper_takes_the_hall_window_down(house: House) -> None:
    paper, secret = pages(house), pages(house, Clearance.SECRET, "b")
    made = reader(house, paper)
    part = presenter(house, made)
    show(house, made, paper)
    part.action.trigger()
    until(house, lambda: shown_page(house) == 1)
    made.opened(secret.id)
    until(house, lambda: house.board.shown is None)
    assert part.window is None
    assert not part.on


@pytest.mark.parametrize("sure", [True, False])
def test_a_paper_for_delegates_asks_who_is_in_the_hall(
    house: House, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: sure)
    paper = pages(house, Clearance.DELEGATES)
    made = reader(house, paper)
    part = presenter(house, made)
    show(house, made, paper)
    part.action.trigger()
    if sure:
        until(house, lambda: house.board.shown is not None)
        shown = house.board.shown
        assert shown is not None
        assert shown.paper.audience is Audience.DELEGATES
        part.stop()
    assert part.on is False
    assert part.action.isChecked() is False


def test_the_window_shows_flowing_papers_and_nothing(house: House) -> None:
    paper = house.paper(BEFORE)
    sharing = house.presenting.sharing
    window = ProjectorWindow(
        house.context, ProjectorController(house.context, house.library, sharing)
    )
    house.qtbot.addWidget(window)
    window.show()
    assert window.page.accessibleName() == "Nothing is being shown"
    window.grab()
    house.presenting.show(paper.id, paper.version_id, 1, Audience.EVERYONE)
    until(house, lambda: window.page.shown is not None)
    assert window.page.image is None
    window.grab()
    house.presenting.stop()
    until(house, lambda: window.page.shown is None)


def test_the_page_is_whole_or_as_wide_as_the_screen(house: House) -> None:
    paper = pages(house)
    window = ProjectorWindow(
        house.context,
        ProjectorController(house.context, house.library, house.presenting.sharing),
    )
    house.qtbot.addWidget(window)
    window.show()
    house.presenting.show(paper.id, paper.version_id, 1, Audience.EVERYONE)
    until(house, lambda: window.page.image is not None)
    whole = window.grab().toImage()
    QTest.keyClick(window.page, Qt.Key.Key_W)
    assert window.page.wide
    wide = window.grab().toImage()
    assert wide != whole
    QTest.keyClick(window.page, Qt.Key.Key_Down)
    assert window.grab().toImage() != wide


def test_a_removed_paper_leaves_the_window(house: House) -> None:
    paper = pages(house)
    window = ProjectorWindow(
        house.context,
        ProjectorController(house.context, house.library, house.presenting.sharing),
    )
    house.qtbot.addWidget(window)
    window.show()
    house.presenting.show(paper.id, paper.version_id, 1, Audience.EVERYONE)
    until(house, lambda: window.page.image is not None)
    house.library.remove(paper.id)
    until(house, lambda: window.page.shown is None)


# Following


def someone(house: House, paper: Paper, page: int) -> None:
    """Let someone else present a page."""
    chair = actor(Role.COMMITTEE)
    shown = Presentable(
        paper.id, paper.version_id, OpenClearance.PUBLIC, Audience.EVERYONE, paper.title, "en"
    )
    house.board.member(chair).publish(Shown(shown, page, by=chair.name))


def follower(house: House, made: ReaderPage) -> FollowPart:
    part = FollowPart(house.context, made, house.presenting.sharing, house.member.name)
    made.add_part(part)
    return part


def test_pages_turn_along(house: House) -> None:
    paper = pages(house)
    made = reader(house, paper)
    part = follower(house, made)
    show(house, made, paper)
    assert not part.banner.isVisible()
    someone(house, paper, 3)
    until(house, lambda: made.view.page == 3)
    assert part.banner.isVisible()
    assert not part.paused
    someone(house, paper, 5)
    until(house, lambda: made.view.page == 5)
    house.board.member(actor(Role.COMMITTEE)).stop()
    until(house, lambda: not part.banner.isVisible())


def test_going_elsewhere_pauses_until_one_returns(house: House) -> None:
    paper = pages(house)
    made = reader(house, paper)
    part = follower(house, made)
    show(house, made, paper)
    someone(house, paper, 3)
    until(house, lambda: made.view.page == 3)
    made.view.go_to(6)
    until(house, lambda: part.paused)
    assert part.return_button.isVisible()
    someone(house, paper, 4)
    until(house, lambda: "page 4" in part.banner.accessibleName())
    assert made.view.page == 6
    part.return_button.click()
    until(house, lambda: made.view.page == 4)
    assert not part.paused


def test_not_following_is_a_choice(house: House) -> None:
    paper = pages(house)
    made = reader(house, paper)
    part = follower(house, made)
    show(house, made, paper)
    someone(house, paper, 2)
    until(house, lambda: made.view.page == 2)
    part.follow_button.click()
    someone(house, paper, 5)
    until(house, lambda: "page 5" in part.banner.accessibleName())
    assert made.view.page == 2
    part.follow_button.click()
    until(house, lambda: made.view.page == 5)


def test_another_paper_of_the_presenter_is_opened(house: House) -> None:
    paper, other = pages(house), pages(house, name="b")
    made = reader(house, paper)
    follower(house, made)
    show(house, made, paper)
    someone(house, other, 2)
    until(house, lambda: house.around.visited)
    assert house.around.visited == [f"reader/{other.id}?version={other.version_id}&page=2"]


def test_nobody_follows_themselves(house: House) -> None:
    paper = pages(house)
    made = reader(house, paper)
    part = follower(house, made)
    show(house, made, paper)
    house.presenting.show(paper.id, paper.version_id, 4, Audience.EVERYONE)
    house.qtbot.wait(50)
    assert made.view.page == 1
    assert not part.banner.isVisible()


# Amendments beside the paper


def test_amendments_are_listed_beside_the_paper(house: House, tmp_path: Path) -> None:
    paper = house.paper(BEFORE)
    moved(house, paper, replacing("15", "21"))
    made = reader(house, paper)
    part = AmendmentsPart(house.context, made, house.amendments, manage=True)
    made.add_part(part)
    show(house, made, paper)
    until(house, lambda: len(part.cards) == 1)
    assert part.cards[0].accessibleName() == "Amendment 1: Delegation of Hue"
    moved(house, paper, replacing("five", "four"))
    until(house, lambda: len(part.cards) == 2)
    part.cards[0].activated.emit()
    part.all.click()
    made.text.mark_activated.emit(TAB, part.found[0].amendment.id)
    assert house.around.visited == [
        f"amendments/{paper.id}",
        f"amendments/{paper.id}?amendment={part.found[0].amendment.id}",
    ]
