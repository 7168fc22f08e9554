"""How other parts of the program join the reader: notes, changes, receipts, following.

A part is built with the ``ReaderPage`` it belongs to and hooks itself into its public places:
``reader.pages`` and ``reader.text`` (layers, tools, marks, the selection), ``reader.side``
(tabs of the side panel), ``reader.notices`` (banners), ``reader.bar`` (buttons) and
``reader.selecting`` (the bar over selected text)::

    page = ReaderPage(context, controller, mark)
    page.add_part(NotesPart(context, page, congress.notes))
"""

from typing import Protocol

from congress.ui.controllers.reader import OpenedPaper


class ReaderPart(Protocol):
    """Learns what is read."""

    def opened(self, opened: OpenedPaper) -> None:
        """Take the paper that has just been opened: its details, version and texts."""
        ...

    def closed(self) -> None:
        """Forget the paper: it is being closed, or another one is being opened."""
        ...

    def turned(self, page: int) -> None:
        """Learn which page (from 1) is in front now."""
        ...
