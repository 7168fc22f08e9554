"""The tracking code on the panel: as characters, as words to say aloud, and as a QR code."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_5, Type
from congress.ui.widgets.card import Card
from congress.ui.widgets.layout import column, row
from congress.ui.widgets.qr import QrCode
from congress.ui.widgets.text import Text
from congress.voting.ballots import grouped
from congress.voting.codewords import words_of

_SIDE = 196
_IN_A_LINE = 4


class CodePlate(Card):
    """Shows one tracking code in its three forms.

    Attributes:
        code: The characters, in groups of four.
        words: The words, in two lines.
    """

    def __init__(
        self, context: UiContext, tracking_code: str, parent: QWidget | None = None
    ) -> None:
        """Show ``tracking_code``."""
        super().__init__(context, parent=parent)
        tr, words = context.tr, words_of(tracking_code)
        self.code = Text(context, grouped(tracking_code), Type.LEAD, wrap=False, figures=True)
        lines = (" ".join(words[:_IN_A_LINE]), " ".join(words[_IN_A_LINE:]))
        self.words = Text(context, "\n".join(lines), Type.LEAD, wrap=False)
        for text in (self.code, self.words):
            text.selectable()
            text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.code.setAccessibleName(f"{tr('panel.receipt.code')}: {self.code.text()}")
        self.words.setAccessibleName(f"{tr('panel.words')}: {' '.join(words)}")
        beside = column(
            None,
            Text(context, tr("panel.receipt.code"), Type.STRONG, "muted"),
            self.code,
            Text(context, tr("panel.words"), Type.STRONG, "muted"),
            self.words,
            None,
            space=SPACE_1,
        )
        beside.insertSpacing(3, SPACE_3)
        picture = QrCode(context, tracking_code, name=tr("panel.receipt.qr"), side=_SIDE)
        self.column.addLayout(row(picture, beside, None, space=SPACE_5))
