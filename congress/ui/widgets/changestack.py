"""The rows of a comparison below each other: how high each is, and which are laid out.

Rows are laid out when they are asked for; the heights of those that never were are guessed from
their length.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import accumulate

from congress.docs.changes.model import Block, BlockKind, Comparison
from congress.ui.context import UiContext
from congress.ui.models.changerows import COLOURS, Row, moves, pages_before, rows
from congress.ui.widgets.changepainting import FOLD, GUTTER, Look, RowPainter
from congress.ui.widgets.runtext import LINE_HEIGHT

_MOST_LAID = 240
"""Rows that stay laid out."""
_LETTER = 0.5
"""Width of an average letter, in font sizes."""
_OWN_LINE, _OWN_LINE_NASTALIQ = 1.25, 2.2
"""A font's own line, in font sizes."""


class RowStack:
    """The rows of one comparison in one look.

    Attributes:
        rows: The rows.
        heights: What each takes, in pixels.
        tops: Where each begins; one more at the end, the height of all.
    """

    def __init__(self, context: UiContext, comparison: Comparison) -> None:
        """Begin without rows."""
        self._context, self._comparison = context, comparison
        self._before = pages_before(comparison)
        self._stood, self._stands = moves(comparison)
        self._look: Look | None = None
        self._laid: OrderedDict[int, RowPainter] = OrderedDict()
        self.rows: Sequence[Row] = ()
        self.heights: list[float] = []
        self.tops: list[float] = [0.0]

    @property
    def laid(self) -> int:
        """How many rows are laid out."""
        return len(self._laid)

    def fold(self, *, folded: bool, opened: frozenset[int]) -> None:
        """Choose the rows anew; lay them out by ``dress``."""
        self.rows = rows(self._comparison, folded=folded, opened=opened)

    def dress(self, look: Look) -> None:
        """Set the rows in another look: all heights are guessed anew."""
        self._look = look
        self._laid.clear()
        self.heights = [self._guess(row, look) for row in self.rows]
        self.add_up()

    def recolour(self, look: Look) -> None:
        """Draw the rows in other colours: their heights stay."""
        self._look = look
        self._laid.clear()

    def _guess(self, row: Row, look: Look) -> float:
        if row.fold:
            return self._context.theme.px(FOLD)
        size = look.font.pixelSize()
        block = self._comparison.blocks[row.first]
        letters = max((len(side.text) for side in (block.old, block.new) if side), default=0)
        lines = 1 + int(letters * _LETTER * size / max(1.0, look.columns.text_width))
        own = _OWN_LINE_NASTALIQ if look.lang == "ur" else _OWN_LINE
        return lines * size * LINE_HEIGHT[look.lang] * own + GUTTER

    def add_up(self) -> None:
        """Reckon where each row begins."""
        self.tops = [0.0, *accumulate(self.heights)]

    def at(self, y: float) -> int:
        """Return the row at a height."""
        return max(0, bisect_right(self.tops, y) - 1)

    def is_laid(self, at: int) -> bool:
        """Return whether a row is laid out."""
        return at in self._laid

    def lay(self, at: int) -> RowPainter | None:
        """Return a row laid out, from memory or fresh; its height is known from then on."""
        if self._look is None:
            return None
        found = self._laid.get(at)
        if found is not None:
            self._laid.move_to_end(at)
            return found
        row, blocks = self.rows[at], self._comparison.blocks
        found = RowPainter(
            self._context,
            blocks[row.first],
            row,
            self._look,
            before=(0, 0) if at and self.rows[at - 1].fold else self._before[row.first],
            away=self._away(blocks[row.first]),
        )
        self._laid[at] = found
        self.heights[at] = found.height
        while len(self._laid) > _MOST_LAID:
            self._laid.popitem(last=False)
        return found

    def _away(self, block: Block) -> int:
        """Return the page a moved block went to or came from, or 0."""
        if block.move is None:
            return 0
        went = block.kind is BlockKind.MOVED_FROM
        return (self._stands if went else self._stood).get(block.move, 0)

    def row_of(self, change: int | None) -> int | None:
        """Return the row of a change."""
        for at, row in enumerate(self.rows):
            if row.change is not None and row.change == change:
                return at
        return None

    def marks(self, total: float) -> list[tuple[float, str]]:
        """Return how far down of ``total`` each change is, and the token of its colour."""
        blocks = self._comparison.blocks
        return [
            (self.tops[at] / total, COLOURS[blocks[row.first].kind])
            for at, row in enumerate(self.rows)
            if row.change is not None
        ]
