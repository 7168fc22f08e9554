"""Rule packs: TOML, read strictly, every rule within its bounds (SPECIFICATION, section 13)."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from congress.verifier import manifest
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields

LANGUAGES = ("en", "vi", "ur")
BASES = ("cast", "nonblank", "valid", "yes_no", "present", "entitled", "summoned", "adjusted")
_OF_BALLOTS = ("cast", "nonblank", "valid", "yes_no")
SUPPORT, TURNOUT = "support", "turnout"
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of a base: at least that much, or more than it where ``strict``."""

    subject: str
    base: str
    share: Fraction
    strict: bool

    def needed(self, base: Fraction, unit: Fraction) -> Fraction:
        """Return the fewest votes that are enough, a multiple of the smallest step.

        Args:
            base: What the share is of.
            unit: The smallest step between two numbers of votes.
        """
        steps = self.share * base / unit
        whole = steps.numerator // steps.denominator
        if self.strict or whole * steps.denominator != steps.numerator:
            whole += 1
        return unit * max(1, whole)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a pack.

    Attributes:
        id: Identifier within the pack.
        kind: Motion or election.
        methods: Ballot papers it knows.
        secrecies: Open, secret or both.
        unmarked: What a ballot without a choice is.
        overmarked: What a ballot with too many is.
        thresholds: All must be reached.
        tie: What follows a tie at the last seat.
        weighted: Whether electors have weights.
        sections: Share of each section, by identifier; none where it has none.
        proxies: Most principals of one person.
        examples: Worked examples, as they stand.
    """

    id: str
    kind: str
    methods: tuple[str, ...]
    secrecies: tuple[str, ...]
    unmarked: str
    overmarked: str
    thresholds: tuple[Threshold, ...]
    tie: str
    weighted: bool
    sections: dict[str, Fraction]
    proxies: int
    examples: tuple[Fields, ...]

    @property
    def supports(self) -> tuple[Threshold, ...]:
        """The thresholds of the votes in favour."""
        return tuple(item for item in self.thresholds if item.subject == SUPPORT)

    @property
    def turnouts(self) -> tuple[Threshold, ...]:
        """The thresholds of the ballots cast."""
        return tuple(item for item in self.thresholds if item.subject == TURNOUT)


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one kind of organisation."""

    id: str
    rules: tuple[Rule, ...]


def read(text: str) -> Pack:
    """Return the pack that a text holds; its examples are not run yet.

    Raises:
        Fault: It is no TOML, or something in it is not as it must be.
    """
    if len(text) > _LONGEST:
        raise Fault("too_large", member="pack")
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise Fault("not_toml") from error
    fields = Fields(values, "pack")
    fields.text("source")
    _names(fields)
    pack = Pack(fields.text("id"), tuple(_rule(item) for item in fields.objects("rules")))
    fields.end()
    ids = {rule.id for rule in pack.rules}
    if not ids or len(ids) < len(pack.rules):
        raise Fault("out_of_range", place="pack.rules")
    return pack


def _names(fields: Fields) -> None:
    names = fields.object("names")
    for language in LANGUAGES:
        names.text(language)
    names.end()


def _rule(fields: Fields) -> Rule:
    _names(fields)
    rule = Rule(
        fields.text("id"),
        fields.choice("kind", manifest.KINDS),
        fields.choices("methods", manifest.METHODS),
        fields.choices("secrecies", manifest.SECRECIES),
        fields.choice("unmarked", ("blank", "invalid", "refused")),
        fields.choice("overmarked", ("invalid", "refused")),
        tuple(_threshold(item) for item in fields.objects("thresholds", [])),
        fields.choice("tie", ("revote", "decision", "elder"), "revote"),
        fields.flag("weights", False),
        _sections(fields),
        fields.whole("proxies", 0),
        tuple(fields.objects("examples", [])),
    )
    if fields.has("surplus"):
        _surplus(fields.object("surplus"))
    fields.end()
    for name, holds in _bounds(rule).items():
        if not holds:
            raise Fault("rule_out_of_bounds", rule=rule.id, part=name)
    return rule


def _bounds(rule: Rule) -> dict[str, bool]:
    """Return what must hold between the parts of a rule, by the part it is about."""
    motion = rule.kind == manifest.MOTION
    ranked = any(method in manifest.RANKED for method in rule.methods)
    bases = {item.base for item in rule.thresholds}
    sectioned = bool(rule.sections)
    return {
        "methods": (rule.methods == ("yes_no_abstain",))
        if motion
        else "yes_no_abstain" not in rule.methods
        and (not ranked or all(method in manifest.RANKED for method in rule.methods)),
        "thresholds": (bool(rule.supports) or not motion)
        and not (rule.supports and ranked)
        and (motion or "yes_no" not in bases),
        "tie": not ranked or rule.tie == "decision",
        "weights": not rule.weighted or (not ranked and bases <= {*_OF_BALLOTS, "entitled"}),
        "sections": not sectioned
        or (
            len(rule.sections) > 1
            and sum(rule.sections.values()) == 1
            and rule.secrecies == ("open",)
            and len(rule.thresholds) == len(rule.supports) == 1
            and bases <= set(_OF_BALLOTS)
            and not ranked
        ),
        "proxies": not rule.proxies or "open" in rule.secrecies,
        "examples": bool(rule.examples),
    }


def _threshold(fields: Fields) -> Threshold:
    threshold = Threshold(
        fields.choice("subject", (SUPPORT, TURNOUT), SUPPORT),
        fields.choice("base", BASES),
        _share(fields),
        fields.flag("strict"),
    )
    fields.end()
    return threshold


def _share(fields: Fields) -> Fraction:
    text = fields.text("share")
    parts = text.split("/")
    if len(parts) != 2 or not all(
        part.isascii() and part.isdigit() and len(part) < 18 for part in parts
    ):
        raise Fault("wrong_type", place=fields.place("share"))
    above, below = map(int, parts)
    if not 0 < above <= below:
        raise Fault("out_of_range", place=fields.place("share"))
    return Fraction(above, below)


def _sections(fields: Fields) -> dict[str, Fraction]:
    sections: dict[str, Fraction] = {}
    for item in fields.objects("sections", []):
        _names(item)
        name = item.text("id")
        if name in sections:
            raise Fault("out_of_range", place=fields.place("sections"))
        sections[name] = _share(item)
        item.end()
    return sections


def _surplus(fields: Fields) -> None:
    fields.flag("required", False)
    if fields.has("share"):
        _share(fields)
    for item in fields.items("small", []):
        if not isinstance(item, list) or [type(number) for number in item] != [int, int, int]:
            raise Fault("wrong_type", place=fields.place("small"))
    fields.end()


def smallest_step(weights: list[Fraction]) -> Fraction:
    """Return the unit of votes: one over the least common multiple of the denominators."""
    return Fraction(1, lcm(*(weight.denominator for weight in weights)))
