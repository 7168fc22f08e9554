"""The commands around papers: ``papers import``, ``papers search`` and all work on them."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from congress.cli.opening import on_vault, opened
from congress.cli.output import EXIT_INPUT, Output, errors_spoken
from congress.cli.papercare import (
    AGENDA,
    CLEARANCES,
    COMMANDS,
    GROUP,
    LANGUAGE,
    NUMBER,
    TYPE,
    shelf_of,
)
from congress.docs.model import PaperType
from congress.kernel.errors import CongressError, InputError
from congress.kernel.roles import Clearance


@click.group()
def papers() -> None:
    """The papers of the congress."""


for _command in COMMANDS:
    papers.add_command(_command)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file())
        else:
            yield path


@papers.command("import")
@on_vault
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True)
@click.option(
    "--clearance",
    type=CLEARANCES,
    default=Clearance.DELEGATES.value,
    show_default=True,
    help="Who may read them.",
)
@GROUP
@LANGUAGE
@TYPE
@AGENDA
@NUMBER
def papers_import(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    paths: tuple[Path, ...],
    clearance: str,
    group: str | None,
    language: str | None,
    kind: str | None,
    agenda: str | None,
    number: str | None,
) -> None:
    """Import papers from files and folders. The status is 2 if any file was refused.

    The language is told by the text of each file unless it is given.
    """
    output = Output(as_json=as_json)
    imported: list[dict[str, object]] = []
    refused: list[dict[str, object]] = []
    with errors_spoken(output), opened(vault, name, fd) as congress:
        shelf = shelf_of(congress, clearance, group)
        for path in _files(paths):
            try:
                paper = congress.library.import_file(
                    path,
                    language=language or "",
                    clearance=shelf.clearance,
                    group=shelf.group,
                    type=PaperType(kind or PaperType.OTHER),
                    number=number or "",
                    agenda=agenda or "",
                    progress=output.progress(path.name),
                )
            except InputError as error:
                refused.append(_refusal(output, path, error))
                continue
            imported.append(
                {
                    "paper": paper.id,
                    "title": paper.title,
                    "file": paper.file,
                    "language": paper.language,
                    "pages": paper.pages,
                }
            )
            output.say(
                output.tr(
                    "cli.paper_imported", file=paper.file, title=paper.title, count=paper.pages
                )
            )
        output.answer({"imported": imported, "refused": refused})
    if refused:
        raise SystemExit(EXIT_INPUT)


def _refusal(output: Output, path: Path, error: CongressError) -> dict[str, object]:
    output.complain(error)
    text = output.tr.error(error)
    return {"file": path.name, "error": error.code, **asdict(text)}


@papers.command("search")
@on_vault
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
def papers_search(
    vault: Path, name: str, fd: int | None, as_json: bool, query: str, limit: int
) -> None:
    """Search the papers for QUERY; answers in JSON, the best first."""
    output = Output(as_json=True)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        output.answer(
            [
                {
                    "paper": hit.paper,
                    "title": hit.title,
                    "file": hit.file,
                    "page": hit.page,
                    "snippet": hit.snippet,
                    "score": hit.score,
                }
                for hit in congress.library.search(query, limit)
            ]
        )
