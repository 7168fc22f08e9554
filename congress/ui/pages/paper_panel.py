"""One paper at the end side: what it is, and for the secretariat its details to correct."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from congress.docs.model import Paper
from congress.kernel.errors import CongressError
from congress.kernel.roles import Clearance
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.models.papers import CLEARANCE_LOOK, file_size
from congress.ui.theme.tokens import SPACE_1, SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Select
from congress.ui.widgets.dialog import ConfirmDialog, ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import boxed, clear, column
from congress.ui.widgets.text import Text

_ORDER = list(Clearance)


class PaperPanel(QWidget):
    """Shows one paper and its details."""

    read_asked = Signal(object)
    """"Read" was pressed; carries the ``Paper``."""
    save_asked = Signal(object, str, str, object)
    """The ``Paper``, its new title, language and ``Clearance``."""
    remove_asked = Signal(object)
    """The removal was confirmed; carries the ``Paper``."""

    def __init__(self, context: UiContext, paper: Paper, clearances: tuple[Clearance, ...]) -> None:
        """Show ``paper``; it may be moved among ``clearances``."""
        super().__init__()
        self._context, self.paper = context, paper
        tr = context.tr
        tone, icon = CLEARANCE_LOOK[paper.clearance]
        read = Button(context, tr("library.read"), Kind.PRIMARY, "book-open")
        read.clicked.connect(lambda: self.read_asked.emit(self.paper))
        self.read_button = read
        self.title = Field(context, tr("library.field.title"), value=paper.title)
        self.language = Select(
            context,
            [(lang, tr(f"language.{lang}")) for lang in LANGUAGES],
            paper.language,
        )
        self.clearance = Select(
            context,
            [(each, tr(f"clearance.{each}")) for each in clearances],
            paper.clearance,
        )
        language = Field(context, tr("library.facet.language"), self.language)
        self.clearance_field = Field(
            context,
            tr("library.facet.clearance"),
            self.clearance,
            help_text=tr(f"library.clearance.means.{paper.clearance}"),
        )
        self.save_button = Button(context, tr("library.save"), Kind.SECONDARY, "check")
        self.remove_button = Button(context, tr("library.remove"), Kind.DANGER, "trash")
        self._trouble = QVBoxLayout()
        content = column(
            Text(context, paper.title, Type.HEADING),
            Chip(context, tr(f"clearance.{paper.clearance}"), tone, icon),
            read,
            self.title,
            language,
            self.clearance_field,
            self._trouble,
            self.save_button,
            self._facts(),
            None,
            self.remove_button,
            space=SPACE_4,
        )
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(boxed(content))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)
        self._connect()

    def _facts(self) -> QWidget:
        tr, paper = self._context.tr, self.paper
        lines = (
            (tr("library.field.file"), paper.file),
            (tr("library.field.size"), file_size(tr, paper.size)),
            (tr("library.field.imported"), tr.datetime(paper.imported_at.astimezone())),
        )
        items = [
            boxed(
                column(
                    Text(self._context, name, Type.CAPTION, "muted"),
                    Text(self._context, value, Type.LABEL).selectable(),
                    space=SPACE_1 // 2,
                )
            )
            for name, value in lines
        ]
        return boxed(column(*items))

    def _connect(self) -> None:
        self.title.changed.connect(self._weigh)
        self.title.submitted.connect(self.save)
        self.language.chosen.connect(self._weigh)
        self.clearance.chosen.connect(self._weigh)
        self.save_button.clicked.connect(self.save)
        self.remove_button.clicked.connect(self._remove)
        self._weigh()

    @property
    def changed(self) -> bool:
        """Whether anything was changed that is not saved."""
        paper = self.paper
        now = (self.title.value.strip(), self.language.value, self.clearance.value)
        return now != (paper.title, paper.language, paper.clearance)

    def _weigh(self) -> None:
        self.save_button.setEnabled(self.changed and bool(self.title.value.strip()))
        means = self._context.tr(f"library.clearance.means.{self.clearance.value}")
        self.clearance_field.help.setText(means)

    def save(self) -> None:
        """Save the details; another clearance is confirmed first."""
        if not self.save_button.isEnabled():
            return
        clearance = Clearance(str(self.clearance.value))
        if clearance is self.paper.clearance or self._agreed(clearance):
            clear(self._trouble)
            self.save_button.setEnabled(False)
            self.save_asked.emit(
                self.paper, self.title.value.strip(), str(self.language.value), clearance
            )

    def _agreed(self, clearance: Clearance) -> bool:
        tr = self._context.tr
        stricter = _ORDER.index(clearance) > _ORDER.index(self.paper.clearance)
        way = "raise" if stricter else "lower"
        return ConfirmDialog.ask(
            self._context,
            tr(f"library.clearance.{way}.title", title=self.paper.title),
            tr(f"library.clearance.{way}.text", clearance=tr(f"clearance.{clearance}")),
            tr(f"library.clearance.{way}.do"),
            danger=not stricter,
            parent=self.window(),
        )

    def show_error(self, error: CongressError) -> None:
        """Say why the details were not saved."""
        clear(self._trouble)
        self._trouble.addWidget(ErrorView(self._context, error))
        self._weigh()

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
            self.remove_asked.emit(self.paper)
