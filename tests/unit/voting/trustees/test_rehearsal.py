from dataclasses import replace

import pytest

from congress.kernel.errors import InputError
from congress.voting.crypto import ballots
from congress.voting.crypto.group import random_scalar
from congress.voting.trustees import rehearsal
from congress.voting.trustees.rehearsal import LAYOUT, VOTES, Rehearsal
from tests.helpers.ceremonies import board, board_holders, whole


@pytest.fixture(scope="module")
def prepared() -> Rehearsal:
    return rehearsal.read(rehearsal.prepare(board()[0]).to_bytes())


def test_a_board_is_ready_when_every_file_has_decrypted(prepared: Rehearsal) -> None:
    answers = [rehearsal.take_part(prepared, holder) for holder in board_holders()]
    assert rehearsal.succeeded(prepared, answers) == {1, 2, 3}
    assert rehearsal.is_passed(prepared, answers)
    assert not rehearsal.is_passed(prepared, answers[:2])


def test_a_bad_backup_shows_in_the_rehearsal(prepared: Rehearsal) -> None:
    answers = [rehearsal.take_part(prepared, holder) for holder in board_holders()]
    holder = board_holders()[1]
    bent = replace(holder, share=replace(holder.ready, share=holder.ready.share + 1))
    answers[1] = rehearsal.take_part(prepared, bent)
    assert rehearsal.succeeded(prepared, answers) == {1, 3}
    assert not rehearsal.is_passed(prepared, answers)


def test_a_file_of_another_board_takes_no_part(prepared: Rehearsal) -> None:
    with pytest.raises(InputError, match=r"trustees\.foreign_share"):
        rehearsal.take_part(prepared, whole()[1][0])


def test_no_other_ballot_is_decrypted_as_a_rehearsal(prepared: Rehearsal) -> None:
    swapped = tuple(reversed(prepared.ballots))
    secret = ballots.encrypt(prepared.context, (LAYOUT,), ((0, 1, 0),), random_scalar())
    foreign = (secret.ballot, *prepared.ballots[1:])
    for bent in (
        replace(prepared, ballots=swapped),
        replace(prepared, ballots=foreign),
        replace(prepared, ballots=prepared.ballots[:1], openings=prepared.openings[:1]),
        replace(prepared, ballots=foreign, openings=(secret.opening, *prepared.openings[1:])),
    ):
        with pytest.raises(InputError, match=r"trustees\.bad_rehearsal"):
            rehearsal.take_part(bent, board_holders()[0])


def test_an_answer_to_another_rehearsal_does_not_count(prepared: Rehearsal) -> None:
    other = rehearsal.prepare(board()[0])
    answers = [rehearsal.take_part(other, holder) for holder in board_holders()]
    assert rehearsal.succeeded(prepared, answers) == frozenset()
    assert len(VOTES) == len(prepared.ballots)


def test_a_damaged_file_says_so(prepared: Rehearsal) -> None:
    with pytest.raises(InputError, match=r"trustees\.bad_rehearsal"):
        rehearsal.read(prepared.to_bytes()[:-1])
