"""The book of public papers: its languages, its forms, and where it goes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from congress.kernel.settings import LANGUAGES
from congress.secretariat.portfolio.book import BookForm
from congress.ui.context import UiContext
from congress.ui.controllers.packs import PackFacts, PacksController
from congress.ui.theme.tokens import SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check
from congress.ui.widgets.layout import column, row
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet


class PublicBook(QWidget):
    """Writes all public papers as one EPUB or PDF a language."""

    def __init__(self, context: UiContext, controller: PacksController) -> None:
        """Begin with the person's language and both forms."""
        super().__init__()
        self._context, self._controller = context, controller
        self._public = 0
        self.sheet: WorkSheet | None = None
        tr = context.tr
        card = Card(context, tr("packs.book"))
        self.about = Text(context, "", Type.LABEL, "muted")
        self.languages = {
            lang: Check(context, tr(f"language.{lang}"), ticked=lang == tr.lang)
            for lang in LANGUAGES
        }
        self.forms = {
            form: Check(context, tr(f"packs.book.{form.value}"), ticked=True) for form in BookForm
        }
        self.button = Button(context, tr("packs.book.write"), Kind.PRIMARY, "book-open")
        of_languages = Text(context, tr("packs.book.languages"), Type.STRONG)
        of_forms = Text(context, tr("packs.book.forms"), Type.STRONG)
        languages = column(of_languages, *self.languages.values(), space=0)
        forms = column(of_forms, *self.forms.values(), space=0)
        across = row(languages, forms, None, space=SPACE_5)
        for part in (languages, forms):
            part.addStretch(1)
        card.column.addWidget(self.about)
        card.column.addLayout(across)
        card.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        box.addWidget(card)
        box.addWidget(
            Banner(context, tr("packs.book.open.text"), Tone.NOTE, title=tr("packs.book.open"))
        )
        box.addStretch(1)
        for check in (*self.languages.values(), *self.forms.values()):
            check.toggled.connect(lambda _: self._refresh())
        self.button.clicked.connect(self.choose)

    def show_facts(self, facts: PackFacts) -> None:
        """Say how many papers are public."""
        self._public = facts.public
        self.about.setText(self._context.tr("packs.book.about", count=facts.public))
        self._refresh()

    def _refresh(self) -> None:
        languages = any(check.isChecked() for check in self.languages.values())
        forms = any(check.isChecked() for check in self.forms.values())
        self.button.setEnabled(bool(self._public) and languages and forms)

    def choose(self) -> None:
        """Ask where the book's folder is to be made, and write it."""
        tr = self._context.tr
        title = tr("packs.folder.dialog")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._controller.folder))
        if chosen:
            self.write(Path(chosen))

    def write(self, place: Path) -> None:
        """Write the book into a new folder in ``place``, with progress and a way to cancel."""
        tr = self._context.tr
        folder = self._controller.free_folder(place, tr("packs.book.folder"))
        languages = [lang for lang, check in self.languages.items() if check.isChecked()]
        forms = [form for form, check in self.forms.items() if check.isChecked()]
        self.sheet = WorkSheet(self._context, tr("packs.book.writing"), self)

        def done(written: tuple[Path, ...]) -> str:
            return tr("packs.book.written", count=len(written), folder=folder.name)

        self.sheet.run(self._controller.writing(folder, languages, forms), done)
