from itertools import product

import pytest

from congress.kernel.errors import RefusedError
from congress.voting.model import Secrecy, State
from congress.voting.polls import MOVES, Action, actions, after, needs_two


def test_a_poll_lives_from_draft_to_certificate() -> None:
    state = State.DRAFT
    for action in (
        Action.FIX,
        Action.ISSUE,
        Action.ISSUE,
        Action.OPEN,
        Action.SUSPEND,
        Action.RESUME,
        Action.CLOSE,
        Action.TALLY,
        Action.CERTIFY,
    ):
        state = after(state, action)
    assert state is State.CERTIFIED


def test_an_encrypted_poll_is_decrypted_before_it_is_tallied() -> None:
    assert after(State.CLOSED, Action.SUM) is State.DECRYPTING
    assert after(State.DECRYPTING, Action.TALLY) is State.TALLIED


_WRONG = [
    (state, action) for state, action in product(State, Action) if (state, action) not in MOVES
]


@pytest.mark.parametrize(("state", "action"), _WRONG)
def test_every_wrong_order_is_refused(state: State, action: Action) -> None:
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        after(state, action)


def test_there_are_as_many_right_orders_as_the_design_draws() -> None:
    assert len(MOVES) == 12 + 7
    assert len(_WRONG) == len(State) * len(Action) - 19


@pytest.mark.parametrize("state", State)
def test_a_poll_can_be_withdrawn_before_its_tally_and_never_after(state: State) -> None:
    ended = state in (State.TALLIED, State.CERTIFIED, State.WITHDRAWN)
    assert (Action.WITHDRAW in actions(state)) is not ended


def test_nothing_follows_a_certificate_or_a_withdrawal() -> None:
    assert not actions(State.CERTIFIED)
    assert not actions(State.WITHDRAWN)


def test_two_people_open_close_and_certify_a_secret_poll() -> None:
    assert {action for action in Action if needs_two(action, Secrecy.SECRET)} == {
        Action.OPEN,
        Action.CLOSE,
        Action.SUM,
        Action.CERTIFY,
    }
    assert not any(needs_two(action, Secrecy.OPEN) for action in Action)
