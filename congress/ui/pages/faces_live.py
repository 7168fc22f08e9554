"""Enrols one person before the camera: good photographs, guided in words."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from congress.kernel.errors import CongressError
from congress.kernel.people import Person
from congress.rollcall.camera import open_source
from congress.rollcall.faces import Backend, Image
from congress.rollcall.guide import Guide, Hint, Look, Pose
from congress.rollcall.quality import Reason
from congress.ui.context import UiContext
from congress.ui.enrolcamera import EnrolCamera, Shown
from congress.ui.theme.tokens import SPACE_3, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.cameraview import CameraView, Mark
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import StepLine
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text

_WIDE, _HIGH = 640, 360


class LiveDialog(Dialog):
    """A live picture, what is asked for, and what is wrong now.

    Attributes:
        camera: The running camera, or ``None``.
    """

    taken = Signal(object)
    """The photographs (``Sequence[Image]``), in memory alone; the dialog has closed."""

    def __init__(
        self,
        context: UiContext,
        person: Person,
        backend: Backend,
        source: str,
        parent: QWidget | None = None,
    ) -> None:
        """Ask ``person`` before the camera ``source``; nothing runs before ``start``."""
        tr = context.tr
        super().__init__(context, tr("faces.live.title", name=person.name), parent)
        self._backend = backend
        self.camera: EnrolCamera | None = None
        self.steps = StepLine(context, [tr(f"faces.pose.{pose}") for pose in Pose], 0)
        self.view = CameraView(context, tr("faces.live.picture"))
        self.view.setMinimumSize(context.theme.px(_WIDE), context.theme.px(_HIGH))
        self.view.show_note(tr("faces.live.off"))
        self.said = Text(context, tr("faces.live.before"), Type.LEAD)
        self.said.setMinimumHeight(self.said.fontMetrics().lineSpacing() * 2)
        self.trouble = Banner(context, "", Tone.DANGER)
        self.trouble.hide()
        self.source = Field(
            context, tr("faces.live.source"), help_text=tr("faces.live.source.help"), value=source
        )
        for widget in (self.steps, self.view, self.said, self.trouble, self.source):
            self.column.addWidget(widget)
        why = Text(context, tr("faces.live.why"), Type.LABEL, "muted")
        self.column.addWidget(why)
        self.anew_button = Button(
            context, tr("faces.live.anew"), Kind.QUIET, "arrow-counter-clockwise"
        )
        self.anew_button.setEnabled(False)
        self.column.addLayout(row(self.anew_button, None, space=SPACE_3))
        self.cancel_button = self.add_button(tr("dialog.cancel"))
        self.start_button = self.add_button(tr("faces.live.start"), Kind.PRIMARY, "video-camera")
        self.anew_button.clicked.connect(self._begin_anew)
        self.cancel_button.clicked.connect(self.reject)
        self.start_button.clicked.connect(self.start)
        self.source.submitted.connect(self.start)
        self.finished.connect(lambda _: self.stop())

    def start(self) -> None:
        """Watch the camera that is named in the field."""
        self.stop()
        self.trouble.hide()
        camera = EnrolCamera(
            open_source(self.source.value or "0"), Guide(self._backend), parent=self
        )
        camera.shown.connect(self._show)
        camera.taken.connect(self._take)
        camera.lost.connect(self._lose)
        camera.ended.connect(self._end)
        camera.broken.connect(self.context.tasks.bug)
        self.camera = camera
        self.start_button.setEnabled(False)
        self.source.hide()
        self.anew_button.setEnabled(True)
        self.view.show_note(self.context.tr("faces.live.starts"))
        camera.start()

    def stop(self) -> None:
        """Let the camera go, and what it took with it."""
        if self.camera is not None:
            self.camera.stop()
            self.camera = None

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the camera go."""
        self.stop()
        super().closeEvent(event)

    def _begin_anew(self) -> None:
        if self.camera is not None:
            self.camera.begin_anew()

    def _show(self, shown: Shown) -> None:
        if self.camera is None:
            return
        look = shown.look
        self.view.show_frame(shown.image, self._marks(shown))
        if self.steps.state(look.taken) != "current":
            self.steps.set_current(look.taken)
        words = said(self.context, look)
        if words != self.said.text():
            self.said.setText(words)
        self.camera.shown_now(self.view.wanted)

    def _marks(self, shown: Shown) -> Sequence[Mark]:
        look, size = shown.look, shown.size
        if look.face is None:
            return ()
        good = isinstance(look.said, Hint) and look.said in (Hint.HOLD, Hint.DONE)
        text = self.context.tr.percent(round(100 * look.held), 100, 0) if good else ""
        box = look.face
        return (
            Mark(
                box.x / size.width(),
                box.y / size.height(),
                box.width / size.width(),
                box.height / size.height(),
                text,
                Tone.GOOD if good else Tone.CAUTION,
            ),
        )

    def _take(self, shots: Sequence[Image]) -> None:
        self.stop()
        self.accept()
        self.taken.emit(shots)

    def _lose(self, lost: bool) -> None:
        if lost:
            self.said.setText(self.context.tr("faces.live.lost"))

    def _end(self, error: CongressError | None) -> None:
        tr = self.context.tr
        self.stop()
        self.view.show_note(tr("faces.live.off"))
        self.said.setText(tr("faces.live.before"))
        if error is not None:
            text = tr.error(error)
            self.trouble.set(text.do, Tone.DANGER, title=text.what)
        else:
            self.trouble.set(tr("faces.live.ended.why"), Tone.NOTE, title=tr("faces.live.ended"))
        self.trouble.show()
        self.steps.set_current(0)
        self.anew_button.setEnabled(False)
        self.start_button.setEnabled(True)
        self.source.show()


def said(context: UiContext, look: Look) -> str:
    """Return what the guide says, as words to the person before the camera."""
    tr = context.tr
    if isinstance(look.said, Reason):
        return tr(f"faces.live.reason.{look.said}")
    if look.said is Hint.TURN_MORE or look.said is Hint.OTHER_SIDE:
        return tr(f"faces.hint.{look.said}.{look.pose}")
    return tr(f"faces.hint.{look.said}")
