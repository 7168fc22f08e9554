from dataclasses import replace

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.voting.ledger import EntryType, flaw
from congress.voting.model import Ballot, Candidate, Channel, Contest, Kind, Method, Plan, Secrecy
from congress.voting.outcome import Outcome, TieDecision
from congress.voting.stv.model import TieOver
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.rankedpolls import RANKED, voted


def test_ranked_ballots_are_cast_openly_by_badge(hall: Hall) -> None:
    poll = voted(hall, "AB", "AB", "A", "B", "CB", "CB", "CB", "BC")
    result = hall.booth.certify(poll.id)
    (verdict,), (count,) = result.verdicts, result.counts
    assert verdict.elected == ("C",)
    assert count.piles == (
        (("A",), 1),
        (("A", "B"), 2),
        (("B",), 1),
        (("B", "C"), 1),
        (("C", "B"), 3),
    )
    assert result.votes[4].ballot.marks[0] == frozenset({"C:1", "B:2"})
    assert flaw(hall.booth.ledger(poll.id)) is None


def test_a_tie_is_decided_on_the_ledger(hall: Hall) -> None:
    poll = voted(hall, "A", "A", "A", "BC", "BC", "CB", "CB")
    (verdict,) = hall.booth.result(poll.id).verdicts
    assert verdict.outcome is Outcome.TIED
    with pytest.raises(RefusedError, match=r"voting\.tie_undecided"):
        hall.booth.certify(poll.id)
    lot = TieDecision("council", ("B",), "Lot drawn by the youngest delegate", TieOver.EXCLUSION)
    for wrong in (replace(lot, chosen=("A",)), replace(lot, over=TieOver.SURPLUS)):
        with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
            hall.booth.resolve_tie(poll.id, wrong)
    result = hall.booth.resolve_tie(poll.id, lot)
    assert result.verdicts[0].elected == ("C",)
    entry = hall.booth.ledger(poll.id)[-1]
    assert entry.type is EntryType.TIE_DECISION
    assert entry.payload == {
        "contest": "council",
        "over": "exclusion",
        "chosen": "B",
        "reason": "Lot drawn by the youngest delegate",
    }
    with pytest.raises(InputError, match=r"voting\.bad_tie_decision"):
        hall.booth.resolve_tie(poll.id, lot)
    assert hall.booth.certify(poll.id).verdicts[0].elected == ("C",)


@pytest.mark.parametrize("channel", [Channel.ELECTRONIC, Channel.MIXED])
def test_ranked_ballots_are_refused_in_a_secret_poll_on_screens(
    hall: Hall, channel: Channel
) -> None:
    plan = replace(RANKED, secrecy=Secrecy.SECRET, channel=channel)
    assert "plan.problem.ranked_secret" in [line.key for line in hall.booth.problems(plan)]
    poll = hall.booth.propose(plan)
    with pytest.raises(RefusedError, match=r"voting\.plan_problems"):
        hall.booth.fix_manifest(poll.id)
    assert hall.booth.problems(replace(plan, channel=Channel.PAPER)) == ()


def test_two_offices_on_one_ballot_are_counted_each_for_itself(hall: Hall) -> None:
    names = tuple(Candidate(name, f"Name {name}") for name in "ABC")
    chair = Contest("chair", "Chair", Method.PLURALITY, 1, names)
    board = Contest("board", "Directors", Method.STRIKE_OUT, 2, names)
    poll = hall.booth.propose(
        Plan("Offices", Kind.ELECTION, Secrecy.OPEN, "roberts", "election", (chair, board))
    )
    hall.booth.fix_manifest(poll.id)
    hall.booth.open(poll.id)
    for badge, first, second in zip(
        hall.badges(0, 5), ("A", "A", "", "", ""), ("B", "BC", "BC", "AC", ""), strict=True
    ):
        ballot = Ballot((frozenset(first), frozenset(second)))
        hall.booth.cast(hall.booth.prepare(hall.booth.admit(badge), ballot), badge)
    hall.booth.close(poll.id, APPROVAL)
    first_verdict, second_verdict = hall.booth.tally(poll.id).verdicts
    assert (first_verdict.base, first_verdict.needed, first_verdict.elected) == (2, 2, ("A",))
    assert (second_verdict.base, second_verdict.needed) == (4, 3)
    assert second_verdict.elected == ("B", "C")
