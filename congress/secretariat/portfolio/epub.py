"""Writes an EPUB 3 (W3C, EPUB 3.3): a ZIP of XHTML chapters with a table of contents.

The book opens in the direction of its language: from right to left in Urdu. Every chapter says its
own language, so a book may hold papers of all three. The same content gives the same bytes.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from congress.secretariat.portfolio.xhtml import (
    EPUB,
    Chapter,
    Picture,
    clean,
    document,
    element,
)

_OPF = "http://www.idpf.org/2007/opf"
_DC = "http://purl.org/dc/elements/1.1/"
_NAMES: Any = {None: _OPF}
_CONTAINER = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    b'<rootfiles><rootfile full-path="OEBPS/book.opf" '
    b'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_STYLE = b"""body { line-height: 1.5; margin: 5%; }
:lang(ur) { line-height: 2; font-family: "Noto Naskh Arabic", "Amiri", serif; }
h1 { font-size: 1.5em; line-height: 1.3; margin: 0 0 0.3em; }
:lang(ur) h1 { line-height: 1.8; }
p.about { color: #625e57; margin: 0 0 2em; }
table { border-collapse: collapse; width: 100%; }
td, th { border: 1px solid #cfc8bc; padding: 0.3em 0.5em; text-align: start; vertical-align: top; }
figure { margin: 0 0 1em; }
img { max-width: 100%; }
.cover { text-align: center; margin-top: 25%; }
.cover h1 { font-size: 2em; }
ul, ol { text-indent: 0; }
ul.numbered { list-style: none; padding-inline-start: 2.5em; }
ul.numbered > li { text-indent: -1.5em; }
nav ol { list-style: none; padding-inline-start: 1em; }
"""
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper in the book.

    Attributes:
        title: Its line in the table of contents.
        language: ``en``, ``vi`` or ``ur``.
        chapter: Its chapter.
    """

    title: str
    language: str
    chapter: Chapter


@dataclass(frozen=True, slots=True)
class Book:
    """A whole book.

    Attributes:
        identifier: Stays the same for one congress.
        title: On the cover and in catalogues.
        subtitle: Below it, or empty.
        language: ``en``, ``vi`` or ``ur``: of the cover and the contents.
        contents: The words "Contents".
        cover: The word "Cover".
        author: Who issues it.
        issued: When, aware.
        sections: The items of the agenda with their papers; an empty text for papers of none.
    """

    identifier: str
    title: str
    subtitle: str
    language: str
    contents: str
    cover: str
    author: str
    issued: datetime
    sections: Sequence[tuple[str, Sequence[Entry]]]


def epub_bytes(book: Book) -> bytes:
    """Return ``book`` as an EPUB file."""
    entries = [entry for _, papers in book.sections for entry in papers]
    files = {f"paper-{at}.xhtml": entry for at, entry in enumerate(entries, start=1)}
    pictures = {p.name: p for entry in entries for p in entry.chapter.pictures}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:

        def put(name: str, data: bytes, *, stored: bool = False) -> None:
            info = zipfile.ZipInfo(name, _STAMP)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)

        put("mimetype", b"application/epub+zip", stored=True)
        put("META-INF/container.xml", _CONTAINER)
        put("OEBPS/book.opf", _package(book, list(files), list(pictures.values())))
        put("OEBPS/style.css", _STYLE)
        put("OEBPS/cover.xhtml", _cover(book))
        put("OEBPS/nav.xhtml", _contents(book))
        for name, entry in files.items():
            put(f"OEBPS/{name}", entry.chapter.xhtml)
        for name, shown in pictures.items():
            put(f"OEBPS/images/{name}", shown.data, stored=True)
    return stream.getvalue()


def _cover(book: Book) -> bytes:
    body = element("body")
    body.set(f"{{{EPUB}}}type", "cover")
    held = element("section", class_="cover")
    held.append(element("p", book.author))
    held.append(element("h1", book.title))
    held.append(element("p", book.subtitle))
    body.append(held)
    return document(book.cover, book.language, body)


def _contents(book: Book) -> bytes:
    body = element("body")
    nav = element("nav", id="contents")
    nav.set(f"{{{EPUB}}}type", "toc")
    nav.append(element("h1", book.contents))
    listed = element("ol")
    number = 0
    for item, papers in book.sections:
        target = listed
        if item:
            target = element("ol")
            held = element("li")
            held.append(element("span", item))
            held.append(target)
            listed.append(held)
        for entry in papers:
            number += 1
            target.append(_line(entry, f"paper-{number}.xhtml"))
    nav.append(listed)
    body.append(nav)
    return document(book.contents, book.language, body)


def _line(entry: Entry, file: str) -> Any:
    line = element("li")
    direction = "rtl" if entry.language == "ur" else "ltr"
    line.append(element("a", entry.title, href=file, lang=entry.language, dir=direction))
    return line


def _package(book: Book, chapters: Sequence[str], pictures: Sequence[Picture]) -> bytes:
    root = etree.Element(f"{{{_OPF}}}package", nsmap=_NAMES)
    root.set("version", "3.0")
    root.set("unique-identifier", "id")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", book.language)
    root.set("dir", "rtl" if book.language == "ur" else "ltr")
    metadata = etree.SubElement(root, f"{{{_OPF}}}metadata", nsmap={"dc": _DC})

    def dc(tag: str, text: str, **attributes: str) -> None:
        made = etree.SubElement(metadata, f"{{{_DC}}}{tag}")
        made.text = clean(text)
        for name, value in attributes.items():
            made.set(name, value)

    dc("identifier", f"urn:congress:{book.identifier}", id="id")
    dc("title", book.title)
    dc("creator", book.author)
    languages = [entry.language for _, papers in book.sections for entry in papers]
    for language in dict.fromkeys([book.language, *languages]):
        dc("language", language)
    moment = f"{book.issued.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    dc("date", moment)
    modified = etree.SubElement(metadata, f"{{{_OPF}}}meta", property="dcterms:modified")
    modified.text = moment
    manifest = etree.SubElement(root, f"{{{_OPF}}}manifest")

    def item(identifier: str, href: str, kind: str, **more: str) -> None:
        made = etree.SubElement(manifest, f"{{{_OPF}}}item", id=identifier, href=href)
        made.set("media-type", kind)
        for name, value in more.items():
            made.set(name, value)

    item("cover", "cover.xhtml", "application/xhtml+xml")
    item("nav", "nav.xhtml", "application/xhtml+xml", properties="nav")
    item("style", "style.css", "text/css")
    spine = etree.SubElement(root, f"{{{_OPF}}}spine")
    spine.set("page-progression-direction", "rtl" if book.language == "ur" else "ltr")
    for identifier in ("cover", "nav"):
        etree.SubElement(spine, f"{{{_OPF}}}itemref", idref=identifier)
    for at, name in enumerate(chapters, start=1):
        item(f"paper-{at}", name, "application/xhtml+xml")
        etree.SubElement(spine, f"{{{_OPF}}}itemref", idref=f"paper-{at}")
    for at, shown in enumerate(pictures, start=1):
        item(f"image-{at}", f"images/{shown.name}", shown.kind)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return written
