"""The commands that look after one paper: ``papers list``, ``details``, ``version`` and more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from congress.app import OpenCongress
from congress.cli.opening import on_vault, opened
from congress.cli.output import Output, errors_spoken
from congress.docs.library import Library
from congress.docs.model import Paper, PaperType, Version
from congress.kernel.errors import InputError
from congress.kernel.ids import GroupId
from congress.kernel.roles import Clearance, Shelf
from congress.kernel.settings import LANGUAGES

PAPER = click.argument("wanted", metavar="PAPER")
CLEARANCES = click.Choice([clearance.value for clearance in Clearance])
LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), help="Its language.")
TYPE = click.option(
    "--type", "kind", type=click.Choice([each.value for each in PaperType]), help="What it is."
)
NUMBER = click.option("--number", help="Its number in the congress.")
AGENDA = click.option("--agenda", help="The item of the agenda it belongs to.")
GROUP = click.option("--group", help="Name of the group it is for, if it is restricted.")


def shelf_of(congress: OpenCongress, clearance: str, group: str | None) -> Shelf:
    """Return the shelf of a clearance and, by its name, a group.

    Raises:
        click.BadParameter: The clearance has no groups.
        InputError: ``group.unknown``.
    """
    if group is None:
        return Shelf(Clearance(clearance))
    if Clearance(clearance) is not Clearance.RESTRICTED:
        raise click.BadParameter("only restricted papers are for a group", param_hint="--group")
    return Shelf(Clearance.RESTRICTED, _group_id(congress, group))


def _group_id(congress: OpenCongress, name: str) -> GroupId:
    for group in congress.vault.groups():
        if group.name.casefold() == name.casefold():
            return group.id
    raise InputError("group.unknown")


def find_paper(library: Library, wanted: str) -> Paper:
    """Return the paper that is meant: by identifier, or by number, file or title.

    Raises:
        InputError: ``docs.unknown_paper``, or ``docs.which_paper`` if several answer.
    """
    papers = library.papers()
    for paper in papers:
        if paper.id == wanted:
            return paper
    typed = wanted.casefold()
    found = [
        paper
        for paper in papers
        if typed in (paper.number.casefold(), paper.file.casefold(), paper.title.casefold())
    ]
    if not found:
        raise InputError("docs.unknown_paper")
    if len(found) > 1:
        raise InputError("docs.which_paper", paper=wanted, count=len(found))
    return found[0]


def told(paper: Paper, groups: dict[GroupId, str]) -> dict[str, object]:
    """Return what the commands tell of a paper."""
    return {
        "paper": paper.id,
        "number": paper.number,
        "title": paper.title,
        "type": paper.type.value,
        "agenda": paper.agenda,
        "language": paper.language,
        "dated": paper.dated.isoformat() if paper.dated else None,
        "clearance": paper.clearance.value,
        "group": groups.get(paper.group, "") if paper.group else None,
        "version": paper.version,
        "file": paper.file,
        "pages": paper.pages,
        "size": paper.size,
        "origin": paper.origin.value,
        "updated": paper.updated_at.isoformat(),
    }


def _groups(congress: OpenCongress) -> dict[GroupId, str]:
    return {group.id: group.name for group in congress.vault.groups()}


def _line(output: Output, paper: Paper) -> str:
    tr = output.tr
    name = f"{paper.number}  {paper.title}" if paper.number else paper.title
    return tr(
        "cli.paper",
        paper=paper.id,
        title=name,
        type=tr(f"paper.type.{paper.type}"),
        clearance=tr(f"clearance.{paper.clearance}"),
        version=paper.version,
    )


@click.command("list")
@on_vault
def papers_list(vault: Path, name: str, fd: int | None, as_json: bool) -> None:
    """List the papers, the last changed first."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        papers = congress.library.papers()
        for paper in papers:
            output.say(_line(output, paper))
        groups = _groups(congress)
        output.answer([told(paper, groups) for paper in papers])


@click.command("details")
@on_vault
@PAPER
@click.option("--title", help="Its title.")
@LANGUAGE
@TYPE
@AGENDA
@NUMBER
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="The date it bears.")
def papers_details(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    wanted: str,
    title: str | None,
    language: str | None,
    kind: str | None,
    agenda: str | None,
    number: str | None,
    dated: datetime | None,
) -> None:
    """Show the details of PAPER, or change those that are given.

    PAPER is an identifier, a number, the name of a file or a title.
    """
    output = Output(as_json=as_json)
    given: dict[str, Any] = {
        "title": title,
        "language": language,
        "type": PaperType(kind) if kind else None,
        "agenda": agenda,
        "number": number,
        "dated": dated.date() if dated else None,
    }
    changes = {field: value for field, value in given.items() if value is not None}
    with errors_spoken(output), opened(vault, name, fd) as congress:
        paper = find_paper(congress.library, wanted)
        if changes:
            paper = congress.library.describe(paper.id, replace(paper.details, **changes))
        output.say(_line(output, paper))
        output.answer(told(paper, _groups(congress)))


def _version(version: Version) -> dict[str, object]:
    return {
        "version": version.id,
        "number": version.number,
        "kind": version.kind.value,
        "file": version.file,
        "size": version.size,
        "pages": version.pages,
        "origin": version.origin.value,
        "imported": version.imported_at.isoformat(),
        "note": version.note,
    }


def _say_versions(output: Output, versions: Sequence[Version]) -> None:
    for version in versions:
        output.say(
            output.tr(
                "cli.version",
                number=version.number,
                date=output.tr.datetime(version.imported_at.astimezone()),
                file=version.file,
                count=version.pages,
                note=version.note,
            ).rstrip()
        )


@click.command("version")
@on_vault
@PAPER
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--note", default="", help="What is new in it, in a line.")
def papers_version(
    vault: Path, name: str, fd: int | None, as_json: bool, wanted: str, file: Path, note: str
) -> None:
    """Bring FILE in as the new version of PAPER."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        before = find_paper(congress.library, wanted)
        progress = output.progress(file.name)
        paper = congress.library.import_version(before.id, file, note=note, progress=progress)
        newest = congress.library.versions(paper.id)[:1]
        _say_versions(output, newest)
        output.answer(told(paper, _groups(congress)))


@click.command("versions")
@on_vault
@PAPER
def papers_versions(vault: Path, name: str, fd: int | None, as_json: bool, wanted: str) -> None:
    """List the versions of PAPER, the newest first."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        versions = congress.library.versions(find_paper(congress.library, wanted).id)
        _say_versions(output, versions)
        output.answer([_version(each) for each in versions])


@click.command("clearance")
@on_vault
@PAPER
@click.argument("clearance", type=CLEARANCES)
@GROUP
def papers_clearance(
    vault: Path,
    name: str,
    fd: int | None,
    as_json: bool,
    wanted: str,
    clearance: str,
    group: str | None,
) -> None:
    """Move PAPER with all its versions to CLEARANCE, sealed anew under fresh keys.

    Copies that were handed out, and backups, stay as they were.
    """
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        shelf = shelf_of(congress, clearance, group)
        before = find_paper(congress.library, wanted)
        paper = congress.library.change_clearance(before.id, shelf.clearance, shelf.group)
        output.say(_line(output, paper))
        output.answer(told(paper, _groups(congress)))


@click.command("remove")
@on_vault
@PAPER
def papers_remove(vault: Path, name: str, fd: int | None, as_json: bool, wanted: str) -> None:
    """Remove PAPER with all its versions, for good."""
    output = Output(as_json=as_json)
    with errors_spoken(output), opened(vault, name, fd) as congress:
        paper = find_paper(congress.library, wanted)
        congress.library.remove(paper.id)
        output.say(output.tr("cli.paper_removed", title=paper.title))
        output.answer({"removed": paper.id, "title": paper.title})


COMMANDS = (
    papers_list,
    papers_details,
    papers_version,
    papers_versions,
    papers_clearance,
    papers_remove,
)
"""Those that belong to the group ``papers``."""
