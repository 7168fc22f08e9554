"""Measures a ZIP before anything of it is unpacked: DOCX, ODT and EPUB are ZIPs of XML.

Somebody else made it. Its members are counted and their sizes added as the archive declares
them; members that share their bytes, as in the bombs that quote one piece again and again, are
told by their places. What is read is read up to the declared size and no further.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from lxml import etree

from congress.docs.text.reflow import check_depth
from congress.kernel.errors import InputError

MAX_MEMBERS = 4_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 40 * 1024 * 1024
MAX_RATIO = 200
_SMALL = 1024 * 1024
_XML_NAMES = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm", ".svg")
_ENTITIES = (b"<!ENTITY", "<!ENTITY".encode("utf-16-le"), "<!ENTITY".encode("utf-16-be"))
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ZIP may hold before it counts as a bomb.

    Attributes:
        members: Most files in it.
        unpacked: Most bytes of all files unpacked.
        ratio: How many times smaller than its content a file over 1 MiB may be packed.
    """

    members: int = MAX_MEMBERS
    unpacked: int = MAX_UNPACKED
    ratio: int = MAX_RATIO


class Archive:
    """The members of a measured ZIP, read in memory."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Take an archive that ``opened`` measured."""
        self._archive = archive
        self.names = frozenset(archive.namelist())

    def read(self, name: str) -> bytes | None:
        """Return a member, or ``None`` if there is none of this name."""
        if name not in self.names:
            return None
        member = self._archive.getinfo(name)
        with self._archive.open(member) as source:
            data = source.read(member.file_size + 1)
        if len(data) > member.file_size:
            raise InputError("docs.docx_bomb")
        return data

    def xml(self, name: str) -> Any:
        """Return a member as a tree of XML, or ``None`` if it is missing or none."""
        data = self.read(name)
        return None if data is None else tree(data)

    def beside(self, name: str, target: str) -> str:
        """Return the name of what ``target`` means in the member ``name``."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def strict_parser() -> etree.XMLParser:
    """Return what reads well-formed XML alone, loads nothing and knows no entities."""
    return _parser(recover=False)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover
    )


def tree(data: bytes) -> Any:
    """Return ``data`` as a tree of XML that loads nothing and knows no entities, or ``None``.

    Raises:
        InputError: ``docs.too_deep``.
    """
    root = etree.fromstring(data, _parser(recover=True))
    if root is not None:
        check_depth(root)
    return root


@contextmanager
def opened(
    data: bytes, damaged: str, limits: Limits | None = None, *, doctypes: bool = False
) -> Iterator[Archive]:
    """Measure a ZIP and open it.

    Args:
        data: The file.
        damaged: Code of the error that says the file is damaged.
        limits: What counts as a bomb; by default generous for any real paper.
        doctypes: Whether XML in it may name its document type, as pages of e-books do.

    Raises:
        InputError: ``damaged``; ``docs.docx_bomb`` if it would unpack to more than the
            limits, or its XML declares entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            check(archive, limits or Limits(), doctypes=doctypes)
            yield Archive(archive)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # a malformed part leads its reader to raise anything
        raise InputError(damaged) from error


def check(archive: zipfile.ZipFile, limits: Limits, *, doctypes: bool = False) -> None:
    """Measure an archive: see ``opened``."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise InputError("docs.docx_bomb")
    if sum(member.file_size for member in members) > limits.unpacked:
        raise InputError("docs.docx_bomb")
    if overlapping(members):
        raise InputError("docs.docx_bomb")
    for member in members:
        if too_dense(member, limits.ratio):
            raise InputError("docs.docx_bomb")
        if member.filename.lower().endswith(_XML_NAMES):
            _check_xml(archive, member, _ENTITIES if doctypes else (*_ENTITIES, *_DOCTYPES))


def too_dense(member: zipfile.ZipInfo, ratio: int) -> bool:
    """Return whether a member is over 1 MiB and packed more than ``ratio`` times smaller."""
    packed = max(1, member.compress_size)
    return member.file_size > _SMALL and member.file_size > ratio * packed


def overlapping(members: list[zipfile.ZipInfo]) -> bool:
    """Return whether two members claim the same bytes of the file."""
    placed = sorted((each.header_offset, each.compress_size) for each in members)
    return any(start + size > following for (start, size), (following, _) in pairwise(placed))


def _check_xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo, marks: tuple[bytes, ...]) -> None:
    if member.file_size > MAX_XML:
        raise InputError("docs.docx_bomb")
    part = archive.read(member)
    if any(mark in part for mark in marks):
        raise InputError("docs.docx_bomb")
