"""The comparison of two texts, as frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress.docs.model import PageText
from congress.docs.notes.model import Spot


@dataclass(frozen=True, slots=True)
class Edition:
    """The text of one version, ready to be compared.

    Attributes:
        pages: Text of each page.
        fixed: Whether lines and pages come from how the text was set, as in a PDF, and say
            nothing about its paragraphs.
    """

    pages: Sequence[PageText]
    fixed: bool


class RunKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row with one fate, the space behind them included.

    Attributes:
        kind: Their fate.
        old: The words as the old version has them; empty if inserted.
        new: The words as the new version has them; empty if deleted. The same words may be
            written in another normal form or with other line ends.
        number: Whether they were changed and are a number, which weighs more than a word.
    """

    kind: RunKind
    old: str
    new: str
    number: bool = False

    @property
    def shown(self) -> str:
        """The words to show: the new ones, or those that went."""
        return self.new or self.old


class BlockKind(StrEnum):
    """What became of a paragraph."""

    SAME = "same"
    CHANGED = "changed"
    DELETED = "deleted"
    INSERTED = "inserted"
    MOVED_FROM = "moved_from"
    """It stood here and stands elsewhere now."""
    MOVED_TO = "moved_to"
    """It stands here now and stood elsewhere."""


@dataclass(frozen=True, slots=True)
class Side:
    """A stretch of one version.

    Attributes:
        text: The words, lines joined to paragraphs; a line end is a paragraph's end.
        start: Where it begins.
        end: Where it ends: behind its last letter.
    """

    text: str
    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a few that belong together, in both versions.

    Attributes:
        kind: What became of it.
        old: Its stretch of the old version, if it has one here.
        new: Its stretch of the new version, if it has one here.
        runs: Its words. Those of a moved paragraph stand in the block it moved to and say how
            it changed on the way; the block it moved from has none.
        move: Joins the two blocks of one move; ``None`` for other blocks.
    """

    kind: BlockKind
    old: Side | None
    new: Side | None
    runs: tuple[Run, ...]
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How much changed.

    Attributes:
        changed: Paragraphs with other words than before.
        inserted: Paragraphs that are new.
        deleted: Paragraphs that are gone.
        moved: Paragraphs that stand elsewhere.
        words_added: Words that are new.
        words_removed: Words that are gone.
        numbers: Numbers that are new or gone.
    """

    changed: int = 0
    inserted: int = 0
    deleted: int = 0
    moved: int = 0
    words_added: int = 0
    words_removed: int = 0
    numbers: int = 0

    @property
    def paragraphs(self) -> int:
        """All paragraphs that something happened to."""
        return self.changed + self.inserted + self.deleted + self.moved


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between an old and a new version.

    Attributes:
        blocks: Both versions in order, what went before what came.
        summary: How much changed.
    """

    blocks: tuple[Block, ...]
    summary: Summary

    @property
    def same(self) -> bool:
        """Whether nothing changed but form: line ends, pages, normal forms."""
        return all(block.kind is BlockKind.SAME for block in self.blocks)
