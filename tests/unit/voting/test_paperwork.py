from dataclasses import replace
from typing import Any

import pytest

from congress.kernel.errors import InputError, RefusedError
from congress.kernel.ids import MemberId, PollId
from congress.kernel.roles import Actor, Role
from congress.voting.booth import Booth
from congress.voting.ledger import EntryType
from congress.voting.model import Ballot, Channel, Poll, PollChanged, State
from congress.voting.outcome import Reconciliation
from congress.voting.paperwork import ScannedSlip
from congress.voting.slip_store import Stock
from congress.voting.slips import Answer, Reader
from tests.helpers.hall import APPROVAL, Hall, roll_of


class Committee:
    """A hall that votes on paper, and three members who read the slips."""

    def __init__(self, slips: int = 10) -> None:
        self.hall = Hall()
        self.booth = self.hall.booth
        plan = replace(self.hall.election("ABCD", 3).plan, channel=Channel.PAPER)
        self.poll = self.booth.propose(plan)
        self.booth.fix_manifest(self.poll.id)
        self.booth.issue_slips(self.poll.id, slips)
        self.ann, self.ben, self.cam = (
            self.hall.booth_of(Actor(MemberId(name), Role.COMMITTEE, name))
            for name in ("ann", "ben", "cam")
        )

    @property
    def id(self) -> PollId:
        return self.poll.id

    def voted(self) -> "Committee":
        present = sorted(self.hall.roll.present)
        self.booth.hand_out_slips(self.id, present)
        self.booth.open(self.id, APPROVAL)
        self.booth.close(self.id, APPROVAL)
        return self

    def read(self, booth: Booth, number: int, marks: str, *, rejected: bool = False) -> None:
        booth.read_slip(self.id, number, answer(marks, rejected=rejected))

    def state(self) -> Poll:
        return self.booth.poll(self.id)


def answer(marks: str, *, rejected: bool = False) -> Answer:
    return Answer(Ballot((frozenset(marks),)), rejected)


def scan(marks: str, *doubts: str) -> ScannedSlip:
    return ScannedSlip(
        answer(marks), tuple((0, cell) for cell in doubts), stray=False, pages=(b"front", b"back")
    )


@pytest.fixture
def committee() -> Committee:
    return Committee()


def test_issued_and_spoiled_ballot_papers_stand_on_the_ledger(committee: Committee) -> None:
    assert committee.state().state is State.KEYED
    committee.booth.issue_slips(committee.id, 2)
    stock = committee.booth.spoil_slips(committee.id, 1)
    assert stock == committee.booth.slip_stock(committee.id) == Stock(12, 1)
    entries = committee.booth.ledger(committee.id)[1:]
    assert [(entry.type, entry.payload) for entry in entries] == [
        (EntryType.CREDENTIALS, {"slips": 10}),
        (EntryType.CREDENTIALS, {"slips": 2}),
        (EntryType.CREDENTIALS_VOID, {"slips": 1}),
    ]


def test_ballot_papers_are_handed_to_those_present_and_never_more_than_there_are() -> None:
    committee = Committee(slips=9)
    present = sorted(committee.hall.roll.present)
    with pytest.raises(RefusedError, match=r"voting\.too_few_slips"):
        committee.booth.hand_out_slips(committee.id, present)
    assert committee.booth.hand_out_slips(committee.id, present[:5]) == 5
    assert committee.booth.hand_out_slips(committee.id, present[:6]) == 1
    with pytest.raises(RefusedError, match=r"voting\.not_present"):
        committee.booth.hand_out_slips(committee.id, [*present[:2], present[0][:-1]])  # type: ignore[list-item]


@pytest.mark.parametrize("count", [0, -1, 20_001])
def test_a_number_of_ballot_papers_is_possible(committee: Committee, count: int) -> None:
    with pytest.raises(InputError, match=r"voting\.slip_number"):
        committee.booth.issue_slips(committee.id, count)
    with pytest.raises(InputError, match=r"voting\.slip_number"):
        committee.booth.spoil_slips(committee.id, count)


def test_more_ballot_papers_than_a_congress_has_are_refused(committee: Committee) -> None:
    with pytest.raises(InputError, match=r"voting\.slip_number"):
        committee.booth.issue_slips(committee.id, 19_995)


def test_an_electronic_poll_has_no_slips() -> None:
    hall = Hall()
    poll = hall.opened_motion()
    with pytest.raises(RefusedError, match=r"voting\.no_paper"):
        hall.booth.issue_slips(poll.id, 1)
    with pytest.raises(RefusedError, match=r"voting\.no_paper"):
        hall.booth.next_slip(poll.id)


def test_slips_are_read_after_the_close_only(committee: Committee) -> None:
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        committee.booth.read_slip(committee.id, 1, answer("AB"))


def test_two_read_and_a_third_decides(committee: Committee) -> None:
    committee.voted()
    committee.read(committee.ann, 1, "AB")
    committee.read(committee.ann, 2, "AC")
    with pytest.raises(RefusedError, match=r"voting\.slip_read"):
        committee.read(committee.ann, 1, "AB")
    with pytest.raises(InputError, match=r"voting\.no_slip"):
        committee.read(committee.ann, 4, "AB")
    view = committee.ben.next_slip(committee.id)
    assert (view.number, view.turn, view.differing) == (1, Reader.SECOND, ())
    committee.read(committee.ben, 1, "AB")
    with pytest.raises(RefusedError, match=r"voting\.slip_settled"):
        committee.read(committee.cam, 1, "AB")
    committee.read(committee.ben, 2, "AD")
    view = committee.cam.next_slip(committee.id)
    assert (view.number, view.turn) == (2, Reader.THIRD)
    assert view.differing == (answer("AC"), answer("AD"))
    assert committee.ann.next_slip(committee.id).number == 3
    committee.read(committee.cam, 2, "AD")
    assert committee.booth.slip_progress(committee.id).settled == 2


def test_what_the_scanner_doubts_waits_for_two_people_with_its_picture(
    committee: Committee,
) -> None:
    committee.voted()
    progress = committee.ann.add_scans(committee.id, [scan("AB"), scan("A", "B"), scan("CD")])
    assert (progress.slips, progress.settled, progress.doubtful) == (3, 2, 1)
    view = committee.ann.next_slip(committee.id)
    assert (view.number, view.turn, view.pages) == (2, Reader.FIRST, (b"front", b"back"))
    assert view.scanner is not None
    assert view.scanner.doubts == ((0, "B"),)
    committee.read(committee.ann, 2, "AB")
    committee.read(committee.ben, 2, "AB")
    assert committee.booth.slip_progress(committee.id).settled == 3


def test_more_slips_than_ballot_papers_are_refused_whole(committee: Committee) -> None:
    committee.voted()
    with pytest.raises(InputError, match=r"voting\.too_many_slips"):
        committee.ann.add_scans(committee.id, [scan("AB")] * 11)
    assert committee.booth.slip_progress(committee.id).slips == 0


@pytest.mark.parametrize("marks", ["AX", ""])
def test_an_answer_must_fit_the_ballot_paper(committee: Committee, marks: str) -> None:
    committee.voted()
    wrong = Answer(Ballot(())) if not marks else answer(marks)
    with pytest.raises(InputError, match=r"voting\.bad_ballot"):
        committee.ann.read_slip(committee.id, 1, wrong)
    assert committee.booth.slip_progress(committee.id).slips == 0


def test_a_sample_is_checked_against_the_paper(committee: Committee) -> None:
    committee.voted()
    committee.ann.add_scans(committee.id, [scan("AB"), scan("AC"), scan("A", "B")])
    with pytest.raises(RefusedError, match=r"voting\.slips_unsettled"):
        committee.ann.check_sample(committee.id, 2, "6 1 3")
    with pytest.raises(RefusedError, match=r"voting\.slips_unsettled"):
        committee.ann.check_slip(committee.id, 3, answer("A"))
    committee.read(committee.ann, 3, "A")
    committee.read(committee.ben, 3, "A")
    with pytest.raises(InputError, match=r"voting\.no_seed"):
        committee.ann.check_sample(committee.id, 2, " ")
    chosen = committee.ann.check_sample(committee.id, 2, "6  1 3 ")
    assert chosen == committee.ben.check_sample(committee.id, 2, "6 1 3")
    assert len(chosen) == 2
    with pytest.raises(InputError, match=r"voting\.no_slip"):
        committee.ann.check_slip(committee.id, 4, answer("A"))
    assert committee.cam.check_slip(committee.id, 1, answer("AB")).checked is True
    with pytest.raises(RefusedError, match=r"voting\.slip_checked"):
        committee.ann.check_slip(committee.id, 1, answer("AB"))
    assert committee.cam.check_slip(committee.id, 2, answer("AD")).checked is False
    with pytest.raises(RefusedError, match=r"voting\.slips_differ"):
        committee.ann.count_slips(committee.id, 7, APPROVAL)


def test_a_pile_that_was_read_wrongly_is_read_again_by_two(committee: Committee) -> None:
    committee.voted()
    committee.ann.add_scans(committee.id, [scan("AB")])
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        committee.ann.read_pile_again(committee.id)
    committee.ann.read_pile_again(committee.id, APPROVAL)
    assert committee.booth.slip_progress(committee.id).slips == 0
    assert committee.ann.slip(committee.id, 1).pages == ()


def test_the_paper_count_stands_on_the_ledger_once(committee: Committee) -> None:
    committee.booth.spoil_slips(committee.id, 1)
    committee.hall.roll = roll_of(committee.hall.people.persons[:9], summoned=10)
    committee.voted()
    committee.ann.add_scans(committee.id, [scan("AB"), scan("ABCD"), scan("A")])
    committee.read(committee.ann, 4, "AC", rejected=True)
    with pytest.raises(RefusedError, match=r"voting\.slips_unsettled"):
        committee.ann.count_slips(committee.id, 5, APPROVAL)
    committee.read(committee.ben, 4, "AC", rejected=True)
    with pytest.raises(RefusedError, match=r"voting\.second_person"):
        committee.ann.count_slips(committee.id, 5)
    with pytest.raises(InputError, match=r"voting\.slip_number"):
        committee.ann.count_slips(committee.id, -1, APPROVAL)
    committee.ann.count_slips(committee.id, 5, APPROVAL)
    entry = committee.booth.ledger(committee.id)[-1]
    assert entry.type is EntryType.PAPER_COUNT
    content: Any = entry.payload
    payload = dict(content)
    assert len(payload.pop("record")) == 43
    assert payload.pop("approved_by") == ["ann", "second"]
    (total,) = payload.pop("counts")
    assert (total["cast"], total["invalid"]) == (4, 2)
    assert total["cells"] == {"A": 2, "B": 1, "C": 0, "D": 0}
    assert payload == {"slips": 4, "issued": 10, "spoiled": 1, "unused": 5}
    assert committee.booth.slip_stock(committee.id) == Stock(10, 1, 5, 4, 9)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        committee.ann.count_slips(committee.id, 5, APPROVAL)
    with pytest.raises(RefusedError, match=r"voting\.wrong_order"):
        committee.ann.next_slip(committee.id)


def test_events_and_audit_say_how_far_it_is_and_never_what_was_read(committee: Committee) -> None:
    committee.voted()
    committee.read(committee.ann, 1, "AB")
    assert isinstance(committee.hall.events[-1], PollChanged)
    assert "frozenset" not in repr(committee.hall.events[-1])


def test_a_delegate_reads_no_slips(committee: Committee) -> None:
    committee.voted()
    delegate = committee.hall.booth_of(Actor(MemberId("dan"), Role.DELEGATE, "dan"))
    with pytest.raises(RefusedError, match=r"role\.not_allowed"):
        delegate.read_slip(committee.id, 1, answer("AB"))


def test_a_poll_on_paper_is_tallied_from_its_paper_count_and_balances(
    committee: Committee,
) -> None:
    committee.voted()
    with pytest.raises(RefusedError, match=r"voting\.slips_uncounted"):
        committee.booth.tally(committee.id)
    committee.ann.add_scans(committee.id, [scan("ABC")] * 6 + [scan("AD")] * 2 + [scan("ABCD")])
    committee.ann.count_slips(committee.id, 1, APPROVAL)
    result = committee.booth.tally(committee.id)
    assert result.reconciliation == Reconciliation(10, 10, 9, 9, 0, 1)
    assert result.reconciliation.balanced
    assert result.verdicts[0].elected == ("A", "B", "C")
    assert committee.booth.certify(committee.id, APPROVAL).poll.state is State.CERTIFIED


def test_slips_that_do_not_balance_are_not_certified(committee: Committee) -> None:
    committee.voted()
    committee.ann.add_scans(committee.id, [scan("ABC")] * 6)
    committee.ann.count_slips(committee.id, 1, APPROVAL)
    committee.booth.tally(committee.id)
    with pytest.raises(RefusedError, match=r"voting\.unbalanced"):
        committee.booth.certify(committee.id, APPROVAL)
