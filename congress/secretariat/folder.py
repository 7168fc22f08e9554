"""Writes the files of an export into a folder, all of them or none.

The files are written into a fresh folder beside the target, flushed to the disk, and then
moved in one step. If anything fails, the disk is as it was. What is written is plain text:
whoever exports chose to take it out of the vault.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from congress.kernel.errors import CongressError, EnvironmentFault, InputError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _fault(error: OSError, folder: Path) -> CongressError:
    code = "export.disk_full" if error.errno in _FULL else "export.cannot_write"
    return EnvironmentFault(code, file=folder.name)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _add_to(folder: Path, stage: Path, names: list[str]) -> None:
    """Copy files into a folder that is there, and replace nothing in it."""
    added: list[Path] = []
    try:
        for name in names:
            data = (stage / name).read_bytes()
            path = folder / name
            try:
                with path.open("xb"):
                    added.append(path)
            except FileExistsError:
                raise InputError("export.would_overwrite", file=name) from None
            _write(path, data)
    except BaseException:
        for path in added:
            path.unlink(missing_ok=True)
        raise


def write_all(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write ``files`` into ``folder``, which is made if it is not there.

    Args:
        folder: The target.
        files: Name and content of each file, made one after the other; if making one
            raises, nothing is left behind.

    Returns:
        The paths of the files, in their order.

    Raises:
        InputError: ``export.not_a_folder``, or ``export.would_overwrite`` if the folder
            holds a file of the same name.
        EnvironmentFault: ``export.disk_full`` or ``export.cannot_write``.
    """
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise InputError("export.not_a_folder", file=folder.name)
    stage = folder.with_name(f".{folder.name}.{secrets.token_hex(8)}")
    names: list[str] = []
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage.mkdir()
        for name, data in files:
            if (folder / name).exists():
                raise InputError("export.would_overwrite", file=name)
            _write(stage / name, data)
            names.append(name)
        if folder.exists():
            _add_to(folder, stage, names)
        else:
            stage.rename(folder)
    except OSError as error:
        raise _fault(error, folder) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return tuple(folder / name for name in names)
