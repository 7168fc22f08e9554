"""``congress notes``: a member's own notes on papers."""

from pathlib import Path

import click

from congress.cli.opening import on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.docs.notes.exporting import NoteFormat, written
from congress.docs.notes.gathering import gather
from congress.docs.notes.webannotation import annotation_page
from congress.kernel.ids import PaperId
from congress.storage.faults import naming
from congress.storage.files import write_whole


@click.group()
def notes() -> None:
    """Your notes on papers."""


@notes.command("export")
@on_vault
@click.option("--paper", help="Identifier of one paper; by default the notes on all.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="File to write, its form told by its ending: .md, .html or .json.",
)
def notes_export(
    vault: Path, name: str, fd: int | None, as_json: bool, paper: str | None, out: Path | None
) -> None:
    """Write your notes, and those shared with you, to a file or to the output.

    With --json they come as W3C Web Annotations, otherwise as Markdown. Notes on papers that may
    not be copied from are left out.
    """
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        paper_id = PaperId(paper) if paper else None
        gathered = gather(congress.notes, congress.library, paper_id)
        if out is None:
            output.say(written(gathered, NoteFormat.MARKDOWN, output.tr))
            output.answer(annotation_page(gathered))
            return
        endings = {f".{form.value}": form for form in NoteFormat}
        form = endings.get(out.suffix.lower(), NoteFormat.MARKDOWN)
        with naming(out):
            write_whole(out, written(gathered, form, output.tr).encode("utf-8"))
        output.say(output.tr("notes.exported", count=gathered.count, file=out.name))
        if gathered.kept_back:
            output.say(output.tr("notes.export.kept_back", count=gathered.kept_back))
        output.answer(
            {"file": out.name, "notes": gathered.count, "papers_kept_back": gathered.kept_back}
        )
