from collections.abc import Sequence

import pytest

from congress.kernel.ids import PersonId
from congress.rollcall.camera import Frame
from congress.rollcall.confirm import Verdict
from congress.rollcall.faces import Image
from congress.rollcall.guard import Guard, Watched
from congress.rollcall.liveness import Move, State
from congress.rollcall.matching import Gallery, build
from congress.rollcall.pipeline import Pipeline
from tests.helpers.faces import SCALE, SIZE, fake_backend, picture_of, unit

ANN, BEN = PersonId("ann"), PersonId("ben")
TEMPLATES = {1: unit(1), 2: unit(0, 1), 3: unit(0.44, 0, 0.9), 5: unit(0.47, 0, 0.88)}
NOD = [0.0] * 10 + [0.45] * 12 + [0.0] * 12 + [-0.45] * 12 + [0.0] * 10


def gallery(*, alike: bool = False) -> Gallery:
    rows = {ANN: [TEMPLATES[1]], BEN: [unit(0.7, 0.71) if alike else TEMPLATES[2]]}
    return build(rows, SCALE, SIZE)


def face(number: int, turned: float, at: int, x: float = 100) -> Image:
    return picture_of((number, x + at % 3, 60, 120 + at % 2), turned=turned)


def moves() -> Sequence[Move]:
    return Move.LEFT, Move.RIGHT


def run(
    images: Sequence[Image], *, unattended: bool = True, borderline: bool = False
) -> tuple[list[Watched], Pipeline]:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery())
    guard = Guard(pipeline, unattended=unattended, borderline=borderline, moves=moves)
    found = [Frame(image, number, number / 15) for number, image in enumerate(images)]
    return [guard.watch(view) for view in pipeline.run(found)], pipeline


def stood(watched: Sequence[Watched]) -> list[tuple[Verdict, PersonId]]:
    return [
        (seen.verdict, seen.candidates[0].person_id)
        for each in watched
        for seen in each.sightings
        if seen.candidates
    ]


def refused(watched: Sequence[Watched]) -> list[PersonId]:
    return [seen.candidates[0].person_id for each in watched for seen in each.refused]


def test_at_an_attended_door_a_decision_stands_at_once() -> None:
    watched, _ = run([face(1, 0, at) for at in range(10)], unattended=False)
    assert stood(watched) == [(Verdict.REGISTER, ANN)]
    assert all(each.turning is None for each in watched)


def test_a_person_who_turns_as_asked_is_let_in_and_is_told_what_to_do() -> None:
    watched, _ = run([face(1, turned, at) for at, turned in enumerate(NOD)])
    assert stood(watched) == [(Verdict.REGISTER, ANN)]
    assert refused(watched) == []
    told = [each.turning for each in watched if each.turning is not None]
    assert {each.asked for each in told} == {None, Move.LEFT, Move.RIGHT}
    assert told[-1].state is State.PASSED
    assert (told[-1].done, told[-1].of, told[-1].person_id) == (2, 2, ANN)


def test_a_photograph_that_does_not_turn_stays_out_and_may_be_looked_at_again() -> None:
    watched, pipeline = run([face(1, 0, at) for at in range(15 * 14)])
    assert stood(watched) == []
    assert refused(watched) == [ANN]
    again = [Frame(picture_of((1, 400, 60, 120)), at, 20 + at / 15) for at in range(8)]
    assert [s.verdict for view in pipeline.run(again) for s in view.sightings] == [Verdict.REGISTER]


@pytest.mark.parametrize("other", [2, 9])
def test_nobody_turns_their_own_head_behind_a_photograph_of_another(other: int) -> None:
    swapped = [face(1 if turned == 0 else other, turned, at) for at, turned in enumerate(NOD)]
    watched, _ = run(swapped)
    assert stood(watched) == []
    assert refused(watched) == [ANN]


def test_who_walks_away_during_a_check_stays_out() -> None:
    images = [face(1, 0, at) for at in range(10)] + [picture_of()] * 30
    watched, _ = run(images)
    assert stood(watched) == []
    assert refused(watched) == [ANN]


def test_two_people_are_checked_one_after_the_other() -> None:
    nods = [*NOD, *NOD]
    images = [
        picture_of((1, 60 + at % 3, 60, 120), (2, 380 + at % 3, 60, 121), turned=turned)
        for at, turned in enumerate(nods)
    ]
    watched, _ = run(images)
    assert sorted(stood(watched)) == [(Verdict.REGISTER, ANN), (Verdict.REGISTER, BEN)]
    told = [each.turning.person_id for each in watched if each.turning is not None]
    assert told == sorted(told, key=told.index)


def test_who_waits_and_leaves_before_the_turn_comes_stays_out() -> None:
    images = [
        picture_of(*((1, 60, 60, 122), (2, 380, 60, 119))[: 2 if at < 20 else 1], turned=turned)
        for at, turned in enumerate([*NOD, *[0.0] * 10])
    ]
    watched, _ = run(images)
    assert stood(watched) == [(Verdict.REGISTER, ANN)]
    assert refused(watched) == [BEN]


def test_a_doubtful_face_that_passes_is_not_registered_by_the_check_alone() -> None:
    images = [face(3, turned, at) for at, turned in enumerate([0.0] * 70 + NOD)]
    watched, _ = run(images, unattended=False, borderline=True)
    assert stood(watched) == [(Verdict.UNCERTAIN, ANN)]
    assert any(each.turning is not None for each in watched)


def test_a_doubtful_face_that_shows_itself_clearly_meanwhile_is_registered() -> None:
    numbers = [5] * 70 + [1] * len(NOD)
    images = [
        face(n, t, at) for at, (n, t) in enumerate(zip(numbers, [0.0] * 70 + NOD, strict=True))
    ]
    watched, pipeline = run(images, unattended=False, borderline=True)
    assert stood(watched) == [(Verdict.REGISTER, ANN)]
    again = [Frame(picture_of((1, 400, 60, 120)), at, 60 + at / 15) for at in range(8)]
    assert not [s for view in pipeline.run(again) for s in view.sightings]


def test_without_the_setting_doubt_goes_to_the_operator_at_once() -> None:
    images = [face(3, 0, at) for at in range(100)]
    watched, _ = run(images, unattended=False)
    assert stood(watched) == [(Verdict.UNCERTAIN, ANN)]
    assert all(each.turning is None for each in watched)


def test_look_alikes_go_to_the_operator_without_a_check() -> None:
    pipeline = Pipeline(fake_backend(TEMPLATES), gallery(alike=True))
    guard = Guard(pipeline, unattended=False, borderline=True, moves=moves)
    frames = [Frame(face(1, 0, at), at, at / 15) for at in range(20)]
    watched = [guard.watch(view) for view in pipeline.run(frames)]
    assert [v for v, _ in stood(watched)] == [Verdict.UNCERTAIN]


def test_the_sides_are_chosen_anew_for_everyone() -> None:
    chosen: list[Sequence[Move]] = []

    def choose() -> Sequence[Move]:
        chosen.append((Move.LEFT,))
        return chosen[-1]

    pipeline = Pipeline(fake_backend(TEMPLATES), gallery())
    guard = Guard(pipeline, unattended=True, moves=choose)
    images: list[Image] = []
    for number in (1, 2):
        images += [face(number, t, at) for at, t in enumerate([0.0] * 10 + [0.4] * 8 + [0.0] * 8)]
        images += [picture_of()] * 15
    frames = [Frame(image, at, at / 15) for at, image in enumerate(images)]
    watched = [guard.watch(view) for view in pipeline.run(frames)]
    assert len(chosen) == 2
    assert [who for _, who in stood(watched)] == [ANN, BEN]


def test_registered_alone_is_not_asked_to_turn_twice() -> None:
    watched, _ = run([face(1, t, at) for at, t in enumerate([*NOD, *NOD])])
    assert stood(watched) == [(Verdict.REGISTER, ANN)]
