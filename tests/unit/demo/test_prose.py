import pytest

from congress.demo.prose import blocks
from congress.kernel.errors import BugError
from congress.secretariat.blocks import (
    Align,
    Bar,
    Bars,
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


def test_paragraphs_headings_and_remarks() -> None:
    text = "# One\n## Two\n\nfirst line\nsecond line \\\nthird\n\n"
    text += "**Article 1. Name.** body\n> a\n> b\n"
    assert blocks(text, {}) == (
        Heading("One", 1),
        Heading("Two", 2),
        Paragraph("first line second line\nthird"),
        Paragraph("body", "Article 1. Name."),
        Note("a b"),
    )


def test_lists_may_run_over_lines_and_begin_anywhere() -> None:
    assert blocks("- a\n  more\n- b\n\n5. x\n6. y\nbody", {}) == (
        Items(("a more", "b")),
        Items(("x", "y"), ordered=True, start=5),
        Paragraph("body"),
    )


def test_a_table_knows_its_numbers_totals_and_widths() -> None:
    text = (
        "Table: Members\n| Section | Number |\n|---|---:|\n| Optics | 1,204 |\n| **All** | 1,204 |"
    )
    assert blocks(text, {}) == (
        Table(
            (TableColumn("Section", Align.START, "7"), TableColumn("Number", Align.NUMBER)),
            (("Optics", "1,204"), ("All", "1,204")),
            "Members",
            (1,),
        ),
    )


def test_the_longest_column_takes_the_room() -> None:
    text = "| A | B | C |\n|---|---|---|\n| short | " + "long " * 20 + "| " + "wide " * 8 + "|"
    (table,) = blocks(text, {})
    assert isinstance(table, Table)
    assert [column.width for column in table.columns] == ["auto", "60", "39"]
    assert table.caption == ""


def test_figures() -> None:
    text = "```columns Growth | first | second\n2025 | 1,000 | 0\n2026 | 500 | 250\n```\n"
    text += "```bars Reasons\nNo answer | 30 | 75%\nFee | 10\n```"
    assert blocks(text, {}) == (
        Columns(
            "Growth",
            ("first", "second"),
            (
                Group("2025", (Height("1,000", "1.0000"), Height("0", "0.0000"))),
                Group("2026", (Height("500", "0.5000"), Height("250", "0.2500"))),
            ),
        ),
        Bars((Bar("No answer", "1.0000", "30", "75%"), Bar("Fee", "0.3333", "10", "")), "Reasons"),
    )


def test_commands() -> None:
    assert blocks("[[contents What is in it]]\n[[newpage]]\n[[sign Chair | Secretary]]", {}) == (
        Contents("What is in it"),
        NewPage(),
        Signatures((Party("Chair", ""), Party("Secretary", ""))),
    )


def test_values_are_put_in() -> None:
    assert blocks("on {day1} in {place}", {"day1": "Monday", "place": "Huế"}) == (
        Paragraph("on Monday in Huế"),
    )


@pytest.mark.parametrize("text", ["on {day9}", "[[dance]]"])
def test_what_the_prose_may_not_say_is_our_bug(text: str) -> None:
    with pytest.raises(BugError, match="a sample paper"):
        blocks(text, {"day1": "Monday"})
