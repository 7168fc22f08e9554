"""The lists of an open poll: who voted how, who could vote, and the proxies one by one."""

from fractions import Fraction

from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.secretariat.model import ResultReport
from congress.secretariat.worksheet import Cell, Column, ColumnKind, Sheet
from congress.voting.methods.forms import FORMS
from congress.voting.model import Contest, Marks
from congress.voting.outcome import NamedVote, Result
from congress.voting.words import ranking_said, with_office

_NUMBER = ColumnKind.NUMBER
_CHOICES = ("yes", "no", "abstain")


def names_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return who voted how, in open polls alone."""
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        for vote in result.votes:
            person = report.people.get(vote.person_id)
            rows.append(
                (
                    result.poll.number,
                    vote.badge,
                    person.name if person else "",
                    person.delegation if person else "",
                    chosen(tr, result, vote),
                )
            )
    return Sheet(
        "names",
        tr("export.results.names"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("badge", tr("people.field.badge")),
            Column("name", tr("people.field.name"), width="3"),
            Column("delegation", tr("people.field.delegation"), width="2"),
            Column("vote", tr("export.column.vote"), width="2"),
        ),
        tuple(rows),
    )


def chosen(tr: Translator, result: Result, vote: NamedVote) -> str:
    """Return what one voter of an open poll chose, in words."""
    plan = result.poll.plan
    said = [
        with_office(tr, plan, contest, _marked(tr, contest, marks) or tr("export.choice.none"))
        for contest, marks in zip(plan.contests, vote.ballot.marks, strict=True)
    ]
    return tr.joined(*said) if len(said) > 1 else said[0]


def _marked(tr: Translator, contest: Contest, marks: Marks) -> str:
    if not contest.candidates:
        return tr.listed(tr(f"voting.cell.{cell}") for cell in _CHOICES if cell in marks)
    if contest.method.ranked:
        return ranking_said(tr, contest, marks)
    form = FORMS[contest.method]
    return tr.listed(
        candidate.name for candidate in contest.candidates if form.support(candidate.id) in marks
    )


def electors_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return who could vote, in open polls that counted weights, sections or proxies."""
    rows: list[tuple[Cell, ...]] = []
    for result in report.results:
        electors = result.electorate.electors
        if not any(item.weight != 1 or item.by is not None for item in electors):
            continue
        for elector in electors:
            badge, name, delegation = _person(report, elector.person)
            rows.append(
                (
                    result.poll.number,
                    badge,
                    name,
                    delegation,
                    _whole(elector.weight),
                    "" if elector.by is None else _person(report, elector.by)[1],
                )
            )
    return Sheet(
        "electors",
        tr("export.results.electors"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("badge", tr("people.field.badge")),
            Column("name", tr("people.field.name"), width="3"),
            Column("delegation", tr("people.field.delegation"), width="2"),
            Column("weight", tr("people.field.weight"), _NUMBER),
            Column("cast_by", tr("export.column.cast_by"), width="2"),
        ),
        tuple(rows),
    )


def proxies_sheet(tr: Translator, report: ResultReport) -> Sheet:
    """Return every proxy that was on the register when a poll opened, and what became of it."""
    rows: list[tuple[Cell, ...]] = [
        (
            result.poll.number,
            _person(report, used.proxy.principal)[0],
            _person(report, used.proxy.principal)[1],
            _person(report, used.proxy.holder)[1],
            used.proxy.approved_by,
            tr(f"voting.proxy.{used.standing.value}"),
        )
        for result in report.results
        for used in result.electorate.proxies
    ]
    return Sheet(
        "proxies",
        tr("proxies.title"),
        (
            Column("number", tr("export.column.poll_number"), _NUMBER),
            Column("badge", tr("people.field.badge")),
            Column("name", tr("proxies.principal"), width="3"),
            Column("holder", tr("export.column.cast_by"), width="3"),
            Column("approved_by", tr("proxies.approved"), width="2"),
            Column("standing", tr("export.column.outcome"), width="2"),
        ),
        tuple(rows),
    )


def _person(report: ResultReport, person_id: PersonId) -> tuple[str, str, str]:
    """Return badge, name and delegation; empty of who is no longer on the list."""
    person = report.people.get(person_id)
    return (person.badge, person.name, person.delegation) if person else ("", "", "")


def _whole(value: Fraction) -> int | Fraction:
    return value.numerator if value.denominator == 1 else value
