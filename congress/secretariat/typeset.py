"""Sets a paper as PDF: A4, tagged for screen readers (PDF/UA-1), its text selectable.

Only a paper with more than ``TAGGED_CELLS`` table cells goes without tags.

The style is ``assets/style/paper.typ``; the paper is handed to it as data, so no text of a
congress can act as markup, and nothing is written outside memory. The same paper gives the
same bytes: the date inside comes from the paper.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from congress.assets import asset
from congress.i18n import direction
from congress.i18n.translator import Translator
from congress.kernel.errors import BugError
from congress.secretariat.blocks import Block, Table, as_data

if TYPE_CHECKING:
    import typst

TAGGED_CELLS = 20_000
"""Most table cells that are tagged. Measured on the register of 1,600 persons in five
sessions: tags make the PDF 22 MB instead of 1.6 and double the memory; whoever needs such a
list read aloud has it as a spreadsheet."""
_PAGE, _PAGES = "\x01", "\x02"
_TURNED, _TOGETHER = b"/Direction/R2L", b"/Direction/L2R"
"""How two pages lie side by side. PDFium takes the first for the direction of every line,
and then copies a Latin name or a hash on a page in Urdu backwards."""
_ISOLATES = str.maketrans("", "", direction.ISOLATE + direction.POP)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of the first page.

    Attributes:
        name: The congress.
        place_and_date: Where and when, in the form of the language.
        motto: The lines opposite the name in the form of the country, or none.
    """

    name: str
    place_and_date: str
    motto: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, ready to be set.

    Attributes:
        title: Its title, also in the properties of the PDF.
        letterhead: The head of the first page.
        issued: Its date, also in the properties of the PDF.
        blocks: Its text.
        subtitle: A line under the title, or empty.
        footer: The line at the foot of every page, or empty.
        keywords: For the properties of the PDF.
        cover: Whether its first page is the cover of a book.
    """

    title: str
    letterhead: Letterhead
    issued: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    footer: str = ""
    keywords: tuple[str, ...] = ()
    cover: bool = False


@cache
def fonts() -> "typst.Fonts":
    """Return the shipped fonts, and no others, for setting a page."""
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(asset("fonts"))],
    )


@cache
def _style() -> bytes:
    return (asset("style") / "paper.typ").read_bytes()


def _page_of(tr: Translator) -> Sequence[str]:
    text = tr("export.page_of", page=_PAGE, pages=_PAGES).translate(_ISOLATES)
    before, rest = text.split(_PAGE)
    between, after = rest.split(_PAGES)
    return before, between, after


def typeset(tr: Translator, paper: Paper) -> bytes:
    """Return ``paper`` in the language of ``tr`` as a PDF.

    Raises:
        BugError: The style sheet refuses the paper, or a font is not there.
    """
    data = {
        "lang": tr.lang,
        "title": paper.title,
        "title_lines": (paper.title, paper.subtitle),
        "author": paper.letterhead.name,
        "keywords": paper.keywords,
        "date": (paper.issued.year, paper.issued.month, paper.issued.day),
        "cover": paper.cover,
        "running": paper.title,
        "mark": paper.letterhead.name,
        "footer": paper.footer,
        "page_of": _page_of(tr),
        "letterhead": {
            "name": paper.letterhead.name,
            "place_and_date": paper.letterhead.place_and_date,
            "motto": paper.letterhead.motto,
        },
        "blocks": [as_data(block) for block in paper.blocks],
    }
    # Imported here: whoever only reads papers never sets one, and it takes its memory.
    import typst

    cells = sum(
        len(block.columns) * len(block.rows) for block in paper.blocks if isinstance(block, Table)
    )
    tagged = cells <= TAGGED_CELLS
    try:
        pdf, warnings = typst.compile_with_warnings(
            _style(),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"] if tagged else [],
            pdf_tags=tagged,
        )
    except typst.TypstError as error:
        raise BugError("the style sheet refuses the paper") from error
    if warnings:
        raise BugError(f"the style sheet warns: {warnings[0].message}")
    return bytes(pdf).replace(_TURNED, _TOGETHER)
