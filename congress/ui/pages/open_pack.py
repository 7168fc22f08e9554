"""Opening a pack: whose it is, until when it opens, and the code from its slip."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from congress.kernel import codes
from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.open_pack import Offered, OpenPackController
from congress.ui.page import ScrollPage
from congress.ui.pages.welcome import look_switches
from congress.ui.theme.tokens import SPACE_3, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import Check
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.mark import Mark
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet

if TYPE_CHECKING:
    from congress.app import OpenCongress

WIDTH = 560
_AT_CODE = {"pack.wrong_code", "pack.misread_code"}
_AT_PASSPHRASE = {"pack.wrong_earlier"}


class OpenPackPage(ScrollPage):
    """The door of one pack."""

    key: ClassVar[str] = "open-pack"
    title_key: ClassVar[str] = "openpack.title"
    icon: ClassVar[str] = "package"
    centred: ClassVar[bool] = True
    measure: ClassVar[int] = WIDTH

    def __init__(
        self, context: UiContext, controller: OpenPackController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; ``opened`` says for which file."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        self._offered: Offered | None = None
        self.sheet: WorkSheet | None = None
        tr = context.tr
        self.back = Button(context, tr("signin.back"), Kind.QUIET, "arrow-left")
        self.column.insertLayout(0, row(Mark(context), None, look_switches(context)))
        self.column.insertSpacing(1, SPACE_5)
        self.column.insertWidget(2, self.back, 0, Qt.AlignmentFlag.AlignLeading)
        self.trouble = QVBoxLayout()
        self.card = Card(context)
        self.facts = Text(context, "", Type.LABEL, "muted")
        self.code = Field(
            context,
            tr("openpack.code"),
            help_text=tr("openpack.code.help"),
            placeholder="7ZK3-Q0MW-X4TC-9P2D-HV6B",
        )
        if isinstance(self.code.editor, QLineEdit):
            self.code.editor.setInputMethodHints(
                Qt.InputMethodHint.ImhPreferUppercase
                | Qt.InputMethodHint.ImhNoPredictiveText
                | Qt.InputMethodHint.ImhSensitiveData
            )
        self.earlier = Banner(
            context, tr("openpack.earlier.text"), Tone.NOTE, title=tr("openpack.earlier")
        )
        self.passphrase = Field.secret(context, tr("openpack.passphrase"))
        self.without = Check(context, tr("openpack.without"))
        self.button = Button(context, tr("openpack.verb"), Kind.PRIMARY, "package")
        self.card.column.setSpacing(SPACE_3)
        for widget in (
            self.facts, self.code, self.earlier, self.passphrase, self.without, self.button,
        ):  # fmt: skip
            self.card.column.addWidget(widget)
        self.column.addLayout(self.trouble)
        self.column.addWidget(self.card)
        self.column.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        controller = self._controller
        controller.looked.connect(self._show)
        controller.not_a_pack.connect(self._refuse)
        self.back.clicked.connect(lambda: self.context.navigate("welcome"))
        self.button.clicked.connect(self.submit)
        self.code.submitted.connect(self.submit)
        self.passphrase.submitted.connect(self.submit)
        self.without.toggled.connect(lambda _: self._refresh())
        for field in (self.code, self.passphrase):
            field.changed.connect(lambda _, field=field: field.set_error(""))

    def opened(self, subject: str) -> None:
        """Look at the pack in the file ``subject``."""
        self._offered = None
        self.header.title.setText(Path(subject).name)
        self.card.hide()
        clear(self.trouble)
        self._controller.look(Path(subject))

    def closing(self) -> None:
        """Let go of what was typed."""
        self.code.value = self.passphrase.value = ""

    def _show(self, offered: Offered) -> None:
        from congress.docs.packs.opening import last_day

        self._offered = offered
        tr, told = self.context.tr, offered.manifest
        self.header.title.setText(tr.isolated(told.congress))
        self.header.set_lead(tr("openpack.lead", count=told.papers, day=last_day(told.expires_at)))
        self.facts.setText(
            tr(
                "openpack.facts",
                copy=f"\u2066{codes.grouped(told.code)}\u2069",
                fingerprint=f"\u2066{told.fingerprint}\u2069",
            )
        )
        self.card.show()
        self._refresh()
        self.code.setFocus()

    def _refresh(self) -> None:
        earlier = self._offered is not None and self._offered.earlier is not None
        self.earlier.setVisible(earlier)
        self.without.setVisible(earlier)
        self.passphrase.setVisible(earlier and not self.without.isChecked())

    def _refuse(self, error: CongressError) -> None:
        clear(self.trouble)
        self.trouble.addWidget(ErrorView(self.context, error))

    def submit(self) -> None:
        """Unpack the pack and open it, with progress and a way to cancel."""
        offered, tr = self._offered, self.context.tr
        if offered is None:
            return
        clear(self.trouble)
        keep = offered.earlier is not None and not self.without.isChecked()
        missing = tr("signin.passphrase_missing")
        self.code.set_error("" if self.code.value.strip() else tr("openpack.code_missing"))
        self.passphrase.set_error("" if self.passphrase.value or not keep else missing)
        if not self.code.value.strip() or (keep and not self.passphrase.value):
            return
        task = self._controller.opening(
            offered, self.code.value, self.passphrase.value, keep_notes=keep
        )
        self.sheet = WorkSheet(self.context, tr("openpack.opening"), self)
        self.sheet.run(task, self._entered, self._failed)

    def _entered(self, congress: "OpenCongress") -> None:
        self._controller.entered(congress)

    def _failed(self, error: CongressError) -> bool:
        text = self.context.tr.error(error)
        if error.code in _AT_CODE:
            self.code.set_error(f"{text.what} {text.do}")
            self.code.setFocus()
        elif error.code in _AT_PASSPHRASE:
            self.passphrase.set_error(f"{text.what} {text.do}")
            self.passphrase.setFocus()
        elif error.code != "cancelled":
            self.trouble.addWidget(ErrorView(self.context, error))
        return True
