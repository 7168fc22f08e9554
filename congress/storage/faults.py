"""The one place where errors of the database and of the disk become the congress's own.

What a person can act on (a full disk, a damaged file, a read-only folder, a vault in use)
becomes a ``CongressError`` that names the file. Everything else, a broken constraint for
instance, stays what it is: it is the store's to handle, or our bug.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from congress.kernel.errors import BugError, CongressError, EnvironmentFault, InputError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the operating system says when the disk, or our share of it, is full."""

_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


WRITING = "congress_writing"
"""Execution option of a connection whose transactions may write; others can only read."""


def of_database(error: BaseException, file: str) -> CongressError | None:
    """Return what an error of SQLite means for a person, or ``None`` if it is not the world's.

    Args:
        error: The DB-API error; SQLite's result code is its ``sqlite_errorcode``.
        file: Name of the database file, for the message.
    """
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return None
    match code & 0xFF:
        case 13:
            return EnvironmentFault("disk.full", file=file)
        case 8:
            return EnvironmentFault("vault.read_only", file=file)
        case 5 | 6:
            return EnvironmentFault("vault.locked", file=file)
        case 11 | 26:
            return InputError("vault.damaged", file=file)
        case 10 | 14:
            return EnvironmentFault("disk.failed", file=file)
    return None


def of_system(error: OSError, file: str) -> CongressError:
    """Return what an error of the operating system means for a person.

    Args:
        error: The error.
        file: Name of the file or folder, for the message.
    """
    if error.errno in FULL:
        return EnvironmentFault("disk.full", file=file)
    if error.errno in _READ_ONLY:
        return EnvironmentFault("vault.read_only", file=file)
    return EnvironmentFault("disk.failed", file=file)


@contextmanager
def naming(file: str | Path) -> Iterator[None]:
    """Turn errors of the operating system and of SQLite inside into ones that name ``file``.

    Raises:
        EnvironmentFault: ``disk.full``, ``vault.read_only``, ``vault.locked``, ``disk.failed``.
        InputError: ``vault.damaged``.
    """
    name = Path(file).name
    try:
        yield
    except CongressError:
        raise
    except OSError as error:
        raise of_system(error, name) from error
    except Exception as error:
        if (found := of_database(error, name)) is None:
            raise
        raise found from error


def listen(engine: Engine, file: str) -> None:
    """Make ``engine`` raise the congress's own errors, naming ``file``."""

    @event.listens_for(engine, "handle_error")
    def translate(context: ExceptionContext) -> None:
        error, connection = context.original_exception, context.connection
        if isinstance(error, BugError | CongressError):
            raise error
        found = of_database(error, file)
        reading = connection and not connection.get_execution_options().get(WRITING)
        if found and found.code == "vault.read_only" and reading:
            raise BugError("a reading tried to write") from error
        if found:
            raise found from error
