"""Tells what a file is from its content: names and extensions can say anything."""

import re
from pathlib import PurePath
from typing import BinaryIO

from congress.docs.model import PaperKind
from congress.docs.text.docx import is_docx
from congress.docs.text.plain import decoded
from congress.kernel.errors import InputError

MAX_WHOLE = 100 * 1024 * 1024
"""Largest file, in bytes, of a format that is read as a whole: all but PDF."""

_PDF_HEAD = 1024
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body)\b", re.I | re.S
)
_TEXT_NAMES = frozenset({"", ".txt", ".text", ".md", ".html", ".htm", ".xhtml"})


def kind_of(file: BinaryIO, size: int, name: str) -> PaperKind:
    """Return the format of an open file of ``size`` bytes.

    The header of a PDF may stand anywhere in its first 1,024 bytes (ISO 32000-1, Annex H).
    The name matters in one case: words in a file that claims to be something else, such as the
    error page of a web server saved as a PDF, are not what the person meant.

    Raises:
        InputError: ``docs.empty_file``, ``docs.old_word`` for the Word format before 2007 and
            for a DOCX with a password (both are OLE files), ``docs.too_large``,
            ``docs.wrong_name`` or ``docs.unknown_kind``.
    """
    file.seek(0)
    head = file.read(_PDF_HEAD)
    if not head:
        raise InputError("docs.empty_file")
    if b"%PDF-" in head:
        return PaperKind.PDF
    if head.startswith(_OLE):
        raise InputError("docs.old_word")
    if size > MAX_WHOLE:
        raise InputError("docs.too_large", most=MAX_WHOLE // 1024 // 1024)
    file.seek(0)
    data = file.read()
    if head.startswith(_ZIP) and is_docx(data):
        return PaperKind.DOCX
    text = decoded(data)
    if text is None:
        raise InputError("docs.unknown_kind")
    if PurePath(name).suffix.lower() not in _TEXT_NAMES:
        raise InputError("docs.wrong_name")
    return PaperKind.HTML if _MARKUP.match(text[:_PDF_HEAD]) else PaperKind.TEXT
