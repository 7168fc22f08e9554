"""Reads a DOCX: measures it, then turns it into HTML that is safe to show.

A DOCX is a ZIP of XML that somebody else made. It is measured before anything is unpacked;
archives inside it are counted but never opened, nor is anything it links to.
"""

import base64
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import mammoth
from lxml import etree
from lxml import html as lxml_html

from congress.docs.model import Extract, PaperKind
from congress.docs.text.archive import Archive, Limits, opened
from congress.docs.text.listmarks import bear_own_numbers
from congress.docs.text.reflow import PICTURES, check_depth, pages_of
from congress.docs.text.wordnumbers import Numbering

_MAX_PICTURE = 8 * 1024 * 1024
_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STYLE_MAP = "\n".join(
    (
        "br[type='page'] => hr",
        "p[style-name='Title'] => h1:fresh",
        "p[style-name='Subtitle'] => h2:fresh",
        "u => u",
    )
)


def read_docx(data: bytes, limits: Limits | None = None) -> Extract:
    """Read a DOCX.

    Args:
        data: The file.
        limits: What counts as a bomb; by default generous for any real paper.

    Raises:
        InputError: ``docs.docx_damaged``, or ``docs.docx_bomb`` for a file that would unpack
            to more than the limits or that declares XML entities.
    """
    with opened(data, "docs.docx_damaged", limits) as archive:
        for name in archive.names:
            if name.startswith("word/") and name.endswith(".xml"):
                archive.xml(name)
        numbered = _numbered(archive)
        html = mammoth.convert_to_html(
            io.BytesIO(data if numbered is None else _with_document(data, numbered)),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(_picture),
            id_prefix="n-",
        ).value
    return pages_of(_unnumbered(html), PaperKind.DOCX)


def _numbered(archive: Archive) -> bytes | None:
    """Return the text of the file with the numbers of its paragraphs as words.

    Mammoth tells that a paragraph is numbered, but not which number it has.

    Returns:
        The part of the file, or ``None`` if no paragraph has a number.
    """
    numbering, document = archive.xml("word/numbering.xml"), archive.xml(_DOCUMENT)
    if numbering is None or document is None:
        return None
    numbers, found = Numbering(numbering, archive.xml("word/styles.xml")), False
    for paragraph in _paragraphs(document):
        if words := numbers.marker(paragraph):
            found = True
            _put_first(paragraph, words)
    return etree.tostring(document, encoding="UTF-8", xml_declaration=True) if found else None


def _paragraphs(document: Any) -> Iterator[Any]:
    """Give the paragraphs that are shown: no alternatives, and none that was joined to the next."""
    for paragraph in list(document.iter(f"{_W}p")):
        joined = paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
        if not joined and next(paragraph.iterancestors(f"{_MC}Choice"), None) is None:
            yield paragraph


def _put_first(paragraph: Any, words: str) -> None:
    run = etree.Element(f"{_W}r")
    text = etree.SubElement(run, f"{_W}t", {_XML_SPACE: "preserve"})
    text.text = words
    paragraph.insert(0 if paragraph.find(f"{_W}pPr") is None else 1, run)


def _with_document(data: bytes, document: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target,
    ):
        for member in source.infolist():
            if member.filename != _DOCUMENT:
                target.writestr(member.filename, source.read(member))
        target.writestr(_DOCUMENT, document)
    return out.getvalue()


def _unnumbered(html: str) -> str:
    """Return the text with lists that nobody counts: their items bear their numbers as words."""
    root = lxml_html.fragment_fromstring(html or "<p></p>", create_parent="div")
    check_depth(root)
    for list_ in list(root.iter("ol")):
        # Notes alone have names; they are numbered as HTML is.
        if all(item.get("id") is None for item in (list_, *list_)) and not any(
            above.get("id") for above in list_.iterancestors("li")
        ):
            bear_own_numbers(list_)
    return str(lxml_html.tostring(root, encoding="unicode"))


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
