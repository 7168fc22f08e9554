"""Checks what is said about a paper, and describes a file that comes in."""

from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from congress.docs.files import ChosenFile, printable
from congress.docs.model import Details, Extract, Paper, Version
from congress.docs.text.language import language_of
from congress.kernel.errors import InputError
from congress.kernel.ids import PaperId, VersionId, new_id
from congress.kernel.roles import Shelf
from congress.kernel.settings import LANGUAGES
from congress.kernel.text import tidy

MAX_TITLE = 300
MAX_NUMBER = 40
MAX_AGENDA = 300
MAX_NOTE = 500
_SAMPLE_PAGES = 20


def _line(typed: str, most: int) -> str:
    return printable(tidy(typed))[:most].strip()


def checked(details: Details) -> Details:
    """Return details as they may be written.

    Raises:
        InputError: ``docs.no_title`` or ``docs.bad_language``.
    """
    title = _line(details.title, MAX_TITLE)
    if not title:
        raise InputError("docs.no_title")
    if details.language not in LANGUAGES:
        raise InputError("docs.bad_language", language=details.language)
    return replace(
        details,
        title=title,
        number=_line(details.number, MAX_NUMBER),
        agenda=_line(details.agenda, MAX_AGENDA),
    )


def version_of(file: ChosenFile, text: Extract, number: int, note: str, now: datetime) -> Version:
    """Return what is said about a file as a version of a paper."""
    return Version(
        id=VersionId(new_id()),
        number=number,
        kind=text.kind,
        file=file.name,
        size=file.size,
        pages=len(text.pages),
        origin=text.origin,
        imported_at=now,
        note=_line(note, MAX_NOTE),
    )


def details_of(file: ChosenFile, text: Extract, given: Details) -> Details:
    """Return ``given``, an empty title and language filled in from the file.

    The title is what the file calls itself, or else its name; the language is told by its
    letters.

    Raises:
        InputError: ``docs.no_title`` or ``docs.bad_language``.
    """
    named = " ".join(PurePath(file.name).stem.replace("_", " ").split())
    sample = "\n".join(page.text for page in text.pages[:_SAMPLE_PAGES])
    return checked(
        replace(
            given,
            title=given.title or text.title or named,
            language=given.language or language_of(sample),
        )
    )


def paper_of(version: Version, details: Details, shelf: Shelf) -> Paper:
    """Return a new paper with its first version."""
    return Paper(
        id=PaperId(new_id()),
        title=details.title,
        language=details.language,
        clearance=shelf.clearance,
        kind=version.kind,
        file=version.file,
        pages=version.pages,
        size=version.size,
        origin=version.origin,
        imported_at=version.imported_at,
        updated_at=version.imported_at,
        version_id=version.id,
        version=version.number,
        group=shelf.group,
        type=details.type,
        number=details.number,
        agenda=details.agenda,
        dated=details.dated,
    )
