"""Asks who you are and for your passphrase, and opens the congress."""

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.welcome import WelcomeController, is_pack
from congress.ui.page import Page
from congress.ui.pages.welcome import look_switches
from congress.ui.theme.tokens import SPACE_2, SPACE_4, SPACE_5, SPACE_6, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.dialog import ErrorView
from congress.ui.widgets.field import Field
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.layout import clear, row
from congress.ui.widgets.mark import Mark
from congress.ui.widgets.text import Text

WIDTH = 440
FIRST_MEMBER = "secretariat"
"""Sign-in name of the first member of a congress unless they choose another."""
PACK_READER = "reader"
"""Sign-in name in every pack: only a code is asked for."""


class SignInPage(Page):
    """The door of one congress."""

    key: ClassVar[str] = "sign-in"
    title_key: ClassVar[str] = "signin.title"
    icon: ClassVar[str] = "sign-in"

    def __init__(
        self, context: UiContext, controller: WelcomeController, parent: QWidget | None = None
    ) -> None:
        """Lay out the page; ``opened`` says for which congress."""
        super().__init__(context, parent)
        self._controller = controller
        controller.setParent(self)
        self._path = Path()
        tr = context.tr
        self.title = Text(context, "", Type.TITLE)
        self.name = Field(context, tr("signin.name"), value=FIRST_MEMBER)
        self.passphrase = Field.secret(context, tr("signin.passphrase"))
        self.trouble = QVBoxLayout()
        self.button = Button(context, tr("signin.verb"), Kind.PRIMARY)
        self.back = Button(context, tr("signin.back"), Kind.QUIET, "arrow-left")
        self._lay_out()
        self.button.clicked.connect(self.submit)
        self.name.submitted.connect(self.passphrase.setFocus)
        self.passphrase.submitted.connect(self.submit)
        self.passphrase.changed.connect(lambda _: self.passphrase.set_error(""))
        self.back.clicked.connect(lambda: context.navigate("welcome"))
        controller.refused.connect(self._refused)
        controller.busy_changed.connect(self._busy)

    def _lay_out(self) -> None:
        context = self.context
        card = Card(context)
        card.setMaximumWidth(context.theme.px(WIDTH))
        card.column.setSpacing(SPACE_4)
        card.column.addWidget(Text(context, context.tr(self.title_key), Type.LABEL, "muted"))
        card.column.addWidget(self.title)
        card.column.addLayout(self.trouble)
        card.column.addWidget(self.name)
        card.column.addWidget(self.passphrase)
        card.column.addWidget(self.button)
        self.lost = Text(context, context.tr("signin.lost"), Type.LABEL, "muted")
        card.column.addWidget(self.lost)
        middle = QVBoxLayout()
        middle.setSpacing(SPACE_2)
        middle.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        middle.addWidget(card)
        ground = QWidget()
        ground.setObjectName("clear")
        box = QVBoxLayout(ground)
        box.setContentsMargins(SPACE_6, SPACE_5, SPACE_6, SPACE_6)
        box.addLayout(row(Mark(context), None, look_switches(context)))
        box.addStretch(1)
        across = row(None, space=0)
        across.addLayout(middle, 1000)
        across.addStretch(1)
        box.addLayout(across)
        box.addStretch(2)
        area = QScrollArea()
        Fingers(area)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def opened(self, subject: str) -> None:
        """Ask for the passphrase of the congress in the folder ``subject``."""
        self._path = Path(subject)
        self.title.setText(self._path.name)
        tr, pack = self.context.tr, is_pack(self._path)
        self.name.setVisible(not pack)
        self.name.value = PACK_READER if pack else FIRST_MEMBER
        self.passphrase.label.setText(tr("signin.code" if pack else "signin.passphrase"))
        self.lost.setText(tr("signin.lost.pack" if pack else "signin.lost"))
        self.passphrase.value = ""
        clear(self.trouble)

    def shown(self) -> None:
        """Put the cursor where the passphrase goes."""
        self.passphrase.setFocus()

    def closing(self) -> None:
        """Let go of what was typed."""
        self.passphrase.value = ""

    def submit(self) -> None:
        """Open the congress."""
        if self._controller.busy:
            return
        clear(self.trouble)
        tr = self.context.tr
        self.name.set_error("" if self.name.value.strip() else tr("signin.name_missing"))
        self.passphrase.set_error("" if self.passphrase.value else tr("signin.passphrase_missing"))
        if self.name.value.strip() and self.passphrase.value:
            self._controller.open(self._path, self.name.value, self.passphrase.value)

    def _busy(self, busy: bool) -> None:
        tr = self.context.tr
        self.button.setEnabled(not busy)
        self.button.set_text(tr("signin.opening") if busy else tr("signin.verb"))
        for field in (self.name, self.passphrase):
            field.setEnabled(not busy)
        if not busy:
            self.passphrase.setFocus()

    def _refused(self, error: CongressError) -> None:
        clear(self.trouble)
        text = self.context.tr.error(error)
        if error.code in ("vault.wrong_passphrase", "pack.wrong_code", "pack.misread_code"):
            self.passphrase.set_error(f"{text.what} {text.do}")
            editor = self.passphrase.editor
            if isinstance(editor, QLineEdit):
                editor.selectAll()
        else:
            self.trouble.addWidget(ErrorView(self.context, error))
