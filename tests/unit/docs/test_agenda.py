from dataclasses import dataclass

from congress.docs.agenda import by_item, in_order


@dataclass(frozen=True)
class Listed:
    title: str
    number: str = ""
    agenda: str = ""


def test_numbers_sort_as_numbers_and_what_has_none_comes_last() -> None:
    papers = [
        Listed("free"),
        Listed("b", "12/b", "2. Two"),
        Listed("a", "12", "2. Two"),
        Listed("z", "2", "2. Two"),
        Listed("none", "", "2. Two"),
        Listed("first", "1", "1. One"),
        Listed("last", "1", "10. Ten"),
    ]
    assert [paper.title for paper in in_order(papers)] == [
        "first", "z", "a", "b", "none", "last", "free",
    ]  # fmt: skip


def test_items_that_differ_in_marks_alone_are_one() -> None:
    papers = [Listed("a", agenda="3. Tài chính"), Listed("b", agenda="3. TAI CHINH"), Listed("c")]
    assert [(item, [p.title for p in held]) for item, held in by_item(papers)] == [
        ("3. Tài chính", ["a", "b"]),
        ("", ["c"]),
    ]


def test_urdu_digits_count() -> None:
    papers = [Listed("b", agenda="۱۰ مالیات"), Listed("a", agenda="۲ آغاز")]
    assert [paper.title for paper in in_order(papers)] == ["a", "b"]
