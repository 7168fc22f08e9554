"""Plans of polls: whether one may go to the vote under its rule, and what the next round is."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from congress.kernel.folding import BIDI_CONTROLS
from congress.kernel.ids import PollId
from congress.voting import biographies
from congress.voting.methods.forms import FORMS
from congress.voting.model import Candidate, Channel, Contest, Kind, Line, Method, Plan, Secrecy
from congress.voting.outcome import Outcome, Verdict
from congress.voting.rules.model import Rule

MOTION_CONTEST = "motion"
MOST_RANKED = 60
"""Names on a ranked ballot paper: each has a cell for every rank."""


def motion_contest(title: str) -> Contest:
    """Return the one contest of a motion."""
    return Contest(MOTION_CONTEST, title, Method.YES_NO_ABSTAIN)


def usual_method(rule: Rule, candidates: int, seats: int) -> Method:
    """Return the ballot paper that ``rule`` uses for a list of this length.

    A list without surplus is answered name by name where the rule knows that paper, and
    one with a surplus never is.
    """
    level = candidates == seats
    suited = (method for method in rule.methods if (method is Method.AGREE_DISAGREE) == level)
    return next(suited, rule.methods[0])


def problems(plan: Plan, rule: Rule | None, delegations: Collection[str] = ()) -> tuple[Line, ...]:
    """Return everything that keeps ``plan`` from going to the vote; nothing if it may.

    Args:
        plan: The plan.
        rule: The rule it names, or ``None`` if there is no such rule.
        delegations: Those of the delegates; each needs a section where the rule has sections.
    """
    return tuple(_problems(plan, rule, delegations))


def _problems(plan: Plan, rule: Rule | None, delegations: Collection[str]) -> Iterator[Line]:
    if not plan.title.strip():
        yield Line("plan.problem.title")
    if rule is None or rule.kind is not plan.kind:
        yield Line("plan.problem.rule")
        return
    if plan.secrecy not in rule.secrecies:
        yield Line("plan.problem.secrecy")
    yield from _channel_problems(plan)
    yield from _section_problems(plan, rule, delegations)
    texts = [plan.title, plan.text, *(contest.title for contest in plan.contests)]
    names = [item for contest in plan.contests for item in contest.candidates]
    texts += [text for candidate in names for text in (candidate.name, candidate.note)]
    if any(BIDI_CONTROLS.intersection(text) for text in texts):
        yield Line("plan.problem.hidden")
    ids = {contest.id for contest in plan.contests}
    if not ids or len(ids) < len(plan.contests):
        yield Line("plan.problem.contests")
    elif plan.kind is Kind.MOTION and len(ids) > 1:
        yield Line("plan.problem.motion_contests")
    yield from _title_problems(plan)
    for place, contest in enumerate(plan.contests, start=1):
        for line in _contest_problems(contest, plan.kind, rule):
            yield _of(contest, place, line) if len(plan.contests) > 1 else line


def _title_problems(plan: Plan) -> Iterator[Line]:
    """Say which of several contests cannot be told apart by their titles."""
    if len(plan.contests) < 2:
        return
    seen: set[str] = set()
    for place, contest in enumerate(plan.contests, start=1):
        face = _face(contest.title)
        if not face:
            yield Line("plan.problem.office_title", {"place": place})
        elif face in seen:
            yield Line("plan.problem.office_double", {"office": contest.title})
        seen.add(face)


def _of(contest: Contest, place: int, problem: Line) -> Line:
    """Return a problem with the contest it belongs to, by number as long as it has no title."""
    title = contest.title.strip()
    office = title or Line("plan.problem.office", {"place": place})
    return Line("plan.problem.of", {"office": office, "problem": problem})


def _contest_problems(contest: Contest, kind: Kind, rule: Rule) -> Iterator[Line]:
    if contest.method not in rule.methods:
        yield Line("plan.problem.method")
    elif kind is Kind.ELECTION:
        yield from _list_problems(contest, rule)
    for candidate in contest.candidates:
        yield from biographies.problems(candidate)


def _section_problems(plan: Plan, rule: Rule, delegations: Collection[str]) -> Iterator[Line]:
    sections = {section.id for section in rule.sections}
    left = tuple(sorted(set(delegations).difference(plan.sections)))
    if not sections.issuperset(plan.sections.values()) or (sections and not plan.sections):
        yield Line("plan.problem.sections")
    elif sections and left:
        yield Line("plan.problem.sections_left", {"names": left})


def _channel_problems(plan: Plan) -> Iterator[Line]:
    """Say what the way of voting does not go with.

    The totals of ranked ballots are not enough to count them, and nothing but totals of a
    secret electronic poll is ever decrypted; an open vote bears a name, and a slip none.
    """
    paper = plan.channel is Channel.PAPER
    if plan.secrecy is Secrecy.OPEN and plan.channel is not Channel.ELECTRONIC:
        yield Line("plan.problem.open_paper")
    if (
        plan.secrecy is Secrecy.SECRET
        and not paper
        and any(contest.method.ranked for contest in plan.contests)
    ):
        yield Line("plan.problem.ranked_secret")


def _list_problems(contest: Contest, rule: Rule) -> Iterator[Line]:
    listed, seats = len(contest.candidates), contest.seats
    if seats < 1:
        yield Line("plan.problem.seats")
    if not all(candidate.name.strip() for candidate in contest.candidates):
        yield Line("plan.problem.nameless")
    yield from _doubles(contest)
    if listed < seats:
        yield Line("plan.problem.too_few", {"count": listed, "seats": _seats(contest)})
    elif seats >= 1:
        yield from _surplus_problems(contest, rule)
    if contest.method is Method.K_OF_N and not 1 <= contest.choices <= listed:
        yield Line("plan.problem.choices", {"count": listed})
    if contest.method.ranked and listed > MOST_RANKED:
        yield Line("plan.problem.ranked_many", {"most": MOST_RANKED})


def _seats(contest: Contest) -> Line:
    """Return how many seats there are to fill, to be put into a problem."""
    return Line("plan.seats", {"count": contest.seats})


def _doubles(contest: Contest) -> Iterator[Line]:
    candidates = contest.candidates
    seen: set[tuple[str, ...]] = set()
    for candidate in candidates:
        face = (_face(candidate.name), _face(candidate.note))
        if face in seen:
            yield Line("plan.problem.double", {"name": candidate.name})
        seen.add(face)
    cells = FORMS[contest.method].cells(contest)
    ids = {candidate.id for candidate in candidates}
    if len(ids) < len(candidates) or len({*cells}) < len(cells):
        yield Line("plan.problem.double_id")


def _face(text: str) -> str:
    """Return ``text`` as it looks: two that cannot be told apart are the same."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _surplus_problems(contest: Contest, rule: Rule) -> Iterator[Line]:
    level = contest.method is Method.AGREE_DISAGREE
    if level and contest.surplus:
        yield Line("plan.problem.level_method", {"count": contest.surplus})
    if not level and not contest.surplus and rule.surplus.required:
        yield Line("plan.problem.no_surplus")
    if contest.again:
        return
    limits = [
        limit
        for limit in (rule.surplus.limit(contest.seats), contest.surplus_limit)
        if limit is not None
    ]
    if limits and contest.surplus > min(limits):
        yield Line(
            "plan.problem.surplus",
            {"count": contest.surplus, "limit": min(limits), "seats": _seats(contest)},
        )


def next_round(plan: Plan, poll_id: PollId, rule: Rule, verdicts: Sequence[Verdict]) -> Plan | None:
    """Return the plan that fills what this round left open; ``None`` if it left nothing.

    A tie is voted on again among those tied. Vacant seats are offered to those not
    elected, the most votes first, as far as the rule's limit of the surplus goes; those
    level at the cut are all kept, for the machine does not choose between them. A void
    vote is repeated.
    """
    contests = tuple(
        following
        for contest, verdict in zip(plan.contests, verdicts, strict=True)
        if (following := _following(contest, rule, verdict))
    )
    if not contests:
        return None
    return replace(plan, contests=contests, round=plan.round + 1, follows=poll_id)


def _following(contest: Contest, rule: Rule, verdict: Verdict) -> Contest | None:
    if verdict.outcome is Outcome.VOID:
        return contest
    if verdict.tie is not None:
        tied = tuple(contest.candidate(candidate_id) for candidate_id in verdict.tie.candidates)
        return _again(contest, rule, tied, verdict.tie.seats, again=True)
    if not verdict.vacant:
        return None
    left = [item for item in verdict.results if item.candidate.id not in verdict.elected]
    if not left:
        return None
    limit = rule.surplus.limit(verdict.vacant)
    if limit is not None and len(left) > verdict.vacant + limit:
        last = left[verdict.vacant + limit - 1].votes
        left = [item for item in left if item.votes >= last]
    candidates = tuple(item.candidate for item in left)
    return _again(contest, rule, candidates, verdict.vacant, again=False)


def _again(
    contest: Contest, rule: Rule, candidates: tuple[Candidate, ...], seats: int, *, again: bool
) -> Contest:
    return replace(
        contest,
        method=usual_method(rule, len(candidates), seats)
        if Method.AGREE_DISAGREE in rule.methods
        else contest.method,
        seats=seats,
        candidates=candidates,
        surplus_limit=None,
        again=again,
        choices=min(contest.choices, seats),
    )
