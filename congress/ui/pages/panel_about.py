"""Who a candidate is, on demand: the kept portrait or initials, and what the list says."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.panel import About
from congress.ui.theme.tokens import SPACE_1, SPACE_5, Type
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.layout import column, row
from congress.ui.widgets.text import Text

_SIDE = 168


class AboutDialog(Dialog):
    """A candidate's picture and the few facts that the congress has of everybody.

    Attributes:
        facts: What is said, line by line.
    """

    def __init__(self, context: UiContext, about: About, parent: QWidget | None = None) -> None:
        """Show ``about``."""
        super().__init__(context, about.candidate.name, parent)
        tr, person, candidate = context.tr, about.person, about.candidate
        self.heading.setText(tr.isolated(candidate.name))
        facts: list[tuple[str, str]] = []
        if candidate.note and (person is None or candidate.note != person.office):
            facts.append(("note", candidate.note))
        if person is not None:
            facts += [("office", person.office), ("delegation", person.delegation)]
            facts.append(("born", tr.digits(str(person.born)) if person.born else ""))
        self.facts = [(tr(f"panel.about.{key}"), value) for key, value in facts if value]
        words = column(space=SPACE_1)
        for label, value in self.facts:
            words.addWidget(Text(context, label, Type.LABEL, "muted"))
            words.addWidget(Text(context, tr.isolated(value), Type.LEAD))
        if not self.facts:
            words.addWidget(Text(context, tr("panel.about.none"), Type.BODY, "muted"))
        words.addStretch(1)
        picture: QPixmap | None = None
        if about.portrait is not None:
            picture = QPixmap()
            picture.loadFromData(about.portrait)
            picture = _square(picture)
        avatar = Avatar(context, candidate.name, side=_SIDE, picture=picture)
        beside = row(space=SPACE_5)
        beside.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        beside.addLayout(words, 1)
        self.column.addLayout(beside)
        self.close_button = LargeButton(context, tr("dialog.close"), Kind.PRIMARY)
        self.buttons.addWidget(self.close_button)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()


def _square(picture: QPixmap) -> QPixmap | None:
    """Return the middle of a picture, as high as wide; ``None`` if it is no picture."""
    if picture.isNull():
        return None
    side = min(picture.width(), picture.height())
    return picture.copy((picture.width() - side) // 2, 0, side, side)
