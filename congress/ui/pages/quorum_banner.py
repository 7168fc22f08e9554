"""Warns the chair where there is no quorum, and says what follows from that."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from congress.ui.pages.hall_quorum import rule_in_words, short_in_words
from congress.ui.theme.tokens import Tone
from congress.ui.widgets.banner import Banner


class QuorumBanner(Banner):
    """In sight only while there is no quorum, or no session."""

    told = Signal(bool)
    """Whether there is a quorum, after each change."""

    def __init__(
        self, context: UiContext, controller: QuorumController, parent: QWidget | None = None
    ) -> None:
        """Follow ``controller``."""
        super().__init__(context, "", Tone.CAUTION, parent=parent)
        self._window_context, self._controller = context, controller
        controller.setParent(self)
        self._taking = False
        self.hide()
        controller.quorum_changed.connect(self._tell)
        controller.session_changed.connect(self._tell)

    @property
    def quorate(self) -> bool:
        """Whether there is a quorum; so too before it is known: the booth refuses by itself."""
        house = self._controller.quorum
        return house is None or (self._controller.session is not None and house.reached)

    def refresh(self) -> None:
        """Read the quorum again."""
        self._controller.refresh()

    def set_taking(self, taking: bool) -> None:
        """Say whether a poll takes votes now."""
        self._taking = taking
        self._tell()

    def _tell(self, *_: object) -> None:
        context, house = self._window_context, self._controller.quorum
        tr = context.tr
        self.setVisible(not self.quorate)
        if house is not None and self._controller.session is None:
            self.set(tr("chair.no_session.why"), Tone.CAUTION, title=tr("chair.no_session"))
        elif house is not None and not house.reached:
            title = tr("chair.no_quorum", present=house.present, needed=house.needed)
            if house.short and house.present >= house.needed:
                title = tr("chair.no_quorum.short")
            rule = " ".join(
                filter(None, (rule_in_words(context, house.rule), short_in_words(context, house)))
            )
            key = "chair.no_quorum.open" if self._taking else "chair.no_quorum.none"
            tone = Tone.DANGER if self._taking else Tone.CAUTION
            # The rule is a sentence of ours: as a value it would be set apart as a name is.
            self.set(f"{rule} {tr(key)}", tone, title=title)
        self.told.emit(self.quorate)
