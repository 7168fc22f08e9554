from dataclasses import dataclass

from congress.docs.agenda import Agenda, by_item, in_order


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
    assert [(item, [p.title for p in held]) for item, held in by_item(in_order(papers))] == [
        ("3. Tài chính", ["a", "b"]),
        ("", ["c"]),
    ]


def test_urdu_digits_count() -> None:
    papers = [Listed("b", agenda="۱۰ مالیات"), Listed("a", agenda="۲ آغاز")]
    assert [paper.title for paper in in_order(papers)] == ["a", "b"]


PROGRAMME = Agenda.of(["Opening", "Reports", "10. Money", "9. Elections", "Reports"])


def test_items_follow_the_programme_then_those_it_does_not_know_then_none() -> None:
    items = ["", "Item 10", "9. Elections", "Item 2", "10. Money", "Reports", "Opening"]
    papers = [Listed(f"about {item}", agenda=item) for item in items]
    assert [paper.agenda for paper in in_order(papers, PROGRAMME)] == [
        "Opening", "Reports", "10. Money", "9. Elections", "Item 2", "Item 10", "",
    ]  # fmt: skip


def test_an_item_is_known_by_its_words_alone() -> None:
    first, last = Listed("c", "1", "Réports "), Listed("b", "2", "REPORTS")
    papers = [last, Listed("a", agenda="Opening"), first]
    found = by_item(in_order(papers, PROGRAMME))
    assert [(item, [p.title for p in held]) for item, held in found] == [
        ("Opening", ["a"]),
        ("Réports ", ["c", "b"]),
    ]


def test_an_item_that_comes_up_again_keeps_its_first_place() -> None:
    assert PROGRAMME.place("reports") < PROGRAMME.place("10. Money")
