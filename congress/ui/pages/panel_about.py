"""Who a candidate is, on demand: portrait or initials, what the list says, and the biography."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QAbstractSlider, QFrame, QScrollArea, QWidget

from congress.i18n.direction import from_right
from congress.ui.context import UiContext
from congress.ui.controllers.panel import About
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_5, Type
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.largebutton import LargeButton
from congress.ui.widgets.layout import boxed, column, hairline, row
from congress.ui.widgets.text import Text

_SIDE = 168
_WIDE, _LEAST, _MOST = 720, 140, 420
"""Width of the dialog around a biography, and its least and greatest height; in pixels at text
scale 1."""
_FRAME = 80
"""Pixels of a window that a dialog over it leaves free, its own title bar among them."""
_KEYS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}


class AboutDialog(Dialog):
    """A candidate's picture, the few facts that the congress has of everybody, the biography.

    Attributes:
        facts: What is said, line by line.
        biography: What scrolls, if there is a biography.
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
        self.biography: Biography | None = None
        if not self.facts and not candidate.biography:
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
        if candidate.biography:
            self.setMinimumWidth(context.theme.px(_WIDE))
            self.biography = Biography(context, candidate.biography)
            self.column.addWidget(hairline())
            self.column.addWidget(self.biography, 1)
        self.close_button = LargeButton(context, tr("dialog.close"), Kind.PRIMARY)
        self.buttons.addWidget(self.close_button)
        self.close_button.clicked.connect(self.accept)
        self.close_button.setFocus()
        if self.biography is not None and parent is not None:
            self._fit(self.biography, parent.window().height() - _FRAME)

    def _fit(self, biography: "Biography", height: int) -> None:
        """Let the biography be as high as its words, as far as ``height`` pixels allow."""
        layout, wide = self.layout(), self.minimumWidth()
        if layout is not None:
            self.ensurePolished()
            layout.activate()
            around = max(layout.totalHeightForWidth(wide), layout.totalSizeHint().height())
            biography.grow(height - around, wide - 2 * SPACE_5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the pages of a long biography from the button, which has the keyboard."""
        action = _KEYS.get(Qt.Key(event.key()))
        if action is None or self.biography is None:
            super().keyPressEvent(event)
        else:
            self.biography.verticalScrollBar().triggerAction(action)


class Biography(QScrollArea):
    """Paragraphs, each in its own direction of writing; they scroll where room is short."""

    def __init__(self, context: UiContext, text: str, parent: QWidget | None = None) -> None:
        """Show the paragraphs of ``text``, which empty lines part."""
        super().__init__(parent)
        self._least, self._most = context.theme.px(_LEAST), context.theme.px(_MOST)
        self._height = self._least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(context.tr("panel.about.biography"))
        words = column(space=SPACE_3)
        words.addWidget(Text(context, context.tr("panel.about.biography"), Type.LABEL, "muted"))
        for paragraph in text.split("\n\n"):
            words.addWidget(_paragraph(context, paragraph))
        words.addStretch(1)
        self._words = boxed(words)
        self.setWidget(self._words)
        Fingers(self)

    def grow(self, more: int, wide: int) -> None:
        """Be as high as the words at a width, but at most ``more`` pixels higher than the least."""
        most = min(self._most, self._least + max(0, more))
        inside = wide - self.verticalScrollBar().sizeHint().width()
        self._height = min(self._words.heightForWidth(inside), most)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height that was settled; Qt's own grows with the letters."""
        return QSize(super().sizeHint().width(), self._height)

    def minimumSizeHint(self) -> QSize:
        """Return no less than the settled height, which the window has room for."""
        return QSize(super().minimumSizeHint().width(), self._height)


def _paragraph(context: UiContext, text: str) -> Text:
    """Return one paragraph, begun at the side from which its own letters are read."""
    paragraph = Text(context, text, Type.READING)
    side = Qt.AlignmentFlag.AlignRight if from_right(text) else Qt.AlignmentFlag.AlignLeft
    paragraph.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop)
    return paragraph


def _square(picture: QPixmap) -> QPixmap | None:
    """Return the middle of a picture, as high as wide; ``None`` if it is no picture."""
    if picture.isNull():
        return None
    side = min(picture.width(), picture.height())
    return picture.copy((picture.width() - side) // 2, 0, side, side)
