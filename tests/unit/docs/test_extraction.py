import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from congress.docs.convert import ConverterUnavailable, Office
from congress.docs.extraction import Extraction, InProcess
from congress.docs.model import Extract, PaperKind, TextOrigin
from congress.docs.ocr import Tesseract
from congress.docs.worker import Worker
from congress.kernel.errors import InputError
from congress.kernel.progress import Silent
from tests.helpers import reading
from tests.helpers.formats import odt, picture
from tests.helpers.papers import docx, paragraph, pdf

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is used on Linux")

RTF = rb"{\rtf1 Words of an old text}"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    one.start()
    yield one
    one.close()


@pytest.fixture
def bare(worker: Worker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Extraction:
    """What reads files on a machine without other programs."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return Extraction(worker)


def with_office(bare: Extraction, folder: Path, *pages: str) -> Extraction:
    bare.office = Office(str(reading.office(folder, pdf(*pages))), folder)
    return bare


def read(extraction: Extraction | InProcess, data: bytes, name: str) -> Extract:
    return extraction.extract(io.BytesIO(data), len(data), name, Silent())


def test_a_file_that_needs_libreoffice_names_it(bare: Extraction) -> None:
    with pytest.raises(ConverterUnavailable) as caught:
        read(bare, RTF, "old.rtf")
    assert caught.value.code == "docs.needs_office"
    assert caught.value.params["file"] == "old.rtf"
    assert "libreoffice" in str(caught.value.params["package"])


def test_old_files_are_read_by_their_pages(bare: Extraction, tmp_path: Path) -> None:
    found = read(with_office(bare, tmp_path, "Words of an old text", "More"), RTF, "old.rtf")
    assert (found.kind, found.origin) == (PaperKind.OFFICE, TextOrigin.PDF)
    assert [page.text for page in found.pages] == ["Words of an old text", "More"]
    assert found.rendition.startswith(b"%PDF-")
    assert found.cover


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_a_word_processors_text_gets_pages(bare: Extraction, tmp_path: Path, kind: str) -> None:
    words = ("The committee met in the month of May", "It then adopted the report as a whole")
    data = (
        docx(*map(paragraph, words))
        if kind == "docx"
        else odt(*(f"<text:p>{each}</text:p>" for each in words))
    )
    found = read(with_office(bare, tmp_path, *words), data, f"x.{kind}")
    assert (found.kind, found.origin) == (PaperKind(kind), TextOrigin.SOURCE)
    assert tuple(page.text for page in found.pages) == words
    assert '<p><a name="page-2"></a>It then' in found.reflow
    assert found.rendition.startswith(b"%PDF-")


@pytest.mark.parametrize("body", ["sys.exit(1)", "open(sys.argv[-1], 'w')"])
def test_without_pages_the_text_is_enough(bare: Extraction, tmp_path: Path, body: str) -> None:
    bare.office = Office(str(reading.program(tmp_path, "soffice", body)), tmp_path)
    found = read(bare, docx(paragraph("words")), "x.docx")
    assert ([page.text for page in found.pages], found.rendition) == (["words"], b"")


def test_pages_that_are_no_pdf_are_left_out(bare: Extraction, tmp_path: Path) -> None:
    bare.office = Office(str(reading.office(tmp_path, b"no PDF")), tmp_path)
    found = read(bare, docx(paragraph("words")), "x.docx")
    assert ([page.text for page in found.pages], found.rendition) == (["words"], b"")
    with pytest.raises(InputError, match=r"docs\.pdf_damaged"):
        read(bare, RTF, "x.rtf")


def test_scans_are_recognised(bare: Extraction, tmp_path: Path) -> None:
    bare.tesseract = Tesseract(str(reading.tesseract(tmp_path)), ("eng", "vie"))
    assert read(bare, picture("", (80, 40)), "x.png").origin is TextOrigin.OCR


def test_scans_without_tesseract_are_not_searchable(bare: Extraction) -> None:
    found = read(bare, picture("", (80, 40)), "x.png")
    assert (found.origin, [page.text for page in found.pages]) == (TextOrigin.NONE, [""])


def test_programs_can_be_left_alone(worker: Worker) -> None:
    extraction = Extraction(worker, programs=False)
    assert (extraction.office, extraction.tesseract) == (None, None)


def test_reading_here_needs_nothing() -> None:
    here = InProcess()
    here.start()
    assert read(here, b"words", "x.txt").pages[0].text == "words"
    here.close()


@pytest.mark.parametrize(
    ("name", "words"),
    [("udhr_urdu.docx", "انسانی حقوق"), ("udhr_vietnamese.docx", "nhân quyền")],
)
def test_real_files_get_real_pages(
    worker: Worker, shared_data: Path, name: str, words: str
) -> None:
    extraction = Extraction(worker)
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    data = (shared_data / "papers" / name).read_bytes()
    found = read(extraction, data, name)
    assert found.rendition.startswith(b"%PDF-")
    assert len(found.pages) >= 5
    assert all(len(page.text) > 100 for page in found.pages[:-1])
    assert words in found.pages[0].text
    for number in range(1, len(found.pages) + 1):
        assert found.reflow.count(f'name="page-{number}"') == 1
