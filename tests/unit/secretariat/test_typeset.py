from datetime import date

import pypdfium2
import pytest

from congress.i18n.translator import Translator
from congress.kernel.errors import BugError
from congress.secretariat import typeset as module
from congress.secretariat.blocks import (
    Bar,
    Bars,
    Block,
    Columns,
    Contents,
    Facts,
    Group,
    Heading,
    Height,
    Items,
    NewPage,
    Note,
    Paragraph,
    Party,
    Seals,
    Signatures,
    Table,
    TableColumn,
    Tone,
    Verdict,
)
from congress.secretariat.typeset import Letterhead, Paper, typeset
from tests.unit.secretariat.pdftext import recall, text_of

MARKUP = '#strong[x] *bold* _it_ $a^2$ @ref <label> \\ // = title "quoted" #import "/etc/passwd"'
EVERY: tuple[Block, ...] = (
    Contents("Contents"),
    Heading("First chapter"),
    Heading("Second level", 2),
    Heading("Third level", 3),
    Paragraph("Body of an article.", "Article 1."),
    Note("A remark\nover two lines"),
    Facts((("Place", "Brussels"),)),
    Items(("one item", "another"), ordered=True, start=4),
    Items(("unordered",)),
    Table((TableColumn("Name"), TableColumn("Votes")), (("Curie", "12"),), "Caption", (0,)),
    Bars((Bar("Yes", "0.7", "7", "70%", Tone.GOOD, "carried"), Bar("No", "1.2", "3", "30%"))),
    Columns("Figure", ("First", "Second"), (Group("2026", (Height("5", "1"), Height("0", "0"))),)),
    Verdict("Carried by 7 votes", Tone.DANGER),
    Seals((("Ledger", "ab12 cd34"),)),
    NewPage(),
    Signatures((Party("Chair", "(sign)", "H. A. Lorentz"), Party("Secretary", ""))),
)


def paper(*blocks: Block, title: str = "Minutes", motto: tuple[str, ...] = ()) -> Paper:
    return Paper(
        title=title,
        subtitle="Third session",
        letterhead=Letterhead("Congress of the boats", "Brussels, 24 October 2026", motto),
        issued=date(2026, 10, 24),
        blocks=blocks,
        footer="Issued today",
        keywords=("minutes",),
    )


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_every_block_is_set_and_its_words_can_be_found(lang: str) -> None:
    words = (
        "Contents First chapter Second level Third Body article Article remark over two lines"
        " Place Brussels one item another unordered Name Votes Curie Caption Yes carried No"
        " Figure Carried by votes Ledger ab12 cd34 Chair Lorentz Secretary"
    )
    text = text_of(typeset(Translator(lang), paper(*EVERY)))
    assert recall(words, text) == 1.0


def test_what_looks_like_markup_is_printed_as_it_is() -> None:
    blocks = (Heading(MARKUP), Paragraph(MARKUP, MARKUP), Items((MARKUP,)), Verdict(MARKUP))
    data = typeset(Translator("en"), paper(*blocks, title=MARKUP))
    printed = "".join(text_of(data).split())
    assert printed.count("".join(MARKUP.split())) >= 6


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert typeset(Translator("ur"), paper(*EVERY)) == typeset(Translator("ur"), paper(*EVERY))


def test_the_properties_say_what_it_is() -> None:
    data = typeset(Translator("vi"), paper(Paragraph("Nội dung"), title="Biên bản"))
    found = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert (found["Title"], found["Author"], found["Keywords"]) == (
        "Biên bản",
        "Congress of the boats",
        "minutes",
    )
    assert found["CreationDate"].startswith("D:20261024")
    assert b"/Lang(vi)" in data
    assert b"/StructTreeRoot" in data


def test_pages_are_counted_in_the_language() -> None:
    pages = pypdfium2.PdfDocument(
        typeset(Translator("vi"), paper(Paragraph("a"), NewPage(), Paragraph("b")))
    )
    found = [
        next(
            line.strip()
            for line in page.get_textpage().get_text_range().splitlines()
            if "Trang" in line
        ).split("Issued today ")[-1]
        for page in pages
    ]
    assert found == ["Trang 1 / 2", "Trang 2 / 2"]


def test_the_motto_stands_opposite_the_name() -> None:
    motto = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    text = text_of(typeset(Translator("vi"), paper(Paragraph("a"), title="Biên bản", motto=motto)))
    assert motto[0] in text
    assert motto[1] in text
    assert "BIÊN BẢN" in text


def test_a_block_that_the_style_does_not_know_is_our_bug() -> None:
    with pytest.raises(BugError, match="refuses"):
        typeset(Translator("en"), paper(Heading("a"), Heading("too deep", 3)))


def test_a_missing_font_is_our_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    style = b'#set document(title: "x")\n#set text(font: "No Such Font")\nx'
    monkeypatch.setattr(module, "_style", lambda: style)
    with pytest.raises(BugError, match="unknown font family"):
        typeset(Translator("en"), Paper("a", Letterhead("b", "c"), date(2026, 1, 1), ()))


def test_only_a_very_large_table_goes_without_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("Curie", "1"), ("Bohr", "2"))
    table = Table((TableColumn("Name"), TableColumn("Votes")), rows)
    monkeypatch.setattr(module, "TAGGED_CELLS", 4)
    assert b"/StructTreeRoot" in typeset(Translator("en"), paper(table))
    monkeypatch.setattr(module, "TAGGED_CELLS", 3)
    large = typeset(Translator("en"), paper(table))
    assert b"/StructTreeRoot" not in large
    assert "Bohr" in text_of(large)
