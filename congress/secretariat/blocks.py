"""What a paper is made of: frozen blocks, without a page, a font or a language.

``congress.secretariat.typeset`` sets them as PDF with ``assets/style/paper.typ``. A block
holds finished texts: everything in it is already in the language of the paper, and nothing
in it is ever read as markup.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias


class Align(StrEnum):
    """How the cells of a column stand. Numbers stand right in every direction of writing."""

    START = "start"
    NUMBER = "number"
    CENTRE = "centre"


class Tone(StrEnum):
    """The meaning a colour supports; a word always says it too."""

    GOOD = "good"
    CAUTION = "caution"
    DANGER = "danger"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1, 2 or 3."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with a heavy ``lead`` such as "Article 1." in front of it."""

    kind: ClassVar[str] = "paragraph"
    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind of letters."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph of somebody else's text, with its heavy and slanted words; maybe a quotation."""

    kind: ClassVar[str] = "prose"
    runs: tuple[Run, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as SVG, at most as wide as the page, with words for those who do not see it."""

    kind: ClassVar[str] = "picture"
    svg: str
    alt: str


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One line of a list of papers: its number, title, a remark, and the page it begins on."""

    number: str
    title: str
    about: str
    page: str


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An item of the agenda, or an empty text, with its papers."""

    title: str
    papers: tuple[ListedPaper, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The table of contents of a book of papers."""

    kind: ClassVar[str] = "listing"
    items: tuple[ListedItem, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small, quiet type."""

    kind: ClassVar[str] = "note"
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what stands behind each."""

    kind: ClassVar[str] = "facts"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from ``start`` if ``ordered``."""

    kind: ClassVar[str] = "items"
    entries: tuple[str, ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its title, how its cells stand, and its share of the width or ``auto``."""

    title: str
    align: Align = Align.START
    width: str = "auto"


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose head repeats on every page; ``totals`` are the rows that sum up."""

    kind: ClassVar[str] = "table"
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    totals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``share`` is its length as a decimal from 0 to 1, ``mark`` a word behind it."""

    label: str
    share: str
    value: str
    percent: str
    tone: Tone = Tone.NOTE
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Lying bars with their numbers, for the votes of a poll."""

    kind: ClassVar[str] = "bars"
    rows: tuple[Bar, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Height:
    """One upright column: its text, and its height as a decimal share of the tallest."""

    text: str
    share: str


@dataclass(frozen=True, slots=True)
class Group:
    """Upright columns side by side over one label."""

    label: str
    values: tuple[Height, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """A figure of upright columns, one group a label, one shade a series."""

    kind: ClassVar[str] = "columns"
    caption: str
    series: tuple[str, ...]
    rows: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sentence that matters, set apart."""

    kind: ClassVar[str] = "verdict"
    text: str
    tone: Tone = Tone.NOTE


@dataclass(frozen=True, slots=True)
class Seals:
    """Hashes and signatures to compare, each with its name, in letters of one width."""

    kind: ClassVar[str] = "seals"
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who signs: in which capacity, what to write, and the name if it is known."""

    capacity: str
    hint: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Room for signatures, side by side, never broken over two pages."""

    kind: ClassVar[str] = "signatures"
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One credential card, or one half of it.

    Attributes:
        code: Its code.
        qr: The same code as the SVG of a QR.
        number: Which two halves belong together; empty on a whole card.
    """

    code: str
    qr: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Cards:
    """Credential cards two abreast with lines to cut along."""

    kind: ClassVar[str] = "cards"
    congress: str
    title: str
    hint: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge: whose it is, what stands on it, and its code as the SVG of a QR.

    Attributes:
        number: The badge number.
        name: The person.
        lines: What stands under the name, for instance the delegation.
        standing: In what capacity the person attends.
        tone: The colour of its band.
        qr: The code.
        photo: The portrait as SVG, or empty.
    """

    number: str
    name: str
    lines: tuple[str, ...]
    standing: str
    tone: Tone
    qr: str
    photo: str = ""


@dataclass(frozen=True, slots=True)
class BadgeSheet:
    """Badges two abreast with lines to cut along."""

    kind: ClassVar[str] = "badges"
    congress: str
    days: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: whose it is, a code to type, the same code as the SVG of a QR, and facts."""

    name: str
    code: str
    qr: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Slips:
    """Slips of the whole width with lines to cut along, each with the same hint."""

    kind: ClassVar[str] = "slips"
    congress: str
    hint: str
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class KeyLines:
    """A long code as numbered lines to type, and the same code as the SVG of a QR.

    ``alt`` are words for those who do not see the QR; the code itself is not in them.
    """

    kind: ClassVar[str] = "key_lines"
    lines: tuple[tuple[str, str], ...]
    qr: str
    alt: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents of a long paper."""

    kind: ClassVar[str] = "contents"
    title: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts on a new page."""

    kind: ClassVar[str] = "new_page"


Block: TypeAlias = (
    Heading
    | Paragraph
    | Prose
    | Picture
    | Listing
    | Note
    | Facts
    | Items
    | Table
    | Bars
    | Columns
    | Verdict
    | Seals
    | Signatures
    | Cards
    | BadgeSheet
    | Slips
    | KeyLines
    | Contents
    | NewPage
)


def as_data(block: Block) -> Mapping[str, object]:
    """Return ``block`` as the object that the style sheet reads."""
    return {"kind": block.kind, **asdict(block)}
