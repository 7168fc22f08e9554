"""The command ``badges``: the sheet of badges with their QR codes."""

from pathlib import Path

import click

from congress.cli.opening import on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.kernel.settings import LANGUAGES
from congress.rollcall.portraits import portraits_at
from congress.storage.faults import naming
from congress.storage.files import write_whole


@click.command()
@on_vault
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The PDF to write.")
@click.option(
    "--photos",
    type=click.Path(path_type=Path),
    help="Folder or ZIP of photographs, named as for 'faces enrol'. By default none are printed.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language; by default the congress's.")
@click.option("--delegation", help="Only the badges of this delegation.")
def badges(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    out: Path,
    photos: Path | None,
    lang: str | None,
    delegation: str | None,
) -> None:
    """Write the badges of everyone on the list as a PDF, eight on a page."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        people = [
            person
            for person in congress.people.everyone()
            if delegation is None or person.delegation == delegation
        ]
        portraits = (
            portraits_at(
                photos,
                congress.people,
                congress.backend().backend.detector,
                output.progress(photos.name),
            )
            if photos
            else {}
        )
        language = lang or congress.settings.language
        data = congress.exports.badges(language, people, congress.badges.codes(), portraits)
        with naming(out):
            write_whole(out, data)
        shown = sum(person.id in portraits for person in people)
        output.say(output.tr("faces.cli.badges", count=len(people), file=out.name))
        output.answer({"file": str(out), "badges": len(people), "portraits": shown})
