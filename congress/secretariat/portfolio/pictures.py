"""Pictures of pages: of PDFs whose text cannot be relied on, and of papers that are pictures."""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from congress.docs.pdfium import Pdf
from congress.kernel.progress import Progress
from congress.secretariat.portfolio.xhtml import Picture, picture

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTH = 1_100
"""Pixels across a page: sharp on a tablet, and about 150 kB."""
_QUALITY = 80
_DPI = 150.0


def pages_of_pdf(content: bytes, progress: Progress) -> Iterator[Picture]:
    """Give each page of a PDF as a JPEG.

    Raises:
        InputError: ``docs.pdf_damaged`` or ``docs.page_damaged``.
        Cancelled: The person cancelled.
    """
    from PIL import Image

    with Pdf(io.BytesIO(content)) as pdf:
        for index in range(pdf.page_count):
            progress.check()
            width, _ = pdf.size(index)
            drawn = pdf.render(index, WIDTH / width)
            size = (drawn.width, drawn.height)
            yield _jpeg(Image.frombuffer("RGB", size, drawn.data, "raw", "BGRX", 0, 1))


def pages_of_picture(content: bytes) -> Iterator[Picture]:
    """Give each picture of a picture file as a JPEG."""
    for frame in _frames(content):
        frame.thumbnail((WIDTH, 20 * WIDTH))
        yield _jpeg(frame)


def pdf_of_picture(content: bytes) -> bytes:
    """Return a picture file as a PDF, a page for each picture."""
    first, *rest = _frames(content)
    stream = io.BytesIO()
    first.save(stream, "PDF", save_all=True, append_images=rest, resolution=_DPI)
    return stream.getvalue()


def _frames(content: bytes) -> Iterator["Image"]:
    from PIL import Image, ImageSequence

    with Image.open(io.BytesIO(content)) as file:
        for frame in ImageSequence.Iterator(file):
            yield frame.convert("RGB")


def _jpeg(image: "Image") -> Picture:
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return picture(stream.getvalue(), "image/jpeg")
