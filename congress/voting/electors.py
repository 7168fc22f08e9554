"""Who may vote in an open poll, with what weight, in which section, and through whom.

Fixed at the opening from the roll call and the register of proxies, and published on the
ledger. A proxy casts for the absent principal only if the rule allows it; a principal who is
present, or whose seat an alternate has taken, voids the proxy.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from congress.kernel.canonical import Json
from congress.kernel.errors import RefusedError
from congress.kernel.ids import PersonId
from congress.voting.model import Number


class ProxyStanding(StrEnum):
    """What became of a proxy when a poll opened. Texts: ``voting.proxy.<value>``."""

    COUNTED = "counted"
    PRESENT = "present"
    REPLACED = "replaced"
    HOLDER_ABSENT = "holder_absent"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True, slots=True)
class Proxy:
    """One proxy on the register of the congress.

    Attributes:
        principal: The delegate for whom is cast while absent.
        holder: Who casts.
        approved_by: The body or person who accepted the letter of proxy.
    """

    principal: PersonId
    holder: PersonId
    approved_by: str


@dataclass(frozen=True, slots=True)
class UsedProxy:
    """A proxy and what became of it in one poll."""

    proxy: Proxy
    standing: ProxyStanding


@dataclass(frozen=True, slots=True)
class Elector:
    """One who has a vote in an open poll.

    Attributes:
        person: Whose vote it is.
        weight: What it counts, over 0.
        section: Section of the rule, or the delegation where the rule has none.
        by: Who casts it as proxy; ``None`` for who is present.
    """

    person: PersonId
    weight: Fraction
    section: str
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Electorate:
    """All electors of a poll and the proxies that were on the register.

    Attributes:
        electors: Sorted by person.
        proxies: Sorted by principal.
    """

    electors: tuple[Elector, ...] = ()
    proxies: tuple[UsedProxy, ...] = ()
    _by_person: Mapping[PersonId, Elector] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _held: Mapping[PersonId, tuple[PersonId, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Make the two indexes, for a ballot is cast thousands of times."""
        held: dict[PersonId, tuple[PersonId, ...]] = {}
        for elector in self.electors:
            if elector.by is not None:
                held[elector.by] = (*held.get(elector.by, ()), elector.person)
        object.__setattr__(self, "_by_person", {item.person: item for item in self.electors})
        object.__setattr__(self, "_held", held)

    def elector(self, person: PersonId) -> Elector | None:
        """Return the elector of this name, if there is one."""
        return self._by_person.get(person)

    def cast_by(self, person: PersonId) -> tuple[PersonId, ...]:
        """Return for whom ``person`` casts: for himself first, then as proxy."""
        elector = self._by_person.get(person)
        own = () if elector is None or elector.by is not None else (person,)
        return (*own, *self._held.get(person, ()))

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """The weight of every elector."""
        return tuple(elector.weight for elector in self.electors)


def unit_cards(weights: Mapping[PersonId, Fraction]) -> Mapping[PersonId, int]:
    """Return how many cards each delegate draws in a secret poll that counts weights.

    Every vote is a card of its own, so that no ballot bears a weight. One delegate with more
    votes than all others together would still be known by the totals.

    Raises:
        RefusedError: ``voting.fractional_weight``: a card cannot be a part of one;
            ``voting.unique_weight``: one delegate outweighs all others together.
    """
    if any(weight.denominator != 1 for weight in weights.values()):
        raise RefusedError("voting.fractional_weight")
    cards = {person: weight.numerator for person, weight in weights.items()}
    heaviest, total = max(cards.values(), default=0), sum(cards.values())
    if heaviest > 1 and 2 * heaviest > total:
        raise RefusedError("voting.unique_weight", weight=heaviest, total=total)
    return cards


def common_unit(weights: Iterable[Fraction]) -> Fraction:
    """Return the largest ``1/d`` of which every weight is a multiple; 1 where there is none."""
    return Fraction(1, math.lcm(*(weight.denominator for weight in weights)))


def number_to_json(value: Number) -> Json:
    """Return an exact number: an integer, or ``"n/d"`` in lowest terms."""
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else str(exact)


def electorate_to_json(value: Electorate) -> dict[str, Json]:
    """Return what the opening publishes of the electorate."""
    return {
        "electors": [
            {
                "person": item.person,
                "weight": number_to_json(item.weight),
                "section": item.section,
                "by": item.by,
            }
            for item in value.electors
        ],
        "proxies": [
            {
                "person": item.proxy.principal,
                "by": item.proxy.holder,
                "approved_by": item.proxy.approved_by,
                "standing": item.standing.value,
            }
            for item in value.proxies
        ],
    }


def electorate_from_json(value: Mapping[str, Any]) -> Electorate:
    """Return the electorate of an opening; of nobody where it names none.

    Secret polls name no electors, and neither do the openings of earlier versions.
    """
    return Electorate(
        tuple(
            Elector(
                PersonId(item["person"]),
                Fraction(item["weight"]),
                item["section"],
                None if item["by"] is None else PersonId(item["by"]),
            )
            for item in value.get("electors", ())
        ),
        tuple(
            UsedProxy(
                Proxy(PersonId(item["person"]), PersonId(item["by"]), item["approved_by"]),
                ProxyStanding(item["standing"]),
            )
            for item in value.get("proxies", ())
        ),
    )
