"""Reads the papers out of a ZIP in memory, one after another; nothing is unpacked to a disk.

Somebody else made the ZIP, so it is measured by what it declares before anything is read, and no
member is read beyond what it declared. Folders in it, and names that point out of it, are only
names: nothing is ever written under them. A ZIP inside it is not opened.

The list of members is read in the process of the congress, by Python's own ``zipfile``; what the
members hold is read in the confined process, like any file.
"""

import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import BinaryIO

from congress.docs.files import Member, printable
from congress.docs.text.archive import overlapping, too_dense
from congress.kernel.errors import EnvironmentFault, InputError

MAX_MEMBERS = 2_000
MAX_MEMBER = 300 * 1024 * 1024
MAX_UNPACKED = 4 * 1024 * 1024 * 1024
_MAX_RATIO = 200
_MAX_LIST = 4 * 1024 * 1024
"""Most bytes of the list of members at the end of a ZIP."""

_HEAD = b"PK\x03\x04"
_END, _END_SIZE, _MAX_COMMENT = b"PK\x05\x06", 22, 65_535
_ENCRYPTED, _UTF8 = 0x1, 0x800
_OFFICE = frozenset(("[Content_Types].xml", "mimetype", "META-INF/container.xml"))
"""Members by which a ZIP is told to be one file of an office or a book, and not a folder."""
_CLUTTER = ("__MACOSX/", ".", "Thumbs.db", "desktop.ini")


class PaperZip:
    """A measured ZIP of papers, open until it is closed. Any thread may read from it."""

    def __init__(self, path: Path) -> None:
        """Open and measure the ZIP at ``path``.

        Raises:
            InputError: ``docs.zip_damaged``, ``docs.zip_password``, or ``docs.zip_bomb`` for
                one with more files or more in them than any congress has papers; each names
                the file.
            EnvironmentFault: ``docs.cannot_read``.
        """
        self.name = printable(path.name)
        self._lock = Lock()
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise EnvironmentFault("docs.cannot_read", file=self.name) from error
        try:
            self._zip = self._opened(self._file)
        except BaseException:
            self._file.close()
            raise

    def _opened(self, file: BinaryIO) -> zipfile.ZipFile:
        if list_size(file) > _MAX_LIST:
            raise InputError("docs.zip_bomb", file=self.name)
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise InputError("docs.zip_damaged", file=self.name) from error
        members = [each for each in archive.infolist() if not each.is_dir()]
        if any(each.flag_bits & _ENCRYPTED for each in members):
            raise InputError("docs.zip_password", file=self.name)
        if (
            len(members) > MAX_MEMBERS
            or sum(each.file_size for each in members) > MAX_UNPACKED
            or overlapping(members)
            or any(too_dense(each, _MAX_RATIO) for each in members)
        ):
            raise InputError("docs.zip_bomb", file=self.name)
        self._members = [each for each in members if not _is_clutter(each.filename)]
        return archive

    @property
    def names(self) -> Sequence[str]:
        """The names of the files in it, without folders, in its own order."""
        return tuple(_name(each) for each in self._members)

    def read(self, index: int) -> Member:
        """Return a file by its place in ``names``.

        Raises:
            InputError: ``docs.too_large``, ``docs.zip_damaged`` or ``docs.zip_bomb``; each
                names the file.
        """
        member = self._members[index]
        name = _name(member)
        if member.file_size > MAX_MEMBER:
            raise InputError("docs.too_large", file=name, most=MAX_MEMBER // 1024 // 1024)
        try:
            with self._lock, self._zip.open(member) as source:
                content = source.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise InputError("docs.zip_damaged", file=name) from error
        if len(content) != member.file_size:
            raise InputError("docs.zip_bomb", file=name)
        return Member(name, content)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._zip.close()
            self._file.close()


def holds_papers(path: Path) -> bool:
    """Return whether the file at ``path`` is a ZIP of other files, and not one of an office."""
    try:
        with path.open("rb") as file:
            if file.read(len(_HEAD)) != _HEAD or list_size(file) > _MAX_LIST:
                return path.suffix.lower() == ".zip"
            with zipfile.ZipFile(file) as archive:
                return _OFFICE.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return path.suffix.lower() == ".zip"


def list_size(file: BinaryIO) -> int:
    """Return how many bytes the list of members at the end of a ZIP claims to have; 0 if none."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _END_SIZE - _MAX_COMMENT))
    tail = file.read()
    at = tail.rfind(_END)
    file.seek(0)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _is_clutter(name: str) -> bool:
    return name.startswith(_CLUTTER[0]) or PurePosixPath(name).name.startswith(_CLUTTER[1:])


def _name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member without folders.

    A name that is not marked as UTF-8 was decoded as the code page of MS-DOS; where its bytes
    are UTF-8 after all, as most programs write them, they are decoded as such.
    """
    name = member.filename
    if not member.flag_bits & _UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = member.filename
    last = PurePosixPath(name.replace("\\", "/")).name
    return printable(unicodedata.normalize("NFC", last)) or "?"
