"""The card that asks the operator: over everything, one key an answer."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.ui.context import UiContext
from congress.ui.doors.model import Ask, Question
from congress.ui.theme.tokens import (
    RADIUS_CARD,
    SPACE_3,
    SPACE_4,
    SPACE_5,
    Tone,
    Type,
)
from congress.ui.widgets.avatar import Avatar
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import boxed
from congress.ui.widgets.layout import row as row_of
from congress.ui.widgets.picker import description
from congress.ui.widgets.text import Text

_PORTRAIT = 220
_WIDTH = 820
_PHOTO, _INITIALS = 96, 48
_FACE_AT = 0.4
_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)


class QuestionCard(QWidget):
    """Lies over a widget while there is a question; keys 1, 2, 3 choose, 0 is none of them."""

    answered = Signal(int, object)
    """The number of the question, and the ``Person`` chosen or ``None``."""

    def __init__(self, context: UiContext, over: QWidget) -> None:
        """Lie over ``over``, unseen while nothing is asked."""
        super().__init__(over)
        self._context, self._over = context, over
        self._question: Question | None = None
        self.card = QFrame(self)
        self.card.setObjectName("floating")
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        tr = context.tr
        self.heading = Text(context, "", Type.HEADING)
        self.waiting = Chip(context, "", Tone.NOTE, figures=True)
        self.portrait = _Portrait(context.theme.px(_PORTRAIT))
        self.portrait.setAccessibleName(tr("door.ask.portrait"))
        self.list = RowList()
        self.why = Text(context, "", Type.BODY, "muted")
        self.none = Button(context, tr("door.ask.who.none"), Kind.SECONDARY, "user-minus")
        self.hint = Text(context, "", Type.LABEL, "muted")
        self._lay_out()
        self.none.clicked.connect(lambda: self._answer(None))
        over.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        outer.addWidget(self.card, 0, Qt.AlignmentFlag.AlignCenter)
        self.card.setFixedWidth(self._context.theme.px(_WIDTH))
        box = QVBoxLayout(self.card)
        box.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_4)
        box.setSpacing(SPACE_3)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.waiting)
        box.addLayout(top)
        box.addWidget(self.why)
        across = QHBoxLayout()
        across.setSpacing(SPACE_5)
        across.addWidget(self.portrait, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.list, 1)
        box.addLayout(across)
        bottom = QHBoxLayout()
        bottom.setSpacing(SPACE_3)
        bottom.addWidget(self.hint, 1)
        bottom.addWidget(self.none)
        box.addLayout(bottom)

    @property
    def question(self) -> Question | None:
        """What is asked now."""
        return self._question

    def ask(self, question: Question | None, behind: int) -> None:
        """Ask ``question``, or go away; ``behind`` more wait."""
        self._question = question
        if question is None:
            self.hide()
            return
        tr, kind = self._context.tr, question.kind
        about = question.candidates[0][0]
        self.heading.setText(tr(f"door.ask.{kind}.title", name=about.name))
        why = tr(f"door.ask.{kind}.why", name=about.name, alternate=question.alternate)
        self.why.setText(tr.joined(tr.isolated(question.door), why) if question.door else why)
        self.none.set_text(tr(f"door.ask.{kind}.none"))
        self.hint.setText(tr(f"door.ask.{kind}.keys"))
        self.portrait.setVisible(kind is not Ask.SEAT)
        self.portrait.show_image(question.portrait)
        self.waiting.setVisible(behind > 0)
        if behind:
            self.waiting.set(self._context.tr("door.ask.waiting", count=behind), Tone.NOTE)
        self._show_candidates(question)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_candidates(self, question: Question) -> None:
        tr = self._context.tr
        side = _PHOTO if question.photos else _INITIALS
        self.list.clear()
        for number, (person, score) in enumerate(question.candidates, start=1):
            key = Text(self._context, tr.number(number), Type.TITLE, Tone.ACCENT, figures=True)
            key.setMinimumWidth(self._context.theme.px(32))
            picture = Avatar(
                self._context, person.name, side=side, picture=_square(question.photos, person)
            )
            row = ListRow(
                self._context,
                person.name,
                description(self._context, person),
                leading=boxed(row_of(key, picture, space=SPACE_3)),
            )
            if question.kind is Ask.WHO:
                likeness = tr("door.ask.likeness", percent=tr.percent(round(score * 100), 100, 0))
                row.trailing.addWidget(Chip(self._context, likeness, figures=True))
            else:
                verb = tr(f"door.ask.{question.kind}.verb")
                row.trailing.addWidget(Chip(self._context, verb, Tone.ACCENT))
            row.activated.connect(lambda person=person: self._answer(person))
            self.list.add(row)

    def _answer(self, person: Person | None) -> None:
        if self._question is not None:
            self.answered.emit(self._question.number, person)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by key; no other key reaches what lies below."""
        key, question = Qt.Key(event.key()), self._question
        if question is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and question.kind is Ask.SEAT:
            self._answer(question.candidates[0][0])
        elif key in _KEYS and _KEYS.index(key) < len(question.candidates):
            self._answer(question.candidates[_KEYS.index(key)][0])
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Escape):
            self._answer(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the widget below."""
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self.setGeometry(self._over.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Dim what lies below."""
        QPainter(self).fillRect(self.rect(), QColor(10, 12, 14, 150))


def _square(photos: Mapping[PersonId, QImage], person: Person) -> QPixmap | None:
    """Return the part of a kept portrait around the face, or ``None``."""
    image = photos.get(person.id)
    if image is None or image.isNull():
        return None
    side = min(image.width(), image.height())
    top = round((image.height() - side) * _FACE_AT)
    return QPixmap.fromImage(image.copy((image.width() - side) // 2, top, side, side))


class _Portrait(QLabel):
    """A picture with round corners, or a figure where there is none."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(side, side)
        self._side = side

    def show_image(self, image: QImage | None) -> None:
        shown = QPixmap(self.size() * self.devicePixelRatioF())
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        shown.fill(Qt.GlobalColor.transparent)
        painter = QPainter(shown)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(0, 0, self._side, self._side), RADIUS_CARD, RADIUS_CARD)
        painter.setClipPath(ground)
        painter.fillRect(self.rect(), QColor("#101214"))
        if image is not None and not image.isNull():
            side = min(image.width(), image.height())
            left, top = (image.width() - side) / 2, (image.height() - side) / 2
            target = QRectF(0, 0, self._side, self._side)
            painter.drawImage(target, image, QRectF(left, top, side, side))
        painter.end()
        self.setPixmap(shown)
