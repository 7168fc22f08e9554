"""The commands ``new``, ``people import`` and ``export``."""

from collections.abc import Iterator
from pathlib import Path

import click

from congress.app import create_congress
from congress.cli.enrolled import tell_enrolment
from congress.cli.opening import FD, JSON, VAULT, on_vault, opened
from congress.cli.output import EXIT_INPUT, Output, errors_spoken
from congress.cli.passphrase import read_passphrase
from congress.kernel.settings import LANGUAGES, Settings
from congress.people.mapping import propose_columns
from congress.people.model import ImportReport, Outcome
from congress.people.report import reason_text, remedy_text
from congress.people.table import read_table


@click.command()
@VAULT
@FD
@JSON
@click.option("--name", "title", help="Name of the congress; by default that of the folder.")
@click.option("--lang", type=click.Choice(LANGUAGES), default="en", help="Its first language.")
def new(vault: Path, fd: int | None, as_json: bool, title: str | None, lang: str) -> None:
    """Make a new congress in the folder VAULT and its first member, the secretariat."""
    output = Output(as_json=as_json)
    with errors_spoken(output):
        settings = Settings(name=title or vault.absolute().name, language=lang)
        with create_congress(vault, settings, read_passphrase(fd, confirm=True)) as congress:
            name = congress.actor.name
        output.say(output.tr("cli.created", file=vault.name, name=name))
        output.answer({"vault": str(vault), "member": name})


@click.group()
def people() -> None:
    """The list of the congress."""


def _rejected(output: Output, report: ImportReport) -> Iterator[dict[str, object]]:
    for row in report.rejected:
        for fault in row.faults:
            yield {
                "row": row.number,
                "field": fault.field.value,
                "reason": reason_text(output.tr, fault),
                "remedy": remedy_text(output.tr, fault),
            }


@people.command("import")
@on_vault
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--enrol",
    is_flag=True,
    help="Enrol the photos that FILE names; you state that everyone in them agreed.",
)
def people_import(
    vault: Path, name: str, fd: int | None, as_json: bool, file: Path, enrol: bool
) -> None:
    """Import delegates from FILE (CSV or XLSX); import again to update.

    Every good row is taken over. A column may name the files of each person's photos, beside
    FILE or in a ZIP beside it. The status is 2 if any row or photo was rejected.
    """
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        table = read_table(file)
        report = congress.people.import_table(
            table, propose_columns(table), congress.settings.language, output.progress(file.name)
        )
        rejected = list(_rejected(output, report))
        counts = {outcome.value: report.count(outcome) for outcome in Outcome}
        output.say(output.tr("cli.people_imported", file=file.name, **counts))
        for line in rejected:
            output.say(output.tr("cli.bad_row", **line))
        told: dict[str, object] = {"file": file.name, **counts, "bad_rows": rejected}
        bad_photos = False
        if report.photos and enrol:
            enrolled = congress.enrolment.enrol_listed(
                file, report.photos, progress=output.progress(file.name)
            )
            told["photos"] = tell_enrolment(output, congress, enrolled)
            bad_photos = bool(enrolled.rejected)
        elif report.photos:
            output.say(output.tr("cli.photos_named", count=len(report.photos)))
        output.answer(told)
    if rejected or bad_photos:
        raise SystemExit(EXIT_INPUT)


@click.command()
@on_vault
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the files.")
@click.option(
    "--lang",
    "langs",
    type=click.Choice(LANGUAGES),
    multiple=True,
    help="Language; may be repeated. By default all three.",
)
def export(
    vault: Path, name: str, fd: int | None, as_json: bool, out: Path, langs: tuple[str, ...]
) -> None:
    """Write attendance, results and minutes as CSV, XLSX, JSON and PDF."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        files = congress.exports.write(
            out, *(langs or LANGUAGES), progress=output.progress(out.name)
        )
        written = [path.name for path in files]
        output.say(output.tr("cli.exported", count=len(written), folder=out.name))
        output.answer({"folder": str(out), "files": written})
