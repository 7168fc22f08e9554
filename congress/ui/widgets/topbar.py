"""The top bar: which congress, which session, whether there is quorum, and who is here."""

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from congress.kernel.clock import Clock
from congress.kernel.roles import Actor
from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.plan import Status
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_5, Mode, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.layout import set_margins
from congress.ui.widgets.text import Text

TICK_MS = 5_000


class TopBar(QFrame):
    """Stands above every page inside the frame."""

    find_asked = Signal()
    """"Find" was pressed."""
    leave_asked = Signal()
    """"Sign out" was pressed."""

    def __init__(
        self,
        context: UiContext,
        clock: Clock,
        actor: Actor | None,
        parent: QWidget | None = None,
    ) -> None:
        """Show what is known before the first ``Status`` arrives."""
        super().__init__(parent)
        self.setObjectName("topbar")
        self._context, self._clock = context, clock
        self.congress = Elided(context, "", Type.STRONG, Tone.NEUTRAL)
        self.session = Elided(context, "", Type.CAPTION, "muted")
        self.quorum = Chip(context, "", figures=True)
        self.quorum.hide()
        self.time = Text(context, "", Type.CONTROL, "muted", wrap=False, figures=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.congress)
        words.addWidget(self.session)
        box = QHBoxLayout(self)
        set_margins(box, context.theme.rtl, SPACE_5, SPACE_2, SPACE_3, SPACE_2)
        box.setSpacing(SPACE_1)
        box.addLayout(words, 1)
        box.addWidget(self.quorum)
        box.addSpacing(SPACE_2)
        box.addWidget(self.time)
        box.addSpacing(SPACE_2)
        for button in self._buttons(actor):
            box.addWidget(button)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._tick()
        self.show_status(Status())

    def _buttons(self, actor: Actor | None) -> list[Button]:
        context, tr = self._context, self._context.tr
        self.find_button = Button(
            context, kind=Kind.QUIET, icon="magnifying-glass", name=tr("shell.find_tip")
        )
        self.find_button.clicked.connect(self.find_asked)
        self.language = Button(context, tr(f"language.{tr.lang}"), Kind.QUIET, "translate")
        self.language.setAccessibleName(tr("shell.language"))
        self.language.setToolTip(tr("shell.language"))
        self.language.set_icon("translate", "ink")
        self.language.setMenu(self._language_menu())
        dark = context.preferences.mode is Mode.DARK
        self.mode = Button(
            context,
            kind=Kind.QUIET,
            icon="sun" if dark else "moon",
            name=tr("shell.to_light" if dark else "shell.to_dark"),
        )
        self.mode.clicked.connect(lambda: context.prefer(context.preferences.other_mode()))
        buttons = [self.find_button, self.language, self.mode]
        if actor is not None:
            self.person = Button(context, actor.name, Kind.QUIET, "user-circle")
            self.person.setAccessibleName(
                tr("shell.signed_in", name=actor.name, role=tr(f"role.{actor.role}"))
            )
            self.person.setToolTip(tr(f"role.{actor.role}"))
            self.person.set_icon("user-circle", "ink")
            self.person.setMenu(self._person_menu(actor))
            buttons.append(self.person)
        return buttons

    def _language_menu(self) -> QMenu:
        context, menu = self._context, QMenu(self)
        menu.setFont(context.theme.font(Type.LABEL))
        for lang in LANGUAGES:
            action = QAction(context.tr(f"language.{lang}"), menu)
            action.setCheckable(True)
            action.setChecked(lang == context.preferences.lang)
            action.triggered.connect(lambda _=False, lang=lang: self._speak(lang))
            menu.addAction(action)
        return menu

    def _speak(self, lang: str) -> None:
        self._context.prefer(replace(self._context.preferences, lang=lang))

    def _person_menu(self, actor: Actor) -> QMenu:
        context, menu = self._context, QMenu(self)
        menu.setFont(context.theme.font(Type.LABEL))
        who = QAction(context.tr(f"role.{actor.role}"), menu)
        who.setEnabled(False)
        leave = QAction(context.theme.icon("sign-out", "muted"), context.tr("shell.sign_out"), menu)
        leave.triggered.connect(self.leave_asked)
        menu.addAction(who)
        menu.addSeparator()
        menu.addAction(leave)
        return menu

    def _tick(self) -> None:
        now = self._clock.now().astimezone()
        self.time.setText(self._context.tr.time(now))

    def show_status(self, status: Status) -> None:
        """Say what ``status`` says."""
        self.congress.setText(status.congress)
        self.session.setText(status.session)
        self.session.setVisible(bool(status.session))
        self.quorum.set(status.quorum, status.quorum_tone)
        self.quorum.setVisible(bool(status.quorum))
