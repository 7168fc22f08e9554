"""Offers to enrol the photographs that an imported list names."""

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.kernel.people import PhotoFile
from congress.ui.context import UiContext
from congress.ui.theme.tokens import Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check
from congress.ui.widgets.layout import row
from congress.ui.widgets.text import Text


class PhotosCard(Card):
    """How many photographs there are, where they are looked for, and whether all have agreed."""

    asked = Signal(bool)
    """They are to be enrolled; whether everyone in them has agreed in writing."""

    def __init__(
        self,
        context: UiContext,
        file: str,
        photos: Sequence[PhotoFile],
        parent: QWidget | None = None,
    ) -> None:
        """Offer to enrol ``photos``, which the list ``file`` names."""
        tr = context.tr
        super().__init__(context, tr("people.import.photos.title"), parent=parent)
        self._context = context
        people = len({photo.badge for photo in photos})
        named = tr("people.import.photos.count", count=len(photos))
        what = tr("people.import.photos.people", count=people, photos=named)
        archive = tr.isolated(PurePath(file).with_suffix(".zip").name)
        where = tr("people.import.photos.where", file=tr.isolated(file), zip=archive)
        self.agreed = Check(context, tr("faces.enrol.agreed"))
        self.hint = Text(context, "", Type.LABEL, "muted")
        self.go_button = Button(
            context,
            tr("people.import.photos.go", count=len(photos)),
            Kind.SECONDARY,
            "user-focus",
        )
        self.column.addWidget(Text(context, what, Type.BODY))
        self.column.addWidget(Text(context, where, Type.LABEL, "muted"))
        self.column.addWidget(self.agreed)
        self.column.addWidget(self.hint)
        self.column.addLayout(row(self.go_button, None))
        self.agreed.toggled.connect(lambda _: self._tell())
        self.go_button.clicked.connect(lambda: self.asked.emit(self.agreed.isChecked()))
        self._tell()

    def _tell(self) -> None:
        key = "all" if self.agreed.isChecked() else "noted"
        self.hint.setText(self._context.tr(f"faces.enrol.{key}"))
