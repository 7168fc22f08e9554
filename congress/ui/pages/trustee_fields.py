"""What a trustee fills in: a new passphrase, or a share file with its passphrase, or paper."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError, InputError
from congress.ui.context import UiContext
from congress.ui.controllers.trustee import FromFile, FromPaper, Share
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import Bar
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text
from congress.voting.trustees import papercode, sharefile
from congress.voting.trustees.passphrases import SHORTEST, Strength, strength

_TONES = {
    Strength.SHORT: Tone.DANGER,
    Strength.WEAK: Tone.CAUTION,
    Strength.FAIR: Tone.NOTE,
    Strength.GOOD: Tone.GOOD,
    Strength.STRONG: Tone.GOOD,
}
_FILE, _PAPER = "file", "paper"
WRONG = "trustees.wrong_passphrase"


def follow(before: QWidget, within: QWidget) -> None:
    """Let Tab go from ``before`` through what lies in ``within``, though it was made later."""
    for stop in within.findChildren(QWidget):
        if stop.focusPolicy().value & Qt.FocusPolicy.TabFocus.value and not stop.focusProxy():
            QWidget.setTabOrder(before, stop)
            before = stop


def takes_code(field: Field) -> None:
    """Have a line editor take a code: from left to right, and nothing guesses along."""
    if isinstance(field.editor, QLineEdit):
        field.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        field.editor.setInputMethodHints(
            Qt.InputMethodHint.ImhPreferUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhSensitiveData
        )


class NewPassphrase(QWidget):
    """Asks for a new passphrase twice, and says how hard it is to guess."""

    submitted = Signal()
    """Enter was pressed in the second field."""

    def __init__(self, context: UiContext, parent: QWidget | None = None) -> None:
        """Lay out the two fields and the hint."""
        super().__init__(parent)
        self._context = context
        tr = context.tr
        self.first = Field.secret(
            context, tr("trustees.passphrase.new"), help_text=tr("trustees.passphrase.help")
        )
        self.again = Field.secret(context, tr("trustees.passphrase.again"))
        self.hint = Bar(context, tr("trustees.strength"), "", 0.0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        for widget in (self.first, self.hint, self.again):
            box.addWidget(widget)
        self.first.changed.connect(self._hint)
        self.again.changed.connect(lambda _: self.again.set_error(""))
        self.first.submitted.connect(self.again.setFocus)
        self.again.submitted.connect(self.submitted)
        self.setFocusProxy(self.first)
        self._hint("")

    def _hint(self, typed: str) -> None:
        self.first.set_error("")
        found = strength(typed)
        words = self._context.tr(f"trustees.strength.{found.name.lower()}") if typed else ""
        self.hint.set(words, found / Strength.STRONG if typed else 0.0, _TONES[found])

    def take(self) -> str:
        """Return the passphrase and forget it; empty, with the reason shown, if it will not do."""
        tr, typed = self._context.tr, self.first.value
        if strength(typed) is Strength.SHORT:
            self.first.set_error(tr("trustees.passphrase.short", count=SHORTEST))
            self.first.setFocus()
            return ""
        if typed != self.again.value:
            self.again.set_error(tr("found.differ"))
            self.again.setFocus()
            return ""
        self.forget()
        return typed

    def forget(self) -> None:
        """Forget what was typed."""
        self.first.value = self.again.value = ""


class FileLine(QWidget):
    """A file or folder that was chosen, and the button that asks for another."""

    chosen = Signal(object)
    """The ``Path`` that was chosen."""

    def __init__(
        self, context: UiContext, label: str, verb: str, parent: QWidget | None = None
    ) -> None:
        """Show ``label`` and that nothing is chosen yet; subclasses of ``ask`` choose."""
        super().__init__(parent)
        self._context = context
        self.path: Path | None = None
        self.label = Text(context, label, Type.CONTROL)
        self.shown = Text(context, context.tr("trustees.file.none"), Type.BODY, "muted")
        self.button = Button(context, verb, Kind.SECONDARY, "folder-open")
        line = row(self.shown, self.button, space=SPACE_4)
        line.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.label)
        box.addLayout(line)
        self.setFocusProxy(self.button)

    def set_path(self, path: Path | None) -> None:
        """Show another choice."""
        self.path = path
        tr = self._context.tr
        self.shown.setText(tr.isolated(path.name) if path else tr("trustees.file.none"))
        self.shown.setToolTip(str(path) if path else "")
        self.shown.set_tone(Tone.NEUTRAL if path else "muted")

    def take(self, path: str) -> None:
        """Choose what a dialog returned, unless it was dismissed."""
        if path:
            self.set_path(Path(path))
            self.chosen.emit(self.path)


class ShareFields(QWidget):
    """Asks for a trustee's secret: share file and passphrase, or the lines on paper."""

    submitted = Signal()
    """Enter was pressed in the last field."""

    def __init__(
        self, context: UiContext, *, paper: bool = True, parent: QWidget | None = None
    ) -> None:
        """Lay out the fields; without ``paper`` only a file is taken."""
        super().__init__(parent)
        self._context = context
        tr = context.tr
        self.way = SegmentedControl(
            context,
            [(_FILE, tr("trustees.share.file")), (_PAPER, tr("trustees.share.paper"))],
            name=tr("trustees.share.way"),
        )
        self.way.setVisible(paper)
        self.file = FileLine(context, tr("trustees.share.file"), tr("trustees.share.choose"))
        self.file.button.clicked.connect(self._choose)
        self.passphrase = Field.secret(context, tr("trustees.passphrase"))
        self.lines = [
            Field(context, tr("trustees.paper.line", number=number), placeholder="7ZK3-Q0MW-X4TC")
            for number in range(1, papercode.LINES + 1)
        ]
        self.hint = Text(context, tr("trustees.share.paper.help"), Type.LABEL, "muted")
        self.trouble = QVBoxLayout()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        for widget in (self.way, self.file, self.passphrase, self.hint, *self.lines):
            box.addWidget(widget)
        box.addLayout(self.trouble)
        for place, line in enumerate(self.lines, start=1):
            self._prepare(line, place)
        self.passphrase.submitted.connect(self.submitted)
        self.passphrase.changed.connect(lambda _: self.passphrase.set_error(""))
        self.way.chosen.connect(lambda _: self._arrange())
        self._arrange()

    def _prepare(self, line: Field, place: int) -> None:
        takes_code(line)
        if isinstance(line.editor, QLineEdit):
            line.editor.editingFinished.connect(lambda: self._check(place))
        line.changed.connect(lambda text: self._typed(place, text))
        following = self.lines[place].setFocus if place < len(self.lines) else self.submitted.emit
        line.submitted.connect(following)

    def _typed(self, place: int, text: str) -> None:
        """Take all lines at once where a scanner has read the QR code."""
        self.lines[place - 1].set_error("")
        try:
            copy = papercode.read(text)
        except InputError:
            return
        for field, line in zip(self.lines, copy.lines, strict=True):
            field.value = line

    def _check(self, place: int) -> None:
        field = self.lines[place - 1]
        if not field.value.strip():
            return
        try:
            papercode.line_of(field.value, place)
        except InputError:
            field.set_error(self._context.tr("trustees.paper.misread"))

    def _arrange(self) -> None:
        paper = self.way.value == _PAPER
        for widget in (self.file, self.passphrase):
            widget.setVisible(not paper)
        for each in (self.hint, *self.lines):
            each.setVisible(paper)

    def _choose(self) -> None:
        tr = self._context.tr
        kinds = f"{tr('trustees.share.file')} (*{sharefile.ENDING})"
        found, _ = QFileDialog.getOpenFileName(self, tr("trustees.share.choose"), "", kinds)
        self.file.take(found)
        if found:
            self.passphrase.setFocus()

    def take(self) -> Share | None:
        """Return what opens the secret, and forget what was typed; ``None`` with the reason shown.

        A wrong passphrase shows only when the share is opened.
        """
        clear(self.trouble)
        if self.way.value == _PAPER:
            return self._from_paper()
        path, passphrase = self.file.path, self.passphrase.value
        if path is None:
            self.file.button.setFocus()
            self.show_error(InputError("trustees.no_choice"))
            return None
        if not passphrase:
            self.passphrase.set_error(self._context.tr("trustees.passphrase.missing"))
            self.passphrase.setFocus()
            return None
        self.passphrase.value = ""
        return FromFile(path, passphrase)

    def _from_paper(self) -> Share | None:
        try:
            copy = papercode.read([line.value for line in self.lines])
        except InputError as error:
            place = error.params["line"]
            if isinstance(place, int):
                wrong = self.lines[place - 1]
                wrong.set_error(self._context.tr("trustees.paper.misread"))
                wrong.setFocus()
            return None
        return FromPaper(copy)

    def show_error(self, error: CongressError) -> None:
        """Say why the share did not open, where it can be put right."""
        clear(self.trouble)
        if error.code == WRONG:
            text = self._context.tr.error(error)
            self.passphrase.set_error(f"{text.what} {text.do}")
            self.passphrase.setFocus()
        else:
            self.trouble.addWidget(ErrorView(self._context, error))

    def forget(self) -> None:
        """Forget everything that was typed and chosen."""
        clear(self.trouble)
        self.passphrase.value = ""
        self.passphrase.set_error("")
        self.file.set_path(None)
        for line in self.lines:
            line.value = ""
            line.set_error("")
