"""Where the shipped files (fonts, icons, styles, samples) are."""

from pathlib import Path

_IN_WHEEL = Path(__file__).parent / "_assets"
_IN_TREE = Path(__file__).parent.parent / "assets"


def asset(name: str) -> Path:
    """Return the path of the shipped file or folder ``name``, for instance ``"fonts"``."""
    root = _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_TREE
    return root / name
