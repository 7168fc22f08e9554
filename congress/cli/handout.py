"""The commands ``portfolio``, ``readers`` and ``trace``: what left the house, and who read what."""

from collections.abc import Mapping
from pathlib import Path

import click

from congress.cli.opening import on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.docs.access import AccessReport, Reader, ReadState
from congress.docs.model import Paper
from congress.docs.packs.tracing import Trace
from congress.kernel import codes
from congress.kernel.errors import InputError
from congress.kernel.settings import LANGUAGES
from congress.secretariat.portfolio.book import BookForm
from congress.secretariat.readership import trace_text


@click.command()
@on_vault
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option(
    "--form",
    "forms",
    type=click.Choice([form.value for form in BookForm]),
    multiple=True,
    help="EPUB or PDF; may be repeated. By default both.",
)
@click.option(
    "--lang",
    "langs",
    type=click.Choice(LANGUAGES),
    multiple=True,
    help="Language of cover and contents; may be repeated. By default that of the congress.",
)
def portfolio(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    out: Path,
    forms: tuple[str, ...],
    langs: tuple[str, ...],
) -> None:
    """Write all public papers as one book, by items of the agenda."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        files = congress.handout.portfolio.write(
            out,
            *(langs or (congress.settings.language,)),
            forms=[BookForm(form) for form in forms] or tuple(BookForm),
            progress=output.progress(out.name),
        )
        written = [path.name for path in files]
        output.say(output.tr("cli.exported", count=len(written), folder=out.name))
        output.answer({"folder": str(out), "files": written})


@click.command()
@on_vault
@click.option("--paper", "number", help="Number or identifier of one paper.")
def readers(vault: Path, name: str, fd: int | None, as_json: bool, number: str | None) -> None:
    """Say who has read what, and who has not opened a paper."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        report = congress.handout.access.report()
        papers = [each for each in report.papers if number in (None, each.number, each.id)]
        if not papers:
            raise InputError("pack.unknown_paper", number=number)
        if not report.sound:
            output.say(output.tr("access.broken.title"))
        for paper in papers:
            _tell_paper(output, report, paper)
        output.answer(
            {"sound": report.sound, "papers": [_paper(report, paper) for paper in papers]}
        )


def _tell_paper(output: Output, report: AccessReport, paper: Paper) -> None:
    expected, missing = report.expected(paper), report.unopened(paper)
    output.say(
        output.tr(
            "access.cli.paper",
            title=paper.title,
            opened=len(expected) - len(missing),
            count=len(expected),
        )
    )
    if missing:
        names = output.tr.listed(reader.name for reader in missing)
        output.say(output.tr("access.cli.missing", names=names))


def _paper(report: AccessReport, paper: Paper) -> Mapping[str, object]:
    return {
        "paper": paper.id,
        "number": paper.number,
        "title": paper.title,
        "pages": paper.pages,
        "readers": [_reader(report, paper, reader) for reader in report.expected(paper)],
    }


def _reader(report: AccessReport, paper: Paper, reader: Reader) -> Mapping[str, object]:
    reading = report.reading(paper, reader)
    state: ReadState = report.state(paper, reader)
    return {
        "member": reader.name or reader.id,
        "state": state.name.lower(),
        "opened": reading.opened if reading else 0,
        "pages_seen": report.seen(paper, reader),
        "last": reading.last.isoformat() if reading else None,
    }


@click.command()
@on_vault
@click.argument("code")
def trace(vault: Path, name: str, fd: int | None, as_json: bool, code: str) -> None:
    """Find the copy whose watermark shows CODE; write ? for a character you cannot read."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        found = congress.handout.copies.trace(code)
        if not found:
            output.say(output.tr("access.trace.none"))
        for each in found:
            output.say(trace_text(output.tr, each))
        output.answer([_trace(each) for each in found])


def _trace(found: Trace) -> Mapping[str, object]:
    return {
        "code": codes.grouped(found.code),
        "exact": found.likeness.exact,
        "member": found.owner.name if found.owner else None,
        "recipient": found.copy.recipient if found.copy else None,
        "made": found.copy.made_at.isoformat() if found.copy else None,
        "papers": [list(each) for each in found.copy.papers] if found.copy else None,
    }
