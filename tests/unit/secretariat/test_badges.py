from dataclasses import replace
from datetime import UTC, date, datetime

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
import zxingcpp

from congress.i18n.translator import Translator
from congress.kernel.people import Standing
from congress.kernel.settings import LANGUAGES
from congress.secretariat.badges import badges_pdf
from congress.secretariat.model import Cover
from tests.helpers.faces import person
from tests.unit.secretariat.pdftext import text_of

COVER = Cover(
    "Fifth Congress", "Huế", date(2026, 3, 14), date(2026, 3, 16), datetime(2026, 3, 1, tzinfo=UTC)
)
PEOPLE = [
    replace(person(f"A{n}"), name=name, seat=f"{n}", standing=standing)
    for n, (name, standing) in enumerate(
        [
            ("Nguyễn Thị Minh Châu", Standing.OFFICIAL),
            ("فاطمہ زہرا نقوی", Standing.ALTERNATE),
            ("Marie Skłodowska Curie", Standing.GUEST),
        ]
        * 3
    )
]
CODES = {each.id: f"PCB1:{each.badge:A<20}" for each in PEOPLE}


def portrait() -> bytes:
    picture = np.full((320, 240, 3), (200, 120, 40), np.uint8)
    return bytes(cv2.imencode(".jpg", picture)[1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_badge_names_its_bearer_and_can_be_read(lang: str) -> None:
    pdf = badges_pdf(Translator(lang), COVER, PEOPLE, CODES)
    text = " ".join(text_of(pdf).split())
    for each in PEOPLE:
        assert each.badge in text
        assert each.name in text
    document = pdfium.PdfDocument(pdf)
    read = set()
    for page in document:
        image = page.render(scale=2).to_numpy()
        read |= {code.text for code in zxingcpp.read_barcodes(np.ascontiguousarray(image))}
        page.close()
    assert len(document) == 2
    document.close()
    assert read == set(CODES.values())


def test_a_portrait_is_printed_where_there_is_one() -> None:
    first = PEOPLE[0]
    with_photo = badges_pdf(Translator("en"), COVER, [first], CODES, {first.id: portrait()})
    document = pdfium.PdfDocument(with_photo)
    pixels = document[0].render(scale=1).to_numpy().reshape(-1, 3)
    document.close()
    assert (np.abs(pixels.astype(int) - (200, 120, 40)).max(axis=1) < 12).sum() > 2000


def test_a_long_name_stays_on_its_badge() -> None:
    long = replace(PEOPLE[0], name="Công Tằng Tôn Nữ Hoàng Thị Phương Thảo Nguyên Anh Minh Châu")
    assert long.name in " ".join(
        text_of(badges_pdf(Translator("vi"), COVER, [long], CODES)).split()
    )
