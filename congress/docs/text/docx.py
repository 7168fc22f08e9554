"""Reads a DOCX: measures it, then turns it into HTML that is safe to show.

A DOCX is a ZIP of XML that somebody else made. It is measured before anything is unpacked;
archives inside it are counted but never opened, nor is anything it links to.
"""

import base64
import io
import zipfile
from dataclasses import dataclass
from typing import Any

import mammoth

from congress.docs.model import Extract, PaperKind
from congress.docs.text.reflow import PICTURES, pages_of
from congress.kernel.errors import InputError

MAX_MEMBERS = 4_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_XML = 40 * 1024 * 1024
MAX_RATIO = 200
_SMALL = 1024 * 1024

_MAIN = "word/document.xml"
_ENTITIES = (
    b"<!ENTITY",
    b"<!DOCTYPE",
    "<!ENTITY".encode("utf-16-le"),
    "<!ENTITY".encode("utf-16-be"),
)
_MAX_PICTURE = 8 * 1024 * 1024
_STYLE_MAP = "\n".join(
    (
        "br[type='page'] => hr",
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h2:fresh",
        "u => u",
    )
)


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


def is_docx(data: bytes) -> bool:
    """Return whether ``data`` is a ZIP that holds a Word text."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _MAIN in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def read_docx(data: bytes, limits: Limits | None = None) -> Extract:
    """Read a DOCX.

    Args:
        data: The file.
        limits: What counts as a bomb; by default generous for any real paper.

    Raises:
        InputError: ``docs.docx_damaged``, or ``docs.docx_bomb`` for a file that would unpack
            to more than the limits or that declares XML entities.
    """
    try:
        _check(data, limits or Limits())
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(_picture),
            id_prefix="n-",
        ).value
    except InputError:
        raise
    except Exception as error:  # mammoth raises whatever a malformed part leads it to
        raise InputError("docs.docx_damaged") from error
    return pages_of(html, PaperKind.DOCX)


def _check(data: bytes, limits: Limits) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > limits.members:
            raise InputError("docs.docx_bomb")
        if sum(member.file_size for member in members) > limits.unpacked:
            raise InputError("docs.docx_bomb")
        for member in members:
            _check_member(archive, member, limits)


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    packed = max(1, member.compress_size)
    if member.file_size > _SMALL and member.file_size > limits.ratio * packed:
        raise InputError("docs.docx_bomb")
    if not member.filename.lower().endswith((".xml", ".rels")):
        return
    if member.file_size > MAX_XML:
        raise InputError("docs.docx_bomb")
    part = archive.read(member)
    if any(mark in part for mark in _ENTITIES):
        raise InputError("docs.docx_bomb")


def _picture(image: Any) -> dict[str, str]:
    if image.content_type not in PICTURES:
        return {}
    try:
        with image.open() as source:
            data = source.read(_MAX_PICTURE + 1)
    except (KeyError, ValueError, OSError):  # missing in the file, or outside of it
        return {}
    if len(data) > _MAX_PICTURE:
        return {}
    return {"src": f"data:{image.content_type};base64,{base64.b64encode(data).decode()}"}
