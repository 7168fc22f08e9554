"""The tables behind a result: weights by section, stages of ranked counts, complaints."""

from congress.i18n.translator import Translator
from congress.secretariat.model import ResultReport
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet
from congress.voting.outcome import Result
from congress.voting.words import titled

_NUMBER, _MOMENT = ColumnKind.NUMBER, ColumnKind.MOMENT


def _poll_columns(tr: Translator) -> tuple[Column, Column]:
    return (
        Column("number", tr("export.column.poll_number"), _NUMBER),
        Column("title", tr("floor.field.poll"), width="2"),
    )


def weights_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row a section and cell where votes are weighed: what they come to by weight."""
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        for contest, count in zip(result.poll.plan.contests, result.counts, strict=True):
            names = {item.id: item.name for item in contest.candidates}
            for part in count.weighted:
                rows += [
                    (
                        result.poll.number,
                        titled(tr, result.poll.plan, contest),
                        part.section,
                        names[cell] if cell in names else _cell(tr, names, cell),
                        votes,
                        part.cast,
                        part.valid,
                        part.blank,
                        part.invalid,
                    )
                    for cell, votes in part.cells.items()
                ]
    return Sheet(
        "weights",
        tr("details.weights"),
        (
            *_poll_columns(tr),
            Column("section", tr("details.section")),
            Column("option", tr("export.column.option"), width="2"),
            Column("weight", tr("people.field.weight"), _NUMBER),
            Column("cast", tr("export.column.cast"), _NUMBER),
            Column("valid", tr("export.column.valid"), _NUMBER),
            Column("blank", tr("export.column.blank"), _NUMBER),
            Column("invalid", tr("export.column.invalid"), _NUMBER),
        ),
        tuple(rows),
    )


def _cell(tr: Translator, names: dict[str, str], cell: str) -> str:
    """Return what a box of the ballot paper is called: an answer, or a name and a side."""
    name, _, side = cell.rpartition(":")
    words = tr(f"voting.cell.{side}")
    return tr.joined(names[name], words) if name else words


def stages_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row a stage and candidate of every count of ranked ballots."""
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        rows += _stages(tr, result)
    return Sheet(
        "stages",
        tr("results.stages"),
        (
            *_poll_columns(tr),
            Column("stage", tr("details.stage"), _NUMBER),
            Column("name", tr("people.field.name"), width="2"),
            Column("votes", tr("results.column.votes"), _NUMBER),
            Column("quota", tr("results.quota"), _NUMBER),
            Column("elected", tr("details.elected_here")),
        ),
        tuple(rows),
    )


def _stages(tr: Translator, result: Result) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for contest, ruling in zip(result.poll.plan.contests, result.verdicts, strict=True):
        title = titled(tr, result.poll.plan, contest)
        for at, stage in enumerate(ruling.stages, start=1):
            for place, candidate in enumerate(contest.candidates):
                elected = tr("export.yes") if place in stage.elected else ""
                votes = stage.votes[place]
                rows.append(
                    (result.poll.number, title, at, candidate.name, votes, stage.quota, elected)
                )
            left = tr("results.exhausted")
            rows.append((result.poll.number, title, at, left, stage.exhausted, stage.quota, ""))
    return rows


def complaints_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return one row a complaint about a counted poll, with its decision."""
    cover = report.cover
    rows: list[tuple[Cell, ...]] = [
        (
            result.poll.number,
            result.poll.plan.title,
            cover.local(each.filed_at),
            each.complainant,
            each.text,
            each.decision,
            cover.local(each.decided_at) if each.decided_at else None,
        )
        for result in report.results
        for each in report.complaints.get(result.poll.id, ())
    ]
    return Sheet(
        "complaints",
        tr("complaints.title"),
        (
            *_poll_columns(tr),
            Column("filed", tr("complaints.when"), _MOMENT),
            Column("complainant", tr("complaints.who"), width="2"),
            Column("text", tr("complaints.text"), width="4"),
            Column("decision", tr("complaints.decision"), width="3"),
            Column("decided", tr("complaints.decided"), _MOMENT),
        ),
        tuple(rows),
    )
