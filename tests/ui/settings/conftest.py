"""A new congress, whose settings are changed."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from congress.app import OpenCongress, create_congress
from congress.kernel.settings import Settings
from tests.helpers.vaults import CHEAP, PASSPHRASE

_SETTINGS = Settings("Congress of the boats", place="Huế", starts=date(2026, 3, 14))


@pytest.fixture
def congress(tmp_path: Path) -> Iterator[OpenCongress]:
    with create_congress(tmp_path / "vault", _SETTINGS, PASSPHRASE, kdf=CHEAP) as made:
        yield made
