"""The biography of a candidate, written where the list is made."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Tone, Type
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.proseedit import ProseEdit
from congress.ui.widgets.text import Text
from congress.voting.biographies import LONGEST, paragraphs
from congress.voting.model import Candidate

_WIDE, _HIGH = 640, 280


class BiographyDialog(Dialog):
    """Asks for what voters can read about a candidate, and says how much room is left.

    Attributes:
        text: What is written.
        left: How many characters are left, or too many.
        keep: The button that keeps it.
    """

    def __init__(
        self,
        context: UiContext,
        candidate: Candidate,
        keep: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        """Show the biography of ``candidate``; ``keep`` takes the paragraphs that were written."""
        tr = context.tr
        super().__init__(context, tr("chair.biography.of", name=candidate.name), parent)
        self._keep = keep
        self.setMinimumWidth(context.theme.px(_WIDE))
        editor = ProseEdit(context, _HIGH)
        self.text = Field(context, tr("chair.biography"), editor)
        self.text.value = candidate.biography
        self.left = Text(context, "", Type.LABEL, "muted", figures=True)
        self.column.addWidget(Text(context, tr("chair.biography.why"), Type.BODY, "muted"))
        self.column.addWidget(self.text, 1)
        self.column.addWidget(self.left)
        self.cancel = self.add_button(tr("dialog.cancel"))
        self.keep = self.add_button(tr("chair.biography.keep"), Kind.PRIMARY)
        self.cancel.clicked.connect(self.reject)
        self.keep.clicked.connect(self._take)
        editor.textChanged.connect(self._measure)
        self._measure()
        editor.setFocus()

    def _measure(self) -> None:
        """Count what would be kept; a text that is too long is not cut, and not kept."""
        tr, room = self.context.tr, LONGEST - len(paragraphs(self.text.value))
        key = "chair.biography.left" if room >= 0 else "chair.biography.over"
        self.left.setText(tr(key, count=abs(room)))
        self.left.set_tone("muted" if room >= 0 else Tone.DANGER)
        self.keep.setEnabled(room >= 0)

    def _take(self) -> None:
        self._keep(paragraphs(self.text.value))
        self.accept()
