"""What a trustee sees between the check of a ledger and the decryption of their part."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.errors import InputError
from congress.ui.context import UiContext
from congress.ui.controllers.trustee import Share
from congress.ui.pages.trustee_fields import takes_code
from congress.ui.theme.tokens import SPACE_3, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.voting.trustees.decryption import Examined
from congress.voting.trustees.fingerprint import same


class Checked(QWidget):
    """Says that the ledger holds, and which one it is.

    A share file remembers what it has decrypted, and its owner compares the seal. A copy on paper
    does not: the seal is not shown then but asked for, so that it comes from the hall and not
    from the machine that asks for the key.

    Attributes:
        mark: The fingerprint of what is to be decrypted.
        seal: The seal of the close, where it is shown; ``None`` where it is asked for.
        typed: The field for it, where it is asked for.
    """

    agreed = Signal(object)
    """The trustee wants to decrypt: the ``Share``, with what they confirmed."""
    dismissed = Signal()
    """The trustee does not."""

    def __init__(
        self, context: UiContext, examined: Examined, share: Share, parent: QWidget | None = None
    ) -> None:
        """Show what was found of ``examined`` to the owner of ``share``."""
        super().__init__(parent)
        self._context, self._examined, self._share = context, examined, share
        tr = context.tr
        why = tr("trustees.decrypt.holds.why", count=examined.ballots)
        self.seal: Text | None = None
        self.typed: Field | None = None
        self.verb = Button(context, tr("trustees.decrypt.verb"), Kind.PRIMARY, "lock-key")
        self.no = Button(context, tr("dialog.cancel"), Kind.QUIET)
        self.verb.clicked.connect(self._agree)
        self.no.clicked.connect(self.dismissed)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE_3)
        self._box.addWidget(Banner(context, why, Tone.GOOD, title=tr("trustees.decrypt.holds")))
        if share.remembers:
            compare = tr("trustees.decrypt.seal.compare")
            self.seal = self._show("trustees.decrypt.seal", examined.seal, compare)
            self.setFocusProxy(self.verb)
        else:
            self._box.addWidget(Banner(context, tr("trustees.seal.forgets"), Tone.CAUTION))
            self.typed = self._ask()
            self.setFocusProxy(self.typed)
        compare = tr("trustees.decrypt.compare")
        self.mark = self._show("trustees.decrypt.fingerprint", examined.fingerprint, compare)
        self._box.addLayout(row(self.verb, self.no, None, space=SPACE_3))

    def _show(self, key: str, words: str, compare: str) -> Text:
        letters = Text(self._context, words, Type.TITLE, wrap=False, figures=True)
        letters.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._box.addWidget(Text(self._context, self._context.tr(key), Type.CONTROL))
        self._box.addLayout(row(letters, None))
        self._box.addWidget(Text(self._context, compare, Type.LABEL, "muted"))
        return letters

    def _ask(self) -> Field:
        tr = self._context.tr
        field = Field(
            self._context, tr("trustees.decrypt.seal"), help_text=tr("trustees.seal.type")
        )
        takes_code(field)
        field.submitted.connect(self._agree)
        field.changed.connect(lambda _: field.set_error(""))
        self._box.addWidget(field)
        return field

    def _agree(self) -> None:
        typed = "" if self.typed is None else self.typed.value
        if self.typed is not None and not same(typed, self._examined.seal):
            text = self._context.tr.error(InputError("trustees.other_seal"))
            self.typed.set_error(f"{text.what} {text.do}")
            self.typed.setFocus()
            return
        self.agreed.emit(self._share.confirmed(typed))
