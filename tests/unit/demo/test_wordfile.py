import io
import zipfile
from datetime import date

import pytest
from lxml import etree

from congress.demo.wordfile import docx_bytes
from congress.docs.text.docx import read_docx
from congress.secretariat.blocks import (
    Align,
    Bar,
    Bars,
    Block,
    Columns,
    Contents,
    Group,
    Heading,
    Height,
    Items,
    NewPage,
    Note,
    Paragraph,
    Party,
    Signatures,
    Table,
    TableColumn,
)
from congress.secretariat.typeset import Letterhead, Paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BLOCKS: tuple[Block, ...] = (
    Contents("left out"),
    Heading("Part <one>", 2),
    Paragraph("body & soul\nsecond line", "Article 1."),
    Note("a remark"),
    Items(("first", "second"), ordered=True, start=3),
    Items(("loose",)),
    Table((TableColumn("Name"), TableColumn("Votes", Align.NUMBER)), (("Curie", "12"),), "Votes"),
    Bars((Bar("Fee", "1", "91", "15%"),), "Reasons"),
    Columns("Growth", ("one",), (Group("2026", (Height("7", "1"),)),)),
    NewPage(),
    Signatures((Party("Chair", ""),)),
)


def docx(lang: str = "en") -> bytes:
    letterhead = Letterhead("Congress of the boats", "Huế")
    return docx_bytes(lang, Paper("Draft resolution", letterhead, date(2026, 10, 24), BLOCKS))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def test_every_part_is_well_formed_and_named() -> None:
    with zipfile.ZipFile(io.BytesIO(docx())) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
        types = archive.read("[Content_Types].xml").decode()
        assert all(
            f"/{name}" in types
            for name in archive.namelist()
            if not name.endswith((".rels", "[Content_Types].xml"))
        )


def test_our_reader_finds_headings_lists_and_tables() -> None:
    text = "\n".join(page.text for page in read_docx(docx()).pages)
    for words in (
        "Draft resolution",
        "Part <one>",
        "Article 1. body & soul",
        "a remark",
        "first",
        "loose",
        "Curie",
        "91",
        "2026",
        "Chair",
    ):
        assert words in text
    assert "left out" not in text


def test_a_list_starts_where_it_should() -> None:
    starts = part(docx(), "word/numbering.xml").iter(f"{W}startOverride")
    assert [start.get(f"{W}val") for start in starts] == ["3"]


@pytest.mark.parametrize(("lang", "mirrored"), [("en", False), ("vi", False), ("ur", True)])
def test_urdu_runs_from_right_to_left(lang: str, mirrored: bool) -> None:
    body = part(docx(lang), "word/document.xml")
    paragraphs = list(body.iter(f"{W}p"))
    assert [p.find(f".//{W}bidi") is not None for p in paragraphs].count(not mirrored) == 0
    assert (body.find(f".//{W}bidiVisual") is not None) is mirrored


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert docx() == docx()
