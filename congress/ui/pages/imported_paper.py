"""What became of one file of an import: its details to correct, or why it was refused."""

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from congress.docs.describing import MAX_TITLE
from congress.docs.model import Paper, PaperType
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.controllers.paper_desk import PaperDesk
from congress.ui.models.imports import ImportLine
from congress.ui.models.paper_choices import type_options
from congress.ui.theme.tokens import SPACE_2, SPACE_3, SPACE_4, Type
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.paperdetails import AgendaBox
from congress.ui.widgets.text import Text


class ImportedPaper(QWidget):
    """Shows the line of one file; what is changed here is saved when it is left."""

    def __init__(self, context: UiContext, desk: PaperDesk, line: ImportLine) -> None:
        """Show ``line``; its paper is corrected through ``desk``."""
        super().__init__()
        self.setObjectName("clear")
        self._context, self._desk, self.line = context, desk, line
        box = QVBoxLayout(self)
        box.setContentsMargins(SPACE_2, SPACE_3, SPACE_2, SPACE_2)
        if line.paper is not None:
            self._build_fields(box, line.paper)
        elif line.error is not None:
            box.addWidget(ErrorView(context, line.error))
        else:
            box.addWidget(Text(context, context.tr("import.state.stopped"), Type.BODY, "muted"))
        box.addStretch(1)

    def is_of(self, line: ImportLine) -> bool:
        """Return whether this shows the paper of ``line``, whatever its details are by now."""
        ours, theirs = self.line.paper, line.paper
        return ours is not None and theirs is not None and ours.id == theirs.id

    def _build_fields(self, box: QVBoxLayout, paper: Paper) -> None:
        context, tr = self._context, self._context.tr
        self._title = paper.title
        self.title = Field(context, tr("paper.field.title"), value=paper.title)
        if isinstance(self.title.editor, QLineEdit):
            self.title.editor.setMaxLength(MAX_TITLE)
            self.title.editor.editingFinished.connect(self._title_left)
        self.language = Select(
            context, [(lang, tr(f"language.{lang}")) for lang in LANGUAGES], paper.language
        )
        self.type = Select(context, type_options(tr), paper.type)
        self.agenda = AgendaBox(context, self._desk.choices.agenda, paper.agenda)
        box.addWidget(self.title)
        grid = QGridLayout()
        grid.setSpacing(SPACE_4)
        for at, (key, editor) in enumerate(
            (("language", self.language), ("type", self.type), ("agenda", self.agenda))
        ):
            grid.addWidget(Field(context, tr(f"paper.field.{key}"), editor), 0, at)
            grid.setColumnStretch(at, 1)
        box.addLayout(grid)
        describe = self._desk.describe
        self.language.chosen.connect(lambda lang: describe(paper.id, language=lang))
        self.type.chosen.connect(lambda value: describe(paper.id, type=PaperType(value)))
        self.agenda.settled.connect(lambda item: describe(paper.id, agenda=item))

    def _title_left(self) -> None:
        paper, typed = self.line.paper, " ".join(self.title.value.split())
        if paper is None or typed == self._title:
            return
        if not typed:
            self.title.value = self._title
            return
        self._title = typed
        self._desk.describe(paper.id, title=typed)
