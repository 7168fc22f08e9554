"""The first of the four steps to a congress: its name and days, and its key."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QGridLayout, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.kernel.settings import LANGUAGES, MIN_PASSPHRASE, Settings
from congress.ui.context import UiContext
from congress.ui.controllers.welcome import Founding, WelcomeController
from congress.ui.page import ScrollPage
from congress.ui.pages.sign_in import FIRST_MEMBER
from congress.ui.theme.tokens import SPACE_2, SPACE_4, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.dates import DayField
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import StepLine
from congress.ui.widgets.layout import boxed, clear, row
from congress.ui.widgets.text import Text

if TYPE_CHECKING:
    from congress.app import OpenCongress

STEPS = ("setup.step.name", "setup.step.people", "setup.step.papers", "setup.step.rules")
SETUP_PAGE = "setup"


class NewCongressPage(ScrollPage):
    """Asks what a congress cannot begin without."""

    key: ClassVar[str] = "new-congress"
    title_key: ClassVar[str] = "found.title"
    icon: ClassVar[str] = "file-plus"
    measure: ClassVar[int] = 760
    centred: ClassVar[bool] = True

    def __init__(
        self, context: UiContext, controller: WelcomeController, parent: QWidget | None = None
    ) -> None:
        """Lay out the form."""
        super().__init__(context, context.tr("found.lead"), parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        self._place = controller.usual_place()
        self._chosen: Path | None = None
        self.back = Button(context, tr("signin.back"), Kind.QUIET, "arrow-left")
        self.name = Field(context, tr("settings.name"), placeholder=tr("found.name.example"))
        self.starts = DayField(context, tr("settings.starts"))
        self.ends = DayField(context, tr("settings.ends"))
        self.place = Field(context, tr("settings.place"), help_text=tr("found.optional"))
        self.language = SegmentedControl(
            context,
            [(lang, tr(f"language.{lang}")) for lang in LANGUAGES],
            context.preferences.lang,
            name=tr("settings.language"),
        )
        self.member = Field(
            context, tr("signin.name"), value=FIRST_MEMBER, help_text=tr("found.member.help")
        )
        self.passphrase = Field.secret(
            context, tr("signin.passphrase"), help_text=tr("found.passphrase.help")
        )
        self.again = Field.secret(context, tr("found.again"))
        self.folder = Text(context, "", Type.BODY).selectable()
        self.change_folder = Button(context, tr("found.folder.change"), Kind.SECONDARY)
        self.trouble = QVBoxLayout()
        self.create_button = Button(context, tr("found.verb"), Kind.PRIMARY)
        self._lay_out()
        self._connect()
        self._show_folder()

    def _lay_out(self) -> None:
        context, tr = self.context, self.context.tr
        self.column.insertLayout(0, row(self.back, None))
        self.column.addWidget(StepLine(context, [tr(step) for step in STEPS], 0))
        about = Card(context, tr("found.about"))
        days = QGridLayout()
        days.setHorizontalSpacing(SPACE_4)
        days.addWidget(self.starts, 0, 0)
        days.addWidget(self.ends, 0, 1)
        about.column.setSpacing(SPACE_4)
        about.column.addWidget(self.name)
        about.column.addLayout(days)
        about.column.addWidget(self.place)
        about.column.addWidget(Field(context, tr("settings.language"), self.language))
        key = Card(context, tr("found.key"))
        key.column.setSpacing(SPACE_4)
        key.column.addWidget(Text(context, tr("found.key.lead"), Type.BODY, "muted"))
        key.column.addWidget(self.member)
        key.column.addWidget(self.passphrase)
        key.column.addWidget(self.again)
        where = QVBoxLayout()
        where.setSpacing(SPACE_2)
        where.addWidget(Text(context, tr("found.folder"), Type.CONTROL))
        line = row(self.folder, self.change_folder, space=SPACE_4)
        line.setStretch(0, 1)
        where.addLayout(line)
        key.column.addWidget(boxed(where))
        self.column.addWidget(about)
        self.column.addWidget(key)
        self.column.addLayout(self.trouble)
        self.column.addLayout(row(None, self.create_button))

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.context.navigate("welcome"))
        self.name.changed.connect(lambda _: self._show_folder())
        self.change_folder.clicked.connect(self.choose_folder)
        self.create_button.clicked.connect(self.submit)
        self.again.submitted.connect(self.submit)
        for field in (self.name, self.member, self.passphrase, self.again):
            field.changed.connect(lambda _, field=field: field.set_error(""))
        self._controller.opened.connect(self._opened)
        self._controller.refused.connect(self._refused)
        self._controller.busy_changed.connect(self._busy)

    def shown(self) -> None:
        """Put the cursor on the name."""
        self.name.setFocus()

    def closing(self) -> None:
        """Let go of what was typed."""
        self.passphrase.value = self.again.value = ""

    @property
    def path(self) -> Path:
        """The folder that the congress will be kept in."""
        name = self.name.value.strip() or self.context.tr("found.folder.default")
        return self._controller.free_folder(self._chosen or self._place, name)

    def choose_folder(self) -> None:
        """Ask in which folder the folder of the congress is to lie."""
        title = self.context.tr("found.folder.choose")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._chosen or self._place))
        if chosen:
            self._chosen = Path(chosen)
            self._show_folder()

    def _show_folder(self) -> None:
        self.folder.setText(f"\u2066{self.path}\u2069")

    def submit(self) -> None:
        """Make the congress, if all it needs is there."""
        if self._controller.busy or not self._complete():
            return
        clear(self.trouble)
        settings = Settings(
            name=self.name.value.strip(),
            language=str(self.language.value),
            starts=self.starts.day,
            ends=self.ends.day,
            place=self.place.value.strip(),
        )
        self._controller.found(
            Founding(self.path, settings, self.member.value, self.passphrase.value)
        )

    def _complete(self) -> bool:
        tr, first = self.context.tr, None
        short = len(self.passphrase.value) < MIN_PASSPHRASE
        differ = self.passphrase.value != self.again.value
        starts, ends = self.starts.day, self.ends.day
        backwards = starts is not None and ends is not None and ends < starts
        for field, wrong, words in (
            (self.name, not self.name.value.strip(), tr("found.name.missing")),
            (self.starts, self.starts.wrong, tr("day.wrong")),
            (self.ends, self.ends.wrong, tr("day.wrong")),
            (self.ends, backwards, tr("found.ends.early")),
            (self.member, not self.member.value.strip(), tr("signin.name_missing")),
            (self.passphrase, short, tr("found.short", count=MIN_PASSPHRASE)),
            (self.again, differ and not short, tr("found.differ")),
        ):
            if wrong:
                field.set_error(words)
                first = first or field
        if first is not None:
            first.setFocus()
            self.scroll_area.ensureWidgetVisible(first)
        return first is None

    def _busy(self, busy: bool) -> None:
        tr = self.context.tr
        self.create_button.setEnabled(not busy)
        self.create_button.set_text(tr("found.busy") if busy else tr("found.verb"))

    def _opened(self, _: "OpenCongress") -> None:
        # The window builds its pages anew for the open congress first.
        navigate = self.context.navigate
        QTimer.singleShot(0, lambda: navigate(SETUP_PAGE))

    def _refused(self, error: CongressError) -> None:
        clear(self.trouble)
        view = ErrorView(self.context, error)
        self.trouble.addWidget(view)
        QTimer.singleShot(0, view, lambda: self.scroll_area.ensureWidgetVisible(view))
