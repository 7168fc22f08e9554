"""The whole ceremony on one machine that is passed around.

Every trustee first sets a passphrase, of which only the key made from it is kept. Then the
machine makes all secrets, holds the ceremony among them, seals each under its passphrase and
forgets it: there is no moment at which secrets lie about while somebody walks to the machine.
What it cannot prevent is a machine that was tampered with; then files carried between the
trustees' own machines are the way.
"""

import secrets
from collections.abc import Callable, Mapping

from congress.kernel.errors import BugError
from congress.voting.trustees.holder import Holder
from congress.voting.trustees.invitation import Invitation
from congress.voting.trustees.papercode import SEED
from congress.voting.trustees.session import Session, Stage
from congress.voting.trustees.sharefile import Lock, seal


def hold(
    invitation: Invitation,
    locks: Mapping[int, Lock],
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> tuple[Session, Mapping[int, bytes]]:
    """Hold a ceremony among all trustees at once.

    Args:
        invitation: Its frame.
        locks: What each trustee's file is sealed with, by index.
        entropy: Source of the secrets.

    Returns:
        The complete session and each trustee's share file by index.
    """
    holders = [Holder(invitation, index, entropy(SEED)) for index in invitation.indices]
    session = Session(invitation)
    while session.stage is not Stage.COMPLETE:
        for place, holder in enumerate(holders):
            holders[place], message = holder.step(session)
            if message is None:
                raise BugError("a trustee at this table has nothing to say")
            session = session.add(message)
        if session.fault is not None:
            raise BugError("a ceremony on one machine cannot break")
    ready = [holder.step(session)[0] for holder in holders]
    return session, {holder.index: seal(holder, locks[holder.index]) for holder in ready}
