from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from congress.app import OpenCongress, create_congress
from congress.kernel.roles import Clearance
from congress.kernel.settings import Settings
from congress.storage.audit import entries
from congress.ui.capture import Capture, Shield
from congress.ui.context import UiContext
from congress.ui.controllers.reader import OpenedPaper, open_paper
from congress.ui.readerguard import MARK, ReaderGuard
from congress.ui.widgets.pagelayers import Place, Selected
from tests.helpers.papers import pdf
from tests.helpers.uicontext import Surroundings
from tests.helpers.vaults import CHEAP, PASSPHRASE


class _Asked:
    shield = Shield.LEFT_OUT

    def __init__(self) -> None:
        self.excluded: list[bool] = []

    def exclude(self, window: int, excluded: bool) -> bool:
        self.excluded.append(excluded)
        return True


@pytest.fixture
def congress(tmp_path: Path) -> Iterator[OpenCongress]:
    every = frozenset(Clearance)
    settings = Settings("Boats", copying=every - {Clearance.SECRET})
    with create_congress(tmp_path / "vault", settings, PASSPHRASE, kdf=CHEAP) as made:
        yield made


@pytest.fixture
def asked() -> _Asked:
    return _Asked()


@pytest.fixture
def guard(
    qtbot: QtBot, context: UiContext, congress: OpenCongress, asked: _Asked
) -> Iterator[ReaderGuard]:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    yield ReaderGuard(context, congress.library, Capture(asked), page)
    QGuiApplication.clipboard().clear()


def _opened(congress: OpenCongress, tmp_path: Path, clearance: Clearance) -> OpenedPaper:
    (tmp_path / "a.pdf").write_bytes(pdf(f"words for {clearance}"))
    paper = congress.library.import_file(tmp_path / "a.pdf", clearance=clearance)
    opened = open_paper(congress.library, paper.id)
    assert opened.pdf is not None
    opened.pdf.close()
    return replace(opened, pdf=None)


def _copies(congress: OpenCongress, opened: OpenedPaper) -> list[object]:
    with congress.vault.papers[opened.paper.shelf].reading() as connection:
        told = entries(connection, actions=["paper.copied"], subject=opened.paper.id)
        return [each.detail["pages"] for each in told]


def test_words_of_a_delegates_paper_are_copied_logged_and_left(
    qtbot: QtBot,
    guard: ReaderGuard,
    congress: OpenCongress,
    around: Surroundings,
    asked: _Asked,
    tmp_path: Path,
) -> None:
    opened = _opened(congress, tmp_path, Clearance.DELEGATES)
    guard.opened(opened)
    with qtbot.waitSignal(guard.copied):
        guard.copy_selected(Selected(Place(1, 4), Place(2, 9), "quiet words"))
    clipboard = QGuiApplication.clipboard()
    assert clipboard.text() == "quiet words"
    assert not clipboard.mimeData().hasFormat(MARK)
    assert _copies(congress, opened) == ["1-2"]
    assert len(around.toasts) == 1
    guard.turned(2)
    guard.closed()
    assert clipboard.text() == "quiet words"
    assert asked.excluded == []


def test_words_of_a_paper_that_is_held_back_go_with_it(
    qtbot: QtBot, guard: ReaderGuard, congress: OpenCongress, asked: _Asked, tmp_path: Path
) -> None:
    guard.opened(_opened(congress, tmp_path, Clearance.RESTRICTED))
    assert asked.excluded == [True]
    with qtbot.waitSignal(guard.copied):
        guard.copy([1], "restricted words")
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "restricted words"
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    guard.closed()
    assert QGuiApplication.clipboard().text() == ""
    assert asked.excluded == [True, False]
    guard.closed()
    assert asked.excluded == [True, False]


def test_signing_out_wipes_what_was_copied_from_a_paper_that_is_still_open(
    qtbot: QtBot, guard: ReaderGuard, congress: OpenCongress, tmp_path: Path
) -> None:
    guard.opened(_opened(congress, tmp_path, Clearance.RESTRICTED))
    with qtbot.waitSignal(guard.copied):
        guard.copy([1], "restricted words")
    assert QGuiApplication.clipboard().text() == "restricted words"
    shiboken6.delete(guard)
    assert QGuiApplication.clipboard().text() == ""


def test_what_somebody_copied_since_is_not_wiped(
    qtbot: QtBot, guard: ReaderGuard, congress: OpenCongress, tmp_path: Path
) -> None:
    guard.opened(_opened(congress, tmp_path, Clearance.RESTRICTED))
    with qtbot.waitSignal(guard.copied):
        guard.copy([1], "restricted words")
    QGuiApplication.clipboard().setText("a shopping list")
    guard.closed()
    assert QGuiApplication.clipboard().text() == "a shopping list"


def test_what_may_not_be_copied_is_refused_and_not_logged(
    qtbot: QtBot,
    guard: ReaderGuard,
    congress: OpenCongress,
    around: Surroundings,
    tmp_path: Path,
) -> None:
    QGuiApplication.clipboard().setText("before")
    opened = _opened(congress, tmp_path, Clearance.SECRET)
    guard.opened(opened)
    guard.copy([1], "secret words")
    qtbot.waitUntil(lambda: bool(around.errors))
    assert around.errors[0].code == "policy.no_copying"
    assert QGuiApplication.clipboard().text() == "before"
    assert _copies(congress, opened) == []


def test_a_paper_closed_meanwhile_leaves_nothing_on_the_clipboard(
    qtbot: QtBot, guard: ReaderGuard, congress: OpenCongress, tmp_path: Path
) -> None:
    opened = _opened(congress, tmp_path, Clearance.RESTRICTED)
    guard.opened(opened)
    guard.copy([1], "restricted words")
    guard.closed()
    qtbot.waitUntil(lambda: _copies(congress, opened) == ["1"])
    qtbot.wait(30)
    assert QGuiApplication.clipboard().text() == ""


def test_nothing_selected_and_nothing_open_copy_nothing(
    guard: ReaderGuard, congress: OpenCongress, tmp_path: Path
) -> None:
    guard.copy([1], "words")
    opened = _opened(congress, tmp_path, Clearance.PUBLIC)
    guard.opened(opened)
    guard.copy([1], "")
    assert _copies(congress, opened) == []
