"""Reads which files of photographs a cell of a list names."""

import re

from congress.kernel.text import tidy

_BETWEEN = re.compile(r"[;؛|\n]|(?<=\.\w{3})\s*[,،]|(?<=\.\w{4})\s*[,،]")
_JOINERS = "\u200c\u200d"


def photo_names(cell: str) -> tuple[str, ...]:
    """Return the names in ``cell``, each once, without what cannot be seen.

    Names stand on lines of their own or apart by ``;`` or ``|``; by a comma only behind the
    ending of a file, as the name of a file may hold one.
    """
    names = (tidy(_seen(part)) for part in _BETWEEN.split(cell))
    return tuple(dict.fromkeys(name for name in names if name))


def _seen(part: str) -> str:
    return "".join(
        char for char in part if char.isprintable() or char.isspace() or char in _JOINERS
    )
