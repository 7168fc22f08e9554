"""The service of voting: everything the chair, the committee and the voters do."""

from collections.abc import Callable

from congress.kernel.approval import Approval
from congress.kernel.clock import Clock
from congress.kernel.people import PeopleSource
from congress.kernel.roles import Actor
from congress.kernel.roll import Roll
from congress.kernel.signing import Signer
from congress.storage.database import Database
from congress.voting.admitting import Admitting
from congress.voting.casting import Casting
from congress.voting.complaints import Complaints
from congress.voting.conduct import Conduct
from congress.voting.counting import Counting
from congress.voting.decryption import Decryption
from congress.voting.issuing import Issuing
from congress.voting.paperwork import Paperwork
from congress.voting.parts import Ports
from congress.voting.preparation import Preparation
from congress.voting.proxies import Proxies

NOT_GUARANTEED = (
    "chair.not_guaranteed.short",
    "chair.not_guaranteed.machine",
    "chair.not_guaranteed.shoulder",
    "chair.not_guaranteed.coercion",
    "chair.not_guaranteed.trustees",
)
"""Keys of the texts that say what no secret poll protects from: in a line, then in full."""


class Booth(
    Preparation,
    Issuing,
    Proxies,
    Conduct,
    Admitting,
    Casting,
    Paperwork,
    Decryption,
    Counting,
    Complaints,
):
    """The parts of voting behind one door, for one signed-in member."""

    def __init__(
        self,
        database: Database,
        actor: Actor,
        clock: Clock,
        signer: Signer,
        roll: Callable[[], Roll],
        people: PeopleSource,
        *,
        quorate: Callable[[], bool],
        approve: Callable[[Approval], Actor],
    ) -> None:
        """Take the collaborators.

        Args:
            database: The congress database.
            actor: The signed-in member.
            clock: Dates openings, closings and certificates; never a ballot.
            signer: Holds the key of the congress.
            roll: Freezes the roll call of the session under way.
            people: The list of the congress.
            quorate: Whether the session has its quorum now.
            approve: Checks the second person's name and passphrase and returns who it is;
                raises ``InputError`` if they are wrong.
        """
        super().__init__(Ports(database, actor, clock, signer, roll, people, quorate, approve))
