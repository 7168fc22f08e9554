r"""The life of a poll as a pure state machine.

::

    draft -> fixed -> keyed -> open <-> suspended
                                 \        /
                                  closed -> decrypting -> tallied -> certified
                                     \_____________________/

and ``withdrawn`` from every state before the tally. Nothing else is possible. An encrypted
poll is tallied through ``decrypting``, any other without it.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from congress.kernel.errors import RefusedError
from congress.voting.model import Secrecy, State


class Action(StrEnum):
    """A step that moves a poll on."""

    FIX = "fix"
    ISSUE = "issue"
    OPEN = "open"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"
    SUM = "sum"
    TALLY = "tally"
    CERTIFY = "certify"
    WITHDRAW = "withdraw"


MOVES: Mapping[tuple[State, Action], State] = MappingProxyType(
    {
        (State.DRAFT, Action.FIX): State.FIXED,
        (State.FIXED, Action.ISSUE): State.KEYED,
        (State.KEYED, Action.ISSUE): State.KEYED,
        (State.KEYED, Action.OPEN): State.OPEN,
        (State.OPEN, Action.SUSPEND): State.SUSPENDED,
        (State.SUSPENDED, Action.RESUME): State.OPEN,
        (State.OPEN, Action.CLOSE): State.CLOSED,
        (State.SUSPENDED, Action.CLOSE): State.CLOSED,
        (State.CLOSED, Action.SUM): State.DECRYPTING,
        (State.CLOSED, Action.TALLY): State.TALLIED,
        (State.DECRYPTING, Action.TALLY): State.TALLIED,
        (State.TALLIED, Action.CERTIFY): State.CERTIFIED,
        **{
            (state, Action.WITHDRAW): State.WITHDRAWN
            for state in (
                State.DRAFT,
                State.FIXED,
                State.KEYED,
                State.OPEN,
                State.SUSPENDED,
                State.CLOSED,
                State.DECRYPTING,
            )
        },
    }
)

_TWO_PERSONS = frozenset({Action.OPEN, Action.CLOSE, Action.SUM, Action.CERTIFY})


def after(state: State, action: Action) -> State:
    """Return the state that ``action`` leads to.

    Raises:
        RefusedError: ``voting.wrong_order``: a poll in ``state`` cannot take this step.
    """
    try:
        return MOVES[state, action]
    except KeyError:
        raise RefusedError("voting.wrong_order") from None


def actions(state: State) -> frozenset[Action]:
    """Return the steps that a poll in ``state`` can take."""
    return frozenset(action for known, action in MOVES if known is state)


def needs_two(action: Action, secrecy: Secrecy) -> bool:
    """Return whether two members must take this step together.

    Opening, closing, adding up and certifying a secret poll do; in an open poll everybody
    sees every vote, so one person suffices.
    """
    return secrecy is Secrecy.SECRET and action in _TWO_PERSONS
