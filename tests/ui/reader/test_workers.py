"""What is drawn and placed in threads of their own."""

import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from congress.docs.flow import flow_of
from congress.docs.model import PageText
from congress.docs.pdfium import Pdf
from congress.docs.places import Look
from congress.docs.text.reflow import html_of_pages
from congress.ui.flowrender import FlowForm, FlowWorker
from congress.ui.looks import palette
from congress.ui.pagerender import PageForm, RenderWorker
from congress.ui.sheets import BAND_BYTES, Drawing, SheetText, SheetWorker, Wanted, bands
from congress.ui.theme import fonts
from tests.helpers.linkedpdf import linked_pdf


@pytest.fixture
def end() -> Iterator[list[SheetWorker]]:
    """Workers to close at the end."""
    workers: list[SheetWorker] = []
    yield workers
    for worker in workers:
        worker.close()
        worker.wait()


def drawing(qtbot: QtBot, worker: SheetWorker, wanted: Wanted) -> Drawing:
    with qtbot.waitSignal(worker.drawn) as caught:
        worker.want([wanted])
    assert isinstance(caught.args[0], Drawing)
    return caught.args[0]


def placed(qtbot: QtBot, worker: SheetWorker, sheet: int) -> SheetText:
    with qtbot.waitSignal(worker.placed) as caught:
        worker.place([sheet])
    assert isinstance(caught.args[1], SheetText)
    return caught.args[1]


def flow_worker(texts: list[str], lang: str, end: list[SheetWorker]) -> FlowWorker:
    fonts.load()
    flow = flow_of(html_of_pages([PageText(text) for text in texts]), texts)
    worker = FlowWorker(flow, texts, lang, 1.0)
    end.append(worker)
    return worker


def ink_rows(image: QImage) -> list[int]:
    ground = image.pixelColor(0, 0)
    return [
        y
        for y in range(image.height())
        if any(image.pixelColor(x, y) != ground for x in range(0, image.width(), 3))
    ]


def test_bands_cover_a_drawing_and_stay_small() -> None:
    for columns, rows in ((1000, 1400), (4000, 6000), (1, 1), (60_000, 90), (700, 100_000)):
        cut = bands(columns, rows)
        assert cut[0][0] == 0
        assert cut[-1][1] == rows
        assert all(a[1] == b[0] for a, b in itertools.pairwise(cut))
        assert all((b - a) * columns * 4 <= BAND_BYTES + 4 * columns for a, b in cut)


def test_a_page_is_drawn_in_bands_that_fit_together(qtbot: QtBot, end: list[SheetWorker]) -> None:
    worker = RenderWorker(Pdf(io.BytesIO(linked_pdf()), owned=True))
    end.append(worker)
    whole = drawing(qtbot, worker, Wanted(0, PageForm(1.0)))
    assert (whole.image.width(), whole.image.height()) == (612, 792)
    form = PageForm(4.0)
    parts = [
        drawing(qtbot, worker, Wanted(0, form, band)) for band in range(len(bands(2448, 3168)))
    ]
    assert len(parts) > 1
    assert sum(part.image.height() for part in parts) == 3168
    assert (parts[0].top, parts[-1].bottom) == (0, 1)


def test_a_page_is_turned_and_coloured(qtbot: QtBot, end: list[SheetWorker]) -> None:
    worker = RenderWorker(Pdf(io.BytesIO(linked_pdf()), owned=True))
    end.append(worker)
    turned = drawing(qtbot, worker, Wanted(0, PageForm(1.0, 1, Look.NIGHT))).image
    assert (turned.width(), turned.height()) == (792, 612)
    assert turned.pixelColor(3, 3).lightness() < 50


def test_the_text_of_a_page_is_the_stored_one(qtbot: QtBot, end: list[SheetWorker]) -> None:
    stored = ["To the  second part"]
    worker = RenderWorker(Pdf(io.BytesIO(linked_pdf()), owned=True), stored)
    end.append(worker)
    text = placed(qtbot, worker, 0)
    assert text.pages[1].text == stored[0]
    assert len(text.links) == 3
    assert text.pages[1].boxes[-1] is not None


def test_flowing_text_is_laid_out_to_its_measure(qtbot: QtBot, end: list[SheetWorker]) -> None:
    texts = ["word " * 400, "second page"]
    worker = flow_worker(texts, "en", end)
    wide = placed(qtbot, worker, 0)
    form = FlowForm(300, 1.5, 2.0)
    worker.set_form(form)
    narrow = placed(qtbot, worker, 0)
    assert narrow.height > 2 * wide.height
    image = drawing(qtbot, worker, Wanted(0, form)).image
    assert image.width() == 2 * (300 + 16)
    assert len(bands(image.width(), round(narrow.height * 2))) >= 1
    assert placed(qtbot, worker, 1).pages[2].boxes[0] is not None


def test_letters_stand_where_they_are_drawn(qtbot: QtBot, end: list[SheetWorker]) -> None:
    worker = flow_worker(["first line\nlast line"], "en", end)
    text = placed(qtbot, worker, 0)
    image = drawing(qtbot, worker, Wanted(0, FlowForm(700, 1.0))).image
    rows = ink_rows(image)
    first, last = text.pages[1].boxes[0], text.pages[1].boxes[-1]
    assert first is not None
    assert last is not None
    assert first.top <= rows[0]
    assert rows[-1] <= last.bottom


def test_urdu_runs_from_right_to_left(
    qtbot: QtBot, end: list[SheetWorker], shared_data: Path
) -> None:
    stored = (shared_data / "papers" / "udhr_urd.txt").read_text(encoding="utf-8")[:1500]
    worker = flow_worker([stored], "ur", end)
    boxes = placed(qtbot, worker, 0).pages[1].boxes
    letters = [(at, char) for at, char in enumerate(stored) if char.isalpha()]
    assert sum(boxes[at] is not None for at, _ in letters) > 0.99 * len(letters)
    first, second = boxes[letters[0][0]], boxes[letters[1][0]]
    assert first is not None
    assert second is not None
    assert second.left < first.left


@pytest.mark.parametrize("look", Look)
def test_flowing_text_has_the_colours_of_the_look(
    qtbot: QtBot, end: list[SheetWorker], look: Look
) -> None:
    worker = flow_worker(["text"], "en", end)
    image = drawing(qtbot, worker, Wanted(0, FlowForm(300, 1.0, look=look))).image
    assert image.pixelColor(1, 1) == QColor(palette(look).surface)
    assert len(ink_rows(image)) > 4


def test_a_text_with_a_link_and_an_unknown_picture(qtbot: QtBot, end: list[SheetWorker]) -> None:
    fonts.load()
    html = (
        '<p><a name="page-1"></a>See <a href="#goal">the end</a>'
        '<img src="http://example.org/spy.png"></p><p><a id="goal"></a>The end</p>'
    )
    texts = ["See the end\nThe end"]
    worker = FlowWorker(flow_of(html, texts), texts, "en", 1.0)
    end.append(worker)
    (link,) = placed(qtbot, worker, 0).links
    assert (link.page, texts[0][link.offset :]) == (1, "The end")


def test_the_dot_of_a_number_stands_between_it_and_the_text_in_urdu(
    qtbot: QtBot, end: list[SheetWorker]
) -> None:
    fonts.load()
    texts = ["قرارداد"]
    worker = FlowWorker(flow_of("<ol><li>قرارداد</li></ol>", texts), texts, "ur", 1.0)
    end.append(worker)
    image = drawing(qtbot, worker, Wanted(0, FlowForm(300, 4.0))).image
    ground = image.pixelColor(0, 0)
    ink = [
        {y for y in range(image.height()) if image.pixelColor(x, y) != ground}
        for x in reversed(range(image.width()))
    ]
    number, dot, *_ = [
        set.union(*columns) for some, columns in itertools.groupby(ink, key=bool) if some
    ]
    assert len(number) > 3 * len(dot)
