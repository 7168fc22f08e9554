"""Turns sanitised reading HTML into the blocks of a paper that can be set as PDF. Pure."""

import base64
import html as html_entities
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import html as lxml_html

from congress.kernel.folding import fold
from congress.secretariat.blocks import (
    Block,
    Heading,
    Items,
    Picture,
    Prose,
    Run,
    Table,
    TableColumn,
)
from congress.secretariat.portfolio.xhtml import clean

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_BOLD, _ITALIC, _RAISED = ("b", "strong"), ("i", "em"), ("sup",)
_PHRASES = (
    *_BOLD, *_ITALIC, *_RAISED, "a", "u", "s", "sub", "br", "img", "span",
)  # fmt: skip
_LIST, _TABLE, _PICTURE = ("ul", "ol"), "table", "img"
_DATA = re.compile(r"data:image/(?:png|jpeg|gif);base64,[A-Za-z0-9+/=\s]+")
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    italic: bool = False
    raised: bool = False


def blocks_of(html: str, title: str, picture: str) -> tuple[Block, ...]:
    """Return the blocks of a text.

    Args:
        html: Sanitised reading HTML.
        title: Stands over the text already: a first heading that only repeats it is left out.
        picture: Words for a picture that has none of its own.
    """
    tree = lxml_html.fragment_fromstring(clean(html) or "<p></p>", create_parent="div")
    blocks = list(_blocks(tree, picture, quoted=False))
    first = blocks[0] if blocks else None
    if isinstance(first, Heading) and fold(first.text).split() == fold(title).split():
        del blocks[0]
    return tuple(_levelled(iter(blocks)))


def _levelled(blocks: Iterator[Block]) -> Iterator[Block]:
    """Number headings so that no level is left out, as readers of the screen need it."""
    level = 0
    for block in blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            yield replace(block, level=level)
        else:
            yield block


def _blocks(source: Any, picture: str, *, quoted: bool) -> Iterator[Block]:
    """Give the blocks in ``source``: words between two blocks make a paragraph."""
    runs: list[Run] = []

    def ended() -> Iterator[Block]:
        if prose := _trimmed(runs):
            yield Prose(prose, quoted)
        runs.clear()

    if source.text:
        runs.append(Run(source.text))
    for child in source:
        if isinstance(child.tag, str):
            if child.tag in _PHRASES:
                for piece in _pieces(child, _Look(), picture):
                    if isinstance(piece, Picture):
                        yield from ended()
                        yield piece
                    else:
                        runs.append(piece)
            else:
                yield from ended()
                yield from _block(child, picture, quoted=quoted)
        if child.tail:
            runs.append(Run(child.tail))
    yield from ended()


def _block(source: Any, picture: str, *, quoted: bool) -> Iterator[Block]:
    if source.tag in _HEADINGS:
        if text := _words(source):
            yield Heading(text, _HEADINGS[source.tag])
    elif source.tag in _LIST:
        yield from _list(source, picture)
    elif source.tag == _TABLE:
        yield from _table(source)
    elif source.tag != "hr":
        yield from _blocks(source, picture, quoted=quoted or source.tag == "blockquote")


def _list(source: Any, picture: str) -> Iterator[Block]:
    entries: list[str] = []
    start = 1

    def ended() -> Iterator[Block]:
        nonlocal start
        if source.get("type") == "none":
            # Such items bear their numbers as words.
            yield from (Prose((Run(words),)) for words in entries)
        elif entries:
            yield Items(tuple(entries), ordered=source.tag == "ol", start=start)
        start += len(entries)
        entries.clear()

    for line in source:
        if not isinstance(line.tag, str):
            continue
        inner = [each for each in line if each.tag in (*_LIST, _TABLE)]
        for each in inner:
            line.remove(each)
        if words := _words(line):
            entries.append(words)
        for each in inner:
            yield from ended()
            yield from _block(each, picture, quoted=False)
    yield from ended()


def _table(source: Any) -> Iterator[Block]:
    rows = [
        tuple(_words(cell) for cell in row if cell.tag in ("td", "th")) for row in source.iter("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    width = max(map(len, rows))
    head, *rest = (row + ("",) * (width - len(row)) for row in rows)
    columns = tuple(TableColumn(title, width="1") for title in head)
    yield Table(columns, tuple(rest)) if rest else Items(tuple(filter(None, head)))


def _words(source: Any) -> str:
    return _SPACES.sub(" ", " ".join(source.itertext())).strip()


def _pieces(source: Any, look: _Look, picture: str) -> Iterator[Run | Picture]:
    if source.tag == "br":
        yield _run("\n", look)
        return
    if source.tag == _PICTURE:
        if shown := _picture(source, picture):
            yield shown
        return
    look = _Look(
        look.bold or source.tag in _BOLD,
        look.italic or source.tag in _ITALIC,
        look.raised or source.tag in _RAISED,
    )
    if source.text:
        yield _run(source.text, look)
    for child in source:
        if isinstance(child.tag, str):
            yield from _pieces(child, look, picture)
        if child.tail:
            yield _run(child.tail, look)


def _run(text: str, look: _Look) -> Run:
    return Run(text, look.bold, look.italic, look.raised)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs with single spaces, none at either end; nothing if there are no words."""
    plain = [
        run if run.text == "\n" else replace(run, text=_SPACES.sub(" ", run.text)) for run in runs
    ]
    if not "".join(run.text for run in plain).strip():
        return ()
    plain[0] = replace(plain[0], text=plain[0].text.lstrip())
    plain[-1] = replace(plain[-1], text=plain[-1].text.rstrip())
    return tuple(run for run in plain if run.text)


def _picture(source: Any, picture: str) -> Picture | None:
    """Return a picture in a box of SVG, which can be handed on as text."""
    data = source.get("src", "")
    if not _DATA.fullmatch(data):
        return None
    size = _size(data)
    if size is None:
        return None
    width, height = size
    href = html_entities.escape("".join(data.split()))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" xlink:href="{href}"/></svg>'
    )
    return Picture(svg, source.get("alt") or picture)


def _size(data: str) -> tuple[int, int] | None:
    """Return width and height in pixels, or ``None`` for what is no picture after all."""
    # Imported here: only papers with pictures need it.
    from PIL import Image

    try:
        with Image.open(io.BytesIO(base64.b64decode(data.partition(",")[2]))) as found:
            return found.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
