"""Tells what another clearance of a paper means before it is given."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from congress.docs.consequences import PastReader
from congress.docs.model import Paper
from congress.kernel.ids import MemberId
from congress.ui.context import UiContext
from congress.ui.controllers.paper_desk import Weighed
from congress.ui.theme.tokens import SPACE_1, Type
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.layout import boxed, column
from congress.ui.widgets.text import Text

_SHOWN = 6
"""Most readers that are named; the others are counted."""


class ClearanceDialog(Dialog):
    """Asks before a paper moves: who gains or loses it, and who knows it already."""

    def __init__(
        self,
        context: UiContext,
        paper: Paper,
        weighed: Weighed,
        shelf: str,
        parent: QWidget | None = None,
    ) -> None:
        """Ask about moving ``paper``.

        Args:
            context: The surroundings.
            paper: The paper.
            weighed: What the move means.
            shelf: The words for where it would go.
            parent: The window it belongs to.
        """
        tr = context.tr
        narrower = weighed.consequences.narrower
        way = "raise" if narrower else "lower"
        super().__init__(context, tr(f"library.clearance.{way}.title", title=paper.title), parent)
        self.column.addWidget(Text(context, tr(f"library.clearance.{way}.text", clearance=shelf)))
        if narrower:
            self.readers = boxed(column(*self._lines(weighed), space=SPACE_1))
            self.column.addWidget(self.readers)
        self.no = self.add_button(tr("dialog.cancel"))
        kind = Kind.PRIMARY if narrower else Kind.DANGER
        self.yes = self.add_button(tr(f"library.clearance.{way}.do"), kind)
        self.yes.setProperty("sure", True)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        (self.yes if narrower else self.no).setFocus()

    def _lines(self, weighed: Weighed) -> list[QWidget]:
        tr, context = self.context.tr, self.context
        readers = weighed.consequences.readers
        if not readers:
            return [Text(context, tr("paper.readers.none"), Type.LABEL, "muted")]
        heading = Text(context, tr("paper.readers", count=len(readers)), Type.STRONG)
        named = [
            Text(context, self._line(reader, weighed.names), Type.LABEL)
            for reader in readers[:_SHOWN]
        ]
        more = len(readers) - _SHOWN
        rest = [Text(context, tr("paper.readers.more", count=more), Type.LABEL, "muted")]
        return [heading, *named, *(rest if more > 0 else [])]

    def _line(self, reader: PastReader, names: Mapping[MemberId, str]) -> str:
        tr = self.context.tr
        return tr.joined(
            names.get(reader.member_id, tr("paper.reader.gone")),
            tr("paper.reader.last", date=tr.datetime(reader.last.astimezone())),
            tr("paper.reader.copied", count=reader.copied) if reader.copied else "",
            tr("paper.reader.printed", count=reader.printed) if reader.printed else "",
        )
