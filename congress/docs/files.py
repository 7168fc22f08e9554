"""Reads the files a person chose to import, without ever copying them in the clear."""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from congress.kernel.errors import CongressError, EnvironmentFault, InputError
from congress.kernel.folding import BIDI_CONTROLS
from congress.kernel.progress import Progress

_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that is being imported.

    Attributes:
        name: Its name without folders, for lists and messages.
        size: Its length in bytes.
        content: The open file.
        sha256: SHA-256 (32 bytes) of its content.
    """

    name: str
    size: int
    content: BinaryIO
    sha256: bytes

    def pieces(self, progress: Progress) -> Iterator[bytes]:
        """Give the content in pieces, and check at the end that it is still the same.

        Raises:
            InputError: ``docs.changed_meanwhile`` if it changed since it was opened.
            Cancelled: The person cancelled.
        """
        digest = hashlib.sha256()
        for piece in _pieces(self.content, progress):
            digest.update(piece)
            yield piece
        if digest.digest() != self.sha256:
            raise InputError("docs.changed_meanwhile")


def printable(name: str) -> str:
    """Return ``name`` without what cannot be shown or would lie about the order of the rest.

    A file's name may hold anything: controls, direction overrides, halves of characters.
    """
    return "".join(
        char
        for char in name
        if char not in BIDI_CONTROLS and unicodedata.category(char) not in ("Cc", "Cs")
    )


def _pieces(content: BinaryIO, progress: Progress) -> Iterator[bytes]:
    content.seek(0)
    while piece := content.read(_PIECE):
        progress.check()
        yield piece


def held(name: str, content: bytes) -> ChosenFile:
    """Return a file that was made here and lies in memory alone."""
    return ChosenFile(
        printable(name), len(content), BytesIO(content), hashlib.sha256(content).digest()
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A file that lies in memory alone, such as one out of a ZIP.

    Attributes:
        name: Its name without folders.
        content: What it holds.
    """

    name: str
    content: bytes = field(repr=False)


@contextmanager
def chosen(path: Path | Member, progress: Progress) -> Iterator[ChosenFile]:
    """Open the file at ``path``, or one in memory, for an import; errors inside name the file.

    Raises:
        InputError: ``docs.no_such_file``.
        EnvironmentFault: ``docs.cannot_read``.
        Cancelled: The person cancelled.
    """
    name = printable(path.name)
    try:
        if isinstance(path, Member):
            yield held(name, path.content)
            return
        with path.open("rb") as content:
            state = os.fstat(content.fileno())
            if not S_ISREG(state.st_mode):
                raise InputError("docs.no_such_file", file=name)
            digest = hashlib.sha256()
            for piece in _pieces(content, progress):
                digest.update(piece)
            yield ChosenFile(name, state.st_size, content, digest.digest())
    except InputError as error:
        if "file" in error.params:
            raise
        raise InputError(error.code, file=name, **error.params) from error
    except CongressError:
        raise
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputError("docs.no_such_file", file=name) from error
    except OSError as error:
        raise EnvironmentFault("docs.cannot_read", file=name) from error
