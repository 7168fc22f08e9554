"""What changed between two versions of a paper, side by side or as tracked changes."""

from collections.abc import Callable, Sequence
from typing import ClassVar
from urllib.parse import parse_qs

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from congress.docs.changes.service import PaperChanges
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId, VersionId
from congress.ui.context import UiContext
from congress.ui.controllers.changes import ChangesController, sums
from congress.ui.page import Command, Page
from congress.ui.pages.saving import save_as
from congress.ui.theme.tokens import Mode
from congress.ui.widgets.changebar import ChangeBar
from congress.ui.widgets.changeview import STEP, ChangeView, ViewMode
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.layout import clear
from congress.ui.widgets.watermark import Watermark


class ChangesPage(Page):
    """Two versions of one paper, and the bar over them."""

    key: ClassVar[str] = "changes"
    title_key: ClassVar[str] = "changes.title"
    icon: ClassVar[str] = "git-diff"

    def __init__(
        self,
        context: UiContext,
        controller: ChangesController,
        reader_name: str,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the page.

        Args:
            context: The surroundings.
            controller: Compares versions.
            reader_name: Written over the text.
            parent: The Qt parent.
        """
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._night = context.theme.palette.mode is Mode.DARK
        self._asked: tuple[PaperId, VersionId | None, VersionId | None] | None = None
        tr = context.tr
        self.bar = ChangeBar(context)
        self.view = ChangeView(context, Watermark(context, reader_name))
        self.waiting = EmptyState(context, tr("changes.comparing"), "", icon="git-diff")
        self.same = EmptyState(
            context,
            tr("changes.same.what"),
            tr("changes.same.why"),
            tr("changes.read"),
            icon="check-circle",
        )
        self.trouble = QWidget()
        self._trouble_box = QVBoxLayout(self.trouble)
        self.stack = QStackedWidget()
        for widget in (self.waiting, self.view, self.same, self.trouble):
            self.stack.addWidget(widget)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(self.stack, 1)
        self._connect()
        self._shortcuts()
        self.bar.show_night(self._night)

    def _connect(self) -> None:
        bar, controller = self.bar, self._controller
        controller.compared.connect(self._show)
        controller.refused.connect(self._refuse)
        controller.exported.connect(lambda name, data: save_as(self, name, data))
        bar.back_asked.connect(lambda: self.context.navigate(".."))
        bar.versions_asked.connect(self._choose)
        bar.mode_asked.connect(self._set_mode)
        bar.folding_asked.connect(self.view.set_folded)
        bar.moved.connect(self.view.step)
        bar.night_asked.connect(self.set_night)
        bar.export_asked.connect(self._export)
        bar.read_asked.connect(self._read)
        self.same.acted.connect(self._read)
        self.view.current_changed.connect(self._tell_current)

    def _shortcuts(self) -> None:
        view = self.view
        for keys, act in (
            ("F8", lambda: view.step(1)),
            ("Shift+F8", lambda: view.step(-1)),
            ("Ctrl+I", lambda: self.set_night(not self._night)),
            ("Ctrl+E", self._other_mode),
            ("Ctrl+O", self.bar.folding.click),
            ("Ctrl++", lambda: view.set_zoom(view.zoom * STEP)),
            ("Ctrl+=", lambda: view.set_zoom(view.zoom * STEP)),
            ("Ctrl+-", lambda: view.set_zoom(view.zoom / STEP)),
            ("Ctrl+0", lambda: view.set_zoom(1.0)),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def opened(self, subject: str) -> None:
        """Compare two versions of the paper ``subject``: after ``?`` ``from`` and ``to``."""
        paper_id, _, rest = subject.partition("?")
        asked = parse_qs(rest)
        old, new = (VersionId(asked.get(name, [""])[0]) for name in ("from", "to"))
        self._compare(PaperId(paper_id), old or None, new or None)

    def closing(self) -> None:
        """Forget the paper."""
        self._controller.close()

    def commands(self) -> Sequence[Command]:
        """Offer going from change to change, and the ways of showing them."""
        tr = self.context.tr
        offered: list[tuple[str, str, Callable[[], object]]] = [
            ("changes.next", "caret-down", lambda: self.view.step(1)),
            ("changes.previous", "caret-up", lambda: self.view.step(-1)),
            ("changes.other_view", "columns", self._other_mode),
            ("changes.only", "arrows-in-line-vertical", self.bar.folding.click),
            ("changes.read", "book-open", self._read),
            ("changes.export", "export", self._export),
        ]
        return [Command(tr(key), icon, run) for key, icon, run in offered]

    def _compare(self, paper: PaperId, old: VersionId | None, new: VersionId | None) -> None:
        self._asked = (paper, old, new)
        self.stack.setCurrentWidget(self.waiting)
        self._controller.compare(paper, old, new)

    def _choose(self, old: VersionId, new: VersionId) -> None:
        if self._asked is not None:
            self._compare(self._asked[0], old, new)

    def _show(self, found: PaperChanges) -> None:
        self.bar.show_changes(found, sums(self.context, found))
        if found.comparison.same:
            self.stack.setCurrentWidget(self.same)
            return
        self.stack.setCurrentWidget(self.view)
        self.view.show_comparison(found.comparison, found.paper.language)
        self.view.setFocus()

    def _refuse(self, error: CongressError) -> None:
        clear(self._trouble_box)
        view = ErrorView(self.context, error)
        view.setMaximumWidth(self.context.theme.px(640))
        self._trouble_box.addStretch(1)
        self._trouble_box.addWidget(view)
        self._trouble_box.addStretch(2)
        self.stack.setCurrentWidget(self.trouble)

    def _tell_current(self, number: int) -> None:
        self.bar.show_current(number, self.view.changes)

    def _set_mode(self, mode: object) -> None:
        self.view.set_mode(ViewMode(str(mode)))
        self.view.setFocus()

    def _other_mode(self) -> None:
        other = ViewMode.TRACKED if self.view.mode is ViewMode.SIDES else ViewMode.SIDES
        self.bar.mode.set_value(other)
        self._set_mode(other)

    def set_night(self, night: bool) -> None:
        """Show light letters on a dark ground, or dark ones on a light ground."""
        self._night = night
        self.view.set_night(night)
        self.bar.show_night(night)

    def _export(self) -> None:
        self._controller.export(only_changes=self.bar.folding.isChecked())

    def _read(self) -> None:
        if self._asked is not None:
            self.context.navigate(f"reader/{self._asked[0]}")
