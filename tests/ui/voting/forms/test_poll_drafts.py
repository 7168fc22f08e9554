"""Motions and elections are drafted, checked and revised."""

from congress.ui.pages.candidates import CandidateList
from congress.voting.model import Candidate, Kind, Method, Secrecy
from tests.helpers.hall import ROBERTS
from tests.ui.voting.conftest import Stage
from tests.ui.voting.forms.conftest import checked, form


def test_a_motion_is_drafted(stage: Stage) -> None:
    page = form(stage, "motion")
    assert page.rules.pack.value == "party-congress"
    assert "Give it a title" in checked(stage, page)
    page.title.value = " Adopt the programme "
    page.text.value = "The congress resolves…"
    assert checked(stage, page) == stage.context.tr("chair.form.ready")
    page.save.click()
    stage.idle()
    poll = stage.hall.booth.polls()[0]
    assert (poll.plan.title, poll.plan.kind) == ("Adopt the programme", Kind.MOTION)
    assert poll.plan.secrecy is Secrecy.OPEN
    assert stage.around.visited == [f"poll/{poll.id}"]


def test_an_election_is_checked_against_the_rule_while_it_is_filled_in(stage: Stage) -> None:
    page = form(stage, "election")
    page.title.value = "Committee"
    page.offices.cards[0].seats.set_value(3)
    assert page.rules.secrecy.value is Secrecy.SECRET
    assert "not enough" in checked(stage, page)
    for number in range(3):
        page.offices.cards[0].candidates.other.value = f"Name {number}; Section {number}"
        page.offices.cards[0].candidates.other.submitted.emit()
    assert page.offices.cards[0].method.value == Method.AGREE_DISAGREE
    assert checked(stage, page) == stage.context.tr("chair.form.ready")
    page.offices.cards[0].candidates.picker.picked.emit(stage.hall.people.persons[0])
    assert page.plan.contests[0].method is Method.STRIKE_OUT
    assert checked(stage, page) == stage.context.tr("chair.form.ready")
    page.offices.cards[0].candidates.picker.picked.emit(stage.hall.people.persons[1])
    assert "the rule allows at most 1" in checked(stage, page)
    page.save.click()
    stage.idle()
    contest = stage.hall.booth.polls()[0].plan.contests[0]
    assert [item.id for item in contest.candidates] == ["c01", "c02", "c03", "c04", "c05"]
    assert contest.candidates[0].note == "Section 0"
    assert contest.candidates[3].person_id == stage.hall.people.persons[0].id


def test_another_rule_pack_brings_its_own_papers(stage: Stage) -> None:
    page = form(stage, "election")
    page.rules.pack.set_value(ROBERTS)
    page.rules.pack.chosen.emit(ROBERTS)
    assert page.offices.cards[0].method.value is Method.PLURALITY
    page.offices.cards[0].method.set_value(Method.STRIKE_OUT)
    page.offices.cards[0].seats.set_value(2)
    assert page.plan.contests[0].method is Method.STRIKE_OUT


def test_a_draft_is_revised(stage: Stage) -> None:
    poll = stage.hall.election("ABCDE", 3)
    page = form(stage, poll.id)
    assert page.title.value == "Committee"
    assert page.offices.cards[0].seats.value == 3
    assert page.offices.cards[0].method.value is Method.STRIKE_OUT
    page.offices.cards[0].candidates._remove(4)
    page.save.click()
    stage.idle()
    revised = stage.hall.booth.poll(poll.id)
    assert len(revised.plan.contests[0].candidates) == 4
    assert stage.hall.booth.problems(revised.plan) == ()


def test_a_draft_that_is_fixed_meanwhile_is_not_revised(stage: Stage) -> None:
    poll = stage.hall.motion()
    page = form(stage, poll.id)
    stage.hall.booth.fix_manifest(poll.id)
    stage.idle()
    page.save.click()
    stage.idle()
    assert [error.code for error in stage.around.errors] == ["voting.wrong_order"]
    assert page.save.isEnabled()


def test_the_order_of_the_ballot_paper_is_chosen(stage: Stage) -> None:
    candidates = CandidateList(stage.context, lambda _: [])
    stage.qtbot.addWidget(candidates)
    candidates.set_candidates((Candidate("c01", "A"), Candidate("c02", "B")))
    candidates._lift(1)
    assert [item.name for item in candidates.candidates] == ["B", "A"]
    candidates._named()
    candidates._remove(0)
    candidates.other.value = "C"
    candidates._named()
    assert [(item.id, item.name) for item in candidates.candidates] == [("c01", "A"), ("c02", "C")]
