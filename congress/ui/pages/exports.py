"""The way of attendance, results and minutes out of the congress, as files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QWidget

from congress.kernel.settings import LANGUAGES
from congress.secretariat.exports import Format, Kind
from congress.ui.context import UiContext
from congress.ui.controllers.exports import ExportController
from congress.ui.page import ScrollPage
from congress.ui.theme.tokens import SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button
from congress.ui.widgets.button import Kind as ButtonKind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.choice import Check
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet

_ICONS = {
    ".pdf": "file-pdf",
    ".xlsx": "table",
    ".csv": "rows",
    ".json": "brackets-curly",
}


class ExportsPage(ScrollPage):
    """What, languages, forms and folder on one page; below, what was written last.

    Attributes:
        checks: The boxes to tick, by what they stand for.
    """

    key: ClassVar[str] = "exports"
    title_key: ClassVar[str] = "exports.title"
    icon: ClassVar[str] = "export"

    def __init__(
        self, context: UiContext, controller: ExportController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page."""
        super().__init__(context, context.tr("exports.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        self.checks: dict[object, Check] = {}
        self.sheet: WorkSheet | None = None
        self.go_button = Button(context, "", ButtonKind.PRIMARY, "export")
        self.header.buttons.addWidget(self.go_button)
        self._lay_out_written()
        tr = context.tr
        what = [(kind, tr(f"export.paper.{kind}"), tr(f"exports.what.{kind}")) for kind in Kind]
        languages = [(lang, tr(f"language.{lang}"), "") for lang in LANGUAGES]
        forms = [
            (form, tr(f"exports.format.{form}"), tr(f"exports.format.{form}.hint"))
            for form in Format
        ]
        beside = QHBoxLayout()
        beside.setSpacing(SPACE_4)
        beside.addWidget(self._ticks(tr("exports.languages"), languages), 2)
        beside.addWidget(self._ticks(tr("exports.formats"), forms), 5)
        self.column.addWidget(self._ticks(tr("exports.what"), what))
        self.column.addLayout(beside)
        self.column.addWidget(self._folder_card())
        plain = Banner(
            context, tr("exports.plain.text"), Tone.NOTE, title=tr("exports.plain.title")
        )
        self.column.addWidget(plain)
        self.go_button.clicked.connect(self.start)
        controller.changed.connect(self._refresh)
        controller.exported.connect(self._show_written)
        self._refresh()

    def _ticks(self, title: str, rows: Sequence[tuple[object, str, str]]) -> Card:
        """Return a card with a box to tick for each subject, its hint beside it."""
        choice = self._controller.choice
        chosen = {*choice.kinds, *choice.languages, *choice.formats}
        card = Card(self.context, title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_5)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for at, (subject, text, hint) in enumerate(rows):
            check = Check(self.context, text, ticked=subject in chosen)
            check.setAccessibleDescription(hint)
            check.toggled.connect(self._setter(subject))
            self.checks[subject] = check
            grid.addWidget(check, at, 0)
            grid.addWidget(Text(self.context, hint, Type.LABEL, "muted"), at, 1)
        card.column.addLayout(grid)
        card.column.addStretch(1)
        return card

    def _setter(self, subject: object) -> Callable[[bool], None]:
        def set_subject(wanted: bool) -> None:
            match subject:
                case Kind():
                    self._controller.set_kind(subject, wanted)
                case Format():
                    self._controller.set_format(subject, wanted)
                case _:
                    self._controller.set_language(str(subject), wanted)

        return set_subject

    def _folder_card(self) -> Card:
        tr = self.context.tr
        card = Card(self.context, tr("exports.folder"))
        self.folder_row = ListRow(self.context, "", " ", icon="folder-open", clickable=False)
        self.choose_button = Button(self.context, tr("exports.folder.choose"))
        self.choose_button.clicked.connect(self.choose)
        self.folder_row.trailing.addWidget(self.choose_button)
        rows = RowList()
        rows.add(self.folder_row)
        card.column.addWidget(rows)
        card.column.addWidget(Text(self.context, tr("exports.folder.hint"), Type.LABEL, "muted"))
        return card

    def _lay_out_written(self) -> None:
        self.written_card = Card(self.context)
        self.written_title = Text(self.context, "", Type.HEADING)
        self.written_card.column.addWidget(self.written_title)
        self.written_list = RowList()
        self.written_card.column.addWidget(self.written_list)
        text = self.context.tr("exports.done.open")
        self.open_button = Button(self.context, text, ButtonKind.SECONDARY, "folder-open")
        self.open_button.clicked.connect(self.open_folder)
        self.written_card.column.addWidget(
            self.open_button, alignment=Qt.AlignmentFlag.AlignLeading
        )
        self.written_card.hide()
        self.column.addWidget(self.written_card)

    def choose(self) -> None:
        """Ask where the new folder is to be made."""
        folder = self._controller.choice.folder.parent
        title = self.context.tr("exports.folder.dialog")
        chosen = QFileDialog.getExistingDirectory(self, title, str(folder))
        if chosen:
            self.set_place(Path(chosen))

    @property
    def folder(self) -> Path:
        """The new folder of the next export."""
        return self._controller.choice.folder

    def set_place(self, place: Path) -> None:
        """Make the new folder in ``place``."""
        self._controller.set_place(place)

    def start(self) -> None:
        """Export, with progress and a way to cancel."""
        self.sheet = WorkSheet(self.context, self.context.tr("exports.running"), self)
        self.sheet.finished_well.connect(self._finished)
        self.sheet.run(self._controller.exporting(), lambda _: None)

    def open_folder(self) -> None:
        """Show the folder of the last export in the system's own window."""
        folder = self._controller.written[0].parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _finished(self, written: Sequence[Path]) -> None:
        self._controller.finished(written)
        text = self.context.tr("exports.done.toast", count=len(written))
        self.context.toasts.show_toast(text)

    def _refresh(self) -> None:
        tr, choice = self.context.tr, self._controller.choice
        self.folder_row.title.setText(choice.folder.name)
        self.folder_row.set_subtitle(str(choice.folder.parent))
        papers = choice.papers
        text = tr("exports.go", count=papers) if papers else tr("exports.nothing")
        self.go_button.set_text(text)
        self.go_button.setEnabled(papers > 0)

    def _show_written(self) -> None:
        written = self._controller.written
        folder = written[0].parent.name
        title = self.context.tr("exports.done.title", count=len(written), folder=folder)
        self.written_title.setText(title)
        self.written_list.clear()
        for path in written:
            size = self.context.tr.number(-(-path.stat().st_size // 1024))
            icon = _ICONS[path.suffix]
            row = ListRow(self.context, path.name, f"{size} kB", icon=icon, clickable=False)
            self.written_list.add(row)
        self.written_card.show()
        self.scroll_area.verticalScrollBar().setValue(0)
