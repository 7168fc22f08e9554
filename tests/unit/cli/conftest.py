"""A congress on the command line, made once for the tests that only read or add to it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from congress.cli.main import main

PASSPHRASE = "correct horse battery"

Run = Callable[..., Result]


def invoke(*arguments: object, passphrase: str | None = PASSPHRASE, lang: str = "en") -> Result:
    """Run the command with these arguments, without a terminal."""
    environment = {"CONGRESS_PASSPHRASE": passphrase, "LC_ALL": f"{lang}_XX.UTF-8"}
    return CliRunner().invoke(main, [str(each) for each in arguments], env=environment)


def answer(result: Result) -> Any:
    """Return the JSON that a command answered."""
    return json.loads(result.stdout)


@pytest.fixture(scope="session")
def _new_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vault = tmp_path_factory.mktemp("cli") / "congress"
    assert invoke("new", vault, "--name", "Test congress").exit_code == 0
    return vault


@pytest.fixture
def vault(_new_vault: Path, tmp_path: Path) -> Path:
    """A new congress of its own for one test."""
    return Path(shutil.copytree(_new_vault, tmp_path / "congress"))
