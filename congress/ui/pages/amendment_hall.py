"""One amendment for the screen in the hall: the text as it stands above, the new one below."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from congress.docs.amendments.model import Kind, Placed
from congress.docs.changes.model import Run, RunKind
from congress.docs.presenting import Presentable
from congress.ui.context import UiContext
from congress.ui.hallwindow import hall_keys
from congress.ui.theme.tokens import SPACE_3, SPACE_5, SPACE_6, Tone, Type
from congress.ui.widgets.layout import hairline, row
from congress.ui.widgets.text import Text
from congress.ui.widgets.trackedtext import TrackedText

_WIDTH, _HEIGHT = 1280, 720
_SIZES = (3.2, 2.8, 2.4, 2.1, 1.8, 1.6, 1.4, 1.2, 1.0, 0.8)
"""Sizes of the words that are tried, the largest that fits wins."""


class AmendmentHall(QWidget):
    """A window of its own, in which arrow keys and taps go from amendment to amendment.

    A tap on the end half goes on, one on the other half goes back; F11 fills the screen.

    It is built from a ``Presentable``, so a restricted or secret paper cannot come here.
    """

    closed = Signal()
    """The window is gone from the screen in the hall."""

    def __init__(
        self,
        context: UiContext,
        paper: Presentable,
        amendments: Sequence[Placed],
        first: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Show the amendments to a paper.

        Args:
            context: The surroundings.
            paper: The paper.
            amendments: In the order in which they are shown.
            first: Which is shown first, from 0.
            parent: The Qt parent.
        """
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(context.tr("amendments.hall.title"))
        self._context, self._paper, self._amendments = context, paper, tuple(amendments)
        self._at = first
        tr = context.tr
        self.title = Text(context, "", Type.TITLE, wrap=False)
        self.mover = Text(context, "", Type.LEAD, "muted")
        self.state = Text(context, "", Type.TITLE, Tone.NEUTRAL, wrap=False)
        self.old_label = Text(context, tr("amendments.hall.now"), Type.LEAD, "muted")
        self.new_label = Text(context, tr("amendments.hall.proposed"), Type.LEAD, "muted")
        self.old = TrackedText(context, (), paper.language)
        self.new = TrackedText(context, (), paper.language)
        box = self._box = QVBoxLayout(self)
        # The words follow the size of the screen, and never the other way round.
        box.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        box.setContentsMargins(2 * SPACE_6, SPACE_5, 2 * SPACE_6, SPACE_5)
        box.setSpacing(SPACE_3)
        box.addLayout(row(self.title, None, self.state))
        box.addWidget(self.mover)
        box.addSpacing(SPACE_3)
        box.addWidget(self.old_label)
        box.addWidget(self.old)
        box.addSpacing(SPACE_3)
        box.addWidget(hairline())
        box.addWidget(self.new_label)
        box.addWidget(self.new)
        box.addStretch(1)
        hall_keys(self)
        self.resize(_WIDTH, _HEIGHT)
        self._show()

    @property
    def paper(self) -> Presentable:
        """The paper."""
        return self._paper

    def renew(self, paper: Presentable, amendments: Sequence[Placed]) -> None:
        """Show the amendments as they are now; the one in front stays there."""
        front = self._amendments[self._at].amendment.id
        if not amendments:
            self.close()
            return
        self._paper, self._amendments = paper, tuple(amendments)
        ids = [each.amendment.id for each in self._amendments]
        self._at = ids.index(front) if front in ids else 0
        self._show()

    @property
    def at(self) -> int:
        """Which amendment is shown, from 0."""
        return self._at

    def step(self, by: int) -> None:
        """Go on by so many amendments."""
        self._at = (self._at + by) % len(self._amendments)
        self._show()

    def _show(self) -> None:
        tr, placed = self._context.tr, self._amendments[self._at]
        amendment = placed.amendment
        self.title.setText(tr("amendments.number", number=amendment.number))
        moved = tr("amendments.moved_by", name=amendment.proposal.mover)
        self.mover.setText(tr.joined(moved, self._paper.title))
        self.state.setText(tr(f"amendments.state.{amendment.state.value}"))
        adding = amendment.proposal.kind is Kind.INSERT_AFTER
        self.old_label.setText(tr("amendments.hall.after" if adding else "amendments.hall.now"))
        before, after = _sides(placed)
        self.old.set_runs(before)
        self.new.set_runs(after)
        gone = amendment.proposal.kind is Kind.DELETE
        self.new_label.setText(tr("amendments.hall.gone" if gone else "amendments.hall.proposed"))
        self.new.setVisible(not gone)
        self._fit()
        self.setAccessibleName(f"{self.title.text()} {self.mover.text()}")

    def _fit(self) -> None:
        """Set the words as large as both texts fit."""
        for size in _SIZES:
            self.old.set_size(size)
            self.new.set_size(size)
            # Widgets that were not shown yet do not tell the layout that they have changed.
            self._box.invalidate()
            if self._box.totalHeightForWidth(self.width()) <= self.height():
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the words as large as the window allows."""
        super().resizeEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell that the hall sees it no more."""
        super().hideEvent(event)
        self.closed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go on by a tap on the end half, back by one on the other half."""
        right = event.position().x() >= self.width() / 2
        self.step(-1 if right is self._context.theme.rtl else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from amendment to amendment."""
        forth = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_N)
        back = (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_P)
        left, right = Qt.Key.Key_Left, Qt.Key.Key_Right
        if self._context.theme.rtl:
            left, right = right, left
        if event.key() in (*forth, right):
            self.step(1)
        elif event.key() in (*back, left):
            self.step(-1)
        else:
            super().keyPressEvent(event)


def _sides(placed: Placed) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return the words as they stand, what goes marked, and as proposed, what comes marked."""
    runs = placed.runs
    if placed.amendment.proposal.kind is Kind.INSERT_AFTER:
        return runs[:1], runs[1:]
    old = tuple(
        replace(run, new=run.old) if run.kind is RunKind.SAME else run
        for run in runs
        if run.kind is not RunKind.INSERTED
    )
    return old, tuple(run for run in runs if run.kind is not RunKind.DELETED)
