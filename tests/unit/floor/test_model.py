"""What is on now, and what comes next."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress.floor.model import Item, ItemId, NowAndNext, at, in_order

MORNING = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)


def item(title: str, start: int, end: int) -> Item:
    return Item(
        ItemId(title), MORNING + timedelta(minutes=start), MORNING + timedelta(minutes=end), title
    )


DAY = (item("Debate", 0, 60), item("Break", 60, 90), item("Vote", 120, 150))


def on(minute: int) -> tuple[str | None, str | None]:
    found = at(DAY, MORNING + timedelta(minutes=minute))
    return (
        found.now.title if found.now else None,
        found.next.title if found.next else None,
    )


def test_an_item_is_on_from_its_beginning_until_just_before_its_end() -> None:
    assert on(-1) == (None, "Debate")
    assert on(0) == ("Debate", "Break")
    assert on(59) == ("Debate", "Break")
    assert on(60) == ("Break", "Vote")
    assert on(100) == (None, "Vote")
    assert on(150) == (None, None)


def test_of_items_inside_each_other_the_inner_one_is_on() -> None:
    whole, inner = item("Session", 0, 90), item("Report", 0, 30)
    assert in_order([inner, whole]) == (whole, inner)
    assert at([inner, whole], MORNING).now == inner


def test_an_empty_programme_has_neither() -> None:
    assert at((), MORNING) == NowAndNext(None, None)


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 60)), max_size=8), st.integers(-10, 300)
)
def test_now_holds_the_moment_and_next_is_the_soonest(
    spans: list[tuple[int, int]], minute: int
) -> None:
    items = [item(str(n), start, start + length) for n, (start, length) in enumerate(spans)]
    moment = MORNING + timedelta(minutes=minute)
    found = at(items, moment)
    assert (found.now is None) == (not any(i.starts <= moment < i.ends for i in items))
    if found.now:
        assert found.now.starts <= moment < found.now.ends
    later = [i.starts for i in items if i.starts > moment]
    assert (found.next.starts if found.next else None) == min(later, default=None)
