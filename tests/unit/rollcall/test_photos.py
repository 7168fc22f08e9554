import struct
import zipfile
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from congress.kernel.errors import InputError
from congress.rollcall.photos import MOST_BYTES, Photo, decode, photos_at, picture
from congress.rollcall.quality import Reason
from tests.helpers.faces import picture_of, png


def names(path: Path) -> dict[str, tuple[str, ...]]:
    with photos_at(path) as photos:
        return {photo.name: photo.badges for photo in photos}


def photo(name: str, data: bytes) -> Photo:
    return Photo(name, (name,), lambda: data, len(data))


def jpeg_turned(orientation: int) -> bytes:
    """Return a JPEG, black with a white left half, that EXIF says to turn."""
    image = np.zeros((40, 80, 3), np.uint8)
    image[:, :40] = 255
    data = bytes(cv2.imencode(".jpg", image)[1])
    tiff = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0) + b"\0" * 4
    exif = b"Exif\0\0" + tiff
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:]


def test_files_and_folders_name_the_badge(tmp_path: Path) -> None:
    for name in ("D001/1.jpg", "D002.png", "D003_2.jpg", "D004 (3).jpg", "D-5-12.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for name in (".hidden.jpg", "Thumbs.db"):
        (tmp_path / name).touch()
    found = names(tmp_path)
    assert found["D001/1.jpg"][0] == "D001"
    assert found["D002.png"] == ("D002", "D")
    assert "D003" in found["D003_2.jpg"]
    assert "D004" in found["D004 (3).jpg"]
    assert "D-5" in found["D-5-12.jpg"]
    assert len(found) == 5


def test_a_zip_reads_like_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "faces.zip"
    data = png(picture_of((1, 10, 10, 90)))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("faces/D001/a.png", data)
        archive.writestr("__MACOSX/faces/D001/._a.png", b"x")
        archive.mkdir("faces/empty")
    with photos_at(path) as photos:
        (only,) = photos
        assert only.badges[0] == "D001"
        image = picture(only)
    assert isinstance(image, np.ndarray)
    assert image.shape == (360, 640, 3)


def test_says_what_is_wrong_with_the_place(tmp_path: Path) -> None:
    for make, code in (
        (lambda p: None, "faces.folder_missing"),
        (lambda p: p.write_bytes(b"no zip"), "faces.zip_damaged"),
        (lambda p: (p.unlink(), p.mkdir()), "faces.no_photos"),
    ):
        make(tmp_path / "faces")
        with pytest.raises(InputError) as caught:
            names(tmp_path / "faces")
        assert caught.value.code == code


def test_a_photo_is_turned_as_its_exif_says() -> None:
    upright, turned = decode(jpeg_turned(1)), decode(jpeg_turned(6))
    assert isinstance(upright, np.ndarray)
    assert isinstance(turned, np.ndarray)
    assert upright.shape == (40, 80, 3)
    assert turned.shape == (80, 40, 3)
    assert turned[5:30].mean() > 200
    assert turned[50:].mean() < 50


@pytest.mark.parametrize("flag", [cv2.IMREAD_GRAYSCALE, cv2.IMREAD_UNCHANGED])
def test_grey_and_transparent_pictures_become_colour(flag: int) -> None:
    channels = 1 if flag == cv2.IMREAD_GRAYSCALE else 4
    data = bytes(cv2.imencode(".png", np.full((30, 30, channels), 99, np.uint8))[1])
    image = decode(data)
    assert isinstance(image, np.ndarray)
    assert image.shape == (30, 30, 3)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"hello", Reason.NOT_A_PICTURE),
        ("a.HEIC", b"", Reason.HEIC),
        ("a.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 40, Reason.HEIC),
        ("a.jpg", b"", Reason.UNREADABLE),
        ("a.jpg", b"\xff\xd8\xff\xe0 not a picture", Reason.UNREADABLE),
        ("a.png", png(picture_of())[:60], Reason.UNREADABLE),
    ],
)
def test_says_what_is_wrong_with_a_file(name: str, data: bytes, reason: Reason) -> None:
    assert picture(photo(name, data)) is reason


def test_a_picture_that_unpacks_to_gigabytes_is_refused_unopened() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    bomb = (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )
    assert decode(bomb) is Reason.TOO_LARGE
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 8, 8, 60_000, 60_000, 0)
    assert decode(b"\xff\xd8" + b"\xff\xe0\x00\x04ab" + frame) is Reason.TOO_LARGE
    assert picture(Photo("a.jpg", (), lambda: b"", MOST_BYTES + 1)) is Reason.TOO_LARGE


def test_a_member_that_cannot_be_read_has_its_reason(tmp_path: Path) -> None:
    def locked() -> bytes:
        raise RuntimeError("File is encrypted, password required for extraction")

    def broken() -> bytes:
        raise zipfile.BadZipFile("Bad CRC-32")

    assert picture(Photo("a.jpg", (), locked, 5)) is Reason.ENCRYPTED
    assert picture(Photo("a.jpg", (), broken, 5)) is Reason.UNREADABLE
