"""Rule packs, proxies, and ranked ballots from the panel to the result."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from congress.i18n.translator import Translator
from congress.ui.context import UiContext
from congress.ui.controllers.proxies import ProxiesController
from congress.ui.controllers.rulepacks import RulePacksController
from congress.ui.models.results import bar_lines, chosen
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.poll import PollPage
from congress.ui.pages.proxies import ProxiesPage
from congress.ui.pages.result_electors import ElectorsCard
from congress.ui.pages.result_stages import stage_columns, stage_rows
from congress.ui.pages.results import ResultsPage
from congress.ui.pages.rule_packs import RulePacksPage
from congress.ui.widgets.ballot import BallotRow
from congress.ui.widgets.text import Text
from congress.voting.model import Kind, Plan, Poll, Secrecy
from congress.voting.plans import motion_contest
from congress.voting.rules.packs import custom
from congress.voting.stv.model import TieOver
from tests.helpers.hall import roll_of
from tests.helpers.rankedpolls import COUNCIL, RANKED, voted
from tests.ui.voting.conftest import Stage


def words(page: ResultsPage | RulePacksPage | ProxiesPage | PollPage) -> str:
    return "\n".join(text.text() for text in page.findChildren(Text))


def rule_packs(stage: Stage, subject: str = "", *, may_add: bool = True) -> RulePacksPage:
    controller = RulePacksController(stage.context, stage.hall.booth, may_add=may_add)
    page = RulePacksPage(stage.context, controller)
    stage.show(page, subject)
    return page


def test_a_pack_shows_its_rules_and_what_comes_out_of_every_example(stage: Stage) -> None:
    page = rule_packs(stage, "stv")
    said = words(page)
    assert "Brown and Clark are level from the first: the count stands still" in said
    assert "→ The count stands still at a tie; nobody is elected yet." in said
    assert "3 × 1. Ames; 1 × Invalid; 1 × Invalid" in said
    page.opened("card-vote")
    stage.idle()
    assert "3 × Yes × 200 (Affiliated organisations)" in words(page)
    assert [command.icon for command in page.commands()] == ["plus", "download-simple"]


def test_a_pack_from_a_file_is_tried_read_and_added(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "club.toml"
    file.write_text(custom(), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page = rule_packs(stage)
    page.choose.click()
    stage.idle()
    assert "All 5 worked examples come out as written" in words(page)
    assert "garden-club" not in stage.hall.booth.packs()
    page.add.click()
    stage.idle()
    assert "garden-club" in stage.hall.booth.packs()
    assert page.choice.value == "garden-club"
    assert "Added by the congress" in words(page)
    page.choose.click()
    stage.idle()
    assert page.trouble.isVisible()
    assert page.trial is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('base = "yes_no"', 'base = "moon"', "rules[0].thresholds[0].base"),
        ("needed = 20", "needed = 19", "20 of 30 are two thirds"),
        ('id = "garden-club"', "id = ", "not a rule pack"),
    ],
)
def test_a_wrong_pack_is_refused_with_its_place(
    stage: Stage, tmp_path: Path, old: str, new: str, said: str
) -> None:
    file = tmp_path / "club.toml"
    file.write_text(custom().replace(old, new, 1), encoding="utf-8")
    page = rule_packs(stage)
    page.try_file(file)
    stage.idle()
    assert page.trouble.isVisible()
    assert said in page.trouble.accessibleName()
    page.try_file(tmp_path / "nowhere.toml")
    stage.idle()
    assert "not a rule pack" in page.trouble.accessibleName()


def test_the_example_is_saved_to_be_copied(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "mine.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page = rule_packs(stage, may_add=False)
    assert not page.choose.isVisible()
    assert len(page.commands()) == 1
    page.example.click()
    stage.idle()
    assert file.read_text(encoding="utf-8") == custom()


def proxies(stage: Stage) -> ProxiesPage:
    controller = ProxiesController(stage.context, stage.hall.booth, stage.hall.people)
    page = ProxiesPage(stage.context, controller)
    stage.show(page)
    return page


def test_a_proxy_is_registered_and_struck(stage: Stage) -> None:
    page = proxies(stage)
    persons = stage.hall.people.persons
    assert page.none.isVisible()
    assert not page.keep.isEnabled()
    page.principal.picked.emit(persons[9])
    page.holder.picked.emit(persons[0])
    page.approved.value = "Credentials committee"
    assert page.keep.isEnabled()
    page.keep.click()
    stage.idle()
    (proxy,) = stage.hall.booth.proxies()
    assert (proxy.principal, proxy.holder) == (persons[9].id, persons[0].id)
    assert len(page.rows.rows) == 1
    assert "For Delegate 10: Delegate 1" in words(page)
    page._controller.strike(persons[9].id)
    stage.idle()
    assert page.rows.rows == []


def test_nobody_is_their_own_proxy(stage: Stage) -> None:
    page = proxies(stage)
    person = stage.hall.people.persons[0]
    page.principal.picked.emit(person)
    page.holder.picked.emit(person)
    page.approved.value = "Committee"
    page.keep.click()
    stage.idle()
    assert "cannot give and hold a proxy" in page.trouble.accessibleName()


def opened(stage: Stage, plan: Plan) -> Poll:
    poll = stage.hall.booth.propose(plan)
    stage.hall.booth.fix_manifest(poll.id)
    return stage.hall.booth.open(poll.id)


def entered(stage: Stage, page: PanelPage, code: str) -> ContestView:
    editor = page.neutral.code.editor
    assert isinstance(editor, QLineEdit)
    stage.qtbot.keyClicks(editor, code)
    stage.qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.idle()
    assert isinstance(page.view, ContestView)
    return page.view


def test_names_are_ranked_by_touching_them_in_order(stage: Stage) -> None:
    poll = opened(stage, RANKED)
    page = PanelPage(stage.context, stage.panel())
    stage.show(page, size=(1280, 800))
    view = entered(stage, page, "D-001")
    for at in (2, 0, 1):
        view.rows[at].click()
    assert view.marks == {"C:1", "A:2", "B:3"}
    view.rows[0].click()
    assert view.marks == {"C:1", "B:2"}
    row = view.rows[1]
    assert isinstance(row, BallotRow)
    assert row.accessibleName() == "Name B: No. 2"
    assert view.counter.text() == "Ranked 2 of 3"
    view.next.click()
    review = page.view
    assert isinstance(review, ReviewView)
    said = [text.text() for text in review.findChildren(Text)]
    assert {"Your order", "1. Name C", "2. Name B"} <= set(said)
    review.change.click()
    again = page.view
    assert isinstance(again, ContestView)
    assert [box.isChecked() for box in again.rows] == [False, True, True]
    again.next.click()
    assert isinstance(page.view, ReviewView)
    page.view.cast.click()
    stage.idle()
    assert stage.hall.booth.turnout(poll.id).cast == 1


def test_the_panel_says_for_whom_a_proxy_is_cast(stage: Stage) -> None:
    persons = stage.hall.people.persons
    stage.hall.roll = roll_of(persons[:5])
    stage.hall.booth.register_proxy(persons[9].id, persons[0].id, "Committee")
    contest = motion_contest("Adopt")
    opened(stage, Plan("Adopt", Kind.MOTION, Secrecy.OPEN, "card-vote", "motion", (contest,)))
    stage.hall.cast("D-001", ["yes"], "own")
    page = PanelPage(stage.context, stage.panel())
    stage.show(page, size=(1280, 800))
    view = entered(stage, page, "D-001")
    assert "You vote for Delegate 10" in [text.text() for text in view.findChildren(Text)]


def test_a_ranked_result_shows_every_stage(stage: Stage, context: UiContext) -> None:
    poll = voted(stage.hall, "A", "A", "A", "BC", "BC", "CB", "CB", "CB")
    page = ResultsPage(stage.context, stage.results())
    stage.show(page, poll.id)
    said = words(page)
    assert "Elected: Name C." in said
    assert "Votes at each stage" in said
    (verdict,) = stage.hall.booth.result(poll.id).verdicts
    rows = stage_rows(context.tr, COUNCIL, verdict)
    columns = stage_columns(context.tr, len(verdict.stages))
    assert [column.text(rows[1]) for column in columns] == ["Name B", "2", "0"]
    assert [column.text(rows[-1]) for column in columns] == ["Quota", "5", "5"]
    assert chosen(context.tr, COUNCIL, frozenset({"B:1", "C:2"})) == "1. Name B  2. Name C"


def test_a_ranked_tie_is_decided_on_the_desk(stage: Stage) -> None:
    poll = voted(stage.hall, "A", "A", "A", "BC", "BC", "CB", "CB")
    page = PollPage(stage.context, stage.chair())
    stage.show(page, poll.id)
    assert "that one is excluded" in words(page)
    card = page.next
    assert card is not None
    assert card.primary is not None
    card.tie.boxes["B"].setChecked(True)
    card.tie.reason.value = "Lot drawn by the youngest delegate"
    assert card.tie.decision.over is TieOver.EXCLUSION
    card.primary.click()
    stage.idle()
    assert stage.hall.booth.result(poll.id).verdicts[0].elected == ("C",)


def test_votes_outside_the_sections_are_told_as_a_number(stage: Stage) -> None:
    sections = {"Section 0": "affiliates", "Section 1": "branches", "Section 2": "branches"}
    plan = Plan(
        "Adopt",
        Kind.MOTION,
        Secrecy.OPEN,
        "card-vote",
        "sections",
        (motion_contest("Adopt"),),
        sections=sections,
    )
    poll = opened(stage, plan)
    stage.hall.vote(stage.hall.badges(0, 3), "yes")
    stage.hall.vote(stage.hall.badges(3, 5), "no")
    stage.hall.vote(stage.hall.badges(5, 12), "abstain")
    stage.hall.booth.close(poll.id)
    result = stage.hall.booth.tally(poll.id)
    tr = Translator("en")
    lines = bar_lines(tr, result.counts[0], result.verdicts[0])
    assert [line.value for line in lines] == ["75.0%", "25.0%", "7"]
    assert [line.mark for line in lines[:2]] == [0.5, 0.5]
    assert (lines[2].part, lines[2].mark) == (0.0, None)


def test_the_result_itemises_proxies(stage: Stage) -> None:
    persons = stage.hall.people.persons
    stage.hall.roll = roll_of(persons[:5])
    stage.hall.booth.register_proxy(persons[9].id, persons[0].id, "Committee")
    stage.hall.booth.register_proxy(persons[1].id, persons[0].id, "Committee")
    contest = motion_contest("Adopt")
    plan = Plan("Adopt", Kind.MOTION, Secrecy.OPEN, "card-vote", "motion", (contest,))
    poll = opened(stage, plan)
    stage.hall.cast("D-001", ["yes"], "own")
    stage.hall.booth.close(poll.id)
    stage.hall.booth.tally(poll.id)
    page = ResultsPage(stage.context, stage.results())
    stage.show(page, poll.id)
    (card,) = page.findChildren(ElectorsCard)
    assert len(card.rows.rows) == 2
    said = words(page)
    assert "6 electors with 6 votes together." in said
    assert "Void: the delegate is present" in said


def test_as_many_cards_are_proposed_as_there_are_votes(stage: Stage) -> None:
    persons = stage.hall.people.persons
    stage.hall.people.persons = tuple(
        replace(person, weight=Fraction(at % 4 + 1)) for at, person in enumerate(persons)
    )
    contest = motion_contest("Adopt")
    plan = Plan("Adopt", Kind.MOTION, Secrecy.SECRET, "card-vote", "motion", (contest,))
    poll = stage.hall.booth.propose(plan)
    stage.hall.booth.fix_manifest(poll.id)
    page = PollPage(stage.context, stage.chair())
    stage.show(page, poll.id)
    assert page.next is not None
    assert page.next.number.value == 30 + 3
