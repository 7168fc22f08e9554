"""Walks through the window as a person does, by keys alone; ``touching`` has the finger."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from time import monotonic
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSettings, Qt, QTimer
from PySide6.QtGui import QAccessible, QContextMenuEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)

from congress.app import OpenCongress
from congress.docs.amendments.model import Kind, Proposal
from congress.docs.model import Paper
from congress.docs.notes.model import Draft, NoteKind, Spot
from congress.docs.packs.model import Slip
from congress.kernel.clock import ManualClock
from congress.kernel.roles import Clearance
from congress.ui.application import make_window
from congress.ui.page import Page
from congress.ui.preferences import Preferences
from congress.ui.recent import RecentCongresses
from congress.ui.theme.tokens import TARGET
from congress.ui.widgets.card import Card, ListRow
from congress.ui.window import MainWindow
from tests.helpers.handouts import cheap_handout, open_house
from tests.helpers.papers import docx, paragraph
from tests.helpers.vaults import manual_clock

W = TypeVar("W", bound=QWidget)
PATIENCE = 10.0
FILLING = tuple(f"Article {number} stands as it stood and nobody minds." for number in range(3, 14))
BEFORE = ("Rules of the congress", "The congress elects 15 members.", *FILLING, "Votes are open.")
AFTER = ("Rules of the congress", "The congress elects 21 members.", *FILLING, "Votes are secret.")


@dataclass
class Walk:
    """A window over a congress with papers, notes, amendments and packs.

    Attributes:
        paper: A paper in two versions, with two amendments and two notes.
        slip: Opens the pack in ``pack``.
    """

    window: MainWindow
    house: OpenCongress
    paper: Paper
    folder: Path
    pack: Path
    slip: Slip
    lang: str
    screen: QPointingDevice

    @property
    def page(self) -> Page:
        return self.window.shell.current

    @property
    def focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window

    @property
    def start(self) -> Qt.Key:
        """The arrow key towards the beginning of a line."""
        return Qt.Key.Key_Right if self.lang == "ur" else Qt.Key.Key_Left

    @property
    def end(self) -> Qt.Key:
        return Qt.Key.Key_Left if self.lang == "ur" else Qt.Key.Key_Right

    # Time

    def until(self, true: Callable[[], object], what: str = "") -> None:
        deadline = monotonic() + PATIENCE
        while not true():
            QTest.qWait(3)
            assert monotonic() < deadline, what or "it never came"

    def rest(self) -> None:
        """Wait until nothing is under way."""
        for _ in range(2):
            self.until(lambda: not self.window.tasks.busy)
            QTest.qWait(5)

    def go(self, path: str, kind: type[W]) -> W:
        """Bring a page to the front."""
        self.window.activateWindow()
        self.window.navigate(path)
        self.rest()
        assert isinstance(self.page, kind)
        assert self.window.isActiveWindow(), "another window came up"
        return self.page

    def dialog(self, kind: type[W]) -> W:
        """Return the dialog that is open, once it is."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), kind), kind.__name__)
        QTest.qWait(20)
        return cast(W, QApplication.activeModalWidget())

    def back(self) -> None:
        """Wait until no dialog is open; without a desktop the window has to be woken."""
        self.until(lambda: not QApplication.activeModalWidget())
        self.window.activateWindow()
        self.rest()
        self.until(self.window.isActiveWindow)

    def meanwhile(self, do: Callable[[], object]) -> None:
        """Do something once a dialog waits for its answer."""

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                QTimer.singleShot(20, look)
                return
            try:
                do()
            finally:
                if isinstance(dialog, QDialog) and dialog.isVisible():
                    dialog.reject()
                QTimer.singleShot(0, self.window.activateWindow)

        QTimer.singleShot(20, look)

    # Keys

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.focus, key, modifier)

    def key(self, window: QWidget, key: Qt.Key) -> None:
        """Press a key in another window."""
        QTest.keyClick(window, key)

    def menu_key(self) -> None:
        widget = self.focus
        at = widget.rect().center()
        reason = QContextMenuEvent.Reason.Keyboard
        event = QContextMenuEvent(reason, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    def named(self, within: QWidget, name: str) -> QWidget:
        """Return what bears a name that a screen reader reads out."""
        found = [e for e in within.findChildren(QWidget) if e.accessibleName() == name]
        assert found, name
        return found[0]

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focus, text)

    def tab_to(self, widget: QWidget, *, back: bool = False) -> None:
        """Press Tab until ``widget``, or something in it, has the keyboard."""
        for _ in range(120):
            if self.focus is widget or widget.isAncestorOf(self.focus):
                return
            self.press(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {describe(widget)}")

    def stops(self, within: QWidget) -> list[QWidget]:
        """Press Tab from the beginning of ``within`` all round; return where it stopped."""
        first = within.nextInFocusChain()
        while first is not None and not _takes_tab(first):
            first = first.nextInFocusChain()
        assert first is not None
        first.setFocus(Qt.FocusReason.TabFocusReason)
        found: list[QWidget] = []
        while self.focus not in found and len(found) < 200:
            found.append(self.focus)
            self.press(Qt.Key.Key_Tab)
        return [each for each in found if within.isAncestorOf(each)]


def _reveal(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def _takes_tab(widget: QWidget) -> bool:
    tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(tab) and widget.isVisible() and widget.isEnabled()


def describe(widget: QWidget) -> str:
    """Return words for a widget in the message of a test."""
    words = widget.accessibleName() or widget.objectName()
    size = f"{widget.width()}x{widget.height()}"
    return f"{type(widget).__name__} “{words}” {size}"


def audit(within: QWidget, stops: list[QWidget] | None = None) -> list[str]:
    """Return what is wrong with what a person can work in ``within``: size, name, keyboard."""
    wrong: list[str] = []
    for widget in worked(within):
        name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not name.strip():
            wrong.append(f"no name: {describe(widget)}")
        if isinstance(widget, QAbstractItemView):
            wrong += [f"{each} in {describe(widget)}" for each in _small_rows(widget)]
        elif widget.height() < TARGET or widget.width() < TARGET:
            wrong.append(f"small: {describe(widget)}")
        if not _takes_tab(widget) and widget.isEnabled() and not _in_segments(widget):
            wrong.append(f"no Tab: {describe(widget)}")
        elif (
            stops is not None
            and widget.isEnabled()
            and not _in_segments(widget)
            and not any(widget is each or widget.isAncestorOf(each) for each in stops)
        ):
            wrong.append(f"Tab passes it by: {describe(widget)}")
    wrong += [
        f"no finger scrolls {describe(area)}"
        for area in within.findChildren(QAbstractScrollArea)
        if area.isVisible()
        and not isinstance(area, QHeaderView | QPlainTextEdit)
        and area.verticalScrollBar().maximum()
        and not area.viewport().testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    ]
    return wrong


def out_of_order(stops: list[QWidget], lang: str) -> list[str]:
    """Return the steps of Tab that go back up without going on to the next column."""
    wrong = []
    for one, other in pairwise(stops):
        a, b = _place(one), _place(other)
        onwards = b.right() < a.left() if lang == "ur" else b.left() > a.right()
        if b.bottom() <= a.top() and not onwards:
            wrong.append(f"{describe(one)} -> {describe(other)}")
    return wrong


def unseen(stops: list[QWidget], window: QWidget) -> list[str]:
    """Return the stops of Tab that look the same with the keyboard as without."""
    wrong = []
    for stop in stops:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        _reveal(stop)
        QTest.qWait(2)
        area = _place(stop).adjusted(-2, -2, 2, 2) & window.rect()
        lit = window.grab(area).toImage()
        stop.clearFocus()
        if lit == window.grab(area).toImage():
            wrong.append(describe(stop))
    return wrong


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def worked(within: QWidget) -> Iterator[QWidget]:
    """Yield what a person can work in ``within``."""
    editors = QComboBox | QLineEdit | QPlainTextEdit | QTextEdit
    kinds = editors | QAbstractButton | QAbstractItemView | ListRow | Card
    for widget in within.findChildren(QWidget):
        if not isinstance(widget, kinds) or not widget.isVisible():
            continue
        inner = isinstance(widget.parentWidget(), QComboBox | QLineEdit | QTableView)
        if inner or isinstance(widget, QHeaderView):
            continue
        if isinstance(widget, ListRow | Card) and not widget.property("clickable"):
            continue
        yield widget


def _in_segments(widget: QWidget) -> bool:
    return widget.objectName() in ("segment", "railItem")


def _small_rows(view: QAbstractItemView) -> list[str]:
    if view.model() is None:
        return []
    if isinstance(view, QTreeView):
        rects = []
        index = view.model().index(0, 0)
        while index.isValid():
            rects.append(view.visualRect(index))
            index = view.indexBelow(index)
    else:
        model = view.model()
        enabled = Qt.ItemFlag.ItemIsEnabled
        indexes = [model.index(row, 0) for row in range(model.rowCount())]
        rects = [view.visualRect(each) for each in indexes if each.flags() & enabled]
    low = [rect.height() for rect in rects if 0 < rect.height() < TARGET]
    heads = []
    if isinstance(view, QTableView) and view.isSortingEnabled():
        head = view.horizontalHeader()
        heads = [f"head of {head.height()}"] if head.height() < TARGET else []
    return [*(f"row of {each}" for each in low[:1]), *heads]


@contextmanager
def walk(lang: str, folder: Path, application: QApplication) -> Iterator[Walk]:
    """Yield a window in a language over a congress with everything in it."""
    clock, before = manual_clock(), set(threading.enumerate())
    with open_house(folder, clock) as bare:
        house = replace(bare, handout=cheap_handout(bare))
        paper = _two_versions(house, folder)
        slip = _pack(house, folder)
        window = window_in(application, lang, clock, folder)
        window.enter(house)
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        made = Walk(
            window,
            house,
            paper,
            folder,
            folder / "packs" / slip.file,
            slip,
            lang,
            QTest.createTouchDevice(),
        )
        made.until(lambda: window.shell.path == "home")
        made.rest()
        try:
            yield made
        finally:
            let_go(window)
            left = set(threading.enumerate()) - before
            assert not [each for each in left if each.is_alive() and "Dummy" not in each.name]


def let_go(window: MainWindow) -> None:
    """Close a window and delete it: what is left is dressed again with every later window."""
    window.shut_down()
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def window_in(application: QApplication, lang: str, clock: ManualClock, folder: Path) -> MainWindow:
    """Return a window in a language that knows no congress yet and keeps its list in a folder."""
    recent = RecentCongresses(QSettings(str(folder / "r.ini"), QSettings.Format.IniFormat))
    return make_window(
        application,
        chosen=Preferences(lang=lang, motion=False),
        clock=clock,
        recent=recent,
        packs=lambda: folder / "unpacked",
    )


def _two_versions(house: OpenCongress, folder: Path) -> Paper:
    for number, lines in enumerate((BEFORE, AFTER)):
        (folder / f"v{number}.docx").write_bytes(docx(*map(paragraph, lines)))
    paper = house.library.import_file(
        folder / "v0.docx",
        title="Rules",
        language="en",
        number="7",
        clearance=Clearance.PUBLIC,
    )
    paper = house.library.import_version(paper.id, folder / "v1.docx")
    amended = house.amendments.of(paper.id)
    for each, mover in zip(amended.paragraphs[1:3], ("Lan", "Omar"), strict=True):
        words = each.text.replace("congress", "assembly").replace("nobody", "somebody")
        proposal = Proposal(mover=mover, kind=Kind.REPLACE, text=words, reason="", seconders=())
        house.amendments.submit(paper.id, each.start, proposal)
    for kind, spot in ((NoteKind.HIGHLIGHT, (0, 5)), (NoteKind.NOTE, (9, 12))):
        body = "Ask why" if kind is NoteKind.NOTE else ""
        draft = Draft(kind, Spot(1, spot[0]), Spot(1, spot[1]), body=body)
        house.notes.add(paper.id, paper.version_id, draft)
    return paper


def _pack(house: OpenCongress, folder: Path) -> Slip:
    packs = house.handout.packs
    day = (house.clock.now() + timedelta(days=3)).date()
    papers = [each.paper_id for each in packs.papers()]
    (slip,) = packs.make(folder / "packs", [packs.recipient("D-014")], papers, day)
    return slip
