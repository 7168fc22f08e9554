"""The service for ballots on paper: the sheet to print, and the scans that come back.

Both are in the language of the congress, whatever language the screen speaks: a page that is
read from right to left is the mirror image of one that is not.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from congress.i18n.translator import Translator
from congress.kernel.ids import PollId
from congress.kernel.progress import Progress
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.secretariat.ballotpapers import ballot_paper_pdf
from congress.voting.booth import Booth
from congress.voting.model import Plan
from congress.voting.sheets import Sheet, sheet_of

if TYPE_CHECKING:
    from congress.voting.scanning.pile import Pile

_UNDATED = date(2000, 1, 1)


class PaperBallots:
    """Prints ballot papers and reads their scans."""

    def __init__(self, booth: Booth, settings: Callable[[], Settings], actor: Actor) -> None:
        """Take the polls, the settings as they are now, and who is signed in."""
        self._booth, self._settings, self._actor = booth, settings, actor

    def sheet(self, poll_id: PollId) -> bytes:
        """Return the ballot paper of a poll as a PDF, the same whenever it is asked for.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.ISSUE_CARDS)
        tr, name, day = self._print()
        return ballot_paper_pdf(tr, name, day, poll_id, self._plan(poll_id))[0]

    def places(self, poll_id: PollId) -> Sheet:
        """Return where everything stands on the ballot paper of a poll."""
        return sheet_of(self._plan(poll_id), rtl=self._print()[0].rtl)

    def read(
        self, poll_id: PollId, paths: Sequence[Path], progress: Progress | None = None
    ) -> "Pile":
        """Read the scans in ``paths``; nothing is kept yet.

        Raises:
            Cancelled: The person cancelled.
            InputError: ``scan.no_files``.
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.RUN_POLL)
        # Imported here: who never scans never loads the reader.
        from congress.secretariat.slipscans import read_scans

        tr, name, day = self._print()
        return read_scans(tr, name, day, poll_id, self._plan(poll_id), paths, progress)

    def _plan(self, poll_id: PollId) -> Plan:
        return self._booth.poll(poll_id).plan

    def _print(self) -> tuple[Translator, str, date]:
        settings = self._settings()
        return Translator(settings.language), settings.name, settings.starts or _UNDATED
