"""The bar over a comparison: which versions, how they are shown, and from change to change."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from congress.docs.changes.service import PaperChanges
from congress.docs.model import Version
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.changeview import ViewMode
from congress.ui.widgets.choice import SegmentedControl, Select
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.layout import boxed, row
from congress.ui.widgets.text import Text


class ChangeBar(QFrame):
    """Buttons and fields over a comparison. Does nothing by itself: it only tells."""

    back_asked = Signal()
    """Back to where one came from."""
    read_asked = Signal()
    """Read the paper itself."""
    export_asked = Signal()
    """Keep the comparison as a file."""
    versions_asked = Signal(str, str)
    """Compare these two versions."""
    mode_asked = Signal(object)
    """Show it in another ``ViewMode``."""
    folding_asked = Signal(bool)
    """Show only what changed, or everything."""
    night_asked = Signal(bool)
    """Night, or day again."""
    moved = Signal(int)
    """1 for the next change, -1 for the one before."""

    def __init__(self, context: UiContext) -> None:
        """Lay out the bar."""
        super().__init__()
        self.setObjectName("topbar")
        self._context, self._night, tr = context, False, context.tr
        self.back_button = self._icon("arrow-left", tr("changes.back"), "Alt+Left")
        self.title = Elided(context, "", Type.NAME)
        self.sums = Elided(context, "", Type.LABEL, "muted")
        self.old = Select(context, name=tr("changes.old"))
        self.new = Select(context, name=tr("changes.new"))
        self.mode = SegmentedControl(
            context,
            [(ViewMode.SIDES, tr("changes.sides")), (ViewMode.TRACKED, tr("changes.tracked"))],
            name=tr("changes.mode"),
        )
        self.folding = Button(context, tr("changes.only"), Kind.QUIET, "arrows-in-line-vertical")
        self.folding.setCheckable(True)
        self.folding.setChecked(True)
        self.count = Text(context, "", Type.LABEL, "muted", wrap=False, figures=True)
        self.previous = self._icon("caret-up", tr("changes.previous"), "Shift+F8, P")
        self.next = self._icon("caret-down", tr("changes.next"), "F8, N")
        self.night_button = self._icon("moon", tr("reader.night"), "Ctrl+I")
        self.read_button = Button(context, tr("changes.read"), Kind.QUIET, "book-open")
        self.export_button = Button(
            context, kind=Kind.QUIET, icon="export", name=tr("changes.export")
        )
        self._lay_out()
        self._connect()
        self.show_current(None, 0)

    def _icon(self, icon: str, name: str, keys: str) -> Button:
        return Button(self._context, kind=Kind.QUIET, icon=icon, name=f"{name} ({keys})")

    def _lay_out(self) -> None:
        tr, context = self._context.tr, self._context
        first = row(self.back_button, space=SPACE_3)
        first.addWidget(self.title, 1)
        first.addWidget(self.sums, 3)
        for button in (self.read_button, self.export_button, self.night_button):
            first.addWidget(button)
        arrow = Text(context, tr("changes.to"), Type.LABEL, "muted", wrap=False)
        self.versions = boxed(row(self.old, arrow, self.new))
        second = row(self.versions, self.mode, self.folding, space=SPACE_4)
        second.addStretch(1)
        second.addLayout(row(self.count, self.previous, self.next, space=SPACE_1))
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        box.setSpacing(SPACE_2)
        box.addLayout(first)
        box.addLayout(second)

    def _connect(self) -> None:
        self.back_button.clicked.connect(self.back_asked)
        self.read_button.clicked.connect(self.read_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.mode.chosen.connect(self.mode_asked)
        self.folding.toggled.connect(self.folding_asked)
        self.previous.clicked.connect(lambda: self.moved.emit(-1))
        self.next.clicked.connect(lambda: self.moved.emit(1))
        self.night_button.clicked.connect(lambda: self.night_asked.emit(not self._night))
        for select in (self.old, self.new):
            select.chosen.connect(self._chosen)

    def _chosen(self, _: object) -> None:
        self.versions_asked.emit(str(self.old.value), str(self.new.value))

    def show_changes(self, found: PaperChanges, sums: Sequence[str]) -> None:
        """Name the paper and its versions, and say how much changed."""
        self.title.setText(found.paper.title)
        options = [(each.id, self._named(each)) for each in found.versions]
        self.old.set_options(options, found.old.id)
        self.new.set_options(options, found.new.id)
        self.sums.setText(self._context.tr.joined(*sums))
        for widget in (self.mode, self.folding):
            widget.setEnabled(not found.comparison.same)
        self.show_current(None, 0)

    def _named(self, version: Version) -> str:
        tr = self._context.tr
        return tr("changes.version", number=version.number, date=tr.date(version.imported_at))

    def show_current(self, current: int | None, count: int) -> None:
        """Say which change (from 0) of ``count`` is in front."""
        for button in (self.previous, self.next):
            button.setEnabled(count > 0)
        tr = self._context.tr
        self.count.setText(
            tr("changes.count", number=current + 1, count=count) if current is not None else ""
        )

    def show_night(self, night: bool) -> None:
        """Say whether it is night."""
        self._night = night
        tr = self._context.tr
        self.night_button.set_icon("sun" if night else "moon")
        name = f"{tr('reader.day' if night else 'reader.night')} (Ctrl+I)"
        self.night_button.setToolTip(name)
        self.night_button.setAccessibleName(name)
