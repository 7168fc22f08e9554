"""What lies behind the way in: imported late, because it takes longer than the window."""

import gc
from importlib import import_module

_PAGES = "congress.ui.wiring"


def load_inside() -> None:
    """Import the services and the pages of an open congress; at once the second time.

    What is imported stays, so the garbage collector is told not to look at it again: a full
    collection over all of it held the window for a tenth of a second.
    """
    import_module(_PAGES)
    gc.freeze()
