"""The complaints about a poll: who made them, what they say, and what was decided."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.chair import ChairController, PollView
from congress.ui.pages.amendment_sheet import words_editor
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import column, hairline, row
from congress.ui.widgets.text import Text
from congress.voting.model import Complaint

_HEIGHT = 120


class ComplaintsCard(Card):
    """Lists the complaints; each can be decided once.

    Attributes:
        add: The button that records another.
        deciding: The buttons that decide those that are open.
    """

    def __init__(
        self,
        context: UiContext,
        controller: ChairController,
        view: PollView,
        parent: QWidget | None = None,
    ) -> None:
        """List the complaints of ``view``."""
        super().__init__(context, context.tr("complaints.title"), parent=parent)
        self._context, self._controller, self._view = context, controller, view
        self.deciding: list[Button] = []
        if not view.complaints:
            none = Text(context, context.tr("complaints.none"), Type.BODY, "muted")
            self.column.addWidget(none)
        for complaint in view.complaints:
            self._list(complaint)
        self.add = Button(context, context.tr("complaints.add"), icon="plus")
        self.add.clicked.connect(self._ask)
        self.column.addLayout(row(self.add, None))

    def _list(self, complaint: Complaint) -> None:
        context, tr = self._context, self._context.tr
        decided = complaint.decided_at is not None
        state = tr("complaints.decided" if decided else "complaints.open")
        chip = Chip(context, state, Tone.GOOD if decided else Tone.CAUTION)
        head = tr.joined(complaint.complainant, tr.datetime(complaint.filed_at.astimezone()))
        line = row(Text(context, head, Type.NAME), chip)
        line.setStretch(0, 1)
        words = column(line, Text(context, tr.isolated(complaint.text), Type.BODY))
        if complaint.decided_at is not None:
            said = tr.joined(
                tr("complaints.decision"), tr.datetime(complaint.decided_at.astimezone())
            )
            words.addWidget(Text(context, said, Type.LABEL, "muted"))
            words.addWidget(Text(context, tr.isolated(complaint.decision), Type.BODY))
        else:
            decide = Button(context, tr("complaints.decide"))
            decide.setAccessibleName(f"{tr('complaints.decide')}: {complaint.complainant}")
            decide.clicked.connect(partial(self._ask_to_decide, complaint))
            self.deciding.append(decide)
            words.addLayout(row(decide, None))
        self.column.addLayout(words)
        self.column.addWidget(hairline())

    def _ask(self) -> None:
        poll_id = self._view.poll.id
        ComplaintDialog(
            self._context, partial(self._controller.file_complaint, poll_id), self
        ).open()

    def _ask_to_decide(self, complaint: Complaint) -> None:
        decide = partial(self._controller.decide_complaint, complaint.id)
        DecisionDialog(self._context, complaint, decide, self).open()


class _WordsDialog(Dialog):
    """A dialog with a field of words, and a button that records them."""

    def __init__(
        self, context: UiContext, title: str, why: str, label: str, parent: QWidget | None
    ) -> None:
        tr = context.tr
        super().__init__(context, title, parent)
        self.column.addWidget(Text(context, why, Type.BODY, "muted"))
        self.words = words_editor(context, _HEIGHT, tr.lang)
        self.words.setAccessibleName(label)
        self.column.addWidget(Text(context, label, Type.STRONG))
        self.column.addWidget(self.words)
        self.no = self.add_button(tr("dialog.cancel"))
        self.yes = self.add_button(tr("complaints.record"), Kind.PRIMARY)
        self.yes.setEnabled(False)
        self.no.clicked.connect(self.reject)
        self.words.textChanged.connect(self._allow)

    def _allow(self) -> None:
        self.yes.setEnabled(bool(self.words.toPlainText().strip()))


class ComplaintDialog(_WordsDialog):
    """Asks for a new complaint."""

    def __init__(
        self,
        context: UiContext,
        record: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        """Call ``record`` with who complains and what it says."""
        tr = context.tr
        super().__init__(
            context,
            tr("complaints.add"),
            tr("complaints.add.why"),
            tr("complaints.text"),
            parent,
        )
        self._record = record
        self.who = Field(context, tr("complaints.who"))
        self.who.changed.connect(lambda _: self._allow())
        self.column.insertWidget(1, self.who)
        self.yes.clicked.connect(self._give)
        self.who.setFocus()

    def _allow(self) -> None:
        self.yes.setEnabled(bool(self.words.toPlainText().strip()) and bool(self.who.value.strip()))

    def _give(self) -> None:
        self._record(self.who.value, self.words.toPlainText())
        self.accept()


class DecisionDialog(_WordsDialog):
    """Asks what was decided about a complaint."""

    def __init__(
        self,
        context: UiContext,
        complaint: Complaint,
        decide: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        """Call ``decide`` with the decision."""
        tr = context.tr
        super().__init__(
            context,
            tr("complaints.decide"),
            tr("complaints.decide.why"),
            tr("complaints.decision"),
            parent,
        )
        self._decide = decide
        said = tr.joined(complaint.complainant, complaint.text)
        self.column.insertWidget(1, Text(context, said, Type.BODY))
        self.yes.clicked.connect(self._give)
        self.words.setFocus()

    def _give(self) -> None:
        self._decide(self.words.toPlainText())
        self.accept()
