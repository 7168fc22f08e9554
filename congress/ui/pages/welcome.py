"""The first screen: the congresses on this machine, and the ways to another one."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from congress.kernel.settings import LANGUAGES
from congress.ui.context import UiContext
from congress.ui.controllers.welcome import Known, WelcomeController
from congress.ui.page import ScrollPage
from congress.ui.theme.tokens import SPACE_1, SPACE_3, SPACE_4, SPACE_5, Mode, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.choice import SegmentedControl
from congress.ui.widgets.elided import Elided
from congress.ui.widgets.layout import boxed, clear, row, set_margins
from congress.ui.widgets.mark import Mark
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet

if TYPE_CHECKING:
    from congress.app import OpenCongress

SIGN_IN_PAGE, NEW_PAGE, PACK_PAGE = "sign-in", "new-congress", "open-pack"
TRUSTEE_PAGE = "trustee"
PACK_ENDING = ".congresspack"
ACROSS = 3


def look_switches(context: UiContext) -> QWidget:
    """Return the choice of language and of light or dark, for pages outside the frame."""
    tr = context.tr
    languages = SegmentedControl(
        context,
        [(lang, tr(f"language.{lang}")) for lang in LANGUAGES],
        context.preferences.lang,
        name=tr("shell.language"),
    )
    languages.chosen.connect(
        lambda lang: context.prefer(replace(context.preferences, lang=str(lang)))
    )
    dark = context.preferences.mode is Mode.DARK
    mode = Button(
        context,
        kind=Kind.QUIET,
        icon="sun" if dark else "moon",
        name=tr("shell.to_light" if dark else "shell.to_dark"),
    )
    mode.clicked.connect(lambda: context.prefer(context.preferences.other_mode()))
    return boxed(row(languages, mode))


class _WayCard(Card):
    """A way to a congress: an icon, a verb, and where it leads."""

    def __init__(self, context: UiContext, icon: str, title: str, hint: str) -> None:
        super().__init__(context, clickable=True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)
        mark = QLabel()
        mark.setPixmap(context.theme.pixmap(f"{icon}-light", 32, "accent"))
        self.column.addWidget(mark)
        self.column.addWidget(Text(context, title, Type.NAME))
        self.column.addWidget(Text(context, hint, Type.LABEL, "muted"))
        self.column.addStretch(1)


class _KnownCard(Card):
    """A congress that was open on this machine."""

    def __init__(self, context: UiContext, known: Known) -> None:
        super().__init__(context, clickable=known.found)
        tr = context.tr
        place = Elided(context, _place(known.path), Type.CAPTION, "muted")
        place.setToolTip(str(known.path))
        mark = QLabel()
        icon = "package-light" if known.pack else "lock-key-light"
        mark.setPixmap(context.theme.pixmap(icon, 28, "accent"))
        self.forget = Button(context, kind=Kind.QUIET, icon="x", name=tr("welcome.forget"))
        self.forget.set_icon("x", "muted")
        words = QVBoxLayout()
        words.setSpacing(SPACE_1)
        words.addWidget(Text(context, known.name, Type.NAME))
        words.addWidget(place)
        head = row(mark, None, self.forget, space=SPACE_3)
        set_margins(self.column, context.theme.rtl, SPACE_5, SPACE_3, SPACE_3, SPACE_4)
        self.column.setSpacing(SPACE_1)
        self.column.addLayout(head)
        self.column.addLayout(words)
        self.column.addStretch(1)
        state = "" if known.found else tr("welcome.missing")
        if state:
            self.column.addWidget(Text(context, state, Type.LABEL, Tone.CAUTION))
        self.setAccessibleName(f"{known.name}, {state}" if state else known.name)


def _pack_in(data: QMimeData) -> Path | None:
    """Return the one pack among what is dragged, or ``None``."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    packs = [file for file in files if file.suffix.lower() == PACK_ENDING]
    return packs[0] if len(packs) == 1 else None


def _place(path: Path) -> str:
    """Return where a folder lies, the home folder shortened, left to right in any text."""
    parent = path.parent
    try:
        shown = Path("~") / parent.relative_to(Path.home())
    except ValueError:
        shown = parent
    return f"\u2066{shown}\u2069"


class WelcomePage(ScrollPage):
    """Where the program begins while no congress is open."""

    centred: ClassVar[bool] = True
    key: ClassVar[str] = "welcome"
    title_key: ClassVar[str] = "welcome.title"
    icon: ClassVar[str] = "house"

    def __init__(
        self, context: UiContext, controller: WelcomeController, parent: QWidget | None = None
    ) -> None:
        """Lay out the ways to a congress; the known ones come when the page is shown."""
        super().__init__(context, parent=parent)
        self._controller = controller
        controller.setParent(self)
        tr = context.tr
        top = row(Mark(context), None, look_switches(context))
        self.column.insertLayout(0, top)
        self.column.insertSpacing(1, SPACE_5)
        self.known_heading = Text(context, tr("welcome.known"), Type.HEADING)
        self._known = QGridLayout()
        self.known_cards: list[_KnownCard] = []
        self.ways_heading = Text(context, tr("welcome.another"), Type.HEADING)
        ways = QGridLayout()
        for grid in (self._known, ways):
            grid.setSpacing(SPACE_4)
            for at in range(ACROSS):
                grid.setColumnStretch(at, 1)
        self.new_card = _WayCard(context, "file-plus", tr("welcome.new"), tr("welcome.new.hint"))
        self.open_card = _WayCard(
            context, "folder-open", tr("welcome.open"), tr("welcome.open.hint")
        )
        self.sample_card = _WayCard(
            context, "flask", tr("welcome.sample"), tr("welcome.sample.hint")
        )
        self.pack_card = _WayCard(context, "package", tr("welcome.pack"), tr("welcome.pack.hint"))
        cards = [self.new_card, self.open_card, self.pack_card]
        cards += [self.sample_card] if controller.has_sample else []
        for at, card in enumerate(cards):
            ways.addWidget(card, 0, at)
            ways.setColumnStretch(at, 1)
        self.column.addWidget(self.known_heading)
        self.column.addLayout(self._known)
        self.column.addSpacing(SPACE_4)
        self.column.addWidget(self.ways_heading)
        self.column.addLayout(ways)
        self.trustee = Button(context, tr("trustees.own"), Kind.QUIET, "key")
        self.trustee.clicked.connect(lambda: context.navigate(TRUSTEE_PAGE))
        self.column.addLayout(row(self.trustee, None))
        self.column.addStretch(1)
        self.new_card.activated.connect(lambda: context.navigate(NEW_PAGE))
        self.open_card.activated.connect(self.choose_folder)
        self.sample_card.activated.connect(self.try_sample)
        self.pack_card.activated.connect(self.choose_pack)
        self.setAcceptDrops(True)

    def shown(self) -> None:
        """Look which of the known congresses are there."""
        known = self._controller.known()
        tr = self.context.tr
        self.header.set_lead(tr("welcome.lead" if known else "welcome.lead.first"))
        for widget in (self.known_heading, self.ways_heading):
            widget.setVisible(bool(known))
        clear(self._known)
        self.known_cards = []
        for at, each in enumerate(known):
            card = _KnownCard(self.context, each)
            card.activated.connect(partial(self.sign_in, each.path))
            card.forget.clicked.connect(partial(self._forget, each.path))
            self._known.addWidget(card, at // ACROSS, at % ACROSS)
            self.known_cards.append(card)
        first = self.known_cards[0] if self.known_cards else self.new_card
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def sign_in(self, path: Path) -> None:
        """Ask for the passphrase of the congress in ``path``."""
        self.context.navigate(f"{SIGN_IN_PAGE}/{path}")

    def choose_folder(self) -> None:
        """Ask for the folder of a congress."""
        place = str(self._controller.usual_place())
        title = self.context.tr("welcome.choose_folder")
        chosen = QFileDialog.getExistingDirectory(self, title, place)
        if chosen:
            self.sign_in(Path(chosen))

    def choose_pack(self) -> None:
        """Ask for the file of a pack."""
        tr, place = self.context.tr, str(self._controller.usual_place())
        kinds = f"{tr('welcome.packs')} (*{PACK_ENDING})"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("welcome.choose_pack"), place, kinds)
        if chosen:
            self.open_pack(Path(chosen))

    def open_pack(self, file: Path) -> None:
        """Go to the door of the pack ``file``."""
        self.context.navigate(f"{PACK_PAGE}/{file}")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a pack, and nothing else."""
        if _pack_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the pack that was dropped."""
        if (file := _pack_in(event.mimeData())) is not None:
            event.acceptProposedAction()
            self.open_pack(file)

    def try_sample(self) -> None:
        """Make the sample congress and open it."""
        task = self._controller.sample()
        if task is None:
            return

        def done(congress: "OpenCongress") -> None:
            self._controller.entered(congress)

        WorkSheet(self.context, self.context.tr("welcome.sample.making"), self).run(task, done)

    def _forget(self, path: Path) -> None:
        def undo() -> None:
            self._controller.remember(path)
            self.shown()

        self._controller.forget(path)
        self.shown()
        text = self.context.tr("welcome.forgotten", name=path.name)
        self.context.toasts.show_toast(text, Tone.NOTE, undo)
