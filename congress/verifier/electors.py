"""The opening: the roll call, and in an open poll who may vote (SPECIFICATION, section 9)."""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from congress.verifier import canonical
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields
from congress.verifier.rules import Rule, smallest_step
from congress.verifier.verdict import Electorate

_STANDINGS = ("counted", "present", "replaced", "holder_absent", "not_allowed")


@dataclass(frozen=True, slots=True)
class Elector:
    """One who may vote: weight of the vote, section, and who casts for them."""

    weight: Fraction
    section: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Opening:
    """What an ``open`` entry says.

    Attributes:
        roll: The figures of the roll call, as they stand.
        present: Persons in the hall.
        summoned: Delegates summoned.
        adjusted: Those less the ones absent throughout.
        electors: In an open poll, by person.
    """

    roll: canonical.Json
    present: int
    summoned: int
    adjusted: int
    electors: dict[str, Elector]

    def electorate(self, rule: Rule, entitled: int) -> Electorate:
        """Return what votes are measured against.

        Args:
            rule: The rule.
            entitled: How many were given a ballot.
        """
        weights = [elector.weight for elector in self.electors.values()]
        if not (rule.weighted and weights):
            return Electorate(self.present, self.summoned, self.adjusted, Fraction(entitled))
        total = sum(weights, Fraction(0))
        unit = smallest_step(weights)
        return Electorate(self.present, self.summoned, self.adjusted, total, unit)


def read(payload: canonical.Json, secrecy: str, rule: Rule) -> Opening:
    """Return what the opening of a poll says.

    Raises:
        Fault: It does not add up, or somebody votes whom the rule does not let vote.
    """
    fields = Fields(payload, "open")
    roll = fields.object("roll")
    roll.text("session")
    present, summoned = roll.whole("present"), roll.whole("summoned")
    absent = roll.whole("absent_throughout") + roll.whole("conveners_absent_throughout")
    adjusted = roll.whole("adjusted")
    roll.end()
    if adjusted != summoned - absent:
        raise Fault("wrong_roll")
    require_approval(fields, secrecy)
    electors: dict[str, Elector] = {}
    if secrecy == "open":
        electors = _electors(fields.objects("electors"), rule)
        _check_proxies(fields.objects("proxies"), electors, rule)
        here = sum(elector.by is None for elector in electors.values())
        if here != present:
            raise Fault("wrong_electors", found=here, told=present)
    fields.end()
    return Opening(payload["roll"], present, summoned, adjusted, electors)


def require_approval(fields: Fields, secrecy: str) -> None:
    """Check that enough different members took a step.

    Raises:
        Fault: ``not_approved``.
    """
    members = fields.texts("approved_by")
    if len(set(members)) < len(members) or len(members) < (2 if secrecy == "secret" else 1):
        raise Fault("not_approved")


def _electors(items: list[Fields], rule: Rule) -> dict[str, Elector]:
    electors: dict[str, Elector] = {}
    last = ""
    for item in items:
        person = item.text("person")
        elector = Elector(item.number("weight"), item.text("section"), item.text_or_null("by"))
        item.end()
        if electors and person <= last:
            raise Fault("not_sorted", place="electors")
        last = person
        if not elector.weight or (not rule.weighted and elector.weight != 1):
            raise Fault("wrong_weight", person=person)
        if rule.sections and elector.section not in rule.sections:
            raise Fault("wrong_section", person=person)
        electors[person] = elector
    for person, elector in electors.items():
        if elector.by is not None:
            holder = electors.get(elector.by)
            if holder is None or holder.by is not None:
                raise Fault("wrong_proxy", person=person)
    most = Counter(elector.by for elector in electors.values() if elector.by is not None)
    if max(most.values(), default=0) > rule.proxies:
        raise Fault("too_many_proxies", most=rule.proxies)
    return electors


def _check_proxies(items: list[Fields], electors: dict[str, Elector], rule: Rule) -> None:
    """Check that the register of proxies says of every one what became of it."""
    present = {person for person, elector in electors.items() if elector.by is None}
    counted: dict[str, str | None] = {}
    last = ""
    for number, item in enumerate(items):
        person, by = item.text("person"), item.text("by")
        item.text("approved_by")
        standing = item.choice("standing", _STANDINGS)
        item.end()
        if number and person < last:
            raise Fault("not_sorted", place="proxies")
        last = person
        if standing == "counted":
            if person in counted:
                raise Fault("wrong_proxy", person=person)
            counted[person] = by
        elif not _stands(standing, person in present, by in present, rule):
            raise Fault("wrong_proxy", person=person)
    if counted != {
        person: elector.by for person, elector in electors.items() if elector.by is not None
    }:
        raise Fault("wrong_proxy", person=min(counted, default=""))


def _stands(standing: str, principal_here: bool, holder_here: bool, rule: Rule) -> bool:
    """Return whether a proxy that was not counted may be said to stand so."""
    if principal_here or standing == "present":
        return principal_here and standing == "present"
    if standing == "holder_absent":
        return not holder_here
    return standing == "replaced" or not rule.proxies
