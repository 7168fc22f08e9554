import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.kernel.errors import CongressError
from tests.helpers.vaults import PASSPHRASE, make_vault, open_vault


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


def refusal(
    path: Path, *, name: str = "secretariat", passphrase: str = PASSPHRASE
) -> tuple[str, object]:
    """Return why a vault does not open, and the file that is named."""
    with pytest.raises(CongressError) as caught:
        open_vault(path, name=name, passphrase=passphrase)
    return caught.value.code, caught.value.params.get("file")
