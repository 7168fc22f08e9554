from collections.abc import Callable
from pathlib import Path

import pytest

from congress.docs.library import Library
from tests.helpers.papers import make_library

Write = Callable[[str, bytes], Path]


def blobs(folder: Path) -> list[str]:
    """Return the names of the files in which papers lie."""
    return sorted(path.name for path in (folder / "blobs").iterdir())


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library, in the secretariat's name."""
    return make_library(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Write:
    """Writes a file to import."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
