from collections.abc import Callable
from pathlib import Path

import pytest

from congress.docs.library import Library
from tests.helpers.papers import make_library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library, in the secretariat's name."""
    return make_library(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Writes a file to import."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
