"""The commands around papers: ``papers import``, ``papers search`` and all work on them."""

from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
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
from congress.docs.convert import ConverterUnavailable
from congress.docs.filters import SearchFilter
from congress.docs.incoming import Gathered
from congress.docs.library import Library
from congress.docs.model import PaperType
from congress.kernel.errors import CongressError, InputError
from congress.kernel.roles import Clearance
from congress.kernel.settings import LANGUAGES


@click.group()
def papers() -> None:
    """The papers of the congress."""


for _command in COMMANDS:
    papers.add_command(_command)


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
    """Import papers from files, folders and ZIPs. The status is 2 if any file was refused.

    The language is told by the text of each file unless it is given.
    """
    output = Output(as_json=as_json)
    imported: list[dict[str, object]] = []
    refused: list[dict[str, object]] = []
    with errors_spoken(output), opened(vault, name, fd) as congress, ExitStack() as stack:
        shelf = shelf_of(congress, clearance, group)
        congress.library.prepare(shelf)
        for file in stack.enter_context(Gathered(paths)).files:
            try:
                paper = congress.library.import_file(
                    file.source(),
                    language=language or "",
                    clearance=shelf.clearance,
                    group=shelf.group,
                    type=PaperType(kind or PaperType.OTHER),
                    number=number or "",
                    agenda=agenda or "",
                    progress=output.progress(file.name),
                )
            except (InputError, ConverterUnavailable) as error:
                refused.append(_refusal(output, file.name, error))
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


def _refusal(output: Output, file: str, error: CongressError) -> dict[str, object]:
    output.complain(error)
    text = output.tr.error(error)
    return {"file": file, "error": error.code, **asdict(text)}


@papers.command("search")
@on_vault
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--language", "languages", type=click.Choice(LANGUAGES), multiple=True)
@click.option(
    "--type", "kinds", type=click.Choice([each.value for each in PaperType]), multiple=True
)
@click.option("--agenda", "agendas", multiple=True, help="Item of the agenda, as written.")
@click.option("--clearance", "clearances", type=CLEARANCES, multiple=True)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Papers of this day or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Papers of this day or earlier.")
def papers_search(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    query: str,
    limit: int,
    languages: tuple[str, ...],
    kinds: tuple[str, ...],
    agendas: tuple[str, ...],
    clearances: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
) -> None:
    """Search the papers for QUERY; answers in JSON, the best first.

    Words in quotation marks stand for a phrase. Options that may be repeated keep the papers
    that fit any of their values; different options must all fit.
    """
    output = Output(as_json=True)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        wanted = SearchFilter(
            languages=frozenset(languages),
            shelves=frozenset(
                shelf for shelf in congress.library.shelves if shelf.clearance in clearances
            ),
            types=frozenset(map(PaperType, kinds)),
            agendas=frozenset(agendas),
            since=since.date() if since else None,
            until=until.date() if until else None,
            only=None if _held(congress.library, clearances) else frozenset(),
        )
        output.answer(
            [
                {
                    "paper": hit.paper,
                    "title": hit.title,
                    "file": hit.file,
                    "page": hit.page,
                    "about": hit.about,
                    "snippet": hit.snippet,
                    "score": hit.score,
                }
                for hit in congress.library.search(query, limit, wanted)
            ]
        )


def _held(library: Library, clearances: Collection[str]) -> bool:
    """Return whether papers of these clearances can be looked for; none stands for all."""
    return not clearances or any(each in clearances for each in library.clearances)
