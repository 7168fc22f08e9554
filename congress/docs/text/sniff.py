"""Tells what a file is from its content: names and extensions can say anything."""

import io
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import BinaryIO

from congress.docs.model import PaperKind
from congress.docs.text.plain import decoded
from congress.kernel.errors import InputError

MAX_WHOLE = 100 * 1024 * 1024
"""Largest file, in bytes, of a format that is read as a whole: all but PDF."""

_PDF_HEAD = 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""How an OLE file names what a password of the Office formats since 2007 protects."""
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
_HEIF = frozenset((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"))
_MARKUP = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", re.I | re.S
)
_MARKDOWN_NAMES = frozenset({".md", ".markdown"})
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".html", ".htm", ".xhtml"}) | _MARKDOWN_NAMES
_ODT_TYPES = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)
_SLIDES = ("ppt/presentation.xml", "xl/workbook.xml", "visio/document.xml")

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError),
    RuntimeError,
)
"""What a damaged ZIP leads ``zipfile`` to raise."""


def kind_of(file: BinaryIO, size: int, name: str) -> PaperKind:
    """Return the format of an open file of ``size`` bytes.

    The header of a PDF may stand anywhere in its first 1,024 bytes (ISO 32000-1, Annex H).
    The name matters in two cases: words in a file that claims to be something else, such as
    the error page of a web server saved as a PDF, are not what the person meant; and only its
    name tells Markdown from any other text.

    Raises:
        InputError: ``docs.empty_file``, ``docs.office_password`` for an office file with a
            password, ``docs.heic`` for the pictures of some telephones, ``docs.is_zip`` for
            a ZIP of other files, ``docs.too_large``, ``docs.wrong_name`` or
            ``docs.unknown_kind``.
    """
    file.seek(0)
    head = file.read(_PDF_HEAD)
    if not head:
        raise InputError("docs.empty_file")
    if b"%PDF-" in head:
        return PaperKind.PDF
    if size > MAX_WHOLE:
        raise InputError("docs.too_large", most=MAX_WHOLE // 1024 // 1024)
    if head.startswith(_OLE):
        return _of_ole(file)
    if head.startswith(_RTF):
        return PaperKind.OFFICE
    if _is_picture(head):
        return PaperKind.IMAGE
    file.seek(0)
    data = file.read()
    if head.startswith(_ZIP):
        return _of_zip(data)
    text = decoded(data)
    if text is None:
        raise InputError("docs.unknown_kind")
    suffix = PurePath(name).suffix.lower()
    if suffix not in _TEXT_NAMES:
        raise InputError("docs.wrong_name")
    if _MARKUP.match(text[:_PDF_HEAD]):
        return PaperKind.HTML
    return PaperKind.MARKDOWN if suffix in _MARKDOWN_NAMES else PaperKind.TEXT


def _of_ole(file: BinaryIO) -> PaperKind:
    file.seek(0)
    if _LOCKED in file.read():
        raise InputError("docs.office_password")
    return PaperKind.OFFICE


def _is_picture(head: bytes) -> bool:
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        raise InputError("docs.heic")
    return head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _of_zip(data: bytes) -> PaperKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
            declared = _declared(archive)
    except _BROKEN as error:
        raise InputError("docs.zip_damaged") from error
    if "word/document.xml" in names:
        return PaperKind.DOCX
    if declared in _ODT_TYPES and "content.xml" in names:
        return PaperKind.ODT
    if declared == b"application/epub+zip" or "META-INF/container.xml" in names:
        return PaperKind.EPUB
    if declared.startswith(b"application/vnd.oasis.") or not names.isdisjoint(_SLIDES):
        return PaperKind.OFFICE
    raise InputError("docs.is_zip")


def _declared(archive: zipfile.ZipFile) -> bytes:
    """Return the type that the first pages of an OpenDocument file or e-book name."""
    try:
        with archive.open("mimetype") as member:
            return member.read(100).strip()
    except KeyError:
        return b""
