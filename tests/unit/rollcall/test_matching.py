import numpy as np
import pytest

from congress.kernel.errors import BugError
from congress.kernel.ids import PersonId
from congress.rollcall.matching import build, repeated
from tests.helpers.faces import SCALE, SIZE, unit, unit_vectors

ANN, BEN, CHI, DAN = (PersonId(name) for name in ("ann", "ben", "chi", "dan"))


def test_ranks_by_the_best_template_of_each_person() -> None:
    gallery = build({ANN: [unit(1), unit(0, 1)], BEN: [unit(1, 1, 1)], CHI: []}, SCALE, SIZE)
    assert gallery.persons == (ANN, BEN)
    best, second = gallery.rank(unit(0, 1))
    assert (best.person_id, round(best.score, 4)) == (ANN, 1.0)
    assert (second.person_id, round(second.score, 4)) == (BEN, round(3**-0.5, 4))


def test_returns_the_three_best_of_many() -> None:
    persons = {PersonId(str(n)): [unit(1, n)] for n in range(6)}
    ranked = build(persons, SCALE, SIZE).rank(unit(1, 2.1))
    assert [candidate.person_id for candidate in ranked] == ["2", "3", "4"]


def test_a_face_between_two_photographs_scores_with_their_sum() -> None:
    gallery = build({ANN: [unit(1), unit(0, 1)], BEN: [unit(0, 0, 1)]}, SCALE, SIZE)
    assert gallery.rank(unit(1, 1))[0].score == pytest.approx(1.0, abs=1e-5)
    assert len(gallery.matrix) == 4


def test_photographs_that_cancel_each_other_have_no_sum() -> None:
    gallery = build({ANN: [unit(1), unit(-1)]}, SCALE, SIZE)
    assert len(gallery.matrix) == 2


def test_an_empty_gallery_knows_nobody() -> None:
    gallery = build({}, SCALE, SIZE)
    assert gallery.rank(unit(1)) == ()
    assert gallery.threshold == SCALE.floor


def test_the_threshold_rises_with_what_strangers_reach() -> None:
    near = unit(0.55, np.sqrt(1 - 0.55**2))
    gallery = build({ANN: [unit(1)], BEN: [near]}, SCALE, SIZE)
    assert gallery.threshold == pytest.approx(0.55, abs=1e-5)
    assert [(p.first, p.second) for p in gallery.look_alikes] == [(ANN, BEN)]
    assert not gallery.marked


def test_twins_are_marked_and_do_not_move_the_threshold_of_all() -> None:
    twin = unit(0.8, 0.6)
    gallery = build({ANN: [unit(1)], BEN: [twin], CHI: [unit(0, 0, 1)]}, SCALE, SIZE)
    assert gallery.threshold == SCALE.floor
    assert gallery.marked == {ANN, BEN}


def test_the_threshold_is_the_percentile_of_the_best_cross_scores() -> None:
    rows = unit_vectors(900, 32)
    persons = {PersonId(str(n)): rows[3 * n : 3 * n + 3] for n in range(300)}
    gallery = build(persons, SCALE, 32)
    scores = gallery.matrix @ gallery.matrix.T
    owner = np.repeat(np.arange(300), 4)
    scores[owner[:, None] == owner[None]] = -1
    best = np.array([scores[owner == n].max() for n in range(300)])
    expected = np.percentile(best[best < SCALE.alike], 99.7)
    assert gallery.threshold == pytest.approx(max(SCALE.floor, expected), abs=1e-5)


def test_blocks_find_what_comparing_everyone_with_everyone_finds() -> None:
    rows = unit_vectors(600, SIZE)
    people = {PersonId(f"{n:03}"): rows[2 * n : 2 * n + 1 + n % 2] for n in range(300)}
    gallery = build(people, SCALE, SIZE)
    of = np.repeat(np.arange(300), np.diff([*gallery.starts, len(gallery.matrix)]))
    scores = gallery.matrix @ gallery.matrix.T
    scores[of[:, None] == of[None]] = -1
    best = [scores[of == n].max() for n in range(300)]
    assert np.allclose(gallery.nearest, best, atol=1e-5)
    close = {
        (min(of[a], of[b]), max(of[a], of[b]))
        for a, b in np.argwhere(scores >= gallery.threshold - 0.05 + 1e-6)
    }
    found = [(int(pair.first), int(pair.second)) for pair in gallery.look_alikes]
    assert len(found) == len(set(found))
    assert set(found) == close


def test_five_thousand_delegates_with_three_photos() -> None:
    rows = unit_vectors(15_000)
    persons = {PersonId(str(n)): rows[3 * n : 3 * n + 3] for n in range(5_000)}
    gallery = build(persons, SCALE, 128)
    assert gallery.threshold == SCALE.floor
    for number in (0, 1234, 4999):
        noisy = rows[3 * number + 1] + 0.05 * rows[7]
        best = gallery.rank(np.asarray(noisy / np.linalg.norm(noisy), np.float32))[0]
        assert best.person_id == str(number)
        assert best.score > 0.99


@pytest.mark.parametrize("row", [unit(1, size=SIZE) * 2, unit(1, size=SIZE + 1)])
def test_refuses_templates_that_are_not_unit_vectors_of_the_model(row: object) -> None:
    with pytest.raises(BugError):
        build({ANN: [row]}, SCALE, SIZE)  # type: ignore[list-item]


def test_finds_the_later_of_two_equal_templates_of_different_persons() -> None:
    rows = [(ANN, unit(1)), (ANN, unit(1)), (BEN, unit(0, 1)), (CHI, unit(1)), (DAN, unit(1, 1))]
    assert repeated(rows, 0.99) == {3}
    assert repeated([], 0.99) == frozenset()
