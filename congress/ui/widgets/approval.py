"""The second person of a two-person step, asked for in place."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.kernel.approval import Approval
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_4, Tone
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.choice import Select
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import column, row


class ApprovalFields(QWidget):
    """Asks for name and passphrase of somebody else than who signed in."""

    changed = Signal()
    """What was typed has changed."""
    submitted = Signal()
    """Enter was pressed in the passphrase."""

    def __init__(
        self,
        context: UiContext,
        seconds: Sequence[str],
        parent: QWidget | None = None,
        *,
        why: str = "chair.second.why",
    ) -> None:
        """Offer ``seconds``, the sign-in names of those who may approve.

        Args:
            context: The surroundings.
            seconds: Who may approve.
            parent: The widget it lies on.
            why: Text that asks for the second person.
        """
        super().__init__(parent)
        tr = context.tr
        self._some = bool(seconds)
        self.name = Select(
            context, [(name, name) for name in seconds], name=tr("chair.second.name")
        )
        self.passphrase = Field.secret(context, tr("chair.second.passphrase"))
        self.passphrase.changed.connect(lambda _: self.changed.emit())
        self.passphrase.submitted.connect(self.submitted)
        fields = row(
            Field(context, tr("chair.second.name"), self.name), self.passphrase, space=SPACE_4
        )
        fields.setStretch(0, 1)
        fields.setStretch(1, 1)
        hint = Banner(
            context,
            tr(why) if seconds else tr("chair.second.nobody"),
            Tone.NOTE if seconds else Tone.CAUTION,
            title=tr("chair.second.title"),
        )
        box = column(hint, space=SPACE_4)
        self.setLayout(box)
        if seconds:
            box.addLayout(fields)
        else:
            self.name.hide()
            self.passphrase.hide()

    @property
    def approval(self) -> Approval | None:
        """Who approves, once a passphrase is typed."""
        if not self._some or not self.passphrase.value:
            return None
        return Approval(str(self.name.value), self.passphrase.value)

    def show_error(self, text: str) -> None:
        """Say that the passphrase is wrong, and forget it."""
        self.passphrase.value = ""
        self.passphrase.set_error(text)
        self.passphrase.setFocus()
