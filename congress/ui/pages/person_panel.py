"""One person at the end side of the window: their details, and the form to change them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.people import Person, Sex, Standing
from congress.kernel.settings import LANGUAGES
from congress.people.model import Fault, Reason
from congress.people.model import Field as PersonField
from congress.people.report import reason_text, remedy_text
from congress.people.rules import read_person, write_person
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_2, SPACE_3, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Check, Select
from congress.ui.widgets.dropdown import make_room_below
from congress.ui.widgets.field import Field
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.text import Text

_LINES = (
    PersonField.BADGE,
    PersonField.NAME,
    PersonField.DELEGATION,
    PersonField.STANDING,
    PersonField.SEAT,
    PersonField.OFFICE,
    PersonField.WEIGHT,
    PersonField.LANGUAGE,
    PersonField.CONTACT,
    PersonField.SEX,
    PersonField.BORN,
)


class PersonPanel(QWidget):
    """Shows a person; "Edit" turns the details into a form."""

    save_asked = Signal(object, bool)
    """The ``Person`` to save, and whether they are new."""
    remove_asked = Signal(object)
    """The ``Person`` to take off the list."""
    closed = Signal()
    """The person at the screen is done with it."""

    def __init__(
        self,
        context: UiContext,
        *,
        may_change: bool,
        delegations: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show nobody yet.

        Args:
            context: The surroundings.
            may_change: Whether the signed-in member may change the list.
            delegations: Names offered while a delegation is typed.
            parent: The widget it lies on.
        """
        super().__init__(parent)
        self._context, self._may_change = context, may_change
        self._delegations = list(delegations)
        self._person: Person | None = None
        self._new = False
        self.fields: Mapping[PersonField, Field] = {}
        self.convener: Check | None = None
        self._trouble: Banner | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        Fingers(area)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setObjectName("clear")
        self._column = QVBoxLayout(ground)
        self._column.setContentsMargins(SPACE_2, 0, SPACE_2, SPACE_2)
        self._column.setSpacing(SPACE_3)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)
        area.setWidget(ground)
        outer.addWidget(area)

    @property
    def person(self) -> Person | None:
        """Who is shown."""
        return self._person

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return bool(self.fields)

    def show_person(self, person: Person) -> None:
        """Show the details of ``person``."""
        self._person, self._new = person, False
        self.fields, self.convener, self._trouble = {}, None, None
        clear(self._column)
        context, tr = self._context, self._context.tr
        self._column.addWidget(Text(context, person.name, Type.HEADING).selectable())
        chips = [Chip(context, tr(f"standing.{person.standing}"), _tone(person))]
        if person.convener:
            chips.append(Chip(context, tr("people.field.convener"), Tone.ACCENT, "star"))
        self._column.addLayout(row(*chips, None))
        shown = dict(write_person(person))
        shown[PersonField.WEIGHT] = tr.number(person.weight)
        shown[PersonField.SEX] = tr(f"people.sex.{person.sex}") if person.sex else ""
        shown[PersonField.LANGUAGE] = tr(f"people.language.{person.language}")
        for field in (line for line in _LINES if line not in _IN_HEAD):
            if shown[field]:
                self._detail(tr(f"people.field.{field}"), shown[field])
        if self._may_change:
            edit = Button(context, tr("people.edit"), Kind.SECONDARY, "pencil-simple")
            edit.clicked.connect(self.edit)
            remove = Button(context, tr("people.remove"), Kind.QUIET, "user-minus")
            remove.clicked.connect(lambda: self.remove_asked.emit(self._person))
            self._column.addSpacing(SPACE_3)
            self._column.addLayout(row(edit, remove, None))

    def edit(self) -> None:
        """Open the form for the person who is shown."""
        if self._person is not None:
            self._form(self._person, self._context.tr("people.edit.title"))

    def add(self, blank: Person) -> None:
        """Open an empty form for somebody new."""
        self._person, self._new = blank, True
        self._form(blank, self._context.tr("people.add.title"))
        self.fields[PersonField.BADGE].setFocus()

    def show_error(self, error: CongressError) -> None:
        """Say why the person was not saved; the form stays as it is."""
        text = self._context.tr.error(error)
        if self._trouble is not None:
            self._trouble.set(f"{text.means} {text.do}", Tone.DANGER, title=text.what)
            self._trouble.show()

    def _detail(self, label: str, value: str) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(Text(self._context, label, Type.CAPTION, "muted"))
        lines.addWidget(Text(self._context, value, Type.BODY).selectable())
        self._column.addLayout(lines)

    def _form(self, person: Person, title: str) -> None:
        clear(self._column)
        context, tr = self._context, self._context.tr
        self._column.addWidget(Text(context, title, Type.HEADING))
        self._trouble = Banner(context, "", Tone.DANGER)
        self._trouble.hide()
        self._column.addWidget(self._trouble)
        values = write_person(person)
        self.fields = {field: self._field(field, values[field]) for field in _LINES}
        for widget in self.fields.values():
            widget.submitted.connect(self.save)
            self._column.addWidget(widget)
        self.convener = Check(context, tr("people.field.convener"), ticked=person.convener)
        self._column.addWidget(self.convener)
        self._column.addWidget(Text(context, tr("people.convener.help"), Type.LABEL, "muted"))
        save = Button(context, tr("people.save"), Kind.PRIMARY)
        save.clicked.connect(self.save)
        cancel = Button(context, tr("dialog.cancel"))
        cancel.clicked.connect(self._cancel)
        self._column.addSpacing(SPACE_2)
        self._column.addLayout(row(save, cancel, None))

    def _field(self, field: PersonField, value: str) -> Field:
        context, tr = self._context, self._context.tr
        label, editor = tr(f"people.field.{field}"), None
        if field is PersonField.STANDING:
            editor = Select(
                context,
                [(standing.value, tr(f"standing.{standing}")) for standing in Standing],
                value,
            )
        elif field is PersonField.LANGUAGE:
            languages = [(code, tr(f"people.language.{code}")) for code in LANGUAGES]
            editor = Select(context, languages, value)
        elif field is PersonField.SEX:
            sexes = [(sex.value, tr(f"people.sex.{sex}")) for sex in Sex]
            editor = Select(context, [("", tr("people.sex.none")), *sexes], value)
        shown = Field(
            context,
            label,
            editor,
            value=value,
            help_text=tr("people.weight.help") if field is PersonField.WEIGHT else "",
        )
        if field is PersonField.DELEGATION and isinstance(shown.editor, QLineEdit):
            known = QCompleter(self._delegations, shown.editor)
            known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            make_room_below(known, self._context.theme)
            shown.editor.setCompleter(known)
        return shown

    def _cancel(self) -> None:
        if self._new or self._person is None:
            self.closed.emit()
        else:
            self.show_person(self._person)

    def save(self) -> None:
        """Check what was typed and ask to save it; what is wrong is said at its field."""
        if self._person is None or self.convener is None:
            return
        cells = {field: _typed(widget) for field, widget in self.fields.items()}
        cells[PersonField.CONVENER] = "yes" if self.convener.isChecked() else "no"
        person, faults = read_person(cells, self._person)
        wrong = {fault.field: fault for fault in reversed(faults)}
        for field, widget in self.fields.items():
            widget.set_error(self._words(wrong[field]) if field in wrong else "")
        if faults:
            self.fields[faults[0].field].setFocus()
        else:
            self.save_asked.emit(person, self._new)

    def _words(self, fault: Fault) -> str:
        tr = self._context.tr
        reason = tr("people.needed") if fault.reason is Reason.EMPTY else reason_text(tr, fault)
        return reason if fault.reason is Reason.EMPTY else f"{reason} {remedy_text(tr, fault)}"


_IN_HEAD = (PersonField.NAME, PersonField.STANDING)


def _tone(person: Person) -> Tone:
    return Tone.GOOD if person.standing is Standing.OFFICIAL else Tone.NEUTRAL


def _typed(widget: Field) -> str:
    editor = widget.editor
    return str(editor.value) if isinstance(editor, Select) else widget.value
