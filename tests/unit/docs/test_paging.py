from congress.docs.model import PaperKind
from congress.docs.text.paging import page_starts, paged
from congress.docs.text.reflow import pages_of

ONE = "The congress met in the great hall on Monday morning."
TWO = "It heard the report of the committee and adopted it."
THREE = "The third matter was the statute of the association."


def starts(whole: str, *drawn: str) -> list[str] | None:
    found = page_starts(whole, drawn)
    if found is None:
        return None
    return [whole[a:b].strip() for a, b in zip(found, [*found[1:], None], strict=True)]


def test_pages_begin_where_they_are_drawn() -> None:
    whole = f"{ONE}\n{TWO}\n{THREE}"
    assert starts(whole, ONE, f"{TWO}\n{THREE}") == [ONE, f"{TWO}\n{THREE}"]
    assert starts(whole, f"{ONE} It heard the", TWO.removeprefix("It heard the ")) == [
        f"{ONE}\nIt heard the",
        f"{TWO.removeprefix('It heard the ')}\n{THREE}",
    ]


def test_running_titles_page_numbers_and_labels_are_stepped_over() -> None:
    drawn = (f"Union of Harbours\n{ONE}", f"Union of Harbours\n2\n{TWO}", f"3 / 3\n1. {THREE}")
    assert starts(f"{ONE}\n{TWO}\n{THREE}", *drawn) == [ONE, TWO, THREE]


def test_marks_spaces_and_hyphens_make_no_difference() -> None:
    whole = "Điều một của Điều lệ nói về tổ chức.\nĐiều hai của Điều lệ nói về tài chính."
    drawn = ("Điều một của Điều lệ nói về tổ chức.", "Dieu hai cua\nDieu  lệ nói vềtài chính.")
    assert starts(whole, *drawn) == whole.split("\n")


def test_a_page_that_cannot_be_told_begins_where_it_should() -> None:
    found = starts(f"{ONE}\n{TWO}\n{THREE}", ONE, "•" * 50, THREE)
    assert found is not None
    assert found[0] == ONE
    assert found[2] == THREE


def test_pages_of_another_text_are_none() -> None:
    assert starts(f"{ONE}\n{TWO}", "Lorem ipsum dolor sit amet", "consectetur adipiscing") is None
    extract = pages_of(f"<p>{ONE}</p>", PaperKind.DOCX)
    assert paged(extract, ["Lorem ipsum", "dolor sit amet consectetur"], b"%PDF", b"") is extract


def test_the_reading_text_has_the_same_pages() -> None:
    extract = pages_of(f"<h1>Minutes</h1><p>{ONE}</p><p>{TWO} {THREE}</p>", PaperKind.ODT)
    assert len(extract.pages) == 1
    found = paged(extract, [f"Minutes\n{ONE}\n{TWO}", THREE, ""], b"%PDF", b"cover")
    assert [page.text for page in found.pages] == [f"Minutes\n{ONE}\n{TWO}", THREE, ""]
    assert found.reflow.count("<a ") == 3
    assert found.reflow.startswith('<h1><a name="page-1"></a>Minutes</h1>')
    assert f'<p><a name="page-2"></a><a name="page-3"></a>{TWO}' in found.reflow
    assert (found.title, found.cover, found.rendition) == ("Minutes", b"cover", b"%PDF")


def test_one_page_needs_no_telling() -> None:
    assert starts(ONE, "something else") == [ONE]
