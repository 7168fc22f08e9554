"""Reads the credentials report for the screen, and saves it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from congress.i18n.translator import Translator
from congress.kernel.events import Event
from congress.kernel.progress import Progress
from congress.kernel.roles import Right
from congress.people.model import PeopleChanged
from congress.rollcall.model import PresenceChanged, SessionsChanged
from congress.secretariat.csvfile import csv_bytes
from congress.secretariat.model import CredentialsReport
from congress.secretariat.worksheet import Sheet
from congress.ui.context import UiContext
from congress.ui.tasks import Task

if TYPE_CHECKING:
    from congress.app import OpenCongress

REST_MS = 500
"""How long the door must rest before the report is made again."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The report, ready to be shown.

    Attributes:
        report: As it was gathered.
        sheets: Its tables, in the person's language.
    """

    report: CredentialsReport
    sheets: tuple[Sheet, ...]


class CredentialsController(QObject):
    """Makes the report of the whole congress or of one session."""

    told = Signal(object)
    """The ``Credentials`` as they are now."""

    def __init__(
        self, context: UiContext, congress: "OpenCongress", parent: QObject | None = None
    ) -> None:
        """Report on ``congress``; nothing is read before ``refresh``."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.may_export = congress.actor.may(Right.EXPORT)
        self.session: str | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.refresh)
        context.bridge.happened.connect(self._heard)

    def _heard(self, event: Event) -> None:
        if isinstance(event, PresenceChanged | SessionsChanged | PeopleChanged):
            self._rest.start()

    def refresh(self) -> None:
        """Make the report again; ``told`` follows."""
        self._context.tasks.free(self._read).success(lambda made: self.told.emit(made)).start()

    def choose(self, session: str | None) -> None:
        """Report on one session by its identifier, or on the whole congress."""
        self.session = session
        self.refresh()

    def _read(self, _: Progress) -> Credentials:
        lang, session = self._context.tr.lang, self.session
        return Credentials(*self._congress.exports.credentials(lang, session))

    def saving(self, *, pdf: bool) -> Task[bytes]:
        """Return the task that makes what is shown a PDF, or a spreadsheet."""
        lang, session, exports = self._context.tr.lang, self.session, self._congress.exports
        return self._context.tasks.free(lambda _: exports.credentials_file(lang, session, pdf=pdf))

    def table(self, sheet: Sheet) -> bytes:
        """Return one table as CSV."""
        return csv_bytes(Translator(self._context.tr.lang), sheet)
