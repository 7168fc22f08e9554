"""Turns sanitised reading HTML into the XHTML of an EPUB chapter, its pictures beside it. Pure."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from congress.kernel.folding import fold

NS = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
_NAMES: Any = {None: NS, "epub": EPUB}
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
_DATA = re.compile(r"data:(image/(?:png|jpeg|gif));base64,([A-Za-z0-9+/=\s]+)")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_RENAMED = {"center": "div", "form": "div", "fieldset": "div", "nav": "div", "main": "div"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PHRASES = frozenset(("a", "img", "strong", "em", "b", "i", "u", "s", "sup", "sub", "br"))
_KEPT = {"dir", "colspan", "rowspan", "alt", "id"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a chapter.

    Attributes:
        name: Its file name, from its content.
        kind: Its media type.
        data: Its bytes.
    """

    name: str
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter ready to be written.

    Attributes:
        xhtml: The whole file.
        pictures: What it shows.
    """

    xhtml: bytes
    pictures: tuple[Picture, ...]


def picture(data: bytes, kind: str) -> Picture:
    """Return a picture under a name that follows from its content."""
    digest = hashlib.sha256(data).hexdigest()[:20]
    return Picture(f"{digest}.{_ENDINGS[kind]}", kind, data)


def document(title: str, language: str, body: Any) -> bytes:
    """Return a whole XHTML file around ``body``, in the direction of its language.

    Args:
        title: Of the file.
        language: ``en``, ``vi`` or ``ur``.
        body: An element of XHTML whose tag is ``body``.
    """
    root = etree.Element(f"{{{NS}}}html", nsmap=_NAMES)
    direction = "rtl" if language == "ur" else "ltr"
    root.set("lang", language)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    root.set("dir", direction)
    head = etree.SubElement(root, f"{{{NS}}}head")
    etree.SubElement(head, f"{{{NS}}}title").text = clean(title)
    etree.SubElement(head, f"{{{NS}}}link", rel="stylesheet", type="text/css", href="style.css")
    body.set("dir", direction)
    root.append(body)
    written: bytes = etree.tostring(
        root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>"
    )
    return written


def element(tag: str, text: str = "", **attributes: str) -> Any:
    """Return an element of XHTML."""
    made = etree.Element(f"{{{NS}}}{tag}", nsmap=_NAMES)
    made.text = clean(text) or None
    for name, value in attributes.items():
        made.set(name.rstrip("_"), clean(value))
    return made


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML does not allow."""
    return _CONTROLS.sub("", text)


def chapter(title: str, language: str, head: Any, html: str) -> Chapter:
    """Return the chapter of a paper.

    Args:
        title: Of the paper.
        language: ``en``, ``vi`` or ``ur``.
        head: An element that stands before the text.
        html: The paper's sanitised reading HTML.
    """
    pictures: dict[str, Picture] = {}
    body = element("body")
    body.append(head)
    tree = lxml_html.fragment_fromstring(clean(html) or "<p></p>", create_parent="section")
    ids: set[str] = set()
    first = next(iter(tree), None)
    if first is not None and first.tag in _HEADINGS and _same(first, title):
        tree.remove(first)
    for child in _children(tree, pictures, ids):
        body.append(child)
    return Chapter(document(title, language, body), tuple(pictures.values()))


def _same(heading: Any, title: str) -> bool:
    return fold("".join(heading.itertext())).split() == fold(title).split()


def pictured(title: str, language: str, head: Any, pages: list[tuple[Picture, str]]) -> Chapter:
    """Return the chapter of a paper whose pages are shown as pictures, each with its words."""
    body = element("body")
    body.append(head)
    for shown, words in pages:
        figure = element("figure")
        figure.append(element("img", src=f"images/{shown.name}", alt=words))
        body.append(figure)
    return Chapter(document(title, language, body), tuple(shown for shown, _ in pages))


def _children(source: Any, pictures: dict[str, Picture], ids: set[str]) -> Iterator[Any]:
    """Give the content of ``source`` as blocks; loose words and phrases become paragraphs."""
    loose = element("p")
    if source.text and source.text.strip():
        loose.text = source.text
    for child in source:
        if not isinstance(child.tag, str):
            _append_text(loose, child.tail)
            continue
        if child.tag in _PHRASES:
            loose.append(_copied(child, pictures, ids))
            _append_text(loose, child.tail)
            continue
        if len(loose) or loose.text:
            yield loose
            loose = element("p")
        yield _copied(child, pictures, ids)
        if child.tail and child.tail.strip():
            loose.text = child.tail
    if len(loose) or loose.text:
        yield loose


def _append_text(parent: Any, text: str | None) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _copied(source: Any, pictures: dict[str, Picture], ids: set[str]) -> Any:
    tag = _RENAMED.get(source.tag, source.tag)
    if tag == "img":
        return _image(source, pictures)
    if tag in _HEADINGS:
        # The title of the paper is the only first heading of a chapter.
        tag = f"h{min(6, int(tag[1]) + 1)}"
    if tag == "a":
        return _anchor(source, pictures, ids)
    made = element(tag)
    for name, value in source.attrib.items():
        if name in _KEPT and name != "alt" and (name != "id" or _fresh(value, ids)):
            made.set(name, value)
    if tag == "ul" and source.get("type") == "none":
        made.set("class", "numbered")
    _fill(made, source, pictures, ids)
    if tag in ("ul", "ol") and not len(made):
        made.append(element("li"))
    return made


def _anchor(source: Any, pictures: dict[str, Picture], ids: set[str]) -> Any:
    made = element("span")
    name = source.get("name") or source.get("id") or ""
    if name and _fresh(name, ids):
        made.set("id", name)
    _fill(made, source, pictures, ids)
    return made


def _fresh(name: str, ids: set[str]) -> bool:
    if name in ids or not re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", name):
        return False
    ids.add(name)
    return True


def _fill(made: Any, source: Any, pictures: dict[str, Picture], ids: set[str]) -> None:
    made.text = source.text
    for child in source:
        if isinstance(child.tag, str):
            copied = _copied(child, pictures, ids)
            copied.tail = child.tail
            made.append(copied)
        else:
            _append_text(made, child.tail)


def _image(source: Any, pictures: dict[str, Picture]) -> Any:
    match = _DATA.fullmatch(source.get("src", ""))
    alt = source.get("alt") or ""
    if match is None:
        return element("span", alt)
    try:
        found = picture(base64.b64decode(match[2]), match[1])
    except (binascii.Error, ValueError):
        return element("span", alt)
    pictures[found.name] = found
    return element("img", src=f"images/{found.name}", alt=alt)
