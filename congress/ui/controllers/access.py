"""Reads who has read what, exports it, and traces the code of a watermark."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from congress.docs.access import AccessReport, Reader, Reading, ReadState
from congress.docs.model import Paper
from congress.docs.packs.tracing import Trace
from congress.kernel.clock import Clock
from congress.kernel.errors import CongressError
from congress.kernel.progress import Progress
from congress.secretariat.csvfile import csv_bytes
from congress.secretariat.handout import Handout
from congress.secretariat.readership import sheets
from congress.ui.context import UiContext
from congress.ui.tasks import Task


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper and how far everybody is with it.

    Attributes:
        paper: The paper.
        counts: How many readers are in each state.
        missing: How many have not opened its current version.
    """

    paper: Paper
    counts: Mapping[ReadState, int]
    missing: int

    @property
    def expected(self) -> int:
        """How many may read it, or did."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """One reader and how far they are with everything.

    Attributes:
        reader: The reader.
        counts: In how many papers they are in each state.
        missing: How many papers they have not opened in the current version.
        last: When they last read anything, or ``None``.
    """

    reader: Reader
    counts: Mapping[ReadState, int]
    missing: int
    last: datetime | None

    @property
    def expected(self) -> int:
        """How many papers they may read, or did."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Meeting:
    """One paper and one reader.

    Attributes:
        paper: The paper.
        reader: The reader.
        state: How far the reader is with the paper.
        seen: Pages of the current version they saw.
        reading: All visits together, or ``None``.
    """

    paper: Paper
    reader: Reader
    state: ReadState
    seen: int
    reading: Reading | None


@dataclass(frozen=True, slots=True)
class Readership:
    """Who has read what, ready to be shown.

    Attributes:
        report: As it was read.
        papers: A line for each paper.
        readers: A line for each reader.
        states: The state of each paper and reader, by their places in the report.
    """

    report: AccessReport
    papers: Sequence[PaperLine]
    readers: Sequence[ReaderLine]
    states: Sequence[Sequence[ReadState]]

    def meeting(self, paper: Paper, reader: Reader) -> Meeting:
        """Return what is known of one paper and one reader."""
        report = self.report
        return Meeting(
            paper,
            reader,
            report.state(paper, reader),
            report.seen(paper, reader),
            report.reading(paper, reader),
        )

    def of_paper(self, paper: Paper) -> Sequence[Meeting]:
        """Return everybody who may read ``paper``, those who have not opened it first."""
        met = [self.meeting(paper, reader) for reader in self.report.expected(paper)]
        return sorted(met, key=lambda each: each.state)

    def of_reader(self, reader: Reader) -> Sequence[Meeting]:
        """Return every paper ``reader`` may read, those that were not opened first."""
        met = [self.meeting(paper, reader) for paper in self.report.papers]
        return sorted(
            (each for each in met if each.state is not ReadState.BARRED),
            key=lambda each: each.state,
        )


def gathered(report: AccessReport) -> Readership:
    """Count a report, so that screens only look things up."""
    states = [[report.state(paper, reader) for reader in report.readers] for paper in report.papers]
    last: dict[object, datetime] = {}
    for (_, member), reading in report.readings.items():
        last[member] = max(reading.last, last.get(member, reading.last))
    missing = [{reader.id for reader in report.unopened(paper)} for paper in report.papers]
    return Readership(
        report,
        [
            PaperLine(paper, _counted(row), len(gone))
            for paper, row, gone in zip(report.papers, states, missing, strict=True)
        ],
        [
            ReaderLine(
                reader,
                _counted([row[at] for row in states]),
                sum(reader.id in gone for gone in missing),
                last.get(reader.id),
            )
            for at, reader in enumerate(report.readers)
        ],
        states,
    )


def _counted(states: Sequence[ReadState]) -> Mapping[ReadState, int]:
    return Counter(state for state in states if state is not ReadState.BARRED)


class AccessController(QObject):
    """Reads the log when asked."""

    told = Signal(object)
    """The ``Readership`` as it is now."""
    refused = Signal(object)
    """The ``CongressError`` because of which it cannot be told."""
    traced = Signal(object)
    """Where a code leads: a sequence of ``Trace``."""
    not_traced = Signal(object)
    """The ``CongressError`` because of which a code cannot be looked for."""

    def __init__(
        self, context: UiContext, handout: Handout, clock: Clock, parent: QObject | None = None
    ) -> None:
        """Read nothing before ``refresh``."""
        super().__init__(parent)
        self._context, self._handout, self._clock = context, handout, clock
        self.readership: Readership | None = None

    def refresh(self) -> None:
        """Read the log again; ``told`` or ``refused`` answers."""

        def read(_: Progress) -> Readership:
            return gathered(self._handout.access.report())

        self._context.tasks.free(read).success(self._tell).failure(self._refuse).start()

    def _tell(self, readership: Readership) -> None:
        self.readership = readership
        self.told.emit(readership)

    def _refuse(self, error: CongressError) -> None:
        self.refused.emit(error)

    def trace(self, typed: str) -> None:
        """Look for the copy a code belongs to; ``traced`` or ``not_traced`` answers."""

        def look(_: Progress) -> Sequence[Trace]:
            return self._handout.copies.trace(typed)

        self._context.tasks.free(look).success(self.traced.emit).failure(
            self.not_traced.emit
        ).start()

    def spreadsheet(self, report: AccessReport) -> Task[bytes]:
        """Return the work that makes a spreadsheet of the report."""
        tr, issued = self._context.tr, self._clock.now().astimezone()

        def make(_: Progress) -> bytes:
            # Imported here: openpyxl takes longer to import than a window to open.
            from congress.secretariat.workbook import xlsx_bytes

            return xlsx_bytes(tr, sheets(tr, report), issued=issued, title=tr("access.title"))

        return self._context.tasks.free(make)

    def table(self, report: AccessReport, key: str) -> Task[bytes]:
        """Return the work that makes a CSV file of one table, ``papers`` or ``readers``."""
        tr = self._context.tr

        def make(_: Progress) -> bytes:
            return csv_bytes(tr, next(each for each in sheets(tr, report) if each.key == key))

        return self._context.tasks.free(make)
