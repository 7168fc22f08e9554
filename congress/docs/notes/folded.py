"""The text of a whole paper as notes are found in it: folded, without any space, with a way back.

Two versions of a paper break lines, pages and, in Urdu drawn glyph by glyph, even words
differently. So words are compared folded (``congress.kernel.folding``) and with all spaces left
out, over the whole paper at once. Every squeezed character knows the page and the character it
came from.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from congress.docs.notes.model import Spot
from congress.kernel.folding import Folded, fold, fold_with_offsets


def squeezed(text: str) -> str:
    """Return ``text`` folded and without any space."""
    return "".join(fold(text).split())


class FoldedPages:
    """The pages of one version of a paper as one squeezed text.

    Attributes:
        pages: The text of each page, as it is.
        text: All of it, squeezed.
    """

    def __init__(self, pages: Sequence[str]) -> None:
        """Squeeze ``pages``: about 20 ms for 200 pages."""
        self.pages = tuple(pages)
        self._words = tuple(fold(page).split() for page in self.pages)
        parts = ["".join(words) for words in self._words]
        self._begins = tuple(accumulate(map(len, parts), initial=0))
        self.text = "".join(parts)
        self._maps: dict[int, tuple[Folded, list[int]]] = {}

    @cached_property
    def word_starts(self) -> list[int]:
        """Where in ``text`` each word begins, and the end of ``text``."""
        lengths = (len(word) for words in self._words for word in words)
        return list(accumulate(lengths, initial=0))

    def position(self, spot: Spot) -> int:
        """Return where in ``text`` the first character at or after a place stands."""
        if spot.page < 1:
            return 0
        if spot.page > len(self.pages):
            return len(self.text)
        folded, seen = self._map(spot.page - 1)
        before = bisect_left(seen, spot.offset, key=lambda at: folded.origin(at))
        return self._begins[spot.page - 1] + before

    def spots(self, start: int, end: int) -> tuple[Spot, Spot]:
        """Return the place behind ``text[start:end]``, which must not be empty.

        Marks that follow the last character belong to it.
        """
        first, last = self._page_of(start), self._page_of(end - 1)
        folded, seen = self._map(first)
        begins = folded.origin(seen[start - self._begins[first]])
        folded, seen = self._map(last)
        at = seen[end - 1 - self._begins[last]]
        return Spot(first + 1, begins), Spot(last + 1, folded.span(at, at + 1)[1])

    def _page_of(self, at: int) -> int:
        return bisect_right(self._begins, at) - 1

    def _map(self, page: int) -> tuple[Folded, list[int]]:
        """Return a page's folding, and which of its characters are no spaces."""
        if page not in self._maps:
            folded = fold_with_offsets(self.pages[page])
            seen = [at for at, char in enumerate(folded.text) if not char.isspace()]
            self._maps[page] = (folded, seen)
        return self._maps[page]
