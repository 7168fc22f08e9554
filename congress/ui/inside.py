"""What lies behind the way in: imported late, because it takes longer than the window."""

import gc
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from congress.ui.entrance import LanguagePaper
    from congress.ui.page import PageFactory

_PAGES = "congress.ui.wiring"


def load_inside() -> None:
    """Import the services and the pages of an open congress; at once the second time.

    What is imported stays, so the garbage collector is told not to look at it again: a full
    collection over all of it held the window for a tenth of a second.
    """
    import_module(_PAGES)
    gc.freeze()


def inside_pages(source: str, paper: "LanguagePaper | None") -> "Sequence[PageFactory]":
    """Return the pages of an open congress; see ``congress.ui.wiring.pages``."""
    from congress.ui import wiring

    return wiring.pages(source, paper)
