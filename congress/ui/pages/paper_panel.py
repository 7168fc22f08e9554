"""One paper at the end side: its details to change in place, its versions, who may read it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QScrollArea, QVBoxLayout, QWidget

from congress.docs.describing import MAX_NUMBER
from congress.docs.model import Paper, PaperType, Version
from congress.kernel.errors import CongressError
from congress.kernel.ids import PaperId
from congress.kernel.roles import Shelf
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.controllers.amendments import amendments_path
from congress.ui.controllers.paper_desk import PaperDesk, Weighed, changes_path, version_path
from congress.ui.models.paper_choices import PaperChoices, type_options
from congress.ui.models.papers import CLEARANCE_LOOK, file_size
from congress.ui.pages.paper_clearance import ClearanceDialog
from congress.ui.pages.paper_version import begin_version, choose_version
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dates import DayField
from congress.ui.widgets.dialog import ConfirmDialog, ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import boxed, clear, column, hairline, row
from congress.ui.widgets.paperdetails import AgendaBox, ShelfField
from congress.ui.widgets.text import Text
from congress.ui.widgets.titleedit import TitleEdit
from congress.ui.widgets.versionlist import VersionList

_NUMBER_WIDTH = 80


class PaperPanel(QWidget):
    """Shows one paper; what is changed here is saved when it is left, and can be undone."""

    read_asked = Signal(object)
    """"Read" was pressed; carries the ``Paper``."""

    def __init__(self, context: UiContext, desk: PaperDesk, paper: Paper) -> None:
        """Show ``paper`` and change it through ``desk``."""
        super().__init__()
        self._context, self._desk, self.paper = context, desk, paper
        self._sheet: QWidget | None = None
        self._chose = False
        self._trouble = QVBoxLayout()
        self._facts = QVBoxLayout()
        self._chips = QVBoxLayout()
        self._build_fields()
        tr = context.tr
        self.read_button = Button(context, tr("library.read"), Kind.PRIMARY, "book-open")
        self.version_button = Button(
            context, tr("paper.version.more"), Kind.SECONDARY, "upload-simple"
        )
        self.amendments_button = Button(
            context, tr("amendments.title"), Kind.SECONDARY, "git-pull-request"
        )
        self.remove_button = Button(context, tr("library.remove"), Kind.DANGER, "trash")
        self.versions = VersionList(context)
        kind = row(self.type, self.number, space=SPACE_3)
        kind.setStretch(0, 2)
        kind.setStretch(1, 1)
        content = column(
            self.title,
            self._chips,
            self.read_button,
            self._trouble,
            kind,
            self.agenda,
            self.language,
            self.dated,
            hairline(),
            self.shelf,
            hairline(),
            Text(context, tr("paper.versions"), Type.NAME),
            self.versions,
            self.version_button,
            self.amendments_button,
            hairline(),
            self._facts,
            None,
            self.remove_button,
            space=SPACE_4,
        )
        area = QScrollArea()
        Fingers(area)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(boxed(content))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)
        self._connect()
        self._tell_facts()
        desk.load_versions(paper.id)

    def _build_fields(self) -> None:
        context, tr, paper = self._context, self._context.tr, self.paper
        self.title = TitleEdit(context, paper.title, name=tr("paper.field.title"))
        self.type_select = Select(context, type_options(tr), paper.type)
        self.type = Field(context, tr("paper.field.type"), self.type_select)
        self.number = Field(
            context,
            tr("paper.field.number"),
            value=paper.number,
            placeholder=tr("paper.field.number.example"),
        )
        self.number.editor.setMaxLength(MAX_NUMBER)  # type: ignore[attr-defined]
        # A line editor asks for its font's widest letter, which in Urdu fills the panel.
        self.number.editor.setMinimumWidth(context.theme.px(_NUMBER_WIDTH))
        self.agenda_box = AgendaBox(context, self._desk.choices.agenda, paper.agenda)
        self.agenda = Field(context, tr("paper.field.agenda"), self.agenda_box)
        self.language_select = Select(
            context, [(lang, tr(f"language.{lang}")) for lang in LANGUAGES], paper.language
        )
        self.language = Field(context, tr("paper.field.language"), self.language_select)
        self.dated = DayField(context, tr("paper.field.dated"), paper.dated, without="")
        self.shelf = ShelfField(context, self._desk.choices, paper.shelf)

    def _connect(self) -> None:
        paper_id, describe = self.paper.id, self._desk.describe
        self.title.settled.connect(lambda title: describe(paper_id, title=title))
        self.type_select.chosen.connect(lambda value: describe(paper_id, type=PaperType(value)))
        self.number.submitted.connect(self._number_left)
        self.number.editor.editingFinished.connect(self._number_left)  # type: ignore[attr-defined]
        self.agenda_box.settled.connect(lambda item: describe(paper_id, agenda=item))
        self.language_select.chosen.connect(lambda lang: describe(paper_id, language=lang))
        self.dated.settled.connect(lambda day: describe(paper_id, dated=day))
        self.shelf.chosen.connect(self._shelf_chosen)
        self.read_button.clicked.connect(lambda: self.read_asked.emit(self.paper))
        self.version_button.clicked.connect(self._new_version)
        self.amendments_button.clicked.connect(self._show_amendments)
        self.remove_button.clicked.connect(self._remove)
        self.versions.open_asked.connect(self._open_version)
        self.versions.changes_asked.connect(self._show_changes)
        self._desk.choices_came.connect(self._offer)
        self._desk.versions_came.connect(self._show_versions)
        self._desk.weighed.connect(self._weighed)
        self._desk.changed.connect(self._changed)
        self._desk.refused.connect(self._refused)

    # What is shown

    def show_paper(self, paper: Paper) -> None:
        """Show the paper as it is now; what is being typed stays."""
        before, self.paper = self.paper, paper
        if before == paper:
            return
        self.title.show_title(paper.title)
        self.type_select.set_value(paper.type)
        self.language_select.set_value(paper.language)
        if not self.number.editor.hasFocus():
            self.number.value = paper.number
        if not self.agenda_box.line.hasFocus():
            self.agenda_box.show_item(paper.agenda)
        if not self.dated.editor.hasFocus():
            self.dated.show_day(paper.dated)
        self.shelf.show_shelf(paper.shelf)
        self._tell_facts()
        if before.version_id != paper.version_id:
            self._desk.load_versions(paper.id)

    def _tell_facts(self) -> None:
        context, tr, paper = self._context, self._context.tr, self.paper
        clear(self._chips)
        tone, icon = CLEARANCE_LOOK[paper.clearance]
        words = self._desk.choices.shelf_words(tr, paper.shelf)
        self._chips.addWidget(Chip(context, words, tone, icon))
        clear(self._facts)
        lines = [
            (tr("library.field.size"), file_size(tr, paper.size)),
            (tr("paper.field.text"), tr(f"paper.text.{paper.origin}")),
        ]
        for name, value in lines:
            fact = column(
                Text(context, name, Type.CAPTION, "muted"),
                Text(context, value, Type.LABEL).selectable(),
                space=SPACE_1 // 2,
            )
            self._facts.addWidget(boxed(fact))

    def _offer(self, choices: PaperChoices) -> None:
        self.agenda_box.offer(choices.agenda)
        self.shelf.offer(choices)
        self._tell_facts()

    def _show_versions(self, paper_id: str, versions: Sequence[Version]) -> None:
        if paper_id == self.paper.id:
            self.versions.show_versions(versions)

    def _changed(self, paper: Paper) -> None:
        if paper.id == self.paper.id:
            clear(self._trouble)
            self.show_paper(paper)

    def _refused(self, paper_id: PaperId, error: CongressError) -> None:
        if paper_id == self.paper.id:
            clear(self._trouble)
            self._trouble.addWidget(ErrorView(self._context, error))
            self._let_choose()
            self.shelf.show_shelf(self.paper.shelf)

    # What is done

    def _number_left(self) -> None:
        number = self.number.value.strip()
        if number != self.paper.number:
            self._desk.describe(self.paper.id, number=number)

    def _shelf_chosen(self, shelf: Shelf) -> None:
        if shelf == self.paper.shelf:
            return
        self._chose = self.shelf.editor.hasFocus()
        self.shelf.setEnabled(False)
        self._desk.weigh(self.paper.id, shelf)

    def _let_choose(self) -> None:
        """Let another clearance be chosen again; the keyboard returns if it was there."""
        self.shelf.setEnabled(True)
        if self._chose:
            self.shelf.setFocus()
        self._chose = False

    def _weighed(self, paper_id: str, weighed: Weighed) -> None:
        if paper_id != self.paper.id:
            return
        self._let_choose()
        shelf = weighed.consequences.after
        words = self._desk.choices.shelf_words(self._context.tr, shelf)
        dialog = ClearanceDialog(self._context, self.paper, weighed, words, self.window())
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._desk.move(self.paper.id, shelf)
        else:
            self.shelf.show_shelf(self.paper.shelf)

    def _new_version(self) -> None:
        path = choose_version(self._context, self)
        if path is not None:
            self._sheet = begin_version(self._context, self._desk, self.paper, path, self.window())

    def _open_version(self, version: Version) -> None:
        self._context.navigate(version_path(self.paper.id, version))

    def _show_changes(self, old: Version, new: Version) -> None:
        self._context.navigate(changes_path(self.paper.id, old, new))

    def _show_amendments(self) -> None:
        self._context.navigate(amendments_path(self.paper.id))

    def _remove(self) -> None:
        tr = self._context.tr
        agreed = ConfirmDialog.ask(
            self._context,
            tr("library.remove.title", title=self.paper.title),
            tr("library.remove.text"),
            tr("library.remove"),
            parent=self.window(),
        )
        if agreed:
            self._desk.remove(self.paper)
