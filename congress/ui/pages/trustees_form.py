"""The beginning of a key ceremony: who the trustees are, how many it takes, and the way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.kernel.errors import InputError
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_3, SPACE_4, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.number import NumberEdit
from congress.ui.widgets.text import Text
from congress.voting.crypto.dkg import FEWEST, FEWEST_TOGETHER, MOST, usual_threshold
from congress.voting.trustees.invitation import invite

TABLE, FOLDER = "table", "folder"


class CeremonyForm(QWidget):
    """Asks for what a ceremony begins with."""

    begun = Signal(object, str)
    """The ``Invitation``, and the way: ``TABLE`` or ``FOLDER``."""
    dismissed = Signal()
    """The person wants back."""

    def __init__(self, context: UiContext, congress: str, parent: QWidget | None = None) -> None:
        """Lay out an empty form for the congress of that name."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.names: tuple[str, ...] = ()
        self._own_threshold = False
        tr = context.tr
        self.rows = RowList()
        self.name = Field(context, tr("trustees.form.name"), help_text=tr("trustees.form.help"))
        self.add = Button(context, tr("trustees.form.add"), Kind.SECONDARY, "plus")
        self.threshold = NumberEdit(context, FEWEST_TOGETHER, MOST, usual_threshold(FEWEST))
        self.needed = Text(context, "", Type.LABEL, "muted")
        self.few = Banner(context, context.tr("trustees.form.few"), Tone.CAUTION)
        self.few.hide()
        self.way = SegmentedControl(
            context,
            [(TABLE, tr("trustees.way.table")), (FOLDER, tr("trustees.way.folder"))],
            name=tr("trustees.way"),
        )
        self.why = Banner(context, "", Tone.NOTE)
        self.trouble = QVBoxLayout()
        self.back = Button(context, tr("dialog.cancel"), Kind.QUIET)
        self.begin = Button(context, tr("trustees.form.begin"), Kind.PRIMARY, "key")
        self._lay_out()
        self.add.clicked.connect(self._add)
        self.name.submitted.connect(self._add)
        self.name.changed.connect(lambda _: self.name.set_error(""))
        self.threshold.changed.connect(self._tell)
        for button in (self.threshold.less, self.threshold.more):
            button.clicked.connect(self._decided)
        self.threshold.edit.textEdited.connect(lambda _: self._decided())
        self.way.chosen.connect(lambda _: self._explain())
        self.back.clicked.connect(self.dismissed)
        self.begin.clicked.connect(self._begin)
        self._show()
        self._explain()

    def _lay_out(self) -> None:
        context, tr = self._context, self._context.tr
        who = Card(context, tr("trustees.trustees"))
        who.column.addWidget(Text(context, tr("trustees.form.who"), Type.BODY, "muted"))
        who.column.addWidget(self.rows)
        adding = row(self.name, self.add, space=SPACE_3)
        adding.setStretch(0, 1)
        who.column.addLayout(adding)
        number = Card(context, tr("trustees.threshold"))
        number.column.addWidget(Field(context, tr("trustees.form.threshold"), self.threshold))
        number.column.addWidget(self.needed)
        number.column.addWidget(self.few)
        way = Card(context, tr("trustees.way"))
        way.column.addLayout(row(self.way, None))
        way.column.addWidget(self.why)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_4)
        for card in (who, number, way):
            box.addWidget(card)
        box.addLayout(self.trouble)
        box.addLayout(row(None, self.back, self.begin))

    def start(self) -> None:
        """Put the keyboard where the first name goes."""
        self.name.setFocus()

    def _add(self) -> None:
        name = " ".join(self.name.value.split())
        if not name:
            return
        if len(self.names) == MOST:
            self.name.set_error(self._words(InputError("trustees.too_many", count=MOST)))
            return
        if name.casefold() in {each.casefold() for each in self.names}:
            self.name.set_error(self._words(InputError("trustees.same_name", name=name)))
            return
        self.name.value = ""
        self.names = (*self.names, name)
        self._show()
        self.name.setFocus()

    def _words(self, error: InputError) -> str:
        text = self._context.tr.error(error)
        return f"{text.what} {text.do}"

    def _remove(self, at: int) -> None:
        self.names = self.names[:at] + self.names[at + 1 :]
        self._show()
        self.name.setFocus()

    def _decided(self) -> None:
        self._own_threshold = True

    def _show(self) -> None:
        tr = self._context.tr
        self.rows.clear()
        for at, name in enumerate(self.names):
            line = ListRow(
                self._context, f"{tr.number(at + 1)}. {tr.isolated(name)}", clickable=False
            )
            remove = Button(
                self._context,
                kind=Kind.QUIET,
                icon="x",
                name=tr("trustees.form.remove", name=name),
            )
            remove.clicked.connect(lambda _, at=at: self._remove(at))
            line.trailing.addWidget(remove)
            self.rows.add(line)
        if not self._own_threshold:
            self.threshold.set_value(usual_threshold(max(len(self.names), FEWEST)))
        self._tell()
        self.begin.setEnabled(len(self.names) >= FEWEST)

    def _tell(self) -> None:
        tr, of = self._context.tr, max(len(self.names), FEWEST)
        needed = min(self.threshold.value, of)
        self.needed.setText(tr("trustees.form.meaning", needed=needed, of=of, spare=of - needed))
        self.few.setVisible(2 * needed <= of)

    def _explain(self) -> None:
        tr, way = self._context.tr, self.way.value
        self.why.set(tr(f"trustees.way.{way}.why"), Tone.NOTE, title=tr(f"trustees.way.{way}"))

    def _begin(self) -> None:
        clear(self.trouble)
        try:
            invitation = invite(self._congress, self.names, self.threshold.value)
        except InputError as error:
            self.trouble.addWidget(ErrorView(self._context, error))
            return
        self.begun.emit(invitation, str(self.way.value))
