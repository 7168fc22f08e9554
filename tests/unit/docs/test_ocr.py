import io
import unicodedata
from pathlib import Path

import pytest

from congress.docs.ocr import Recogniser, Tesseract, find_tesseract, recognised
from congress.docs.pdfium import Pdf, Pixels
from congress.docs.text.extract import Means, extract
from congress.docs.text.image import pdf_of_image
from congress.kernel.progress import Silent
from tests.helpers import reading
from tests.helpers.formats import picture
from tests.helpers.papers import pdf

PAGE = Pixels(4, 4, bytes(64))


def found(folder: Path, **options: object) -> Tesseract:
    return Tesseract(str(reading.tesseract(folder, **options)), ("eng", "vie", "urd"))  # type: ignore[arg-type]


def test_it_is_found_with_its_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = reading.tesseract(tmp_path, languages="eng osd urd")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_tesseract() == Tesseract(str(program), ("eng", "osd", "urd"))
    reading.tesseract(tmp_path, languages="osd")
    assert find_tesseract() is None
    reading.program(tmp_path, "tesseract", "sys.exit(1)")
    assert find_tesseract() is None
    program.unlink()
    assert find_tesseract() is None


def test_the_language_a_person_said_is_tried_first(tmp_path: Path) -> None:
    tesseract = found(tmp_path)
    for language, expected in (("", "vie"), ("en", "eng"), ("vi", "vie"), ("ur", "vie")):
        page = Recogniser(tesseract, language).read(PAGE)
        assert page is not None
        assert page.text == f"read by {expected}\nat last of all"


def test_what_it_is_unsure_of_is_worth_nothing(tmp_path: Path) -> None:
    assert Recogniser(found(tmp_path, confidence=69.0)).read(PAGE) is None
    assert Recogniser(found(tmp_path, confidence=70.0)).read(PAGE) is not None


def test_words_count_by_their_letters() -> None:
    rows = ["5\t1\t1\t1\t1\t1\t0\t0\t1\t1\t100\tlong", "5\t1\t1\t1\t1\t2\t0\t0\t1\t1\t0\ti"]
    table = "\n".join(
        ["level\tand so on", *rows, "4\t1\t1\t1\t1\t0\t0\t0\t1\t1\t-1\t", "5\t1\tx", "\t" * 11]
    )
    assert recognised(table).confidence == 80
    assert recognised(table).text == "long i"
    assert recognised(table + "\n5\t1\t1\t1\t2\t1\t0\t0\t1\t1\tx\tword").text == "long i"
    assert recognised("").text == ""


def test_a_program_that_breaks_reads_nothing(tmp_path: Path) -> None:
    broken = reading.program(tmp_path, "tesseract", "sys.exit(3)")
    assert Recogniser(Tesseract(str(broken), ("eng",))).read(PAGE) is None


def read(data: bytes, name: str, tesseract: Tesseract) -> str:
    means = Means(Recogniser(tesseract))
    return extract(io.BytesIO(data), len(data), name, Silent(), means).pages[0].text


def test_blank_pages_are_not_looked_at(tmp_path: Path) -> None:
    assert read(pdf(""), "x.pdf", found(tmp_path)) == ""


def test_a_stamp_on_a_scan_is_no_text_of_it(tmp_path: Path) -> None:
    data = pdf_of_image(picture("", (300, 200)))
    with Pdf(io.BytesIO(data)) as opened:
        assert opened.draws_pictures(0)
    assert read(data, "scan.pdf", found(tmp_path)).startswith("read by")


@pytest.fixture(scope="module")
def real() -> Tesseract:
    one = find_tesseract()
    if one is None or {"vie", "eng", "urd"} - set(one.languages):
        pytest.skip("Tesseract is not installed with Vietnamese, English and Urdu")
    return one


@pytest.mark.parametrize("name", ["udhr_vietnamese.pdf", "udhr_urdu_naskh.pdf"])
def test_real_pages_can_be_read(real: Tesseract, shared_data: Path, name: str) -> None:
    words = scanned(real, shared_data / "papers" / name)
    assert words is not None
    text = (shared_data / "papers" / _TEXTS[name]).read_text(encoding="utf-8")
    known = unicodedata.normalize("NFC", text).split()[:60]
    assert sum(word in words.split() for word in known) >= 0.8 * len(known)


def test_nastaliq_is_told_to_be_unreadable(real: Tesseract, shared_data: Path) -> None:
    assert scanned(real, shared_data / "papers" / "udhr_urdu_nastaliq.pdf") is None


_TEXTS = {
    "udhr_vietnamese.pdf": "udhr_vie.txt",
    "udhr_urdu_naskh.pdf": "udhr_urd.txt",
}


def scanned(tesseract: Tesseract, path: Path) -> str | None:
    with path.open("rb") as file, Pdf(file) as opened:
        page = Recogniser(tesseract).read(opened.render(0, 300 / 72))
    return page.text if page else None
