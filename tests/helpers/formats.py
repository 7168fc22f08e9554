"""Small files of other formats for tests, made on the spot: ODT, EPUB, pictures, ZIPs."""

import io
import zipfile
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from congress.assets import asset

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:draw="{_ODF}:drawing:1.0" '
    f'xmlns:style="{_ODF}:style:1.0" xmlns:fo="{_ODF}:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)
MANIFEST = (
    f'<m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.2">'
    '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
)


def zipped(*members: tuple[str, bytes | str]) -> bytes:
    """Return a ZIP with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def odt(
    *body: str, styles: str = "", members: Sequence[tuple[str, bytes]] = (), head: str = ""
) -> bytes:
    """Return an OpenDocument text with these pieces of XML as its body."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {_NAMES} '
        f'office:version="1.2"><office:automatic-styles>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{''.join(body)}</office:text></office:body>"
        "</office:document-content>"
    )
    return zipped(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", MANIFEST),
        ("content.xml", content),
        *members,
    )


def epub(
    *chapters: str,
    title: str = "",
    nav: Sequence[tuple[str, int]] = (),
    members: Sequence[tuple[str, bytes]] = (),
    items: str = "",
) -> bytes:
    """Return an EPUB 3 with these pieces of XHTML as its chapters (``c1.xhtml``, ...).

    Args:
        *chapters: The bodies.
        title: Title of the book.
        nav: Words and chapter (from 1) of each line of its contents.
        members: More files.
        items: More of the manifest.
    """
    pages = range(1, len(chapters) + 1)
    manifest = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in pages
    )
    if nav:
        manifest += (
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        )
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>'
        f"<manifest>{manifest}{items}</manifest>"
        f"<spine>{''.join(f'<itemref idref={chr(34)}c{n}{chr(34)}/>' for n in pages)}</spine>"
        "</package>"
    )
    lines = "".join(f'<li><a href="c{n}.xhtml">{words}</a></li>' for words, n in nav)
    contents = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f'<body><nav epub:type="toc"><ol>{lines}</ol></nav></body></html>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OEBPS/book.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    return zipped(
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", container),
        ("OEBPS/book.opf", package),
        *([("OEBPS/nav.xhtml", contents)] if nav else []),
        *(
            (
                f"OEBPS/c{n}.xhtml",
                '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
                f"<head><title>x</title></head><body>{body}</body></html>",
            )
            for n, body in zip(pages, chapters, strict=True)
        ),
        *members,
    )


def picture(
    words: str = "", size: tuple[int, int] = (1240, 600), kind: str = "PNG", **options: object
) -> bytes:
    """Return a picture of black words on white, as a scanner makes it at 150 dots per inch."""
    out = io.BytesIO()
    _drawn(words, size).save(out, kind, **options)
    return out.getvalue()


def tiff(*pages: str, size: tuple[int, int] = (1240, 600)) -> bytes:
    """Return a TIFF with a picture of these words on each page."""
    first, *rest = [_drawn(words, size) for words in pages]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest)
    return out.getvalue()


def _drawn(words: str, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, "white")
    font = ImageFont.truetype(str(asset("fonts") / "BeVietnamPro-Regular.ttf"), 40)
    ImageDraw.Draw(image).multiline_text((60, 60), words, fill="black", font=font, spacing=16)
    return image
