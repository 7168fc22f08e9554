"""Which pages of a paper somebody has had before them, so that the log can say it. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

DWELL = timedelta(seconds=1)
"""How long a page must stand still to count as seen: leafing past it is not reading it."""
_RANGE = re.compile(r"([0-9]{1,7})(?:-([0-9]{1,7}))?")


def spans(pages: Iterable[int]) -> str:
    """Return page numbers as ``"1-3,7"``, in order and without repetition."""
    found: list[list[int]] = []
    for page in sorted(set(pages)):
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def pages_of(written: str, most: int) -> frozenset[int]:
    """Return the page numbers of a text that ``spans`` wrote; what is no span is left out.

    Args:
        written: For instance ``"1-3,7"``.
        most: Pages of the paper: nothing beyond them is returned, whatever the text claims.
    """
    pages: set[int] = set()
    for part in written.split(","):
        if match := _RANGE.fullmatch(part):
            first = max(1, int(match[1]))
            pages.update(range(first, min(int(match[2] or first), most) + 1))
    return frozenset(page for page in pages if page <= most)


class PagesSeen:
    """Counts the pages of one open paper that stood before the reader for ``DWELL``."""

    def __init__(self, page: int, now: datetime) -> None:
        """Begin with ``page`` (from 1) in front at ``now``."""
        self._page, self._since = page, now
        self._seen: set[int] = set()
        self._told: set[int] = set()

    def turned(self, page: int, now: datetime) -> None:
        """Take another page to the front; also the same one again."""
        self._count(now)
        if page != self._page:
            self._page, self._since = page, now

    def take(self, now: datetime) -> frozenset[int]:
        """Return the pages seen that no call before has returned, the one in front included."""
        self._count(now)
        new = frozenset(self._seen - self._told)
        self._told |= new
        return new

    def _count(self, now: datetime) -> None:
        if now - self._since >= DWELL:
            self._seen.add(self._page)
