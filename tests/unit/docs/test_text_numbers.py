"""Numbers of paragraphs, as Word and LibreOffice show them, in what is read of their files."""

from congress.docs.flow import flow_of
from congress.docs.text.docx import read_docx
from congress.docs.text.numerals import GAP
from congress.docs.text.odt import read_odt
from tests.helpers.formats import odt
from tests.helpers.papers import docx, paragraph

_NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def level(
    at: int, form: str = "decimal", text: str = "", *, start: int = 1, extra: str = ""
) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text or f"%{at + 1}."}"/></w:lvl>'
    )


def abstract(name: int, *levels: str, extra: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{name}">{extra}{"".join(levels)}</w:abstractNum>'


def num(name: int, of: int, override: str = "") -> str:
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def starts(at: int, number: int) -> str:
    override = f'<w:startOverride w:val="{number}"/>'
    return f'<w:lvlOverride w:ilvl="{at}">{override}</w:lvlOverride>'


def item(text: str, number: int | None = 1, at: int | None = 0, style: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    deep = "" if at is None else f'<w:ilvl w:val="{at}"/>'
    numbered = "" if number is None else f'<w:numPr>{deep}<w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{named}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(*body: str, numbering: str, styles: str = "", notes: str = "") -> bytes:
    relations = "".join(
        f'<Relationship Id="{part}" Type="{_REL}/{part}" Target="{part}.xml"/>'
        for part in ("numbering", "styles", "footnotes")
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = [
        ("word/numbering.xml", f"<w:numbering {_NS}>{numbering}</w:numbering>".encode()),
        ("word/styles.xml", f"<w:styles {_NS}>{styles}</w:styles>".encode()),
        ("word/footnotes.xml", f"<w:footnotes {_NS}>{notes}</w:footnotes>".encode()),
        (
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}">{relations}</Relationships>'.encode(),
        ),
    ]
    return docx(*body, members=members)


def lines(data: bytes) -> list[str]:
    return read_docx(data).pages[0].text.splitlines()


def test_a_list_goes_on_after_a_heading() -> None:
    data = word(
        item("one"),
        item("two"),
        paragraph("Part II", "Heading1"),
        item("three"),
        numbering=abstract(0, level(0)) + num(1, 0),
    )
    assert lines(data) == ["1. one", "2. two", "Part II", "3. three"]


def test_a_list_starts_where_its_override_says() -> None:
    data = word(
        item("one", 1),
        item("five", 2),
        item("six", 2),
        item("nine", 3),
        item("seven", 2),
        numbering=abstract(0, level(0))
        + num(1, 0)
        + num(2, 0, starts(0, 5))
        + num(3, 0, starts(0, 9)),
    )
    assert lines(data) == ["1. one", "5. five", "6. six", "9. nine", "10. seven"]


def test_a_level_starts_where_it_says_and_lists_of_their_own_count_apart() -> None:
    data = word(
        item("x", 1),
        item("y", 2),
        item("z", 1),
        numbering=abstract(0, level(0, start=4))
        + abstract(1, level(0, "upperRoman", "%1)"))
        + num(1, 0)
        + num(2, 1),
    )
    assert lines(data) == ["4. x", "I) y", "5. z"]


def test_lower_levels_start_anew_and_show_the_higher_ones() -> None:
    levels = (level(0, text="%1."), level(1, "lowerLetter", "%1.%2"), level(2, text="(%3)"))
    data = word(
        item("x"),
        item("y", at=1),
        item("z", at=1),
        item("deep", at=2),
        item("x"),
        item("y", at=1),
        numbering=abstract(0, *levels) + num(1, 0),
    )
    assert lines(data) == ["1. x", "1.a y", "1.b z", "(1) deep", "2. x", "2.a y"]


def test_a_level_that_never_restarts_counts_on() -> None:
    on = level(1, text="§ %2", extra='<w:lvlRestart w:val="0"/>')
    data = word(
        *(item("x"), item("y", at=1), item("x"), item("y", at=1)),
        numbering=abstract(0, level(0), on) + num(1, 0),
    )
    assert lines(data) == ["1. x", "§ 1 y", "2. x", "§ 2 y"]


def test_legal_numbers_are_decimals_on_every_level() -> None:
    legal = level(1, text="%1.%2", extra="<w:isLgl/>")
    data = word(
        *(item("x"), item("y", at=1)),
        numbering=abstract(0, level(0, "upperRoman", "Article %1"), legal) + num(1, 0),
    )
    assert lines(data) == ["Article I x", "1.1 y"]


def test_a_style_numbers_headings_and_a_paragraph_may_decline() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" '
        'w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Base"/></w:style>'
    )
    data = word(
        item("Name", None, style="Heading1"),
        item("Preamble", 0, style="Heading1"),
        item("Seat", None, style="Heading1"),
        numbering=abstract(0, level(0, text="Article %1")) + num(1, 0),
        styles=style,
    )
    assert lines(data) == ["Article 1 Name", "Preamble", "Article 2 Seat"]
    assert read_docx(data).title == "Article 1 Name"


def test_bullets_and_paragraphs_without_a_numbering_bear_nothing() -> None:
    data = word(
        item("point"),
        item("lost", 7),
        item("plain", None),
        item("none", 2),
        numbering=abstract(0, level(0, "bullet", "•"))
        + abstract(1, level(0, "none", " "))
        + num(1, 0)
        + num(2, 1),
    )
    assert lines(data) == ["point", "lost", "plain", "none"]
    assert "<ul><li>" in read_docx(data).reflow


def test_a_paragraph_whose_end_was_deleted_is_not_counted() -> None:
    deleted = item("joined").replace(
        "</w:pPr>", '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
    )
    data = word(item("one"), deleted, item("two"), numbering=abstract(0, level(0)) + num(1, 0))
    assert lines(data)[0] == "1. one"
    assert not any(line.startswith("3") for line in lines(data))


def test_notes_are_numbered_beside_numbered_paragraphs() -> None:
    note = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    data = word(
        *(item("five"), note),
        numbering=abstract(0, level(0, start=5)) + num(1, 0),
        notes=f'<w:footnote w:id="2">{paragraph("the note")}</w:footnote>',
    )
    found = lines(data)
    assert found[0] == "5. five"
    assert found[-1].startswith("1. the note")


def test_the_flow_shows_the_numbers_of_the_text() -> None:
    data = word(item("five"), numbering=abstract(0, level(0, start=5)) + num(1, 0))
    found = read_docx(data)
    flow = flow_of(found.reflow, [page.text for page in found.pages])
    assert f"5.{GAP}five" in flow.sections[0].html
    assert "<ol" not in flow.sections[0].html


def styled(*levels: str) -> str:
    return f'<text:list-style style:name="L">{"".join(levels)}</text:list-style>'


def counts(
    at: int, form: str = "1", *, suffix: str = ".", prefix: str = "", start: int = 1, shown: int = 1
) -> str:
    return (
        f'<text:list-level-style-number text:level="{at}" style:num-format="{form}" '
        f'style:num-suffix="{suffix}" style:num-prefix="{prefix}" text:start-value="{start}" '
        f'text:display-levels="{shown}"/>'
    )


def li(text: str, inner: str = "", start: int | None = None) -> str:
    given = "" if start is None else f' text:start-value="{start}"'
    return f"<text:list-item{given}><text:p>{text}</text:p>{inner}</text:list-item>"


def ul(*items: str, extra: str = "") -> str:
    return f'<text:list text:style-name="L" {extra}>{"".join(items)}</text:list>'


def odt_lines(*body: str, styles: str) -> list[str]:
    return read_odt(odt(*body, styles=styles)).pages[0].text.splitlines()


def test_an_odt_list_starts_goes_on_and_jumps() -> None:
    found = odt_lines(
        ul(li("three"), li("four")),
        "<text:p>between</text:p>",
        ul(li("five"), li("nine", start=9), li("ten"), extra='text:continue-numbering="true"'),
        ul(li("anew")),
        styles=styled(counts(1, start=3)),
    )
    assert found == ["3. three", "4. four", "between", "5. five", "9. nine", "10. ten", "3. anew"]


def test_an_odt_list_goes_on_from_the_one_it_names() -> None:
    found = odt_lines(
        ul(li("x"), extra='xml:id="a"'),
        ul(li("other")),
        ul(li("y"), extra='text:continue-list="a"'),
        styles=styled(counts(1, "i", prefix="(", suffix=")")),
    )
    assert found == ["(i) x", "(i) other", "(ii) y"]


def test_an_odt_list_inside_a_list() -> None:
    inner = f"<text:list>{li('y')}{li('z')}</text:list>"
    alone = (
        '<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>'
        f'<text:list text:continue-numbering="true">{li("later")}</text:list>'
        "</text:list-item></text:list>"
    )
    found = odt_lines(
        ul(li("x", inner)),
        alone,
        styles=styled(counts(1), counts(2, "a", suffix=")", shown=2)),
    )
    assert found == ["1. x", "1.a) y", "1.b) z", "1.c) later"]


def test_odt_bullets_headers_and_lists_of_no_style_bear_nothing() -> None:
    header = "<text:list-header><text:p>head</text:p></text:list-header>"
    bullets = styled('<text:list-level-style-bullet text:level="1"/>')
    assert odt_lines(ul(li("x")), styles=bullets) == ["x"]
    assert odt_lines(ul(header, li("x")), styles=styled(counts(1))) == ["head", "1. x"]
    assert odt_lines(ul(li("x")), styles="") == ["x"]
