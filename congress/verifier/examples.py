"""Runs the worked examples of a rule (SPECIFICATION, section 13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from congress.verifier import counts, manifest, verdict
from congress.verifier.faults import Fault
from congress.verifier.fields import Fields, number
from congress.verifier.manifest import Candidate, Contest
from congress.verifier.rules import Rule, smallest_step

_MOST_BALLOTS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Pile:
    """Some ballots that are alike."""

    marks: frozenset[str]
    count: int
    weight: Fraction
    section: str


def require(rule: Rule) -> int:
    """Run every example of a rule and return how many there are.

    Raises:
        Fault: ``example_fails`` if one does not come out as written, or what is wrong with
            the way it is written.
    """
    for fields in rule.examples:
        title = fields.text("title")
        try:
            holds = _holds(rule, fields)
        except Fault as fault:
            if fault.reason in ("wrong_decision", "refused_ballot"):
                raise Fault("example_fails", rule=rule.id, example=title) from fault
            raise
        if not holds:
            raise Fault("example_fails", rule=rule.id, example=title)
    return len(rule.examples)


def _holds(rule: Rule, fields: Fields) -> bool:
    contest = _contest(rule, fields)
    piles = [_pile(rule, contest, item) for item in fields.objects("ballots", [])]
    expect = fields.object("expect")
    electorate = _electorate(rule, fields, piles, 0 if expect.has("problem") else None)
    decided = fields.texts("decided", [])
    fields.whole("surplus_limit", 0)
    fields.flag("again", False)
    fields.end()
    if expect.has("problem"):
        expect.text("problem")
        expect.end()
        return True
    counted = counts.count(
        contest, rule, [(pile.marks, pile.count, pile.weight, pile.section) for pile in piles]
    )
    found = _decided(contest, rule, counted, electorate, decided)
    wanted = (
        expect.choice("outcome", ("carried", "lost", "filled", "vacant", "tied", "void")),
        expect.texts("elected", []),
        frozenset(expect.texts("tied", [])),
        *(Fraction(expect.whole(kind, 0)) for kind in ("valid", "blank", "invalid")),
    )
    came = (
        found.outcome,
        found.elected,
        frozenset(found.tied),
        counted.heads.valid,
        counted.heads.blank,
        counted.heads.invalid,
    )
    base = not expect.has("base") or expect.number("base") == found.base
    needed = not expect.has("needed") or expect.number("needed") == found.needed
    _skip_next(expect)
    expect.end()
    return wanted == came and base and needed


def _skip_next(expect: Fields) -> None:
    """Take what an example says of the next round, which no verdict depends on."""
    expect.texts("next", [])
    expect.whole("next_seats", 0)


def _contest(rule: Rule, fields: Fields) -> Contest:
    born = fields.object("born") if fields.has("born") else Fields({}, "born")
    names = fields.texts("candidates", [])
    days = {name: _year(born, name) for name in names if born.has(name)}
    born.end()
    contest = Contest(
        "example",
        "",
        fields.choice("method", rule.methods),
        fields.whole("seats", 0),
        fields.whole("choices", 0),
        tuple(Candidate(name, name, "", days.get(name)) for name in names),
    )
    manifest.require_names(contest)
    return contest


def _year(born: Fields, name: str) -> date:
    year = born.whole(name)
    if not 1 <= year <= 9999:
        raise Fault("out_of_range", place=born.place(name))
    return date(year, 1, 1)


def _pile(rule: Rule, contest: Contest, fields: Fields) -> _Pile:
    if fields.has("ranking"):
        order = fields.texts("ranking")
        marks = [f"{name}:{rank}" for rank, name in enumerate(order, start=1)]
    else:
        marks = list(fields.texts("marks"))
    pile = _Pile(
        frozenset(marks),
        fields.whole("count"),
        number(fields.take("weight"), "weight") if fields.has("weight") else Fraction(1),
        fields.text("section", ""),
    )
    fields.end()
    known = pile.section in rule.sections if rule.sections else not pile.section
    weighed = rule.weighted or pile.weight == 1
    if not (pile.marks <= set(contest.cells) and known and weighed and pile.weight):
        raise Fault("wrong_example", rule=rule.id)
    if pile.count > _MOST_BALLOTS:
        raise Fault("out_of_range", place="example.ballots")
    return pile


def _electorate(
    rule: Rule, fields: Fields, piles: Sequence[_Pile], default: int | None
) -> verdict.Electorate:
    present = fields.whole("present", default)
    summoned = fields.whole("summoned", present)
    absent = fields.whole("absent_throughout", 0) + fields.whole("conveners_absent_throughout", 0)
    entitled = Fraction(fields.whole("entitled", present))
    if absent > summoned:
        raise Fault("wrong_example", rule=rule.id)
    if rule.weighted:
        entitled = sum((pile.weight * pile.count for pile in piles), Fraction(0))
    unit = smallest_step([pile.weight for pile in piles]) if rule.weighted else Fraction(1)
    return verdict.Electorate(present, summoned, summoned - absent, entitled, unit)


def _decided(
    contest: Contest,
    rule: Rule,
    counted: counts.Count,
    electorate: verdict.Electorate,
    decided: Sequence[str],
) -> verdict.Verdict:
    """Return the verdict; in a ranked example what each decision is over shows itself."""
    if contest.method not in manifest.RANKED:
        decisions = [verdict.Decision(elected=tuple(decided))] if decided else []
        return verdict.decide(contest, rule, counted, electorate, decisions)
    made: list[verdict.Decision] = []
    for chosen in decided:
        for over in ("surplus", "exclusion"):
            tried = [*made, verdict.Decision(over=over, chosen=chosen)]
            try:
                verdict.decide(contest, rule, counted, electorate, tried)
            except Fault:
                continue
            made = tried
            break
        else:
            raise Fault("wrong_decision")
    return verdict.decide(contest, rule, counted, electorate, made)
