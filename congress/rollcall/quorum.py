"""Counts the house: who is present, of how many, and whether that is a quorum. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.kernel.settings import QuorumBase, QuorumRule


@dataclass(frozen=True, slots=True)
class DelegationCount:
    """How many of one delegation are present.

    Attributes:
        delegation: Name of the delegation.
        present: Seats of its official delegates that are taken now.
        summoned: Its official delegates.
        needed: How many of them must be present; 0 where only the whole house counts.
    """

    delegation: str
    present: int
    summoned: int
    needed: int = 0

    @property
    def short(self) -> bool:
        """Whether this delegation alone keeps the house from its quorum."""
        return self.present < self.needed


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
        registered: Seats that were taken in some session so far.
    """

    present: int
    summoned: int
    needed: int
    guests: int
    rule: QuorumRule
    delegations: tuple[DelegationCount, ...]
    registered: int = 0

    @property
    def base(self) -> int:
        """Of how many delegates ``needed`` is a share."""
        by_summoned = self.rule.base is QuorumBase.SUMMONED
        return self.summoned if by_summoned else self.registered

    @property
    def reached(self) -> bool:
        """Whether enough are present, of the house and of each delegation where that counts.

        A house in which nobody counts never has a quorum.
        """
        return self.base > 0 and self.present >= self.needed and not self.short

    @property
    def short(self) -> tuple[DelegationCount, ...]:
        """The delegations of which too few are present."""
        return tuple(each for each in self.delegations if each.short)

    @property
    def missing(self) -> int:
        """How many more are needed; 0 once the quorum is reached."""
        return max(0, self.needed - self.present, sum(e.needed - e.present for e in self.short))


def count(
    people: Sequence[Person],
    inside: Mapping[PersonId, PersonId | None],
    rule: QuorumRule,
    seated_before: Collection[PersonId] = (),
) -> Quorum:
    """Return the state of the house.

    Args:
        people: Everyone on the list of the congress.
        inside: Who is in the hall, and in whose seat where an alternate sits for somebody.
        rule: The congress's rule.
        seated_before: Whose seats were taken in some session so far, by themselves or an
            alternate.
    """
    taken = {seat or person for person, seat in inside.items()}
    summoned: dict[str, int] = {}
    present: dict[str, int] = {}
    seated, registered = 0, 0
    for person in people:
        if person.standing is not Standing.OFFICIAL:
            continue
        summoned[person.delegation] = summoned.get(person.delegation, 0) + 1
        registered += person.id in taken or person.id in seated_before
        if person.id in taken:
            present[person.delegation] = present.get(person.delegation, 0) + 1
            seated += 1
    total = sum(summoned.values())
    by_summoned = rule.base is QuorumBase.SUMMONED
    return Quorum(
        present=seated,
        summoned=total,
        needed=rule.needed(total if by_summoned else registered),
        guests=len(inside) - seated,
        rule=rule,
        delegations=tuple(
            DelegationCount(
                name,
                present.get(name, 0),
                summoned[name],
                rule.needed_of_section(summoned[name]),
            )
            for name in sorted(summoned)
        ),
        registered=registered,
    )
