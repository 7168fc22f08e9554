import io
from datetime import date
from pathlib import Path

import cv2
import pypdfium2 as pdfium
import pytest

from congress.i18n.translator import Translator
from congress.kernel.errors import Cancelled, InputError
from congress.kernel.progress import Progress, Silent
from congress.secretariat.slipscans import files_in, read_scans
from congress.voting.model import Method
from congress.voting.scanning.pile import Pile
from tests.helpers.scans import POLL, Pen, plan_on_paper, printed

PAPER = printed("en", Method.PLURALITY)
FIRST = PAPER.sheet.on_page(0)[0]


def jpeg(seed: int = 1) -> bytes:
    pen = Pen(PAPER, seed)
    pen.cross(FIRST)
    return cv2.imencode(".jpg", pen.scanned())[1].tobytes()


def read(*paths: Path, progress: Progress | None = None) -> Pile:
    plan = plan_on_paper("en", Method.PLURALITY)
    day = date(2026, 1, 1)
    return read_scans(Translator("en"), "Congress", day, POLL, plan, paths, progress)


def pdf_of(pages: list[bytes], path: Path) -> None:
    document = pdfium.PdfDocument.new()
    for page in pages:
        image = pdfium.PdfImage.new(document)
        image.load_jpeg(io.BytesIO(page), autoclose=True)
        image.set_matrix(pdfium.PdfMatrix().scale(595, 842))
        target = document.new_page(595, 842)
        target.insert_obj(image)
        target.gen_content()
    document.save(path)
    document.close()


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("scan 10.jpg", "scan 9.jpg", "notes.txt"):
        (tmp_path / name).write_bytes(jpeg())
    assert [path.name for path in files_in([tmp_path])] == ["scan 9.jpg", "scan 10.jpg"]
    pile = read(tmp_path)
    assert [slip.answer.ballot.marks for slip in pile.slips] == [(frozenset({FIRST.cell}),)] * 2
    assert pile.problems == []


def test_a_pdf_of_scans_is_read_page_by_page(tmp_path: Path) -> None:
    pdf_of([jpeg(1), jpeg(2), jpeg(3)], tmp_path / "pile.pdf")
    pile = read(tmp_path / "pile.pdf")
    assert len(pile.slips) == 3
    assert all(slip.answer.ballot.marks == (frozenset({FIRST.cell}),) for slip in pile.slips)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.jpg", b"nothing", "scan.no_picture"),
        ("a.pdf", b"%PDF-1.7 broken", "docs.pdf_damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_and_the_others_are_read(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.jpg").write_bytes(jpeg())
    pile = read(tmp_path)
    assert [(item.source, item.error.code) for item in pile.problems] == [(name, code)]
    assert len(pile.slips) == 1


def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(jpeg())

    class Gone(Silent):
        def report(self, done: int, total: int, label: str = "") -> None:
            (tmp_path / "b.jpg").unlink(missing_ok=True)

    pile = read(tmp_path, progress=Gone())
    assert [(item.source, item.error.code) for item in pile.problems] == [
        ("b.jpg", "scan.unreadable")
    ]


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"scan\.no_files"):
        read(tmp_path)


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(jpeg())

    class Stopped(Silent):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(tmp_path, progress=Stopped())
