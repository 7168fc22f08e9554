"""Reads photographs for enrolment: from a folder or a ZIP, each with the badge it names.

Either a folder for each badge number (``D001/1.jpg``) or files named by it (``D001.jpg``,
``D001_2.jpg``, ``D001 (3).jpg``).
"""

import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import numpy as np

from congress.kernel.errors import InputError
from congress.rollcall.faces import Image
from congress.rollcall.quality import Reason

MOST_BYTES = 40_000_000
MOST_PIXELS = 80_000_000
PICTURES = (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff")

HEIC = (".heic", ".heif")
_NOT_MEANT = ("thumbs.db", "desktop.ini")
_NUMBER = re.compile(r"[\s_.-]*\(?\d{1,3}\)?$")


@dataclass(frozen=True, slots=True)
class Photo:
    """A file that may be a photograph of somebody.

    Attributes:
        name: Its name for the report, with the folder it lies in.
        badges: Badge numbers that it may name, the most likely first.
        read: Returns its content.
        size: Its size in bytes.
        row: The row of the list that names it, or 0.
        fault: Why it cannot even be read, or ``None``.
    """

    name: str
    badges: tuple[str, ...]
    read: Callable[[], bytes]
    size: int
    row: int = 0
    fault: Reason | None = None


@contextmanager
def photos_at(path: Path) -> Iterator[Sequence[Photo]]:
    """Give the photographs in a folder or a ZIP; the ZIP stays open inside the block.

    Raises:
        InputError: ``faces.folder_missing``, ``faces.zip_damaged`` or ``faces.no_photos``.
    """
    if path.is_dir():
        yield _some(path, [_in_folder(path, file) for file in sorted(path.rglob("*"))])
    elif not path.is_file():
        raise InputError("faces.folder_missing", file=path.name)
    else:
        try:
            archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as error:
            raise InputError("faces.zip_damaged", file=path.name) from error
        with archive:
            members = sorted(archive.infolist(), key=lambda member: member.filename)
            yield _some(path, [_in_zip(archive, member) for member in members])


def _some(path: Path, found: Sequence[Photo | None]) -> Sequence[Photo]:
    photos = [photo for photo in found if photo]
    if not photos:
        raise InputError("faces.no_photos", file=path.name)
    return photos


def _in_folder(root: Path, file: Path) -> Photo | None:
    inside = PurePosixPath(*file.relative_to(root).parts)
    if not file.is_file() or not _meant(inside):
        return None
    return Photo(str(inside), _badges(inside), file.read_bytes, file.stat().st_size)


def _in_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Photo | None:
    inside = PurePosixPath(member.filename)
    if member.is_dir() or not _meant(inside):
        return None

    read = partial(from_zip, archive, member)
    return Photo(str(inside), _badges(inside), read, member.file_size)


def from_zip(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return the content of a file in a ZIP, and not much more than a photograph may have."""
    with archive.open(member) as file:
        return file.read(MOST_BYTES + 1)


def _meant(inside: PurePosixPath) -> bool:
    hidden = any(part.startswith((".", "__")) for part in inside.parts)
    return not hidden and inside.name.lower() not in _NOT_MEANT


def _badges(inside: PurePosixPath) -> tuple[str, ...]:
    shorter = _NUMBER.sub("", inside.stem)
    names = [inside.stem] + ([shorter] if shorter and shorter != inside.stem else [])
    if inside.parent.name:
        names.insert(0, inside.parent.name)
    return tuple(names)


def picture(photo: Photo) -> Image | Reason:
    """Return the picture of a photograph, upright (EXIF) and in colour, or why there is none."""
    if photo.fault:
        return photo.fault
    suffix = PurePosixPath(photo.name).suffix.lower()
    if suffix in HEIC:
        return Reason.HEIC
    if suffix not in PICTURES:
        return Reason.NOT_A_PICTURE
    if photo.size > MOST_BYTES:
        return Reason.TOO_LARGE
    try:
        data = photo.read()
    except RuntimeError:
        return Reason.ENCRYPTED
    except (OSError, zipfile.BadZipFile, EOFError, ValueError):
        return Reason.UNREADABLE
    return decode(data)


def decode(data: bytes) -> Image | Reason:
    """Return the picture in ``data``, upright (EXIF) and in colour, or why there is none."""
    if b"ftyphei" in data[:32] or b"ftypmif1" in data[:32]:
        return Reason.HEIC
    if len(data) > MOST_BYTES or _pixels(data) > MOST_PIXELS:
        return Reason.TOO_LARGE
    if not data:
        return Reason.UNREADABLE
    # Imported here: whoever only reads papers never looks at a photograph.
    import cv2

    try:
        image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return Reason.UNREADABLE
    return Reason.UNREADABLE if image is None else np.asarray(image, np.uint8)


def _pixels(data: bytes) -> int:
    """Return how many pixels a PNG or JPEG says it has: both can pack gigabytes into little."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        wide, high = struct.unpack(">II", data[16:24])
        return int(wide * high)
    at = 2 if data.startswith(b"\xff\xd8") else len(data)
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(wide * high)
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return 0
