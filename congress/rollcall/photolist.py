"""Finds the photographs that a list of people names, beside the list.

A name is a path from the folder of the list, or inside a ZIP beside it: the ZIP with the name
of the list (``delegates.csv`` and ``delegates.zip``), or else the only one there. Upper and
lower case, the two ways to write an accented letter, and both slashes are the same; the
ending may be left out. In a ZIP the folders before the name may be left out as well, as long as
one file alone is meant: the photograph of another person must never be taken.
"""

import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath

from congress.kernel.errors import InputError
from congress.kernel.people import PhotoFile
from congress.kernel.text import tidy
from congress.rollcall.photos import HEIC, PICTURES, Photo, from_zip
from congress.rollcall.quality import Reason

_ENDINGS = ("", *PICTURES, *HEIC)
_SAYS_UTF8 = 0x800


@contextmanager
def photos_named(table: Path, files: Sequence[PhotoFile]) -> Iterator[Sequence[Photo]]:
    """Give a photograph for each of ``files``; the ZIP stays open inside the block.

    What is not there, is meant by nobody knows which file, or lies outside of the folder comes
    as a ``Photo`` with that fault.

    Args:
        table: The file of the list.
        files: What its rows name.

    Raises:
        InputError: ``faces.zip_damaged``.
    """
    with ExitStack() as stack:
        folder, archive = _Folder(table.parent), None
        found: list[Photo] = []
        for file in files:
            parts = _parts(file.name)
            if parts is None:
                found.append(_faulty(file, Reason.OUTSIDE))
                continue
            if (path := folder.find(parts)) is not None:
                size = path.stat().st_size
                name = str(PurePosixPath(*path.relative_to(table.parent).parts))
                found.append(Photo(name, (file.badge,), path.read_bytes, size, file.row))
                continue
            if archive is None:
                archive = _Archive(stack, _zip_of(table))
            found.append(archive.photo(file, parts))
        yield found


def _faulty(file: PhotoFile, fault: Reason) -> Photo:
    return Photo(file.name, (file.badge,), bytes, 0, file.row, fault)


def _parts(name: str) -> tuple[str, ...] | None:
    """Return the parts of a path as they are compared, or ``None`` if it leads elsewhere."""
    path = PureWindowsPath(name)
    if path.drive or path.root or ".." in path.parts:
        return None
    return tuple(_key(part) for part in path.parts)


def _key(part: str) -> str:
    return unicodedata.normalize("NFC", tidy(part).casefold())


def _zip_of(table: Path) -> Path | None:
    inside = _inside(table.parent)
    archives = [each for each in inside if _key(each.suffix) == ".zip" and each.is_file()]
    named = [each for each in archives if _key(each.stem) == _key(table.stem)]
    return (named or archives)[0] if len(named or archives) == 1 else None


def _inside(folder: Path) -> Sequence[Path]:
    try:
        return sorted(folder.iterdir(), reverse=True)
    except OSError:
        return ()


def _path_in(member: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return where a file lies in a ZIP; many programs write UTF-8 and do not say so."""
    name = member.filename
    if not member.flag_bits & _SAYS_UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return PurePosixPath(name).parts


class _Folder:
    """The files below a folder, each folder listed once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._listed: dict[Path, Mapping[str, Path]] = {}

    def find(self, parts: tuple[str, ...]) -> Path | None:
        if not parts:
            return None
        place: Path | None = self._root
        for part in parts[:-1]:
            place = self._list(place).get(part) if place else None
        inside = self._list(place) if place else {}
        found = (inside.get(parts[-1] + ending) for ending in _ENDINGS)
        return next((path for path in found if path is not None and path.is_file()), None)

    def _list(self, folder: Path) -> Mapping[str, Path]:
        if folder not in self._listed:
            self._listed[folder] = {_key(path.name): path for path in _inside(folder)}
        return self._listed[folder]


class _Archive:
    """The files of a ZIP, by the end of their path."""

    def __init__(self, stack: ExitStack, path: Path | None) -> None:
        self._ends: dict[tuple[str, ...], list[zipfile.ZipInfo]] = {}
        if path is None:
            return
        try:
            self._zip = stack.enter_context(zipfile.ZipFile(path))
        except (zipfile.BadZipFile, OSError) as error:
            raise InputError("faces.zip_damaged", file=path.name) from error
        for member in self._zip.infolist():
            parts = tuple(_key(part) for part in _path_in(member))
            if not member.is_dir() and not any(part.startswith((".", "__")) for part in parts):
                for at in range(len(parts)):
                    self._ends.setdefault(parts[at:], []).append(member)

    def photo(self, file: PhotoFile, parts: tuple[str, ...]) -> Photo:
        """Return the one file whose path ends like this, or why there is none."""
        for ending in _ENDINGS if parts else ():
            wanted = (*parts[:-1], parts[-1] + ending)
            members = self._ends.get(wanted, [])
            whole = [each for each in members if len(_path_in(each)) == len(wanted)]
            members = whole or members
            if len(members) > 1:
                return _faulty(file, Reason.SEVERAL_FILES)
            if members:
                (member,) = members
                read = partial(from_zip, self._zip, member)
                name = "/".join(_path_in(member))
                return Photo(name, (file.badge,), read, member.file_size, file.row)
        return _faulty(file, Reason.MISSING)
