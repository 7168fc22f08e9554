"""Papers that are no PDF and have fixed pages all the same: pictures, office files."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from congress.app import create_congress
from congress.docs.extraction import Extraction, InProcess
from congress.docs.library import Library
from congress.docs.model import Extract, PaperKind
from congress.docs.pdfium import Pdf
from congress.docs.text.extract import Means, extract
from congress.kernel.errors import InputError
from congress.kernel.progress import Progress
from congress.kernel.roles import Clearance
from congress.kernel.settings import Settings
from tests.helpers.formats import picture, tiff
from tests.helpers.papers import docx, make_library, paragraph, pdf
from tests.helpers.vaults import CHEAP, PASSPHRASE

Write = Callable[[str, bytes], Path]
SCAN = tiff("one", "two", size=(300, 200))
WORDS = ("The first page of the report", "The second page of the report")


class _WithPages(InProcess):
    """Draws the pages of office files."""

    def extract(
        self, file: BinaryIO, size: int, name: str, progress: Progress, language: str = ""
    ) -> Extract:
        return extract(file, size, name, progress, Means(fixed=pdf(*WORDS)))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return make_library(tmp_path, extractor=_WithPages())


def shown(library: Library, paper_id: object, version: object = None) -> int:
    reader = library.open_pages(paper_id, version)  # type: ignore[arg-type]
    assert reader is not None
    with reader, Pdf(reader) as opened:
        return opened.page_count


def test_the_file_is_kept_byte_for_byte_beside_its_pages(library: Library, file: Write) -> None:
    paper = library.import_file(file("scan.tif", SCAN))
    assert (paper.kind, paper.pages, paper.size) == (PaperKind.IMAGE, 2, len(SCAN))
    with library.open(paper.id) as reader:
        assert reader.length == len(SCAN)
        assert reader.read() == SCAN
        assert reader.seek(-4, io.SEEK_END) == len(SCAN) - 4
        assert reader.read() == SCAN[-4:]
    assert shown(library, paper.id) == 2
    assert library.cover(paper.id).startswith(b"\x89PNG")


def test_both_move_to_another_clearance(library: Library, file: Write) -> None:
    paper = library.import_file(file("scan.tif", SCAN), clearance=Clearance.PUBLIC)
    library.change_clearance(paper.id, Clearance.SECRET)
    with library.open(paper.id) as reader:
        assert reader.read() == SCAN
    assert shown(library, paper.id) == 2


def test_each_version_has_the_pages_of_its_own_kind(library: Library, file: Write) -> None:
    paper = library.import_file(file("a.png", picture("", (300, 200))))
    library.import_version(paper.id, file("b.txt", b"only words"))
    library.import_version(paper.id, file("c.pdf", pdf("a", "b", "c")))
    newest, words, first = library.versions(paper.id)
    assert shown(library, paper.id, first.id) == 1
    assert library.open_pages(paper.id, words.id) is None
    assert shown(library, paper.id, newest.id) == shown(library, paper.id) == 3


def test_a_text_has_the_pages_that_were_drawn_of_it(library: Library, file: Write) -> None:
    data = docx(*map(paragraph, WORDS))
    paper = library.import_file(file("report.docx", data))
    assert (paper.kind, paper.pages) == (PaperKind.DOCX, 2)
    assert tuple(page.text for page in library.pages(paper.id)) == WORDS
    assert 'name="page-2"' in library.reading_html(paper.id)
    assert [hit.page for hit in library.search("second page")] == [2]
    assert shown(library, paper.id) == 2
    with library.open(paper.id) as reader:
        assert reader.read() == data


def test_a_part_of_a_blob_that_is_not_there_is_damage(library: Library, file: Write) -> None:
    paper = library.import_file(file("scan.tif", SCAN))
    for start, length in ((-1, 5), (0, 2**40), (5, -1)):
        with library.open(paper.id) as reader, pytest.raises(InputError, match="blob_damaged"):
            reader.within(start, length)


def test_a_congress_reads_files_in_a_process_of_its_own(tmp_path: Path, file: Write) -> None:
    settings = Settings(name="Test")
    with create_congress(tmp_path / "c", settings, PASSPHRASE, kdf=CHEAP) as congress:
        assert isinstance(congress.library._extractor, Extraction)
        paper = congress.library.import_file(file("a.pdf", pdf("Some words")))
        assert congress.library.pages(paper.id)[0].text == "Some words"
        with pytest.raises(InputError) as caught:
            congress.library.import_file(file("b.pdf", b"%PDF-1.4 rubbish"))
        assert (caught.value.code, caught.value.params["file"]) == ("docs.pdf_damaged", "b.pdf")
        assert len(congress.library.papers()) == 1
