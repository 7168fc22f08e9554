"""Reads an e-book (EPUB 2 and 3): its chapters in the order of its spine.

Chapters are turned into one text and go through the same sanitiser as a web page; their pictures
are put into the text, links from chapter to chapter go to the chapter, everything from outside
the file is dropped. The contents are set before the text where the book's own pages lack them.
"""

import base64
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml import html as lxml_html

from congress.docs.model import Extract, PaperKind
from congress.docs.text.archive import Archive, Limits, opened, strict_parser
from congress.docs.text.reflow import PICTURES, check_depth, pages_of
from congress.kernel.errors import InputError

_NS = {
    "c": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "x": "http://www.w3.org/1999/xhtml",
    "enc": "http://www.w3.org/2001/04/xmlenc#",
}
_PAGES = frozenset(("application/xhtml+xml", "text/html"))
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MAX_PICTURE, _MAX_PICTURES = 8 * 1024 * 1024, 64 * 1024 * 1024
_MAX_CHAPTERS, _MAX_CONTENTS = 2_000, 500


def read_epub(data: bytes, limits: Limits | None = None) -> Extract:
    """Read an e-book.

    Args:
        data: The file.
        limits: What counts as a bomb; by default generous for any real paper.

    Raises:
        InputError: ``docs.epub_damaged``, ``docs.epub_locked`` for a book whose shop locked
            it, or as ``archive.opened``.
    """
    with opened(data, "docs.epub_damaged", limits, doctypes=True) as archive:
        _refuse_locked(archive)
        container = archive.xml("META-INF/container.xml")
        root = None if container is None else container.find(".//c:rootfile", _NS)
        if root is None:
            raise InputError("docs.epub_damaged")
        book = _Book(archive, str(root.get("full-path") or ""))
        return pages_of("".join(book.text()), PaperKind.EPUB, book.title)


def _refuse_locked(archive: Archive) -> None:
    locks = archive.xml("META-INF/encryption.xml")
    if locks is None:
        return
    methods = locks.iterfind(".//enc:EncryptionMethod", _NS)
    if any(str(each.get("Algorithm")) not in _FONTS for each in methods):
        raise InputError("docs.epub_locked")


class _Book:
    """One e-book."""

    def __init__(self, archive: Archive, package: str) -> None:
        root = archive.xml(package)
        if root is None:
            raise InputError("docs.epub_damaged")
        self._archive, self._package, self._pictured = archive, package, 0
        title = root.findtext("opf:metadata/dc:title", "", _NS) or ""
        self.title = " ".join(title.split())
        self._items: dict[str, Any] = {
            str(each.get("id")): each for each in root.iterfind("opf:manifest/opf:item", _NS)
        }
        listed = (str(each.get("idref")) for each in root.iterfind("opf:spine/opf:itemref", _NS))
        names = (self._name(self._items[each]) for each in listed if self._is_page(each))
        self._chapters = {name: i for i, name in enumerate(dict.fromkeys(names), start=1)}
        if not self._chapters or len(self._chapters) > _MAX_CHAPTERS:
            raise InputError("docs.epub_damaged")

    def _is_page(self, item: str) -> bool:
        return item in self._items and self._items[item].get("media-type") in _PAGES

    def _name(self, item: Any) -> str:
        return self._archive.beside(self._package, unquote(str(item.get("href") or "")))

    def text(self) -> Iterator[str]:
        """Give the book as HTML, piece by piece."""
        contents = self._contents()
        if contents:
            yield f"<ul>{contents}</ul><hr>"
        for name, number in self._chapters.items():
            chapter = self._chapter(name)
            if chapter is not None:
                yield f'<p><a id="c{number}"></a></p>{chapter}<hr>'

    def _chapter(self, name: str) -> str | None:
        data = self._archive.read(name)
        root = None if data is None else _page(data)
        body = None if root is None else root.find(".//body")
        if body is None:
            return None
        for element in list(body.iter("img", "image", "a")):
            self._mend(element, name)
        return "".join(
            (
                escape(body.text or ""),
                *(lxml_html.tostring(each, encoding="unicode") for each in body),
            )
        )

    def _mend(self, element: Any, chapter: str) -> None:
        if element.tag == "a":
            target = str(element.attrib.pop("href", "")).partition("#")[0]
            number = self._chapters.get(self._archive.beside(chapter, unquote(target)))
            if target and number:
                element.set("href", f"#c{number}")
            element.attrib.pop("id", None)
        else:
            element.set("src", self._picture(chapter, str(element.get("src") or "")))

    def _picture(self, chapter: str, source: str) -> str:
        name = self._archive.beside(chapter, unquote(source))
        kinds = (
            str(each.get("media-type")) for each in self._items.values() if self._name(each) == name
        )
        kind = next(kinds, "")
        data = self._archive.read(name) if kind in PICTURES else None
        if not data or len(data) > _MAX_PICTURE or self._pictured + len(data) > _MAX_PICTURES:
            return ""
        self._pictured += len(data)
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"

    def _contents(self) -> str:
        """Return the book's contents as list items, unless one of its pages shows them."""
        lines = []
        for words, target in self._entries():
            number = self._chapters.get(target)
            if words and number:
                lines.append(f'<li><a href="#c{number}">{escape(words)}</a></li>')
        return "".join(lines[:_MAX_CONTENTS])

    def _entries(self) -> Iterator[tuple[str, str]]:
        for item in self._items.values():
            if "nav" in str(item.get("properties") or "").split():
                name = self._name(item)
                if name not in self._chapters:
                    yield from self._nav(name)
                return
        for item in self._items.values():
            if item.get("media-type") == "application/x-dtbncx+xml":
                yield from self._ncx(self._name(item))
                return

    def _nav(self, name: str) -> Iterator[tuple[str, str]]:
        root = self._archive.xml(name)
        for link in () if root is None else root.iterfind(".//x:nav//x:a", _NS):
            yield self._entry(name, " ".join("".join(link.itertext()).split()), link.get("href"))

    def _ncx(self, name: str) -> Iterator[tuple[str, str]]:
        root = self._archive.xml(name)
        for point in () if root is None else root.iterfind(".//ncx:navPoint", _NS):
            words = point.findtext("ncx:navLabel/ncx:text", "", _NS) or ""
            target = point.find("ncx:content", _NS)
            link = None if target is None else target.get("src")
            yield self._entry(name, " ".join(words.split()), link)

    def _entry(self, name: str, words: str, link: object) -> tuple[str, str]:
        target = unquote(str(link or "").partition("#")[0])
        return words, self._archive.beside(name, target)


def _page(data: bytes) -> Any:
    """Return a chapter as a tree without namespaces, or ``None`` if it is none.

    Chapters that are not well formed, which readers have always put up with, are read as web
    pages.

    Raises:
        InputError: ``docs.too_deep``.
    """
    try:
        root = etree.fromstring(data, strict_parser())
    except etree.XMLSyntaxError:
        root = lxml_html.document_fromstring(data, parser=lxml_html.HTMLParser(encoding="utf-8"))
    check_depth(root)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname.lower()
    etree.cleanup_namespaces(root)
    return root
