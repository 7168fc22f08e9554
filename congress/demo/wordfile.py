"""Writes a paper as a small DOCX: WordprocessingML (ECMA-376) packed by hand.

Real paragraph styles and numbering, so that Word, LibreOffice and our own reader see
headings and lists; right-to-left paragraphs for Urdu. The same paper gives the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from congress.secretariat.blocks import (
    Align,
    Bars,
    Block,
    Columns,
    Heading,
    Items,
    NewPage,
    Note,
    Paragraph,
    Signatures,
    Table,
)
from congress.secretariat.typeset import Paper

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MOMENT = (2020, 1, 1, 0, 0, 0)
_LANGUAGES = {"en": "en-GB", "vi": "vi-VN", "ur": "ur-PK"}
_PARTS = (
    ("word/document.xml", f"{_WORD}.document.main+xml"),
    ("word/styles.xml", f"{_WORD}.styles+xml"),
    ("word/numbering.xml", f"{_WORD}.numbering+xml"),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
)


class _Writer:
    def __init__(self, lang: str) -> None:
        self._rtl = lang == "ur"
        self._numbered = 0
        self.starts: list[int] = []

    def _run(self, text: str, *, bold: bool = False) -> str:
        marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:rtl/>" if self._rtl else "")
        pieces = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in text.split("\n")
        )
        return f"<w:r>{f'<w:rPr>{marks}</w:rPr>' if marks else ''}{pieces}</w:r>"

    def paragraph(self, runs: str, style: str = "", extra: str = "") -> str:
        marks = f'<w:pStyle w:val="{style}"/>' if style else ""
        marks += extra + ("<w:bidi/>" if self._rtl else "")
        return f"<w:p>{f'<w:pPr>{marks}</w:pPr>' if marks else ''}{runs}</w:p>"

    def text(self, text: str, style: str = "", *, bold: bool = False) -> str:
        return self.paragraph(self._run(text, bold=bold), style)

    def _items(self, items: Items) -> Iterator[str]:
        number = 1
        if items.ordered:
            self.starts.append(items.start)
            number = 1 + len(self.starts)
        marks = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        for entry in items.entries:
            yield self.paragraph(self._run(entry), "ListParagraph", marks)

    def _table(self, rows: Iterable[Iterable[str]], numbers: tuple[bool, ...]) -> str:
        lines = []
        for y, row in enumerate(rows):
            cells = []
            for value, number in zip(row, numbers, strict=True):
                extra = '<w:jc w:val="right"/>' if number and not self._rtl else ""
                inner = self.paragraph(self._run(value, bold=y == 0), "", extra)
                cells.append(f'<w:tc><w:tcPr><w:tcW w:w="0" w:type="auto"/></w:tcPr>{inner}</w:tc>')
            lines.append(f"<w:tr>{''.join(cells)}</w:tr>")
        grid = "<w:gridCol/>" * len(numbers)
        direction = "<w:bidiVisual/>" if self._rtl else ""
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>{direction}'
            f'<w:tblW w:w="5000" w:type="pct"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(lines)}</w:tbl>{self.text('')}"
        )

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self.text(block.text, f"Heading{block.level}")
            case Paragraph():
                lead = self._run(f"{block.lead} ", bold=True) if block.lead else ""
                yield self.paragraph(lead + self._run(block.text))
            case Note():
                yield self.text(block.text, "Quote")
            case Items():
                yield from self._items(block)
            case Table():
                if block.caption:
                    yield self.text(block.caption, "Caption")
                head = tuple(column.title for column in block.columns)
                numbers = tuple(column.align is Align.NUMBER for column in block.columns)
                yield self._table((head, *block.rows), numbers)
            case Bars():
                yield self.text(block.caption, "Caption")
                bars = [(bar.label, bar.value, bar.percent) for bar in block.rows]
                yield self._table(bars, (False, True, True))
            case Columns():
                yield self.text(block.caption, "Caption")
                groups = [(row.label, *(v.text for v in row.values)) for row in block.rows]
                yield self._table(groups, (False, *(True for _ in groups[0][1:])))
            case Signatures():
                for party in block.parties:
                    yield self.text(f"{party.capacity}: " + "." * 40)
            case NewPage():
                yield self.paragraph('<w:r><w:br w:type="page"/></w:r>')
            case _:
                return


def _styles(lang: str) -> str:
    def style(name: str, label: str, paragraph: str, run: str) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{label}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
        )

    def heading(level: int, half_points: int) -> str:
        return style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:keepNext/><w:spacing w:before="320" w:after="120"/>'
            f'<w:outlineLvl w:val="{level - 1}"/>',
            f'<w:b/><w:bCs/><w:color w:val="0F5C5C"/>'
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>',
        )

    size = "21" if lang != "ur" else "26"
    fonts = 'w:ascii="Be Vietnam Pro" w:hAnsi="Be Vietnam Pro" w:cs="Amiri"'
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'<w:rFonts {fonts}/><w:sz w:val="21"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{_LANGUAGES[lang]}" w:bidi="{_LANGUAGES[lang]}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="288" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>"
        + style(
            "Title",
            "Title",
            '<w:spacing w:after="240"/>',
            '<w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="44"/>',
        )
        + heading(1, 28)
        + heading(2, 24)
        + heading(3, 22)
        + style("ListParagraph", "List Paragraph", '<w:ind w:left="567" w:hanging="397"/>', "")
        + style("Quote", "Quote", "", '<w:color w:val="625E57"/><w:sz w:val="18"/>')
        + style("Caption", "caption", "<w:keepNext/>", "<w:b/><w:bCs/>")
        + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr>'
        '<w:tblBorders><w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/>'
        '<w:insideH w:val="single" w:sz="2"/></w:tblBorders></w:tblPr></w:style></w:styles>'
    )


def _numbering(starts: list[int]) -> str:
    def level(form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        )

    numbers = "".join(
        f'<w:num w:numId="{i}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for i, start in enumerate(starts, start=2)
    )
    return (
        f'{_HEAD}<w:numbering xmlns:w="{_W}">'
        f'<w:abstractNum w:abstractNumId="0">{level("bullet", "–")}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1">{level("decimal", "%1.")}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{numbers}</w:numbering>'
    )


def _relations(entries: Iterable[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="r{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(entries, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def docx_bytes(lang: str, paper: Paper) -> bytes:
    """Return ``paper`` in the language ``lang`` as a DOCX file."""
    writer = _Writer(lang)
    body = [writer.text(paper.letterhead.name, "Caption"), writer.text(paper.title, "Title")]
    for block in paper.blocks:
        body.extend(writer.block(block))
    section = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1361"'
    section += ' w:bottom="1418" w:left="1361" w:header="709" w:footer="709" w:gutter="0"/>'
    if lang == "ur":
        section += "<w:bidi/>"
    core = (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(paper.title)}</dc:title>"
        f"<dc:creator>{escape(paper.letterhead.name)}</dc:creator>"
        f"<dc:language>{_LANGUAGES[lang]}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{paper.issued.isoformat()}T00:00:00Z'
        "</dcterms:created></cp:coreProperties>"
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in _PARTS
    )
    files = {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        ),
        "_rels/.rels": _relations(
            (
                (f"{_OFFICE}/officeDocument", "word/document.xml"),
                (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            )
        ),
        "word/_rels/document.xml.rels": _relations(
            ((f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/numbering", "numbering.xml"))
        ),
        "word/document.xml": (
            f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}'
            f"<w:sectPr>{section}</w:sectPr></w:body></w:document>"
        ),
        "word/styles.xml": _styles(lang),
        "word/numbering.xml": _numbering(writer.starts),
        "docProps/core.xml": core,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), text.encode("utf-8"))
    return stream.getvalue()
