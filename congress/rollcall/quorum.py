"""Counts the house: who is present, of how many, and whether that is a quorum. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.kernel.settings import QuorumRule


@dataclass(frozen=True, slots=True)
class DelegationCount:
    """How many of one delegation are present.

    Attributes:
        delegation: Name of the delegation.
        present: Seats of its official delegates that are taken now.
        summoned: Its official delegates.
    """

    delegation: str
    present: int
    summoned: int


@dataclass(frozen=True, slots=True)
class Quorum:
    """The state of the house at one moment.

    Attributes:
        present: Seats of official delegates that are taken, by themselves or an alternate.
        summoned: Official delegates of the congress.
        needed: How many must be present.
        guests: Others in the hall: guests, and alternates without a seat.
        rule: The rule behind ``needed``.
        delegations: The same by delegation, in the order of their names.
    """

    present: int
    summoned: int
    needed: int
    guests: int
    rule: QuorumRule
    delegations: tuple[DelegationCount, ...]

    @property
    def reached(self) -> bool:
        """Whether enough are present. A congress without delegates never has a quorum."""
        return self.summoned > 0 and self.present >= self.needed

    @property
    def missing(self) -> int:
        """How many more are needed; 0 once the quorum is reached."""
        return max(0, self.needed - self.present)


def count(
    people: Sequence[Person],
    inside: Mapping[PersonId, PersonId | None],
    rule: QuorumRule,
) -> Quorum:
    """Return the state of the house.

    Args:
        people: Everyone on the list of the congress.
        inside: Who is in the hall, and in whose seat where an alternate sits for somebody.
        rule: The congress's rule.
    """
    taken = {seat or person for person, seat in inside.items()}
    summoned: dict[str, int] = {}
    present: dict[str, int] = {}
    seated = 0
    for person in people:
        if person.standing is not Standing.OFFICIAL:
            continue
        summoned[person.delegation] = summoned.get(person.delegation, 0) + 1
        if person.id in taken:
            present[person.delegation] = present.get(person.delegation, 0) + 1
            seated += 1
    total = sum(summoned.values())
    return Quorum(
        present=seated,
        summoned=total,
        needed=rule.needed(total),
        guests=len(inside) - seated,
        rule=rule,
        delegations=tuple(
            DelegationCount(name, present.get(name, 0), summoned[name]) for name in sorted(summoned)
        ),
    )
