"""One person's face at the end side of the window: consent, enrolment, data, erasure."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from congress.rollcall.model import ConsentAnswer
from congress.ui.context import UiContext
from congress.ui.models.faces import (
    ANSWER_ICONS,
    ANSWER_TONES,
    STATE_ICONS,
    STATE_TONES,
    FaceLine,
)
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text


class FacePanel(QWidget):
    """What the camera knows of a person, and what can be done about it."""

    consent_asked = Signal()
    """"Note the answer" was pressed."""
    photos_asked = Signal()
    """Photographs of the person are to be enrolled."""
    camera_asked = Signal()
    """The person is to be photographed now."""
    erase_asked = Signal()
    """The face is to be erased."""
    data_asked = Signal(bool)
    """What is held about the person is to be saved; as a PDF, or else as JSON."""
    badge_asked = Signal()
    """The person's badge is lost."""

    def __init__(
        self, context: UiContext, line: FaceLine, *, may_enrol: bool, parent: QWidget | None = None
    ) -> None:
        """Show ``line``."""
        super().__init__(parent)
        self._context, self._may_enrol = context, may_enrol
        ground = QWidget()
        ground.setObjectName("clear")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(SPACE_2, 0, SPACE_2, SPACE_2)
        self._column.setSpacing(SPACE_3)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self.show_line(line)

    @property
    def line(self) -> FaceLine:
        """Who is shown."""
        return self._line

    def show_line(self, line: FaceLine) -> None:
        """Show another person, or the same one anew."""
        self._line = line
        clear(self._column)
        context, tr = self._context, self._context.tr
        person = line.person
        self._column.addWidget(Text(context, person.name, Type.HEADING).selectable())
        about = tr.joined(person.badge, person.delegation)
        self._column.addWidget(Text(context, about, Type.LABEL, "muted"))
        state = Chip(
            context,
            tr(f"faces.state.{line.state}"),
            STATE_TONES[line.state],
            STATE_ICONS[line.state],
        )
        self._column.addLayout(row(state, None))
        if line.photos:
            photos = tr("faces.panel.photos", count=line.photos)
            self._column.addWidget(Text(context, photos, Type.LABEL))
        elif line.outdated:
            self._column.addWidget(Text(context, tr("faces.panel.outdated"), Type.LABEL))
        if line.alike:
            words = tr("faces.panel.alike", names=tr.listed(line.alike))
            title = tr("faces.panel.alike.title")
            self._column.addWidget(Banner(context, words, Tone.CAUTION, title=title))
        self._show_consent(line)
        self._show_enrolment(line)
        self._show_data(line)

    def _section(self, key: str) -> None:
        self._column.addSpacing(SPACE_4)
        self._column.addWidget(Text(self._context, self._context.tr(key), Type.STRONG))

    def _show_consent(self, line: FaceLine) -> None:
        context, tr = self._context, self._context.tr
        self._section("faces.column.consent")
        words = tr(f"faces.consent.{line.answer}")
        mark = Chip(context, words, ANSWER_TONES[line.answer], ANSWER_ICONS[line.answer])
        self._column.addLayout(row(mark, None))
        if line.consent is not None:
            day = tr.date(line.consent.at.astimezone().date())
            noted = tr.joined(day, line.consent.note)
            self._column.addWidget(Text(context, noted, Type.LABEL, "muted").selectable())
        self.consent_button = Button(
            context, tr("faces.panel.consent"), Kind.SECONDARY, "pencil-simple"
        )
        self.consent_button.clicked.connect(self.consent_asked)
        self.consent_button.setVisible(self._may_enrol)
        self._column.addLayout(row(self.consent_button, None))

    def _show_enrolment(self, line: FaceLine) -> None:
        context, tr = self._context, self._context.tr
        given = line.answer == ConsentAnswer.GIVEN
        self._section("faces.panel.enrol")
        if not given:
            key = "ask" if line.consent is None else "no"
            self._column.addWidget(
                Text(context, tr(f"faces.panel.enrol.{key}"), Type.LABEL, "muted")
            )
        self.camera_button = Button(
            context, tr("faces.panel.camera"), Kind.SECONDARY, "video-camera"
        )
        self.photos_button = Button(context, tr("faces.panel.files"), Kind.SECONDARY, "image")
        self.camera_button.clicked.connect(self.camera_asked)
        self.photos_button.clicked.connect(self.photos_asked)
        for button in (self.camera_button, self.photos_button):
            button.setEnabled(given and self._may_enrol)
            self._column.addLayout(row(button, None))

    def _show_data(self, line: FaceLine) -> None:
        context, tr = self._context, self._context.tr
        self._section("faces.panel.data")
        self._column.addWidget(Text(context, tr("faces.panel.data.why"), Type.LABEL, "muted"))
        self.pdf_button = Button(context, tr("faces.save.pdf"), Kind.QUIET, "file-pdf")
        self.json_button = Button(context, tr("faces.save.json"), Kind.QUIET, "brackets-curly")
        self.pdf_button.clicked.connect(lambda: self.data_asked.emit(True))
        self.json_button.clicked.connect(lambda: self.data_asked.emit(False))
        self._column.addLayout(row(self.pdf_button, None))
        self._column.addLayout(row(self.json_button, None))
        self.badge_button = Button(
            context, tr("faces.badges.anew"), Kind.QUIET, "identification-card"
        )
        self.badge_button.clicked.connect(self.badge_asked)
        self._column.addLayout(row(self.badge_button, None))
        self.erase_button = Button(context, tr("faces.panel.erase"), Kind.DANGER, "trash")
        self.erase_button.clicked.connect(self.erase_asked)
        self.erase_button.setVisible(self._may_enrol and line.known)
        self._column.addLayout(row(self.erase_button, None))
