"""The list of attacks on the bundle of a secret poll: name, check, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.helpers.bundles import Script, context_of, electronic, retally
from tests.helpers.trustees import board

HEAD, CIPHERTEXT = 37, 66
"""Where the ciphertexts of a ballot begin, and how long one is."""


@dataclass(frozen=True)
class Attack:
    """One attack: makes the ledger that is bundled, and names the check and the reason."""

    name: str
    check: str
    reason: str
    make: Callable[[], Script]


ATTACKS: dict[str, Attack] = {}


def attack(check: str, reason: str) -> Callable[[Callable[[Script], None]], Callable[..., None]]:
    """Register an attack that changes a good poll."""

    def register(change: Callable[[Script], None]) -> Callable[[Script], None]:
        def make() -> Script:
            script = electronic()
            change(script)
            return script

        name = change.__name__
        ATTACKS[name] = Attack(name, check, reason, make)
        return change

    return register


def tallied_again(script: Script) -> None:
    """Put the tally of the ballots that are there now on the ledger."""
    retally(script, context_of(script), board()[1][:2])
