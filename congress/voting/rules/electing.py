"""Who votes by a rule: the electorate of an open poll, fixed when it opens."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from congress.kernel.errors import RefusedError
from congress.kernel.people import Person
from congress.kernel.roll import Roll
from congress.voting.electors import Elector, Electorate, Proxy, ProxyStanding, UsedProxy
from congress.voting.model import Plan
from congress.voting.rules.model import Rule


def electorate(
    roll: Roll, people: Iterable[Person], proxies: Iterable[Proxy], plan: Plan, rule: Rule
) -> Electorate:
    """Return who votes in a poll that opens now.

    Args:
        roll: The roll call.
        people: The list of the congress, for the weights of those who are absent.
        proxies: The register, one for each principal.
        plan: What is voted on; says which delegation votes in which section.
        rule: By which rule.

    Raises:
        RefusedError: ``voting.too_many_proxies`` if somebody holds more that count than the
            rule allows, ``voting.no_section`` for a delegation without a section.
    """
    known = {person.id: person for person in people}
    used = tuple(
        UsedProxy(proxy, _standing(proxy, roll, rule))
        for proxy in sorted(proxies, key=lambda item: item.principal)
        if proxy.principal in known and proxy.holder in known
    )
    counted = [item.proxy for item in used if item.standing is ProxyStanding.COUNTED]
    for holder, number in Counter(proxy.holder for proxy in counted).items():
        if number > rule.proxies:
            name = known[holder].name
            raise RefusedError(
                "voting.too_many_proxies", name=name, count=number, most=rule.proxies
            )
    electors = [
        Elector(person, _weight(rule, roll.weights[person]), _section(plan, rule, delegation))
        for person, delegation in roll.sections.items()
    ]
    for proxy in counted:
        principal = known[proxy.principal]
        section = _section(plan, rule, principal.delegation)
        electors.append(
            Elector(principal.id, _weight(rule, principal.weight), section, proxy.holder)
        )
    return Electorate(tuple(sorted(electors, key=lambda item: item.person)), used)


def _standing(proxy: Proxy, roll: Roll, rule: Rule) -> ProxyStanding:
    if proxy.principal in roll.present:
        return ProxyStanding.PRESENT
    if proxy.principal in roll.replaced:
        return ProxyStanding.REPLACED
    if proxy.holder not in roll.present:
        return ProxyStanding.HOLDER_ABSENT
    return ProxyStanding.COUNTED if rule.proxies else ProxyStanding.NOT_ALLOWED


def _weight(rule: Rule, weight: Fraction) -> Fraction:
    return weight if rule.weights else Fraction(1)


def _section(plan: Plan, rule: Rule, delegation: str) -> str:
    if not rule.sections:
        return delegation
    section = plan.sections.get(delegation)
    if section is None:
        raise RefusedError("voting.no_section", delegation=delegation)
    return section
