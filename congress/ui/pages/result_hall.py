"""The result for the screen in the hall: one contest a page, the verdict first, then bars."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.results import ResultView
from congress.ui.hallwindow import hall_keys
from congress.ui.models.results import BarLine, bar_lines, delegation_lines
from congress.ui.theme.tokens import SPACE_3, SPACE_4, SPACE_6, Type
from congress.ui.widgets.figure import Bar
from congress.ui.widgets.layout import boxed, column, row
from congress.ui.widgets.text import Text
from congress.voting.words import say

_WIDTH, _HEIGHT = 1280, 720
_BARS, _TALL_BARS, _FEW = 8, 6, 4
"""Bars on one page of the hall, in Urdu, whose letters are taller, fewer of them; and how few
leave room for a headline in the largest letters."""


class ResultHall(QWidget):
    """A window of its own. Arrow keys and taps turn its pages; F11 fills the screen.

    A tap on the end half goes on, one on the other half goes back. In an open poll a page by
    delegation follows each contest; in a secret one there is nothing of the kind.
    """

    def __init__(self, context: UiContext, view: ResultView, owner: QWidget) -> None:
        """Show the result of ``view``; the window goes with ``owner``."""
        super().__init__(owner, Qt.WindowType.Window)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(context.tr("results.hall.title"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._context, self._view = context, view
        self.pages = QStackedWidget()
        most = _TALL_BARS if context.tr.lang == "ur" else _BARS
        for title, headline, lines in self._contents():
            for start in range(0, max(len(lines), 1), most):
                self.pages.addWidget(self._page(title, headline, lines[start : start + most]))
        self._at = Text(context, "", Type.LEAD, "muted", wrap=False, figures=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_4)
        box.addWidget(self.pages, 1)
        box.addLayout(row(None, self._at))
        hall_keys(self)
        self.resize(_WIDTH, _HEIGHT)
        self.turn(0)

    def _contents(self) -> list[tuple[str, str, list[BarLine]]]:
        """Return title, headline and bars of everything that is shown, in order."""
        tr, result = self._context.tr, self._view.result
        plan, shown = result.poll.plan, []
        for at, (contest, count, verdict) in enumerate(
            zip(plan.contests, result.counts, result.verdicts, strict=True)
        ):
            title = contest.title if plan.names_contests else plan.title
            shown.append((title, say(tr, verdict.headline), list(bar_lines(tr, count, verdict))))
            lines = delegation_lines(tr, contest, at, result.votes, self._view.delegations)
            if lines:
                shown.append((title, tr("results.by_delegation"), lines))
        return shown

    def _page(self, title: str, headline: str, lines: list[BarLine]) -> QWidget:
        context, tr = self._context, self._context.tr
        page = column(
            Text(context, tr.isolated(title), Type.HEADING, "muted"),
            Text(context, headline, Type.DISPLAY if len(lines) <= _FEW else Type.TITLE),
            space=SPACE_3,
        )
        page.addSpacing(SPACE_4)
        for line in lines:
            page.addWidget(
                Bar(
                    context,
                    line.label,
                    line.value,
                    line.part,
                    line.tone,
                    mark=line.mark,
                    height=16,
                    role=Type.LEAD,
                )
            )
        page.addStretch(1)
        return boxed(page)

    def turn(self, step: int) -> None:
        """Go ``step`` pages on, or back if it is negative."""
        at = min(max(self.pages.currentIndex() + step, 0), self.pages.count() - 1)
        self.pages.setCurrentIndex(at)
        several = self.pages.count() > 1
        self._at.setText(
            self._context.tr("results.hall.page", at=at + 1, count=self.pages.count())
            if several
            else ""
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn with the arrow keys, the page keys and space."""
        onward = Qt.Key.Key_Left if self._context.theme.rtl else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self._context.theme.rtl else Qt.Key.Key_Left
        if event.key() in (onward, Qt.Key.Key_PageDown, Qt.Key.Key_Space):
            self.turn(1)
        elif event.key() in (back, Qt.Key.Key_PageUp):
            self.turn(-1)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Turn by a tap: the end half goes on, the other goes back."""
        late = event.position().x() > self.width() / 2
        self.turn(1 if late is not self._context.theme.rtl else -1)
