"""Reads plain text and web pages, in the encodings in which congresses have kept them."""

import codecs
import re
import unicodedata

from lxml import etree
from lxml import html as lxml_html

from congress.docs.model import Extract, PaperKind
from congress.docs.text.reflow import pages_of, plain_html
from congress.kernel.errors import InputError

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_HEAD = 2_048


def decoded(data: bytes) -> str | None:
    """Return ``data`` as text in NFC, or ``None`` if it is no text.

    Tried in order: UTF-16 with its mark, UTF-8, the encoding that a web page names, and
    Windows-1258, in which Vietnamese was written before Unicode.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ["utf-16"]
    else:
        named = _CHARSET.search(data[:_HEAD])
        candidates = ["utf-8-sig", *([named[1].decode("ascii")] if named else []), "cp1258"]
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except (ValueError, LookupError):
            continue
        if not _CONTROLS.search(text):
            return unicodedata.normalize("NFC", text)
    return None


def read_text(data: bytes) -> Extract:
    """Read a plain text.

    Raises:
        InputError: ``docs.unknown_kind`` if it is no text.
    """
    return pages_of(plain_html(text_of(data)), PaperKind.TEXT)


def read_html(data: bytes) -> Extract:
    """Read a web page: its words, headings, lists, tables and the pictures it holds.

    Raises:
        InputError: ``docs.unknown_kind`` if it is no text.
    """
    text = text_of(data)
    return pages_of(text, PaperKind.HTML, _title(text))


def text_of(data: bytes) -> str:
    """Return the text of a file in NFC.

    Raises:
        InputError: ``docs.unknown_kind`` if it is no text.
    """
    text = decoded(data)
    if text is None:
        raise InputError("docs.unknown_kind")
    return text


def _title(text: str) -> str:
    try:
        found = lxml_html.fromstring(text.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return ""
    title = " ".join((found.findtext(".//title") or "").split())
    return title if " " in title else ""
