"""The results page, its tables, and what a result can be checked by."""

import pytest
from pytestqt.modeltest import ModelTester

from congress.i18n.translator import Translator
from congress.ui.context import UiContext
from congress.ui.models.results import (
    candidate_columns,
    chosen,
    vote_columns,
    vote_rows,
)
from congress.ui.models.rows import RowsModel
from congress.ui.pages.result_proof import ProofCard
from congress.ui.pages.results import ResultsPage
from congress.ui.widgets.figure import Bar
from congress.voting.codewords import words_of
from congress.voting.model import Candidate, Contest, Method
from congress.voting.plans import motion_contest
from tests.helpers.hall import APPROVAL, Hall
from tests.helpers.vaults import actor
from tests.ui.voting.conftest import Stage


def results(stage: Stage, subject: str = "") -> ResultsPage:
    page = ResultsPage(stage.context, stage.results())
    stage.show(page, subject)
    return page


def words(page: ResultsPage) -> str:
    labels = page.findChildren(type(page.header.title))
    return "\n".join(label.text() for label in labels)


def proof(page: ResultsPage) -> ProofCard:
    return page.findChildren(ProofCard)[-1]


def test_without_a_result_the_page_teaches(stage: Stage) -> None:
    stage.hall.opened_motion()
    page = results(stage)
    assert page.empty.isVisible()
    assert not page.choice.isVisible()


def test_an_open_motion_lists_everybody(stage: Stage) -> None:
    poll = stage.hall.opened_motion()
    stage.hall.vote(stage.hall.badges(0, 7), "yes")
    stage.hall.vote(stage.hall.badges(7, 9), "no")
    stage.hall.finish(poll.id)
    page = results(stage)
    said = words(page)
    assert "Carried: 7 in favour, 2 against; 5 were needed." in said
    assert "Votes measured" not in said
    assert "The certificate's signature is good" in said
    assert "did not vote" in said


def bars(page: ResultsPage) -> list[str]:
    return [bar.accessibleName() for bar in page.findChildren(Bar)]


def test_votes_outside_the_base_are_told_without_a_percentage(stage: Stage) -> None:
    poll = stage.hall.opened_motion()
    stage.hall.vote(stage.hall.badges(0, 3), "yes")
    stage.hall.vote(stage.hall.badges(3, 4), "no")
    stage.hall.vote(stage.hall.badges(4, 12), "abstain")
    stage.hall.finish(poll.id)
    shown = bars(results(stage))
    assert shown[:3] == ["Yes: 3 · 75.0%", "No: 1 · 25.0%", "Abstain: 8"]
    assert shown[3] == "Section 0: Yes 1, Abstain 3"
    assert len(shown) == 6


def test_a_secret_election_says_verdict_arithmetic_and_candidates(stage: Stage) -> None:
    poll, cards = stage.hall.opened_election()
    receipts = [stage.hall.cast(card.code, "ABC") for card in cards]
    stage.hall.booth.close(poll.id, APPROVAL)
    stage.hall.count(poll.id)
    page = results(stage, poll.id)
    said = words(page)
    assert "3 elected: Name A, Name B, Name C." in said
    assert "More than 1/2 of 12 is at least 7." in said
    assert page.header.lead.text().endswith("Counted")
    card = proof(page)
    card._look()
    card.code.value = receipts[0].tracking_code
    card.search.click()
    stage.idle()
    assert card.answer.accessibleName().startswith("It is on the ledger")
    card.code.value = " ".join(words_of(receipts[1].tracking_code))
    card.search.click()
    stage.idle()
    assert card.answer.accessibleName().startswith("It is on the ledger")
    card.code.value = "AAAA"
    card.search.click()
    stage.idle()
    assert "no tracking code" in card.answer.accessibleName()
    card.code.value = "A" * 20
    card.search.click()
    stage.idle()
    assert "not on the ledger" in card.answer.accessibleName()
    stage.hall.booth.certify(poll.id, APPROVAL)
    stage.idle()
    assert page.header.lead.text().endswith("Certified")


def test_a_tampered_certificate_shows(stage: Stage) -> None:
    poll = stage.hall.opened_motion()
    stage.hall.finish(poll.id)
    with stage.hall.database.unit_of_work(actor()) as uow:
        uow.connection.exec_driver_sql(
            "UPDATE poll_ledger SET payload = replace(payload, '\"yes\":0', '\"yes\":9')"
            " WHERE type = 'certificate'"
        )
        uow.commit()
    said = words(results(stage, poll.id))
    assert "The ledger is broken" in said
    assert "signature is wrong" in said


def test_accounts_that_do_not_balance_show(stage: Stage) -> None:
    poll = stage.hall.election()
    stage.hall.booth.fix_manifest(poll.id)
    cards = stage.hall.booth.issue_cards(poll.id, 3)
    stage.hall.booth.open(poll.id, APPROVAL)
    for card in cards:
        stage.hall.cast(card.code, "ABC")
    stage.hall.booth.close(poll.id, APPROVAL)
    stage.hall.count(poll.id)
    assert "The cards do not balance" in words(results(stage, poll.id))


def test_results_are_chosen_from_a_list(stage: Stage) -> None:
    first, second = stage.hall.opened_motion(), stage.hall.opened_motion("two-thirds")
    for poll in (first, second):
        stage.hall.finish(poll.id)
    page = results(stage)
    assert page.choice.value == second.id
    page.choice.chosen.emit(first.id)
    stage.idle()
    assert page.header.lead.text().startswith("No. 1")


def test_the_models_of_a_result_behave(context: UiContext, qtmodeltester: ModelTester) -> None:
    hall = Hall(6)
    poll, cards = hall.opened_election()
    for card in cards:
        hall.cast(card.code, "ABC")
    hall.finish(poll.id)
    verdict = hall.booth.result(poll.id).verdicts[0]
    model = RowsModel(context.theme, candidate_columns(context.tr, verdict), verdict.results)
    qtmodeltester.check(model)
    cells = [str(model.index(0, at).data()) for at in range(model.columnCount())]
    assert cells == ["Name A", "6", "100.0%", "Elected"]


def test_the_model_of_named_votes_behaves(context: UiContext, qtmodeltester: ModelTester) -> None:
    hall = Hall(6)
    poll = hall.opened_motion()
    hall.vote(hall.badges(0, 4), "yes")
    hall.finish(poll.id)
    names = {person.id: person.name for person in hall.people.persons}
    votes = hall.booth.result(poll.id).votes
    rows = vote_rows(context.tr, poll.plan.contests[0], 0, votes, names)
    model = RowsModel(context.theme, vote_columns(context.tr), rows)
    qtmodeltester.check(model)
    assert [model.index(0, at).data() for at in range(3)] == ["D-001", "Delegate 1", "Yes"]


@pytest.mark.parametrize(
    ("method", "marks", "words"),
    [
        (Method.STRIKE_OUT, {"a"}, "Ann"),
        (Method.PLURALITY, {"a", "b"}, "Ann, Bob"),
        (Method.PLURALITY, set(), "Blank"),
        (Method.AGREE_DISAGREE, {"a:agree", "b:disagree"}, "Ann (Agree), Bob (Disagree)"),
        (Method.AGREE_DISAGREE, {"a:agree", "a:disagree"}, "Ann (Agree/Disagree)"),
    ],
)
def test_a_vote_is_said_in_words(method: Method, marks: set[str], words: str) -> None:
    contest = Contest("c", "c", method, 1, (Candidate("a", "Ann"), Candidate("b", "Bob")))
    assert chosen(Translator("en"), contest, frozenset(marks)) == words
    assert chosen(Translator("en"), motion_contest("m"), frozenset({"no"})) == "No"
