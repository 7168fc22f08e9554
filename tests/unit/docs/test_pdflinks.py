import io

import pytest

from congress.docs.pdfium import Box, Pdf
from congress.docs.pdflinks import PageLink, labels, links
from tests.helpers.linkedpdf import linked_pdf


@pytest.fixture
def pdf() -> Pdf:
    return Pdf(io.BytesIO(linked_pdf()), owned=True)


def test_links_lead_inside_or_name_an_address(pdf: Pdf) -> None:
    found = links(pdf, 0)
    assert found == (
        PageLink(Box(72, 72, 200, 92), 2, 92.0),
        PageLink(Box(72, 112, 200, 132), uri="https://example.org/rules"),
        PageLink(Box(72, 152, 200, 172), 3),
    )
    assert links(pdf, 1) == ()
    pdf.close()


def test_actions_that_start_programs_are_no_links(pdf: Pdf) -> None:
    assert all("calc" not in link.uri for link in links(pdf, 0))
    pdf.close()


def test_labels_of_pages(pdf: Pdf) -> None:
    assert labels(pdf) == ("i", "ii", "1")
    pdf.close()


def test_a_paper_without_labels() -> None:
    from tests.helpers.papers import pdf as plain

    with Pdf(io.BytesIO(plain("one", "two"))) as document:
        assert labels(document) == ()
        assert links(document, 0) == ()


def test_a_band_of_a_turned_page_is_part_of_the_whole(pdf: Pdf) -> None:
    for turns in range(4):
        whole = pdf.render(0, 0.5, turns)
        assert (whole.width > whole.height) is (turns % 2 == 1)
        band = pdf.render(0, 0.5, turns, (100, 150))
        assert (band.width, band.height) == (whole.width, 50)
        assert band.data == whole.data[400 * whole.width : 600 * whole.width]
    pdf.close()
