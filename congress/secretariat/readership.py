"""Who has read what, as tables to export and as sentences."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from congress.docs.access import AccessReport, Reader, ReadState
from congress.docs.model import Paper
from congress.docs.packs.tracing import Trace
from congress.i18n.translator import Translator
from congress.kernel import codes
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet


def reader_name(tr: Translator, reader: Reader) -> str:
    """Return how a reader is called on screens and in exports."""
    return reader.name or tr("access.former", id=reader.id[:6])


def state_text(tr: Translator, state: ReadState) -> str:
    """Return a state in words."""
    return tr(f"access.state.{state.name.lower()}")


def sheets(tr: Translator, report: AccessReport, zone: tzinfo | None = None) -> tuple[Sheet, ...]:
    """Return the tables of a report: one line a paper, then one line a paper and reader.

    Args:
        tr: The language.
        report: Who has read what.
        zone: Time zone of the hall; ``None`` is that of the machine.
    """
    return (_by_paper(tr, report), _by_reader(tr, report, zone))


def _by_paper(tr: Translator, report: AccessReport) -> Sheet:
    counted = (ReadState.OPENED, ReadState.PART, ReadState.WHOLE)

    def row(paper: Paper) -> tuple[Cell, ...]:
        states = [report.state(paper, reader) for reader in report.expected(paper)]
        return (
            paper.agenda,
            paper.number,
            paper.title,
            len(states),
            sum(state in counted for state in states),
            sum(state is ReadState.WHOLE for state in states),
            len(report.unopened(paper)),
        )

    number = ColumnKind.NUMBER
    return Sheet(
        key="papers",
        title=tr("access.by_paper"),
        columns=(
            Column("agenda", tr("access.column.agenda")),
            Column("number", tr("access.column.number")),
            Column("title", tr("access.column.title")),
            Column("readers", tr("access.column.readers"), number),
            Column("opened", tr("access.column.opened"), number),
            Column("whole", tr("access.column.whole"), number),
            Column("unopened", tr("access.column.unopened"), number),
        ),
        rows=tuple(row(paper) for paper in report.papers),
    )


def _by_reader(tr: Translator, report: AccessReport, zone: tzinfo | None) -> Sheet:
    def moment(value: datetime | None) -> datetime | None:
        return value.astimezone(zone).replace(microsecond=0) if value else None

    def rows() -> Iterator[tuple[Cell, ...]]:
        for paper in report.papers:
            for reader in report.expected(paper):
                reading = report.reading(paper, reader)
                yield (
                    paper.number,
                    paper.title,
                    reader_name(tr, reader),
                    tr(f"role.{reader.role.value}") if reader.role else "",
                    state_text(tr, report.state(paper, reader)),
                    report.seen(paper, reader),
                    paper.pages,
                    reading.opened if reading else 0,
                    moment(reading.first if reading else None),
                    moment(reading.last if reading else None),
                )

    number, at = ColumnKind.NUMBER, ColumnKind.MOMENT
    return Sheet(
        key="readers",
        title=tr("access.by_reader"),
        columns=(
            Column("number", tr("access.column.number")),
            Column("title", tr("access.column.title")),
            Column("member", tr("access.column.member")),
            Column("role", tr("access.column.role")),
            Column("state", tr("access.column.state")),
            Column("seen", tr("access.column.seen"), number),
            Column("pages", tr("access.column.pages"), number),
            Column("times", tr("access.column.times"), number),
            Column("first", tr("access.column.first"), at),
            Column("last", tr("access.column.last"), at),
        ),
        rows=tuple(rows()),
    )


def trace_text(tr: Translator, found: Trace) -> str:
    """Return where a code that was read off a picture leads, in words."""
    code = codes.grouped(found.code)
    if found.copy is not None:
        text = tr(
            "access.trace.pack",
            code=code,
            name=found.copy.recipient,
            made=found.copy.made_at.astimezone(),
            count=len(found.copy.papers),
        )
    elif found.owner is not None:
        role = tr(f"role.{found.owner.role.value}")
        text = tr("access.trace.member", code=code, name=found.owner.name, role=role)
    else:
        text = code
    return text if found.likeness.exact else tr("access.trace.like", found=text)
