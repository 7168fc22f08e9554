"""The dialogs that decide an amendment, and that make the next version of accepted ones."""

from functools import partial

from PySide6.QtWidgets import QWidget

from congress.docs.amendments.model import (
    AmendedPaper,
    Amendment,
    AmendmentId,
    Consolidated,
    Decision,
    State,
)
from congress.docs.changes.tracked import tracked
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import AmendmentsController
from congress.ui.pages.amendment_sheet import TALLEST, AmendmentSheet, words_editor
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind as ButtonKind
from congress.ui.widgets.choice import Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import boxed, row
from congress.ui.widgets.text import Text
from congress.ui.widgets.trackedtext import TrackedText


class DecisionDialog(AmendmentSheet):
    """Says what became of an amendment, with the motion that decided it."""

    def __init__(
        self,
        context: UiContext,
        controller: AmendmentsController,
        amended: AmendedPaper,
        amendment: Amendment,
        state: State = State.ACCEPTED,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the form with ``state`` chosen."""
        tr = context.tr
        title = tr("amendments.decide.title", number=amendment.number)
        super().__init__(context, controller, title, tr("amendments.decide.verb"), parent)
        self._amendment = amendment
        states = [each for each in State if each is not State.SUBMITTED]
        others = [
            each.amendment for each in amended.amendments if each.amendment.id != amendment.id
        ]
        if not others:
            states.remove(State.MERGED)
        self.state = Select(
            context,
            [(each, tr(f"amendments.state.{each.value}")) for each in states],
            state,
            name=tr("amendments.state"),
        )
        self.into = Select(
            context,
            [(each.id, tr("amendments.number", number=each.number)) for each in others],
            name=tr("amendments.into"),
        )
        self._into = Field(context, tr("amendments.into"), self.into)
        self.poll = Field(
            context, tr("amendments.poll.label"), help_text=tr("amendments.poll.help")
        )
        editor = words_editor(context, 84, amended.paper.language)
        self.note = Field(context, tr("amendments.note.label"), editor)
        for widget in (Field(context, tr("amendments.state"), self.state), self._into, self.poll):
            self.content.addWidget(widget)
        self.content.addWidget(self.note)
        self.content.addStretch(1)
        self.state.chosen.connect(lambda _: self._show_into())
        self._show_into()

    def _show_into(self) -> None:
        self._into.setVisible(self.state.value is State.MERGED)

    def act(self) -> None:
        """Decide."""
        state = State(str(self.state.value))
        into = AmendmentId(str(self.into.value)) if state is State.MERGED else None
        decision = Decision(state, self.poll.value, self.note.value, into)
        self.controller.decide(self._amendment, decision)


class DraftDialog(AmendmentSheet):
    """Shows what accepted amendments make of the text, and makes it the next version."""

    def __init__(
        self,
        context: UiContext,
        controller: AmendmentsController,
        draft: Consolidated,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the draft."""
        tr = context.tr
        number = draft.amended.version.number + 1
        super().__init__(
            context,
            controller,
            tr("amendments.draft.title", number=number),
            tr("amendments.draft.verb", number=number),
            parent,
        )
        self.setMinimumHeight(context.theme.px(TALLEST))
        self._draft = draft
        applied = tr.listed(tr.number(each.amendment.number) for each in draft.applied)
        lead = (
            tr("amendments.draft.applied", numbers=applied)
            if applied
            else tr("amendments.draft.none")
        )
        self.content.addWidget(Text(context, lead, Type.BODY))
        if draft.left_out:
            numbers = tr.listed(tr.number(each.amendment.number) for each in draft.left_out)
            text = tr("amendments.draft.left_out", numbers=numbers)
            self.content.addWidget(Banner(context, text, Tone.CAUTION))
        lang = draft.amended.paper.language
        for piece in draft.pieces:
            if piece.touched:
                after = "\n".join([*([] if piece.text is None else [piece.text]), *piece.inserted])
                runs = tracked(piece.before.text, after, spaced=piece.before.spaced)
                self.content.addWidget(TrackedText(context, runs, lang))
        self.content.addStretch(1)
        self.note = Field(
            context,
            tr("amendments.draft.note"),
            value=tr("amendments.draft.note.value", numbers=applied) if applied else "",
        )
        exports = row(None)
        for html, key in ((True, "amendments.draft.html"), (False, "amendments.draft.txt")):
            button = self.add_button(tr(key), ButtonKind.QUIET, "export")
            self.buttons.removeWidget(button)
            button.clicked.connect(partial(controller.export, draft, html=html))
            exports.addWidget(button)
        self.exports = boxed(exports)
        self.column.addWidget(self.note)
        self.column.addWidget(self.exports)
        may = controller.may_version
        self.note.setVisible(may)
        self.yes.setVisible(may)
        self.yes.setEnabled(bool(draft.applied))
        controller.versioned.connect(self.accept)

    def act(self) -> None:
        """Make the version."""
        self.controller.make_version(self._draft, self.note.value)
