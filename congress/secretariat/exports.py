"""The service that takes the papers of a congress out of the vault, as files for people.

The files are plain text in a folder that the member chose: that is their purpose. Nothing
is written anywhere else, and either every file is written or none.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import tzinfo
from enum import StrEnum
from pathlib import Path

from congress.floor.programme import Programme
from congress.i18n.translator import Translator
from congress.kernel.clock import Clock
from congress.kernel.ids import MemberId, PersonId, PollId
from congress.kernel.people import PeopleSource, Person
from congress.kernel.progress import Progress, Silent
from congress.kernel.roles import Actor, Right
from congress.kernel.settings import Settings
from congress.rollcall.desk import Desk
from congress.rollcall.faceprivacy import Certificate, SubjectData
from congress.secretariat import (
    attendance,
    counting,
    credentials,
    faces,
    heads,
    minutes,
    resultpaper,
    results,
)
from congress.secretariat.badges import badges_pdf
from congress.secretariat.cards import cards_pdf
from congress.secretariat.csvfile import csv_bytes
from congress.secretariat.folder import write_all
from congress.secretariat.gather import Gatherer
from congress.secretariat.jsonfile import json_bytes
from congress.secretariat.model import (
    AttendanceReport,
    CredentialsReport,
    MinutesReport,
    ResultReport,
)
from congress.secretariat.typeset import Paper, typeset
from congress.secretariat.worksheet import Sheet
from congress.voting.booth import Booth
from congress.voting.cards import Card
from congress.voting.model import Poll
from congress.voting.outcome import SignedHead


class Kind(StrEnum):
    """What is exported. Texts: ``export.paper.<value>``."""

    CREDENTIALS = "credentials"
    ATTENDANCE = "attendance"
    RESULTS = "results"
    MINUTES = "minutes"


class Format(StrEnum):
    """In what form."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"


Report = CredentialsReport | AttendanceReport | ResultReport | MinutesReport


class Exports:
    """Writes credentials, attendance, results and minutes, in three languages and four formats."""

    def __init__(
        self,
        people: PeopleSource,
        desk: Desk,
        booth: Booth,
        programme: Programme,
        settings: Callable[[], Settings],
        actor: Actor,
        clock: Clock,
        *,
        zone: tzinfo | None = None,
        members: Callable[[], Mapping[MemberId, str]] = dict,
    ) -> None:
        """Take the services.

        Args:
            people: The list of the congress.
            desk: The register.
            booth: The polls.
            programme: The programme.
            settings: Returns the settings of the congress as they are now.
            actor: The signed-in member.
            clock: Dates the papers.
            zone: Time zone of the hall; ``None`` is that of the machine.
            members: Returns the sign-in name of each member.
        """
        self._actor = actor
        self._gather = Gatherer(people, desk, booth, programme, settings, clock, zone, members)

    def write(
        self,
        folder: Path,
        *languages: str,
        kinds: Collection[Kind] = tuple(Kind),
        formats: Collection[Format] = tuple(Format),
        progress: Progress | None = None,
    ) -> tuple[Path, ...]:
        """Write the papers into ``folder``: all of them, or nothing at all.

        Args:
            folder: A new folder, or one that holds no file of the same names.
            *languages: ``en``, ``vi``, ``ur``; each gets its own files.
            kinds: What to write.
            formats: In which forms; CSV is one file a table.
            progress: Told of each file, and asked between two whether to stop.

        Returns:
            The files, in the order in which they were made.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``export.not_a_folder`` or ``export.would_overwrite``.
            EnvironmentFault: ``export.disk_full`` or ``export.cannot_write``.
            Cancelled: The person cancelled; nothing was written.
        """
        self._actor.require(Right.EXPORT)
        wanted = [kind for kind in Kind if kind in kinds]
        reports = {kind: self._report(kind) for kind in wanted}
        forms = [form for form in Format if form in formats]
        steps = len(reports) * len(forms) * len(languages)

        def files() -> Iterator[tuple[str, bytes]]:
            done = 0
            for lang in languages:
                tr = Translator(lang)
                for kind, report in reports.items():
                    for form in forms:
                        (progress or Silent()).check()
                        (progress or Silent()).report(done, steps, f"{kind}.{lang}.{form}")
                        yield from _files(tr, kind, report, form)
                        done += 1
            (progress or Silent()).report(steps, steps)

        return write_all(folder, files())

    def cards(self, lang: str, title: str, cards: Collection[Card], half: int = 0) -> bytes:
        """Return a sheet of credential cards for the poll ``title`` as a PDF, for printing.

        Cards in two halves make two sheets: ``half`` 0 and 1.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.ISSUE_CARDS)
        return cards_pdf(Translator(lang), self._gather.cover(), title, tuple(cards), half)

    def head(self, lang: str, poll: Poll, head: SignedHead) -> bytes:
        """Return the end of a poll's ledger as a page for observers.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.RUN_POLL)
        tr = Translator(lang)
        return typeset(tr, heads.paper(tr, self._gather.cover(), poll, head))

    def counting(self, lang: str, poll_id: PollId) -> bytes:
        """Return the minutes of the count of a poll, to be signed.

        Raises:
            RefusedError: ``role.not_allowed``.
            InputError: ``voting.no_poll``.
        """
        self._actor.require(Right.EXPORT)
        tr = Translator(lang)
        return typeset(tr, counting.paper(tr, self._gather.counting(poll_id, lang)))

    def badges(
        self,
        lang: str,
        people: Collection[Person],
        codes: Mapping[PersonId, str],
        photos: Mapping[PersonId, bytes] | None = None,
    ) -> bytes:
        """Return a sheet with the badges of ``people`` as a PDF, for printing.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.CHECK_IN)
        return badges_pdf(Translator(lang), self._gather.cover(), tuple(people), codes, photos)

    def certificate(self, lang: str, certificate: Certificate) -> bytes:
        """Return a certificate that faces were erased as a PDF.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        tr, (people, members) = Translator(lang), self._gather.names()
        return typeset(
            tr, faces.certificate_paper(tr, self._gather.cover(), certificate, people, members)
        )

    def subject(self, lang: str, data: SubjectData) -> tuple[bytes, bytes]:
        """Return what the roll call holds about one person, as a PDF and as JSON.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        tr, (people, members) = Translator(lang), self._gather.names()
        facts = self._gather.cover(), data, people, members
        return typeset(tr, faces.subject_paper(tr, *facts)), faces.subject_json(tr, *facts)

    def credentials(
        self, lang: str, session: str | None = None
    ) -> tuple[CredentialsReport, tuple[Sheet, ...]]:
        """Return the credentials report as it is now and the tables of it, for the screen.

        Args:
            lang: Language of the tables.
            session: Identifier of the one session they are about; by default all are.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.SEE_PEOPLE)
        report = self._gather.credentials()
        return report, credentials.sheets(Translator(lang), report.only(session))

    def credentials_file(self, lang: str, session: str | None, *, pdf: bool) -> bytes:
        """Return the credentials report of a session, or of all, as a PDF or a spreadsheet.

        Raises:
            RefusedError: ``role.not_allowed``.
        """
        self._actor.require(Right.EXPORT)
        report, form = self._gather.credentials().only(session), Format.PDF if pdf else Format.XLSX
        ((_, data),) = _files(Translator(lang), Kind.CREDENTIALS, report, form)
        return data

    def _report(self, kind: Kind) -> Report:
        match kind:
            case Kind.CREDENTIALS:
                return self._gather.credentials()
            case Kind.ATTENDANCE:
                return self._gather.attendance()
            case Kind.RESULTS:
                return self._gather.results()
            case Kind.MINUTES:
                return self._gather.minutes()


def _sheets(tr: Translator, report: Report) -> tuple[Sheet, ...]:
    match report:
        case CredentialsReport():
            return credentials.sheets(tr, report)
        case AttendanceReport():
            return attendance.sheets(tr, report)
        case ResultReport():
            return results.sheets(tr, report)
        case MinutesReport():
            return minutes.sheets(tr, report)


def _paper(tr: Translator, report: Report) -> Paper:
    match report:
        case CredentialsReport():
            return credentials.paper(tr, report)
        case AttendanceReport():
            return attendance.paper(tr, report)
        case ResultReport():
            return resultpaper.paper(tr, report)
        case MinutesReport():
            return minutes.paper(tr, report)


def _files(tr: Translator, kind: Kind, report: Report, form: Format) -> Iterator[tuple[str, bytes]]:
    name = f"{kind}.{tr.lang}"
    match form:
        case Format.PDF:
            yield f"{name}.pdf", typeset(tr, _paper(tr, report))
        case Format.XLSX:
            # Imported here: openpyxl takes longer to import than a window to open.
            from congress.secretariat.workbook import xlsx_bytes

            title = tr(f"export.paper.{kind}")
            data = xlsx_bytes(tr, _sheets(tr, report), issued=report.cover.issued, title=title)
            yield f"{name}.xlsx", data
        case Format.CSV:
            for sheet in _sheets(tr, report):
                yield f"{kind}-{sheet.key}.{tr.lang}.csv", csv_bytes(tr, sheet)
        case Format.JSON:
            sheets = _sheets(tr, report)
            yield f"{name}.json", json_bytes(kind, tr.lang, report.cover, sheets)
