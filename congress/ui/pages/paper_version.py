"""The way of a new version into a paper: the file, what changed in a line, the work."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from congress.docs.describing import MAX_NOTE
from congress.docs.incoming import TAKEN
from congress.docs.intake import Readied
from congress.docs.model import Paper
from congress.ui.context import UiContext
from congress.ui.controllers.paper_desk import PaperDesk
from congress.ui.theme.tokens import Type
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.field import Field
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet


class VersionDialog(Dialog):
    """Says what a new version means, and asks what changed in it."""

    def __init__(
        self, context: UiContext, paper: Paper, path: Path, parent: QWidget | None = None
    ) -> None:
        """Ask about the file at ``path`` as the next version of ``paper``."""
        tr = context.tr
        super().__init__(context, tr("paper.version.new", number=paper.version + 1), parent)
        self.column.addWidget(Text(context, paper.title, Type.STRONG))
        self.column.addWidget(Text(context, path.name, Type.LABEL, "muted"))
        self.note = Field(
            context,
            tr("paper.version.note"),
            placeholder=tr("paper.version.note.example"),
            help_text=tr("paper.version.note.help"),
        )
        self.note.editor.setMaxLength(MAX_NOTE)  # type: ignore[attr-defined]
        self.column.addWidget(self.note)
        self.column.addWidget(Text(context, tr("paper.version.means"), Type.LABEL, "muted"))
        self.column.addStretch(1)
        self.add_button(tr("dialog.cancel")).clicked.connect(self.reject)
        self.start_button = self.add_button(tr("paper.version.add"), Kind.PRIMARY)
        self.start_button.clicked.connect(self.accept)
        self.note.submitted.connect(self.accept)
        self.note.setFocus()


def choose_version(context: UiContext, parent: QWidget) -> Path | None:
    """Ask for the file of a new version; return it, or ``None``."""
    patterns = " ".join(f"*{name}" for name in sorted(TAKEN))
    chosen, _ = QFileDialog.getOpenFileName(
        parent,
        context.tr("paper.version.choose"),
        "",
        f"{context.tr('library.import.kinds')} ({patterns})",
    )
    return Path(chosen) if chosen else None


def begin_version(
    context: UiContext, desk: PaperDesk, paper: Paper, path: Path, parent: QWidget
) -> WorkSheet | None:
    """Ask what changed and bring the file in; the sheet does not wait.

    Returns:
        The open sheet, or ``None`` if the person said no.
    """
    dialog = VersionDialog(context, paper, path, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    sheet = WorkSheet(context, context.tr("paper.version.working"), parent)
    note = dialog.note.value

    def take(readied: Readied) -> None:
        desk.take_version(paper.id, readied, note)

    sheet.run(desk.reading(path, paper.language), take)
    return sheet
