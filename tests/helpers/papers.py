"""Small papers for tests: PDFs, DOCX files and bombs, made on the spot."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from congress.docs.extraction import Extractor
from congress.docs.library import Library
from congress.kernel.clock import Clock
from congress.kernel.events import EventBus
from congress.kernel.roles import CLEARANCES_OF, Actor, Clearance, Role, Shelf
from congress.storage.blobs import BlobStore
from congress.storage.database import Database
from tests.helpers.vaults import actor, manual_clock, memory_database

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxml'
    'formats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/'
    '2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def pdf(
    *pages: str,
    title: str = "",
    trailer: str = "",
    rotate: int = 0,
    outline: Sequence[tuple[str, int]] = (),
) -> bytes:
    """Return a PDF with one Latin text, lines parted by newlines, on each page.

    Args:
        *pages: The texts.
        title: Title in the PDF's own details.
        trailer: More of the trailer.
        rotate: Degrees by which each page is turned.
        outline: Words and page (from 1) of each line of its table of contents.
    """
    return _pdf(
        [[(12, line) for line in page.split("\n")] for page in pages],
        title,
        trailer,
        rotate,
        outline,
    )


def sized_pdf(*lines: tuple[int, str]) -> bytes:
    """Return a PDF of one page with lines of these font sizes."""
    return _pdf([list(lines)], "", "", 0, ())


def _pdf(
    pages: Sequence[Sequence[tuple[int, str]]],
    title: str,
    trailer: str,
    rotate: int,
    outline: Sequence[tuple[str, int]],
) -> bytes:
    count = len(pages)
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for i, lines in enumerate(pages):
        drawn = "".join(f"/F1 {size} Tf ({line}) Tj 0 -{size * 3 // 2} Td " for size, line in lines)
        content = f"BT 72 720 Td {drawn}ET"
        objects += [
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Rotate {rotate} /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    if title:
        objects.append(f"<< /Title ({title}) >>")
        trailer += f" /Info {len(objects)} 0 R"
    if outline:
        root = len(objects) + 1
        objects[0] = f"<< /Type /Catalog /Pages 2 0 R /Outlines {root} 0 R >>"
        objects.append(f"<< /First {root + 1} 0 R /Last {root + len(outline)} 0 R >>")
        for i, (words, page) in enumerate(outline):
            following = f"/Next {root + i + 2} 0 R" if i + 1 < len(outline) else ""
            goal = f"/Dest [{2 + 2 * page} 0 R /Fit]" if page else ""
            objects.append(f"<< /Title ({words}) /Parent {root} 0 R {following} {goal} >>")
    return _file(objects, trailer)


def _file(objects: Sequence[str], trailer: str) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    table = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        out.write(f"{offset:010} 00000 n \n".encode())
    out.write(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{trailer} >>\n"
        f"startxref\n{table}\n%%EOF\n".encode("latin-1")
    )
    return out.getvalue()


def protected_pdf() -> bytes:
    """Return a PDF that asks for a password."""
    secret = "<" + "ab" * 32 + ">"
    return pdf(
        "secret",
        trailer=f" /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        f"/O {secret} /U {secret} >>",
    )


def paragraph(text: str, style: str = "") -> str:
    """Return a paragraph of a Word text."""
    marked = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{marked}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


PAGE_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def docx(*body: str, members: Sequence[tuple[str, bytes]] = (), head: str = "") -> bytes:
    """Return a DOCX with these pieces of WordprocessingML as its body."""
    out = io.BytesIO()
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {_W}>'
        f"<w:body>{''.join(body)}</w:body></w:document>"
    )
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", document)
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def make_library(
    folder: Path,
    role: Role = Role.SECRETARIAT,
    *,
    papers: dict[Clearance, Database] | None = None,
    bus: EventBus | None = None,
    clock: Clock | None = None,
    member: Actor | None = None,
    extractor: Extractor | None = None,
) -> Library:
    """Return a library over fresh files of papers, its blobs in ``folder``."""
    clock = clock or manual_clock()
    papers = papers or paper_files(bus, clock)
    held = {Shelf(key): papers[key] for key in CLEARANCES_OF[role]}
    return Library(
        held,
        BlobStore(folder / "blobs"),
        lambda shelf: f"{shelf.clearance}{shelf.group}".encode().ljust(32, b"-")[:32],
        member or actor(role),
        clock,
        extractor=extractor,
    )


def paper_files(
    bus: EventBus | None = None, clock: Clock | None = None
) -> dict[Clearance, Database]:
    """Return a fresh file of papers for each clearance."""
    return {each: memory_database(each.value, clock=clock, publisher=bus) for each in Clearance}
