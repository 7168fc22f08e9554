"""What is kept in the process from one sign-in to the next, and shared."""

from datetime import date
from pathlib import Path

from congress.app import create_congress, open_congress
from congress.kernel.settings import Settings
from tests.helpers.vaults import CHEAP, PASSPHRASE

SETTINGS = Settings("Boats", starts=date(2026, 3, 14), ends=date(2026, 3, 16))


def test_the_networks_that_see_faces_are_loaded_once(tmp_path: Path) -> None:
    with create_congress(tmp_path / "vault", SETTINGS, PASSPHRASE, kdf=CHEAP) as congress:
        first = congress.backend()
        assert congress.backend() is first
    with open_congress(tmp_path / "vault", PASSPHRASE) as congress:
        assert congress.backend().backend is first.backend
        assert congress.backend().backend.embedder is first.backend.embedder
