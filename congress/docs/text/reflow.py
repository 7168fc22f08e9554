"""The reading text of papers without fixed pages: sanitised HTML, and its sections as pages.

A DOCX, a web page and a plain text have no pages of their own. Their text is cut into sections
of about a page, so that a search can say where it found something, and the reader can go there.
"""

import html as html_entities
import re
from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from lxml import etree
from lxml import html as lxml_html

from congress.docs.model import Extract, PageText, PaperKind, TextOrigin
from congress.docs.text.listmarks import OWN_NUMBERS, mark_items
from congress.kernel.errors import InputError

PAGE_CHARS = 3_000
MAX_DEPTH = 120
"""Deepest nesting of elements."""

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif"})
"""Kinds of pictures that may stand in a text, held in the text itself."""

_CONTAINERS = frozenset(
    (
        *("div", "section", "article", "main", "header", "footer", "aside", "nav", "center"),
        *("figure", "figcaption", "address", "details", "summary", "form", "fieldset"),
    )
)
"""Boxes around blocks: they part the text, and nothing of them is kept but its direction."""

_INLINE = frozenset(("a", "img", "strong", "em", "b", "i", "u", "s", "sup", "sub"))
_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "hr", "br", "pre"),
    *("table", "thead", "tbody", "tr", "td", "th", "blockquote", "dl", "dt", "dd"),
    *_INLINE,
    *_CONTAINERS,
}
_DIRECTED = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "td", "th", "blockquote", "pre", "div")
_ATTRIBUTES = {
    **{tag: {"dir"} for tag in _DIRECTED},
    "a": {"href", "id"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan", "dir"},
    "th": {"colspan", "rowspan", "dir"},
    "li": {"id", "dir", "value", "type"},
    "ol": {"start", "type", "reversed"},
    "ul": {"type"},
}
_SPANS = ("colspan", "rowspan")
_MAX_SPAN = 100
_WITHOUT_CONTENT = {"script", "style", "title", "noscript", "template", "svg", "math", "object"}
_FULL_LINE = 0.75
"""A line at least this long, beside the longest one of its page, goes on in the next."""

_ANCHOR = re.compile(r"page-[0-9]{1,6}")
_BLANKS = re.compile(r"[ \t\xa0]+")


def sanitised(html: str) -> str:
    """Return ``html`` with known text elements only: no scripts, styles or outside links."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags=_WITHOUT_CONTENT,
        attribute_filter=_inside_only,
        url_schemes={"data"},
        link_rel=None,
    )


def resanitised(html: str) -> str:
    """Return reading HTML that another process made, held to the same rules as before.

    The anchors of the pages, which were set after the first time, are kept.
    """
    if not html:
        return ""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={**_ATTRIBUTES, "a": {"href", "id", "name"}},
        clean_content_tags=_WITHOUT_CONTENT,
        attribute_filter=_inside_only,
        url_schemes={"data"},
        link_rel=None,
    )


def _inside_only(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        kind = value.removeprefix("data:").partition(";")[0]
        return value if kind in PICTURES and value.startswith("data:") else None
    if attribute == "name":
        return value if _ANCHOR.fullmatch(value) else None
    if attribute == "href":
        return value if value.startswith("#") else None
    if attribute == "dir":
        return value if value in ("ltr", "rtl") else None
    if tag == "ul":
        return value if value == OWN_NUMBERS else None
    if attribute in _SPANS:
        return value if value.isascii() and value.isdigit() and int(value) <= _MAX_SPAN else None
    return value


def plain_html(text: str) -> str:
    """Return a plain text as HTML: a paragraph for each line that is not empty."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(f"<p>{html_entities.escape(line)}</p>" for line in lines if line)


def html_of_pages(pages: Sequence[PageText]) -> str:
    """Return the text of fixed pages as HTML to read in any width.

    Lines are joined to paragraphs: one ends with a line that leaves a good part of the page's
    width empty. Page ``n`` begins at the anchor ``page-n``.
    """
    parts: list[str] = []
    for number, page in enumerate(pages, start=1):
        anchor = f'<a name="page-{number}"></a>'
        for each in filter(None, _paragraphs(page.text)):
            parts.append(f"<p>{anchor}{html_entities.escape(each)}</p>")
            anchor = ""
    return "".join(parts)


def _paragraphs(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines()]
    full = _FULL_LINE * max(map(len, lines), default=0)
    paragraph: list[str] = []
    for line in lines:
        paragraph.append(line)
        if len(line) < full:
            yield " ".join(paragraph).strip()
            paragraph = []
    yield " ".join(paragraph).strip()


def pages_of(html: str, kind: PaperKind, title: str = "") -> Extract:
    """Sanitise ``html`` and cut it into pages.

    Args:
        html: From anywhere.
        kind: Format of the file it comes from.
        title: A title for a text without headings.

    Raises:
        InputError: ``docs.too_deep``.
    """
    sections = _Sections()
    for block in _blocks(sanitised(html)):
        sections.add(block)
    sections.end_page()
    return Extract(
        kind=kind,
        title=sections.title or title,
        pages=tuple(PageText(page) for page in sections.pages or [""]),
        origin=TextOrigin.SOURCE if sections.pages else TextOrigin.NONE,
        reflow="".join(sections.reflow),
    )


class _Sections:
    """Cuts a text into pages at the author's page breaks, or after ``PAGE_CHARS`` characters."""

    def __init__(self) -> None:
        self.pages: list[str] = []
        self.reflow: list[str] = []
        self.title = ""
        self._page: list[str] = []
        self._size = 0

    def add(self, block: Any) -> None:
        """Add one block of HTML."""
        text = text_of_block(block)
        if block.tag == "hr":
            self.end_page()
            return
        if self._size + len(text) > PAGE_CHARS:
            self.end_page()
        begun: list[int] = []
        for line in text.splitlines():
            if self._size + len(line) > PAGE_CHARS:
                self.end_page()
            if not self._page:
                begun.append(len(self.pages) + 1)
            self._page.append(line)
            self._size += len(line)
        set_anchors(block, begun)
        self.reflow.append(lxml_html.tostring(block, encoding="unicode"))
        if not self.title and block.tag in ("h1", "h2"):
            self.title = " ".join(text.split())

    def end_page(self) -> None:
        """Begin a new page, unless this one is still empty."""
        if self._page:
            self.pages.append("\n".join(self._page))
        self._page, self._size = [], 0


def set_anchors(block: Any, pages: Sequence[int]) -> None:
    """Mark that these pages begin at ``block``: inside it, where Qt keeps an anchor."""
    if not pages:
        return
    inner = next((each for each in block.iter() if (each.text or "").strip()), block)
    if inner.tag == "a" and inner is not block:
        inner = inner.getparent()
    for position, page in enumerate(pages):
        anchor = etree.Element("a", name=f"page-{page}")
        inner.insert(position, anchor)
    inner[len(pages) - 1].tail, inner.text = inner.text, None


def _blocks(html: str) -> Iterator[Any]:
    """Give the blocks of ``html`` in order; loose words and inline elements in paragraphs.

    Raises:
        InputError: ``docs.too_deep``.
    """
    parser = lxml_html.HTMLParser(huge_tree=True)
    root = lxml_html.fragment_fromstring(html, create_parent="div", parser=parser)
    check_depth(root)
    mark_items(root)
    return _inside(root)


def check_depth(root: Any) -> None:
    """Refuse a tree whose elements are nested deeper than ``MAX_DEPTH``.

    Raises:
        InputError: ``docs.too_deep``: no paper comes near, and a reader of trees would fail.
    """
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise InputError("docs.too_deep")


def _inside(box: Any) -> Iterator[Any]:
    loose = _Loose(box.get("dir"))
    loose.say(box.text)
    for element in list(box):
        tail, element.tail = element.tail, None
        if element.tag in _INLINE or element.tag == "br":
            loose.add(element)
        else:
            yield from loose.ended()
            if box.get("dir") and not element.get("dir") and element.tag in _DIRECTED:
                element.set("dir", box.get("dir"))
            yield from _inside(element) if element.tag in _CONTAINERS else (element,)
        loose.say(tail)
    yield from loose.ended()


class _Loose:
    """Gathers what stands outside of any block into a paragraph."""

    def __init__(self, direction: str | None) -> None:
        self._direction = direction
        self._paragraph: Any = None

    def _begun(self) -> Any:
        if self._paragraph is None:
            self._paragraph = etree.Element(
                "p", {"dir": self._direction} if self._direction else {}
            )
        return self._paragraph

    def say(self, text: str | None) -> None:
        """Add words; blanks between blocks are none."""
        if not text or (self._paragraph is None and not text.strip()):
            return
        paragraph = self._begun()
        if len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + text
        else:
            paragraph.text = (paragraph.text or "") + text

    def add(self, element: Any) -> None:
        """Add an inline element."""
        self._begun().append(element)

    def ended(self) -> Iterator[Any]:
        """Give the paragraph, if any was begun, and begin anew."""
        if self._paragraph is not None:
            yield self._paragraph
        self._paragraph = None


def text_of_block(block: Any) -> str:
    """Return the words of a block, a line for each block within it."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(block, events=("start", "end")):
        if element.tag not in _INLINE:
            pieces.append("\n")
        rest = element.text if event == "start" else element.tail
        pieces.append(rest or "")
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(pieces).splitlines())
    return "\n".join(filter(None, lines))
