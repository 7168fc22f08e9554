"""Cuts the reading text of a paper into sections that can be laid out one by one.

A section begins where a page of the stored text begins (anchor ``page-n``), so that a long text
opens as fast as a short one: only what is near is ever laid out. Pages that begin inside one
block, as in a long table, share a section.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from congress.docs.alignment import significant
from congress.docs.flowsplit import Splitter
from congress.docs.pdfium import OutlineItem

_PAGE = "page-"
_HEADINGS = {"h1": 0, "h2": 1, "h3": 2, "h4": 3}
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the reading text.

    Attributes:
        html: Its sanitised HTML.
        pages: The pages (from 1) whose stored text it shows.
    """

    html: str
    pages: range


@dataclass(frozen=True, slots=True)
class Flow:
    """A reading text in sections.

    Attributes:
        sections: In reading order; every page is in exactly one.
        headings: The headings in the text, as a table of contents.
        anchors: Page (from 1) and offset in its stored text of every named place.
    """

    sections: tuple[Section, ...]
    headings: tuple[OutlineItem, ...] = ()
    anchors: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def flow_of(html: str, texts: Sequence[str]) -> Flow:
    """Cut a reading text.

    Args:
        html: Sanitised; page ``n`` begins at the anchor ``page-n``.
        texts: The stored text of each page.
    """
    cut, splitter = _Cut(max(1, len(texts))), Splitter(texts)
    for block in _blocks(html):
        for page, piece in splitter.pieces(block):
            cut.add(piece, page)
    return cut.flow(texts)


@dataclass
class _Part:
    first: int
    last: int
    html: list[str] = field(default_factory=list)


class _Cut:
    """Collects blocks into sections."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self._parts = [_Part(1, 1)]
        self._headings: list[OutlineItem] = []
        self._anchors: list[tuple[str, int, int]] = []
        self._letters = 0

    def add(self, block: Any, page: int = 0) -> None:
        """Add a block to the section under way, or begin one with it.

        Args:
            block: A block of HTML.
            page: The page (from 1) on which it begins, where its anchors do not tell.
        """
        found = [page] if page else _begun(block)
        begun = sorted(each for each in found if self._parts[-1].first <= each <= self._pages)
        if page and begun and begun[0] == self._parts[-1].first and self._parts[-1].html:
            begun = []
        if begun and (begun[0] > 1 or self._parts[-1].html):
            if self._parts[-1].html or len(self._parts) > 1:
                self._parts.append(_Part(begun[0], begun[-1]))
            else:
                self._parts[-1] = _Part(1, begun[-1])
            self._letters = 0
        elif begun:
            self._parts[-1].last = begun[-1]
        part = self._parts[-1]
        self._note(block, part.first)
        part.html.append(lxml_html.tostring(block, encoding="unicode", with_tail=False))

    def _note(self, block: Any, page: int) -> None:
        for event, element in etree.iterwalk(block, events=("start", "end")):
            if event == "start":
                if name := element.get("id"):
                    self._anchors.append((name, page, self._letters))
                if element.tag in _HEADINGS:
                    self._head(element, page)
                self._count(element.text)
            elif element is not block:
                self._count(element.tail)

    def _head(self, element: Any, page: int) -> None:
        words = " ".join("".join(element.itertext()).split())[:_LONGEST_HEADING]
        if words:
            self._headings.append(OutlineItem(words, _HEADINGS[element.tag], page))

    def _count(self, text: str | None) -> None:
        self._letters += sum(map(significant, text or ""))

    def flow(self, texts: Sequence[str]) -> Flow:
        """Return what was collected; every page belongs to a section."""
        following = [part.first for part in self._parts[1:]]
        ends = [*following, self._pages + 1]
        begins = [1, *following]
        sections = tuple(
            Section("".join(part.html), range(begin, max(begin + 1, end)))
            for part, begin, end in zip(self._parts, begins, ends, strict=True)
        )
        anchors = {
            name: _place(texts, page, letters) for name, page, letters in reversed(self._anchors)
        }
        return Flow(sections, tuple(self._headings), anchors)


def _place(texts: Sequence[str], page: int, letters: int) -> tuple[int, int]:
    """Return page and offset of the place that so many letters stand before."""
    for number, text in enumerate(texts[page - 1 :], start=page):
        for at, char in enumerate(text):
            if significant(char):
                if letters == 0:
                    return number, at
                letters -= 1
    return page, 0


def _begun(block: Any) -> Iterator[int]:
    for anchor in block.iter("a"):
        name = anchor.get("name") or ""
        if name.startswith(_PAGE) and name.removeprefix(_PAGE).isdigit():
            yield int(name.removeprefix(_PAGE))


def _blocks(html: str) -> Iterator[Any]:
    if not html.strip():
        return
    fragments: Any = lxml_html.fragments_fromstring(html)
    for fragment in fragments:
        if isinstance(fragment, str):
            loose = etree.Element("p")
            loose.text = fragment
            yield loose
        else:
            yield fragment
