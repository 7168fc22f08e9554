"""What counts as a change of a text, and what does not."""

from pathlib import Path

import pytest

from congress.docs.changes.applying import applied
from congress.docs.changes.compare import compare
from congress.docs.changes.model import BlockKind, Comparison, Edition, Run, RunKind
from congress.docs.changes.stream import edition, stream
from congress.docs.model import PageText, PaperKind
from congress.docs.notes.model import Spot
from congress.docs.text.extract import extract
from congress.kernel.errors import BugError, Cancelled
from congress.kernel.progress import CancelFlag, Silent

FILLER = "This paragraph stands in both versions and nobody has touched it at all."


def flowing(*pages: str) -> Edition:
    return Edition([PageText(page) for page in pages], fixed=False)


def fixed(*pages: str, spaced: bool = True) -> Edition:
    return Edition([PageText(page, spaced) for page in pages], fixed=True)


def changed(comparison: Comparison) -> list[Run]:
    return [run for block in comparison.blocks for run in block.runs if run.kind != RunKind.SAME]


def words(comparison: Comparison) -> list[tuple[str, str]]:
    return [(run.kind.value, run.shown.strip()) for run in changed(comparison)]


def kinds(comparison: Comparison) -> list[BlockKind]:
    return [block.kind for block in comparison.blocks]


def test_words_inside_a_paragraph() -> None:
    old = "The congress meets every 5 years in Hanoi, and elects a committee of 15 members."
    new = "The congress meets every 4 years in Hanoi and elects a committee of 15 members. It may."
    found = compare(flowing(FILLER, old), flowing(FILLER, new))
    assert kinds(found) == [BlockKind.SAME, BlockKind.CHANGED]
    assert words(found) == [
        ("deleted", "5"),
        ("inserted", "4"),
        ("deleted", ","),
        ("inserted", "It may."),
    ]
    assert [run.number for run in changed(found)] == [True, True, False, False]
    assert (found.summary.words_added, found.summary.words_removed) == (3, 1)
    assert (found.summary.changed, found.summary.numbers) == (1, 2)


def test_places_in_both_versions() -> None:
    found = compare(flowing("One line.\nOld end", "same"), flowing("same", "New beginning"))
    gone = next(block for block in found.blocks if block.kind is BlockKind.DELETED)
    assert gone.old is not None
    assert (gone.old.start, gone.old.end) == (Spot(1, 0), Spot(1, 9))
    come = next(block for block in found.blocks if block.kind is BlockKind.INSERTED)
    assert come.new is not None
    assert (come.new.start, come.new.end) == (Spot(2, 0), Spot(2, 13))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Nguyê\u0303n Đư\u0301c", "Nguyễn Đức"),
        ("كتاب هے", "کتاب ہے"),
        ("بے\u200cکار لوگ", "بےکار لوگ"),
        ("مؤثر تحفّظ", "مو\u0654ثر تحفّظ"),
        ("۱۵ اراکین", "15 اراکین"),
        ("the ﬁrst co\u00adoperation", "the first cooperation"),
        ("a  few\tspaces ( here )", "a few spaces (here)"),
        ("\u202bدفعہ\u202c", "دفعہ"),
    ],
)
def test_form_is_no_change(old: str, new: str) -> None:
    assert compare(flowing(old), flowing(new)).same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bán đất", "ban đất"),
        ("hoà bình", "hòa bình"),
        ("Đảng", "đảng"),
        ("اقوامِ متحدہ", "اقوام متحدہ"),
        ("10² m", "102 m"),
        ("1.500 members", "1,500 members"),
        ("may be", "maybe"),
        ("re-sign", "resign"),
        ("One. Two.", "One.\nTwo."),
    ],
)
def test_a_mark_a_letter_a_paragraph_is_a_change(old: str, new: str) -> None:
    found = compare(flowing(old), flowing(new))
    assert not found.same
    assert changed(found)


def test_a_syllable_of_vietnamese_changes_alone() -> None:
    old = "Đại hội quyết nghị thành lập ban chấp hành gồm mười lăm thành viên."
    found = compare(flowing(old), flowing(old.replace("lăm", "bảy")))
    assert words(found) == [("deleted", "lăm"), ("inserted", "bảy")]


def test_a_split_paragraph_shows_the_new_paragraph_mark() -> None:
    old = f"{FILLER} A second sentence goes on with the same paragraph for a while."
    new = old.replace(". A second", ".\nA second")
    found = compare(flowing(old), flowing(new))
    assert [(run.kind, run.shown) for run in changed(found)] == [(RunKind.INSERTED, "\n")]


def test_a_paragraph_moves_and_changes_on_the_way() -> None:
    moving = "Delegates vote by secret ballot on every motion of the third day of the congress."
    rest = [f"Paragraph number {name} says something else entirely." for name in "abcdef"]
    there = moving.replace("third", "fourth")
    found = compare(flowing("\n".join([moving, *rest])), flowing("\n".join([*rest, there])))
    assert kinds(found) == [BlockKind.MOVED_FROM, *[BlockKind.SAME] * 6, BlockKind.MOVED_TO]
    assert found.blocks[0].move == found.blocks[-1].move is not None
    assert words(found) == [("deleted", "third"), ("inserted", "fourth")]
    assert (found.summary.moved, found.summary.paragraphs) == (1, 1)


def test_pages_lines_hyphens_heads_and_numbers_of_pages_are_no_change() -> None:
    text = (
        "The quick brown fox jumps over the lazy dog and then goes home to sleep in its den. "
        "The congress is well-known for its cooperation with every party of the region. "
        "A third sentence ends the paragraph."
    )
    old = fixed(
        "Congress paper 4\nThe quick brown fox jumps over the lazy dog and then\n1",
        "Congress paper 4\ngoes home to sleep in its den. The congress is well-\n2",
        "Congress paper 4\nknown for its coop-\neration with every party of the region.\n3",
        "Congress paper 4\nA third sentence ends the paragraph.\n4",
    )
    assert compare(old, flowing(text)).same
    assert compare(flowing(text), old).same


def test_headings_that_begin_pages_are_no_running_heads() -> None:
    pages = [f"Article {at}\n{FILLER} It bears the sign {sign}." for at, sign in
             zip((2, 9, 13, 21), "qrst", strict=True)]  # fmt: skip
    found = compare(fixed(*pages), fixed(*(page.replace("Article 13\n", "") for page in pages)))
    assert words(found) == [("deleted", "Article"), ("deleted", "13")]


def test_spaces_and_marks_of_urdu_drawn_glyph_by_glyph_are_not_trusted() -> None:
    old = "اقوامِ متحدہ کی جنرل اسمبلی نے اس کا اعلان کیا۔"
    drawn = "اقوام ِ  متحد ہ کی جنر ل اسمبلی نےاس کا اعلا ن کیا۔"
    assert compare(flowing(old), fixed(drawn, spaced=False)).same
    found = compare(flowing(old), fixed(drawn.replace("جنر ل", "قو می"), spaced=False))
    assert words(found) == [("deleted", "جنرل"), ("inserted", "قو می")]


def test_a_plain_text_set_in_lines_is_read_as_paragraphs() -> None:
    sentence = "The members of the committee are elected for four years by secret ballot. "
    whole = (sentence * 6).split()
    narrow = [" ".join(whole[at : at + 10]) for at in range(0, len(whole), 10)]
    wide = [" ".join(whole[at : at + 8]) for at in range(0, len(whole), 8)]
    first = edition(PaperKind.TEXT, [PageText("\n".join(narrow * 2))])
    second = edition(PaperKind.TEXT, [PageText("\n".join(wide * 2))])
    assert first.fixed
    assert second.fixed
    assert compare(first, second).same
    assert not edition(PaperKind.DOCX, first.pages).fixed


def test_an_empty_version_is_all_deleted_or_inserted() -> None:
    text = flowing("One.\nTwo.")
    assert kinds(compare(text, flowing(""))) == [BlockKind.DELETED] * 2
    assert kinds(compare(flowing(), text)) == [BlockKind.INSERTED] * 2
    assert compare(flowing(), flowing(" \n\u200b")).same


def test_a_comparison_applies_to_its_own_text_only() -> None:
    found = compare(flowing("One word."), flowing("Two words."))
    with pytest.raises(BugError):
        applied(found, "Other text.\n")


def test_comparing_can_be_cancelled() -> None:
    flag = CancelFlag()
    flag.raise_flag()

    class Stopped(Silent):
        def check(self) -> None:
            flag.check()

    with pytest.raises(Cancelled):
        compare(flowing("a"), flowing("b"), Stopped())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("udhr_english.pdf", "udhr_english.docx"),
        ("udhr_english.docx", "udhr_english.html"),
        ("udhr_vietnamese.docx", "udhr_vietnamese_nfd.pdf"),
        ("udhr_vietnamese.pdf", "udhr_vie.txt"),
        ("udhr_urdu.docx", "udhr_urdu_naskh.pdf"),
        ("udhr_urdu.html", "udhr_urdu.docx"),
    ],
)
def test_one_text_in_two_formats_has_no_changes(shared_data: Path, first: str, second: str) -> None:
    papers = shared_data / "papers"
    assert compare(_read(papers / first), _read(papers / second)).same


def test_a_nastaliq_pdf_differs_from_its_source_by_a_few_letters_at_most(shared_data: Path) -> None:
    papers = shared_data / "papers"
    source, drawn = _read(papers / "udhr_urdu.docx"), _read(papers / "udhr_urdu_nastaliq.pdf")
    found = compare(source, drawn)
    assert found.summary.words_added + found.summary.words_removed <= 10


def _read(path: Path) -> Edition:
    with path.open("rb") as file:
        found = extract(file, path.stat().st_size, path.name, Silent())
    made = edition(found.kind, found.pages)
    assert stream(made).text
    return made
