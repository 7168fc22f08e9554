"""The dialogs that enter an amendment, correct it, and put it to another paragraph."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from congress.docs.amendments.model import AmendedPaper, Amendment, Kind, Proposal
from congress.docs.changes.model import Run, RunKind
from congress.docs.changes.tracked import tracked
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import AmendmentsController
from congress.ui.pages.amendment_sheet import TALLEST, AmendmentSheet, words_editor
from congress.ui.theme.tokens import SPACE_3, Type
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.paragraphpicker import ParagraphPicker
from congress.ui.widgets.text import Text
from congress.ui.widgets.trackedtext import TrackedText

_PAUSE = 200
"""Milliseconds after the last keystroke before the words are compared."""


class ProposalDialog(AmendmentSheet):
    """Enters an amendment, or corrects one on which nothing was decided."""

    def __init__(
        self,
        context: UiContext,
        controller: AmendmentsController,
        amended: AmendedPaper,
        *,
        paragraph: int | None = None,
        amendment: Amendment | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the form.

        Args:
            context: The surroundings.
            controller: Keeps what is entered.
            amended: The paper.
            paragraph: Number of the paragraph chosen at first.
            amendment: The amendment to correct; ``None`` for a new one.
            parent: The window it belongs to.
        """
        tr = context.tr
        title = tr("amendments.correct.title" if amendment else "amendments.enter.title")
        verb = tr("amendments.correct.verb" if amendment else "amendments.enter.verb")
        super().__init__(context, controller, title, verb, parent)
        self._amendment, self._lang = amendment, amended.paper.language
        self._prefilled = ""
        self.picker = ParagraphPicker(context, amended.paragraphs, paragraph)
        if amendment is None:
            label = Text(context, tr("amendments.choose_paragraph"), Type.CONTROL)
            self.content.addWidget(label)
            self.content.addWidget(self.picker)
        self.kind = SegmentedControl(
            context,
            [(kind, tr(f"amendments.kind.{kind.value}")) for kind in Kind],
            amendment.proposal.kind if amendment else Kind.REPLACE,
            name=tr("amendments.kind"),
        )
        self.content.addLayout(row(self.kind, None))
        self.mover = Field(context, tr("amendments.mover"), help_text=tr("amendments.mover.help"))
        self.seconders = Field(
            context, tr("amendments.seconders"), help_text=tr("amendments.seconders.help")
        )
        self.content.addLayout(row(self.mover, self.seconders, space=SPACE_3))
        self._text_editor = words_editor(context, 130, self._lang)
        self.text = Field(context, tr("amendments.text"), self._text_editor)
        self.preview = TrackedText(context, (), self._lang)
        self._preview_label = Text(context, tr("amendments.preview"), Type.CONTROL)
        self.content.addWidget(self.text)
        self.content.addWidget(self._preview_label)
        self.content.addWidget(self.preview)
        reason = words_editor(context, 84, self._lang)
        self.reason = Field(context, tr("amendments.reason.label"), reason)
        self.content.addWidget(self.reason)
        self.resize(self.minimumWidth(), context.theme.px(TALLEST))
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self._show_preview)
        self._fill()
        self.picker.list.chosen.connect(lambda _: self._prefill())
        self.kind.chosen.connect(lambda _: self._prefill())
        self._text_editor.textChanged.connect(self._later.start)

    def _fill(self) -> None:
        if self._amendment is None:
            self._prefill()
            return
        proposal = self._amendment.proposal
        self.text.value = proposal.text
        self.mover.value = proposal.mover
        self.seconders.value = "; ".join(proposal.seconders)
        self.reason.value = proposal.reason
        self._show_kind()

    def _words(self) -> str:
        if self._amendment is not None:
            return self._amendment.anchor.quote.exact
        paragraph = self.picker.paragraph
        return paragraph.text if paragraph else ""

    def _prefill(self) -> None:
        """Put the paragraph into the editor, unless the person has typed something else."""
        replacing = self.kind.value is Kind.REPLACE
        if self.text.value == self._prefilled:
            self._prefilled = self._words() if replacing else ""
            self.text.value = self._prefilled
        self._show_kind()

    def _show_kind(self) -> None:
        self.text.setVisible(self.kind.value is not Kind.DELETE)
        self._show_preview()

    def _show_preview(self) -> None:
        words, kind = self._words(), self.kind.value
        if kind is Kind.REPLACE:
            runs: tuple[Run, ...] = tracked(words, self.text.value)
        elif kind is Kind.DELETE:
            runs = tracked(words, "")
        else:
            same = Run(RunKind.SAME, f"{words}\n", f"{words}\n")
            runs = (same, *tracked("", self.text.value))
        self.preview.set_runs(runs)

    @property
    def proposal(self) -> Proposal:
        """What was entered."""
        seconders = self.seconders.value.replace("؛", ";").split(";")
        return Proposal(
            mover=self.mover.value,
            kind=Kind(str(self.kind.value)),
            text=self.text.value,
            reason=self.reason.value,
            seconders=tuple(each.strip() for each in seconders if each.strip()),
        )

    def act(self) -> None:
        """Enter or correct the amendment."""
        paragraph = self.picker.paragraph
        if self._amendment is not None:
            self.controller.change(self._amendment, self.proposal)
        elif paragraph is not None:
            self.controller.submit(paragraph.start, self.proposal)
        else:
            self.yes.setEnabled(True)


class PutDialog(AmendmentSheet):
    """Puts an amendment to another paragraph."""

    def __init__(
        self,
        context: UiContext,
        controller: AmendmentsController,
        amended: AmendedPaper,
        amendment: Amendment,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the form."""
        tr = context.tr
        super().__init__(
            context, controller, tr("amendments.do.put"), tr("amendments.put.verb"), parent
        )
        self._amendment = amendment
        words = Text(context, amendment.anchor.quote.exact, Type.LABEL, "muted")
        self.content.addWidget(Text(context, tr("amendments.put.from"), Type.CONTROL))
        self.content.addWidget(words)
        self.picker = ParagraphPicker(context, amended.paragraphs)
        self.content.addWidget(Text(context, tr("amendments.choose_paragraph"), Type.CONTROL))
        self.content.addWidget(self.picker)
        self.content.addStretch(1)

    def act(self) -> None:
        """Put it there."""
        paragraph = self.picker.paragraph
        if paragraph is not None:
            self.controller.put_at(self._amendment, paragraph.start)
