from difflib import SequenceMatcher
from pathlib import Path

import pytest

from congress.docs.library import Library
from congress.docs.respacing import Lexicon, respaced
from congress.docs.search import words_of
from congress.kernel.folding import fold

LEXICON = Lexicon.of({"انسانی": 40, "حقوق": 60, "کا": 500, "عالمی": 20, "منشور": 10, "کو": 400})


@pytest.mark.parametrize(
    ("rough", "expected"),
    [
        ("انسا نی حقوقکا عا لمی منشور", "انسانی حقوق کا عالمی منشور"),
        ("حقوقکو", "حقوق کو"),
        ("حقوق، کو", "حقوق، کو"),
        ("حُقُوقکا", "حُقُوق کا"),
        ("نامعلوم لفظ", "نامعلوم لفظ"),
        ("", ""),
        ("…حقوقکا…", "…حقوق کا…"),
        ("1948 UN", "1948 UN"),
    ],
)
def test_known_words_are_parted(rough: str, expected: str) -> None:
    assert respaced(rough, LEXICON)[0] == expected


def test_highlights_move_with_their_letters() -> None:
    text, spans = respaced("انسا نی حقوقکا", LEXICON, [(0, 7), (8, 12), (12, 14)])
    assert [text[a:b] for a, b in spans] == ["انسانی", "حقوق", "کا"]


def test_without_known_words_nothing_is_lost() -> None:
    text = "انسا نی حقوقکا"
    assert respaced(text, Lexicon.of({}))[0].replace(" ", "") == text.replace(" ", "")


def share_of_right_words(library: Library, shared_data: Path) -> float:
    """Return the share of the words of the Declaration that are right in Nastaliq snippets."""
    right = words_of(fold((shared_data / "papers/udhr_urd.txt").read_text(encoding="utf-8")))
    asked = good = 0
    for at in range(0, len(right) - 4, 40):
        hits = library.search(f'"{" ".join(right[at : at + 4])}"', 5)
        for hit in [hit for hit in hits if hit.file == "udhr_urdu_nastaliq.pdf"][:1]:
            shown = words_of(fold(hit.snippet.strip("…")))[1:-1]
            beside = right[max(0, at - 40) : at + 60]
            blocks = SequenceMatcher(None, shown, beside, autojunk=False).get_matching_blocks()
            asked += len(shown)
            good += sum(block.size for block in blocks)
    assert asked > 500
    return good / asked


def test_words_of_nastaliq_snippets_are_right(library: Library, shared_data: Path) -> None:
    folder = shared_data / "papers"
    library.import_file(folder / "udhr_urdu_nastaliq.pdf")
    assert share_of_right_words(library, shared_data) > 0.8
    library.import_file(folder / "udhr_urdu.docx")
    assert share_of_right_words(library, shared_data) > 0.95
