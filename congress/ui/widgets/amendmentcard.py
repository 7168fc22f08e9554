"""The amendments to one paragraph together: their words, their movers, and what became of them."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from congress.docs.amendments.model import Amendment, Placed, State
from congress.docs.notes.model import Fit
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_3, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import hairline, row
from congress.ui.widgets.text import Text
from congress.ui.widgets.trackedtext import TrackedText

TONES = {
    State.SUBMITTED: (Tone.NEUTRAL, "clock"),
    State.ACCEPTED: (Tone.GOOD, None),
    State.REJECTED: (Tone.DANGER, None),
    State.WITHDRAWN: (Tone.NEUTRAL, "arrow-u-up-left"),
    State.MERGED: (Tone.NOTE, "git-merge"),
}
"""How each state looks: its tone and its icon."""


def state_chip(context: UiContext, amendment: Amendment, numbers: dict[str, int]) -> Chip:
    """Return the mark that says what became of an amendment."""
    tr, state = context.tr, amendment.state
    tone, icon = TONES[state]
    if state is State.MERGED and (into := numbers.get(amendment.decision.into or "")):
        return Chip(context, tr("amendments.state.merged_into", number=into), tone, icon)
    return Chip(context, tr(f"amendments.state.{state.value}"), tone, icon)


class AmendmentRow(QWidget):
    """One amendment. Does nothing by itself: it only tells."""

    asked = Signal(str, object)
    """What is to be done (``accept``, ``reject``, ``decide``, ``withdraw``, ``merge``,
    ``correct``, ``put``, ``take_back`` or ``show``) with which ``Placed``."""

    def __init__(
        self,
        context: UiContext,
        placed: Placed,
        lang: str,
        numbers: dict[str, int],
        versions: dict[str, int],
        *,
        manage: bool,
        present: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Lay the amendment out.

        Args:
            context: The surroundings.
            placed: The amendment beside its paragraph.
            lang: The language of the paper.
            numbers: The numbers of the paper's amendments by their identifiers.
            versions: The numbers of the paper's versions by their identifiers.
            manage: Whether buttons to decide are offered.
            present: Whether it can be shown in the hall.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context, self.placed = context, placed
        tr, amendment = context.tr, placed.amendment
        proposal = amendment.proposal
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_2)
        title = Text(
            context, tr("amendments.number", number=amendment.number), Type.NAME, wrap=False
        )
        kind = Text(context, tr(f"amendments.kind.{proposal.kind.value}"), Type.LABEL, "muted",
                    wrap=False)  # fmt: skip
        head = row(title, kind, None, space=SPACE_3)
        for chip in self._chips(numbers, versions):
            head.addWidget(chip)
        box.addLayout(head)
        mover = tr("amendments.moved_by", name=proposal.mover)
        backed = (
            tr("amendments.seconded", names=tr.listed(proposal.seconders))
            if proposal.seconders
            else ""
        )
        box.addWidget(Text(context, tr.joined(mover, backed), Type.LABEL, "muted"))
        self.words = TrackedText(context, placed.runs, lang)
        box.addWidget(self.words)
        for key, text in (
            ("amendments.reason", proposal.reason),
            ("amendments.poll", amendment.decision.poll),
            ("amendments.note", amendment.decision.note),
        ):
            if text:
                box.addWidget(Text(context, tr(key, text=text), Type.LABEL, "muted"))
        buttons = self._buttons(manage=manage, present=present)
        if buttons is not None:
            box.addLayout(buttons)
        self.setAccessibleName(f"{title.text()}: {mover}")

    def take_keyboard(self) -> None:
        """Give the first button the keyboard, as after a decision, which changes the buttons."""
        button = self.findChild(Button)
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chips(self, numbers: dict[str, int], versions: dict[str, int]) -> list[Chip]:
        tr, amendment = self._context.tr, self.placed.amendment
        chips: list[Chip] = []
        if self.placed.collides and amendment.applied_in is None:
            others = tr.listed(tr.number(each) for each in self.placed.collides)
            text = tr("amendments.collides", numbers=others)
            chips.append(Chip(self._context, text, Tone.CAUTION, "intersect"))
        if self.placed.overtaken:
            chips.append(Chip(self._context, tr("amendments.overtaken"), Tone.CAUTION))
        elif self.placed.fit is Fit.FUZZY:
            chips.append(Chip(self._context, tr("amendments.placed_again"), Tone.NOTE))
        chips.append(state_chip(self._context, amendment, numbers))
        if amendment.applied_in is not None:
            number = versions.get(amendment.applied_in, 0)
            chips.append(Chip(self._context, tr("amendments.applied", number=number), Tone.ACCENT,
                              "file-plus"))  # fmt: skip
        return chips

    def _buttons(self, *, manage: bool, present: bool) -> QHBoxLayout | None:
        tr, amendment = self._context.tr, self.placed.amendment
        box = row(space=SPACE_2)
        more: list[tuple[str, str]] = []
        if manage and amendment.applied_in is None:
            if amendment.state is State.SUBMITTED:
                for key, icon in (("accept", "check"), ("reject", "x")):
                    box.addWidget(self._button(tr(f"amendments.do.{key}"), icon, key))
                more = [
                    ("decide", "note-pencil"),
                    ("withdraw", "arrow-u-up-left"),
                    ("merge", "git-merge"),
                    ("correct", "pencil-simple"),
                    ("put", "arrows-down-up"),
                ]
            else:
                box.addWidget(self._button(tr("amendments.do.take_back"), "arrow-counter-clockwise",
                                           "take_back"))  # fmt: skip
        if present:
            box.addWidget(
                self._button(tr("amendments.do.show"), "projector-screen", "show", Kind.QUIET)
            )
        if more:
            box.addWidget(self._menu(more))
        if not box.count():
            return None
        box.addStretch(1)
        return box

    def _button(self, text: str, icon: str, what: str, kind: Kind = Kind.SECONDARY) -> Button:
        button = Button(self._context, text, kind, icon)
        button.setAccessibleName(
            f"{text}: {self._context.tr('amendments.number', number=self.placed.amendment.number)}"
        )
        button.clicked.connect(partial(self._ask, what))
        return button

    def _menu(self, offered: Sequence[tuple[str, str]]) -> Button:
        tr = self._context.tr
        button = Button(
            self._context, kind=Kind.QUIET, icon="dots-three", name=tr("amendments.more")
        )
        menu = QMenu(button)
        for what, icon in offered:
            action = QAction(self._context.theme.icon(icon), tr(f"amendments.do.{what}"), menu)
            action.triggered.connect(partial(self._ask, what))
            menu.addAction(action)
        button.setMenu(menu)
        return button

    def _ask(self, what: str, _: bool = False) -> None:
        self.asked.emit(what, self.placed)


class ParagraphCard(Card):
    """A paragraph with all amendments to it."""

    def __init__(
        self,
        context: UiContext,
        group: Sequence[Placed],
        make: Callable[[Placed], AmendmentRow],
        parent: QWidget | None = None,
    ) -> None:
        """Show a group.

        Args:
            context: The surroundings.
            group: The amendments to one paragraph, or those without one.
            make: Lays out one amendment.
            parent: The widget it lies on.
        """
        super().__init__(context, parent=parent)
        tr, paragraph = context.tr, group[0].paragraph
        heading = (
            tr("amendments.paragraph", number=paragraph.number, page=paragraph.start.page)
            if paragraph
            else tr("amendments.unplaced")
        )
        head = row(Text(context, heading, Type.STRONG, wrap=False), None)
        live = [each for each in group if each.collides and each.amendment.applied_in is None]
        if live:
            text = tr("amendments.conflict", count=len(live))
            head.addWidget(Chip(context, text, Tone.CAUTION))
        self.column.addLayout(head)
        if paragraph is None:
            why = Text(context, tr("amendments.unplaced.why"), Type.LABEL, "muted")
            self.column.addWidget(why)
        self.rows = [make(each) for each in group]
        for at, each in enumerate(self.rows):
            if at:
                self.column.addWidget(hairline())
            self.column.addWidget(each)
        self.setAccessibleName(heading)
