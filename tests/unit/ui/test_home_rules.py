"""What waits for whom on the home page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress.floor.model import Item, ItemId
from congress.i18n.translator import Translator
from congress.kernel.ids import PaperId
from congress.kernel.roles import Role
from congress.kernel.settings import LANGUAGES
from congress.ui.controllers.home_ports import STAGES
from congress.ui.models.home import FreshPapers, HomeFacts, SessionFacts, Stage, waiting, ways_on
from congress.voting.model import State

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
READY = HomeFacts(
    NOW,
    people=39,
    enrolled=39,
    papers=6,
    fresh=FreshPapers(unread=((PaperId("a" * 26), "Rules"), (PaperId("b" * 26), "Agenda"))),
    session=SessionFacts("Morning", 25, 0),
    sessions=1,
)


def keys(role: Role, facts: HomeFacts) -> list[str]:
    return [thing.key for thing in waiting(role, facts)]


def test_a_new_congress_waits_for_people_and_papers() -> None:
    assert keys(Role.SECRETARIAT, HomeFacts(NOW)) == ["no_people", "no_papers"]
    assert keys(Role.ORGANISER, HomeFacts(NOW)) == []


def test_a_session_waits_for_a_quorum() -> None:
    facts = replace(READY, session=SessionFacts("Morning", 15, 7))
    assert keys(Role.ORGANISER, facts) == keys(Role.SECRETARIAT, facts) == ["no_quorum"]
    assert waiting(Role.ORGANISER, facts)[0].count == 7
    assert keys(Role.PROJECTOR, facts) == []
    assert keys(Role.DELEGATE, facts) == ["papers_to_read"]


def test_the_doors_wait_for_a_session_once_there_are_people() -> None:
    assert keys(Role.ORGANISER, replace(READY, session=None)) == ["no_session"]
    assert keys(Role.COMMITTEE, replace(READY, session=None)) == ["papers_to_read"]
    assert keys(Role.ORGANISER, HomeFacts(NOW)) == []


def test_people_whom_the_camera_does_not_know() -> None:
    facts = replace(READY, enrolled=27)
    assert [thing.count for thing in waiting(Role.ORGANISER, facts)] == [12]
    assert keys(Role.ORGANISER, replace(READY, enrolled=None)) == []
    assert keys(Role.COMMITTEE, facts) == ["papers_to_read"]


@pytest.mark.parametrize(
    ("stage", "secretariat", "committee", "delegate"),
    [
        (Stage.PREPARED, ["poll_prepared"], ["poll_prepared"], []),
        (Stage.OPEN, ["poll_running"], ["poll_running", "ballot_open"], ["ballot_open"]),
        (Stage.CLOSED, ["poll_closed"], ["poll_closed"], []),
        (Stage.CERTIFIED, [], [], []),
    ],
)
def test_a_poll_waits_for_those_who_act_on_it(
    stage: Stage, secretariat: list[str], committee: list[str], delegate: list[str]
) -> None:
    facts = replace(READY, polls=(("Motion 1", stage),))
    assert keys(Role.SECRETARIAT, facts) == secretariat
    assert keys(Role.COMMITTEE, facts) == [*committee, "papers_to_read"]
    assert keys(Role.DELEGATE, facts) == [*delegate, "papers_to_read"]
    assert keys(Role.ORGANISER, facts) == []


def test_what_presses_comes_first() -> None:
    facts = replace(
        READY,
        enrolled=3,
        session=SessionFacts("Morning", 1, 21),
        polls=(("A", Stage.PREPARED), ("B", Stage.OPEN)),
    )
    assert keys(Role.SECRETARIAT, facts) == [
        "poll_running",
        "poll_prepared",
        "no_quorum",
        "not_enrolled",
    ]


def test_faces_that_were_erased_are_told_in_place_of_those_missing() -> None:
    facts = replace(READY, enrolled=0, forgotten=29)
    (told,) = (each for each in waiting(Role.ORGANISER, facts) if each.key == "faces_erased")
    assert (told.count, told.target) == (29, "faces/erasures")
    assert "not_enrolled" not in keys(Role.ORGANISER, facts)
    assert "faces_erased" not in keys(Role.DELEGATE, facts)


def test_every_state_of_a_poll_but_withdrawn_has_a_stage() -> None:
    assert set(STAGES) == set(State) - {State.WITHDRAWN}


@pytest.mark.parametrize("role", list(Role))
def test_there_is_always_a_way_on(role: Role) -> None:
    facts = replace(READY, polls=(("A", Stage.CERTIFIED),))
    assert ways_on(role, facts)
    assert ways_on(role, HomeFacts(NOW)) == ()


def test_papers_that_changed_are_named_and_opened_at_once() -> None:
    rules = (PaperId("a" * 26), "Rules")
    facts = replace(READY, fresh=FreshPapers(unread=(rules,), updated=(rules, rules)))
    found = waiting(Role.DELEGATE, facts)
    assert [(each.key, each.name, each.target) for each in found] == [
        ("paper_updated", "Rules", f"reader/{rules[0]}"),
        ("paper_updated", "Rules", f"reader/{rules[0]}"),
        ("paper_to_read", "Rules", f"reader/{rules[0]}"),
    ]
    many = replace(facts, fresh=FreshPapers(updated=(rules,) * 4))
    assert [(each.key, each.count) for each in waiting(Role.DELEGATE, many)] == [
        ("papers_updated", 4)
    ]
    assert keys(Role.ORGANISER, facts) == ["paper_updated", "paper_updated"]
    assert keys(Role.SECRETARIAT, facts) == keys(Role.PROJECTOR, facts) == []


_FRESH = st.lists(st.just((PaperId("a" * 26), "P")), max_size=5).map(tuple)


@given(
    st.sampled_from(list(Role)),
    st.builds(
        HomeFacts,
        st.just(NOW),
        people=st.integers(0, 50),
        enrolled=st.none() | st.integers(0, 50),
        papers=st.integers(0, 3),
        fresh=st.builds(FreshPapers, _FRESH, _FRESH),
        session=st.none()
        | st.builds(SessionFacts, st.just("S"), st.integers(0), st.integers(0, 9)),
        polls=st.lists(st.tuples(st.just("P"), st.sampled_from(Stage)), max_size=3).map(tuple),
    ),
    st.sampled_from(LANGUAGES),
)
def test_everything_that_waits_has_its_words(role: Role, facts: HomeFacts, lang: str) -> None:
    tr = Translator(lang)
    for thing in (*waiting(role, facts), *ways_on(role, facts)):
        assert tr(f"home.{thing.key}", count=thing.count, name=thing.name)
        assert tr(f"home.{thing.key}.why")


def test_the_day_is_today_or_the_next_or_the_last() -> None:
    def item(day: int) -> Item:
        start = NOW + timedelta(days=day)
        return Item(ItemId(str(day)), start, start + timedelta(hours=1), str(day))

    def shown(*days: int) -> list[str]:
        return [found.title for found in HomeFacts(NOW, tuple(map(item, days))).today]

    assert shown(-1, 0, 1) == ["0"]
    assert shown(-1, 2, 3) == ["2"]
    assert shown(-2, -1) == ["-1"]
    assert shown() == []
