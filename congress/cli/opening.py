"""What every command on a vault shares: its options, and opening the vault."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from congress.app import OpenCongress, open_congress
from congress.cli.passphrase import read_passphrase

Command = TypeVar("Command", bound=Callable[..., Any])

VAULT = click.argument("vault", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
FD = click.option(
    "--passphrase-fd",
    "fd",
    type=int,
    help="Read the passphrase from this file descriptor instead of CONGRESS_PASSPHRASE "
    "or the prompt.",
)
AS = click.option("--as", "name", default="secretariat", show_default=True, help="Sign-in name.")


def on_vault(command: Command) -> Command:
    """Give a command the vault, who signs in, where the passphrase comes from, and --json."""
    for decorate in (JSON, AS, FD, VAULT):
        command = decorate(command)
    return command


def opened(vault: Path, name: str, fd: int | None) -> OpenCongress:
    """Open ``vault`` as ``name``.

    Raises:
        CongressError: As ``read_passphrase`` and ``congress.app.open_congress``.
    """
    return open_congress(vault, read_passphrase(fd), name=name)
