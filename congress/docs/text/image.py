"""Makes pages of a picture, so that a scan or photograph of a paper is read like any paper.

The picture itself is kept as it came; its pages are drawn from a PDF made of it, with each frame
of a TIFF as a page, upright as the camera meant it.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageOps

from congress.kernel.errors import InputError

MAX_FRAMES = 500
MAX_PIXELS = 120_000_000
"""Most pixels of one frame: A3 at 600 dots per inch has 70 million."""

MAX_DRAWN = 4_000
"""Longest side, in pixels, of a page that is drawn from: A4 at 340 dots per inch."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_QUALITY = 85
_A4 = 842.0
"""Longest side of A4 in points, for pictures that do not say how large they are."""
_POINTS, _LEAST_DPI, _MOST_DPI = 72.0, 100.0, 1_200.0


@dataclass(frozen=True, slots=True)
class _Drawn:
    jpeg: bytes
    pixels: tuple[int, int]
    points: tuple[float, float]
    colours: str


def pdf_of_image(data: bytes) -> bytes:
    """Return a PDF with the frames of a picture as its pages.

    Args:
        data: A PNG, JPEG, TIFF or WebP file.

    Raises:
        InputError: ``docs.image_damaged``, or ``docs.image_bomb`` for one with more frames
            or pixels than a paper has.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _pdf(_frames(data))
    except (InputError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise InputError("docs.image_bomb") from error
    except Exception as error:  # a damaged picture leads its reader to raise anything
        raise InputError("docs.image_damaged") from error


def _frames(data: bytes) -> Iterator[_Drawn]:
    with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        several = image.format == "TIFF"
        count = getattr(image, "n_frames", 1) if several else 1
        if count > MAX_FRAMES:
            raise InputError("docs.image_bomb")
        for index in range(count):
            if several:
                image.seek(index)
            yield _drawn(image)


def _drawn(image: Image.Image) -> _Drawn:
    longest = max(image.size)
    if image.width * image.height > MAX_PIXELS:
        raise InputError("docs.image_bomb")
    said = float(image.info.get("dpi", (0, 0))[0])
    if image.format == "JPEG":
        image.draft("RGB", (MAX_DRAWN, MAX_DRAWN))
    page = _plain(ImageOps.exif_transpose(image))
    page.thumbnail((MAX_DRAWN, MAX_DRAWN))
    dots = said if _LEAST_DPI <= said <= _MOST_DPI else longest * _POINTS / _A4
    scale = longest / max(page.size) * _POINTS / dots
    out = io.BytesIO()
    page.save(out, "JPEG", quality=_QUALITY)
    points = (page.width * scale, page.height * scale)
    colours = "/DeviceGray" if page.mode == "L" else "/DeviceRGB"
    return _Drawn(out.getvalue(), page.size, points, colours)


def _plain(page: Image.Image) -> Image.Image:
    """Return a frame without transparency, in colours or greys."""
    if page.mode in ("1", "L"):
        return page.convert("L")
    if page.mode.startswith("I;16"):
        return page.convert("I").point(lambda value: value / 256).convert("L")
    if page.has_transparency_data:
        seen = page.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    return page.convert("RGB")


def _pdf(pages: Iterator[_Drawn]) -> bytes:
    """Write a PDF of pictures: the catalogue, the tree of pages, and three objects a page."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places: dict[int, int] = {}

    def write(number: int, body: str, stream: bytes | None = None) -> None:
        places[number] = out.tell()
        out.write(f"{number} 0 obj\n{body}\n".encode())
        if stream is not None:
            out.write(b"stream\n" + stream + b"\nendstream\n")
        out.write(b"endobj\n")

    count = 0
    for count, page in enumerate(pages, start=1):
        first = 3 * count
        width, height = page.points
        content = b"q %.2f 0 0 %.2f 0 0 cm /P Do Q" % (width, height)
        write(
            first,
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Resources "
            f"<< /XObject << /P {first + 2} 0 R >> >> /Contents {first + 1} 0 R >>",
        )
        write(first + 1, f"<< /Length {len(content)} >>", content)
        write(
            first + 2,
            f"<< /Type /XObject /Subtype /Image /Width {page.pixels[0]} /Height {page.pixels[1]} "
            f"/ColorSpace {page.colours} /BitsPerComponent 8 /Filter /DCTDecode "
            f"/Length {len(page.jpeg)} >>",
            page.jpeg,
        )
    kids = " ".join(f"{3 * each} 0 R" for each in range(1, count + 1))
    write(1, "<< /Type /Catalog /Pages 2 0 R >>")
    write(2, f"<< /Type /Pages /Kids [{kids}] /Count {count} >>")
    table = out.tell()
    out.write(f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode())
    for number in sorted(places):
        out.write(b"%010d 00000 n \n" % places[number])
    out.write(f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\n".encode())
    out.write(f"startxref\n{table}\n%%EOF\n".encode())
    return out.getvalue()
