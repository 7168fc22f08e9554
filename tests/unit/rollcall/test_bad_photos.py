"""Photographs as they come in the mail: enrolled where they can be, refused with their reason."""

import io
import struct
from functools import cache, partial
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow

from congress.demo import portraits
from congress.kernel.errors import EnvironmentFault
from congress.rollcall.enrolment import Enrolment
from congress.rollcall.enrolment_report import EnrolmentReport
from congress.rollcall.faces import Backend, Image
from congress.rollcall.photos import Photo, decode
from congress.rollcall.quality import ARCHIVE, Reason
from tests.helpers.faces import face_keys, fake_backend, people, picture_of, png
from tests.helpers.vaults import actor, manual_clock, memory_database


@pytest.fixture
def sample() -> portraits.Portraits:
    found = portraits.cached()
    if found is None:
        pytest.skip("`congress setup` was not run")
    return found


@cache
def portrait(path: Path) -> Image:
    return np.asarray(cv2.imread(str(path)), np.uint8)


def jpeg(image: Image, quality: int = 92) -> bytes:
    return bytes(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1])


def saying(data: bytes, orientation: int) -> bytes:
    """Return a JPEG with the EXIF note that it is to be turned."""
    tiff = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHIHH", 0x112, 3, 1, orientation, 0) + b"\0" * 4
    exif = b"Exif\0\0" + tiff
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:]


def stored(image: Image, mode: str) -> bytes:
    """Return a JPEG in the colours ``mode`` of Pillow."""
    file = io.BytesIO()
    Pillow.fromarray(image[:, :, ::-1]).convert(mode).save(file, "JPEG", quality=92)
    return file.getvalue()


def enrol(backend: Backend, **files: bytes) -> EnrolmentReport:
    """Enrol one photograph for each badge."""
    database = memory_database()
    service = Enrolment(
        database, actor(), people(files), lambda: backend, face_keys(database), manual_clock()
    )
    photos = [
        Photo(f"{badge}.jpg", (badge,), partial(bytes, data), len(data))
        for badge, data in files.items()
    ]
    return service.enrol_photos(photos, gate=ARCHIVE)


def test_a_poster_with_twenty_faces_is_refused() -> None:
    places = [(100 + 110 * (n % 5), 100 + 110 * (n // 5)) for n in range(20)]
    squares = [(n + 1, x - 90, y - 90, 80 + n % 3) for n, (x, y) in enumerate(places)]
    poster = picture_of(*squares, size=(640, 480))
    backend = fake_backend()
    assert len(backend.detector.detect(poster)) == 20
    report = enrol(backend, A1=png(poster))
    assert [each.reason for each in report.rejected] == [Reason.SEVERAL_FACES]


def test_the_solvay_conference_is_nobody_s_portrait(
    sample: portraits.Portraits, sface: Backend
) -> None:
    report = enrol(sface, A1=(sample.pictures / "solvay.jpg").read_bytes())
    assert [each.reason for each in report.rejected] == [Reason.SEVERAL_FACES]


@pytest.mark.parametrize("mode", ["L", "CMYK", "RGB"])
def test_grey_and_printers_colours_enrol_like_any_other(
    sample: portraits.Portraits, sface: Backend, mode: str
) -> None:
    report = enrol(sface, A1=stored(portrait(sample.folder / "G01.jpg"), mode))
    assert [each.person.badge for each in report.enrolled] == ["A1"]


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_they_come_out_in_three_channels(mode: str) -> None:
    image = decode(stored(np.full((40, 60, 3), (30, 120, 200), np.uint8), mode))
    assert isinstance(image, np.ndarray)
    assert image.shape == (40, 60, 3)
    if mode == "CMYK":
        assert np.abs(image[20, 30].astype(int) - (30, 120, 200)).max() < 40


@pytest.mark.parametrize(
    ("orientation", "turned"),
    [
        (3, cv2.ROTATE_180),
        (6, cv2.ROTATE_90_COUNTERCLOCKWISE),
        (8, cv2.ROTATE_90_CLOCKWISE),
    ],
)
def test_a_telephone_held_aside_says_so_and_the_face_is_found(
    sample: portraits.Portraits, sface: Backend, orientation: int, turned: int
) -> None:
    lying = jpeg(np.asarray(cv2.rotate(portrait(sample.folder / "G01.jpg"), turned), np.uint8))
    report = enrol(sface, A1=saying(lying, orientation))
    assert [each.person.badge for each in report.enrolled] == ["A1"]


def test_one_photograph_sent_twice_in_other_sizes_is_found(
    sample: portraits.Portraits, sface: Backend
) -> None:
    image = portrait(sample.folder / "G01.jpg")
    smaller = np.asarray(cv2.resize(image, None, fx=0.9, fy=0.9), np.uint8)
    report = enrol(sface, A1=jpeg(image), B2=jpeg(smaller, 80))
    assert [(each.badge, each.reason) for each in report.rejected] == [("B2", Reason.TAKEN)]


def test_two_people_side_by_side_are_refused(sample: portraits.Portraits, sface: Backend) -> None:
    one, other = (
        np.asarray(cv2.resize(portrait(sample.folder / f"{badge}.jpg"), (400, 500)), np.uint8)
        for badge in ("G01", "G02")
    )
    report = enrol(sface, A1=jpeg(np.hstack([one, other])))
    assert [each.reason for each in report.rejected] == [Reason.SEVERAL_FACES]


def test_a_wrong_model_enrols_nobody() -> None:
    def wrong() -> Backend:
        raise EnvironmentFault("faces.model_wrong", file="a.onnx")

    database = memory_database()
    keys = face_keys(database)
    service = Enrolment(database, actor(), people(["A1"]), wrong, keys, manual_clock())
    data = png(picture_of((1, 100, 60, 120)))
    with pytest.raises(EnvironmentFault, match=r"faces\.model_wrong"):
        service.enrol_photos([Photo("A1.png", ("A1",), partial(bytes, data), len(data))])
    good = fake_backend()
    later = Enrolment(database, actor(), people(["A1"]), lambda: good, keys, manual_clock())
    assert not later.status().persons
