"""What a result can be checked by: accounts, ledger, certificate, tracking codes, bundle."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.results import ResultsController, ResultView
from congress.ui.theme.tokens import SPACE_3, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button
from congress.ui.widgets.card import Card
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import Stat
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet
from congress.voting.ledger import fingerprint
from congress.voting.model import Secrecy


class ProofCard(Card):
    """The account of the cards, the seal of the ledger, and a search for a tracking code."""

    def __init__(
        self,
        context: UiContext,
        controller: ResultsController,
        view: ResultView,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the proofs of ``view``."""
        super().__init__(context, context.tr("results.proof"), parent=parent)
        self._context, self._controller, self._view = context, controller, view
        self._account()
        self._seal()
        self._search()
        if view.result.certificate is not None:
            self._bundle()
        controller.found.connect(self._tell)
        controller.misread.connect(self._tell_misread)

    def _account(self) -> None:
        context, tr, figures = self._context, self._context.tr, self._view.result.reconciliation
        secret = self._view.result.poll.plan.secrecy is Secrecy.SECRET
        if secret:
            named = {
                name: tr(f"chair.cards.{name}")
                for name in ("issued", "drawn", "cast", "spoiled", "unused")
            }
        else:
            named = {name: tr(f"results.open.{name}") for name in ("drawn", "cast", "unused")}
        stats = [
            Stat(context, tr.number(getattr(figures, name)), words, role=Type.TITLE)
            for name, words in named.items()
        ]
        self.column.addLayout(row(*stats, None, space=SPACE_5))

    def _seal(self) -> None:
        context, tr, result = self._context, self._context.tr, self._view.result
        head = Text(
            context, fingerprint(result.head), Type.TITLE, wrap=False, figures=True
        ).selectable()
        head.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        chips = [
            Chip(context, tr("results.balanced"), Tone.GOOD)
            if result.reconciliation.balanced
            else Chip(context, tr("chair.cards.unbalanced"), Tone.DANGER),
            Chip(context, tr("results.sound"), Tone.GOOD)
            if self._view.sound
            else Chip(context, tr("results.broken"), Tone.DANGER),
        ]
        if result.certificate is not None:
            chips.append(
                Chip(context, tr("results.signed"), Tone.GOOD)
                if self._view.signed
                else Chip(context, tr("results.forged"), Tone.DANGER)
            )
        self.column.addLayout(row(*chips, None))
        self.column.addWidget(Text(context, tr("chair.ledger"), Type.STRONG, "muted"))
        self.column.addLayout(row(head, None))
        why = tr("chair.ledger.why", count=result.entries)
        self.column.addWidget(Text(context, why, Type.LABEL, "muted"))

    def _search(self) -> None:
        context, tr = self._context, self._context.tr
        self.code = Field(context, tr("results.find"), help_text=tr("results.find.help"))
        self.code.editor.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.search = Button(context, tr("results.find.verb"))
        self.search.clicked.connect(self._look)
        self.code.submitted.connect(self._look)
        line = row(self.code, self.search, space=SPACE_3)
        line.setStretch(0, 1)
        self.answer = Banner(context, "", Tone.NOTE)
        self.answer.hide()
        self.column.addLayout(line)
        self.column.addWidget(self.answer)

    def _bundle(self) -> None:
        context, tr = self._context, self._context.tr
        self.bundle = Button(context, tr("results.bundle.verb"))
        self.bundle.clicked.connect(self._write_bundle)
        self.column.addWidget(Text(context, tr("results.bundle.why"), Type.LABEL, "muted"))
        self.column.addLayout(row(self.bundle, None))

    def _write_bundle(self) -> None:
        tr, poll = self._context.tr, self._view.result.poll
        name = f"{tr('results.bundle.file', number=poll.number)}.zip"
        chosen, _ = QFileDialog.getSaveFileName(self, tr("saving.title"), name)
        if not chosen:
            return
        path = Path(chosen)
        self.sheet = WorkSheet(self._context, tr("results.bundle.working"), self)
        self.sheet.run(
            self._controller.bundling(poll.id, path),
            done=lambda _: tr("results.bundle.written", file=path.name),
        )

    def _look(self) -> None:
        if self.code.value.strip():
            self._controller.find(self._view.result.poll.id, self.code.value)

    def _tell_misread(self, error: CongressError) -> None:
        text = self._context.tr.error(error)
        self.answer.set(f"{text.means} {text.do}", Tone.CAUTION, title=text.what)
        self.answer.show()

    def _tell(self, there: bool) -> None:
        tr = self._context.tr
        if there:
            self.answer.set(tr("results.found.why"), Tone.GOOD, title=tr("results.found"))
        else:
            why, what = tr("results.not_found.why"), tr("results.not_found")
            self.answer.set(why, Tone.CAUTION, title=what)
        self.answer.show()
