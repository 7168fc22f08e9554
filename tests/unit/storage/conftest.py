import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.vaults import make_vault


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    make_vault(folder).close()
    return folder / "vault"


@pytest.fixture
def vault_path(_made: Path, tmp_path: Path) -> Iterator[Path]:
    """A closed vault of one member, copied from one that is made once."""
    path = tmp_path / "vault"
    shutil.copytree(_made, path)
    yield path
    shutil.rmtree(path, ignore_errors=True)
