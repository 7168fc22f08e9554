"""Between the preview and the box: the code, the audit of a ballot, what a voter may ask for."""

from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from congress.kernel.errors import RefusedError
from congress.kernel.people import Person
from congress.ui.controllers.panel import PanelController
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.panel_sealed import AuditView, OpenedView, SealedView, held
from congress.ui.widgets.ballot import BallotRow
from congress.ui.widgets.button import Button, Kind
from congress.voting.cards import Card
from congress.voting.casting import Opened
from congress.voting.codewords import code_of
from congress.voting.ledger import EntryType
from congress.voting.model import Candidate, Judgement, Line, Poll, Secrecy, Validity
from tests.helpers.hall import APPROVAL, PARTY
from tests.ui.voting.conftest import Stage

View = TypeVar("View", bound=QWidget)


@pytest.fixture
def page(stage: Stage) -> PanelPage:
    made = PanelPage(stage.context, stage.panel())
    stage.show(made, size=(1280, 800))
    return made


def seen(page: PanelPage, kind: type[View]) -> View:
    assert isinstance(page.view, kind)
    return page.view


def walk_to_the_code(stage: Stage, page: PanelPage, card: Card) -> SealedView:
    page.neutral.entered.emit(card.code)
    stage.idle()
    seen(page, ContestView).rows[3].click()
    seen(page, ContestView).next.click()
    seen(page, ReviewView).cast.click()
    stage.idle()
    return seen(page, SealedView)


def test_an_audited_ballot_is_shown_published_and_not_counted(
    stage: Stage, page: PanelPage
) -> None:
    poll, cards = stage.hall.opened_election()
    view = walk_to_the_code(stage, page, cards[0])
    code = view.plate.code.text()
    assert view.audit.kind is Kind.QUIET
    view.audit.click()
    assert QApplication.focusWidget() is seen(page, AuditView).back
    seen(page, AuditView).open.click()
    stage.idle()
    assert seen(page, OpenedView).same
    assert seen(page, OpenedView).plate.code.text() == code
    assert stage.hall.booth.turnout(poll.id).cast == 0
    seen(page, OpenedView).again.click()
    assert seen(page, ContestView).marks == frozenset("ABCD")
    seen(page, ContestView).rows[0].click()
    seen(page, ContestView).next.click()
    seen(page, ReviewView).cast.click()
    stage.idle()
    assert seen(page, SealedView).plate.code.text() != code
    seen(page, SealedView).cast.click()
    stage.idle()
    seen(page, ReceiptView)
    assert stage.hall.booth.turnout(poll.id).cast == 1
    stage.hall.booth.close(poll.id, APPROVAL)
    kinds = [entry.type for entry in stage.hall.booth.ledger(poll.id)]
    assert kinds.count(EntryType.CHALLENGE) == 1
    assert not stage.hall.booth.holds_ballot(poll.id, code)


def test_the_audit_can_be_left_and_the_same_ballot_cast(stage: Stage, page: PanelPage) -> None:
    poll, cards = stage.hall.opened_election()
    code = walk_to_the_code(stage, page, cards[0]).plate.code.text()
    seen(page, SealedView).audit.click()
    stage.qtbot.keyClick(seen(page, AuditView).back, Qt.Key.Key_Return)
    assert seen(page, SealedView).plate.code.text() == code
    stage.qtbot.keyClick(seen(page, SealedView).cast, Qt.Key.Key_Return)
    stage.idle()
    seen(page, ReceiptView)
    assert stage.hall.booth.turnout(poll.id).cast == 1


def test_a_ballot_may_be_changed_after_its_code_was_seen(stage: Stage, page: PanelPage) -> None:
    poll, cards = stage.hall.opened_election()
    code = walk_to_the_code(stage, page, cards[0]).plate.code.text()
    seen(page, SealedView).change.click()
    seen(page, ReviewView).changed.emit(0)
    assert seen(page, ContestView).marks == frozenset("ABC")
    seen(page, ContestView).rows[0].click()
    seen(page, ContestView).next.click()
    seen(page, ReviewView).cast.click()
    stage.idle()
    assert seen(page, SealedView).plate.code.text() != code
    assert stage.hall.booth.turnout(poll.id).cast == 0


def test_an_audit_that_is_refused_says_why(stage: Stage, page: PanelPage) -> None:
    poll, cards = stage.hall.opened_election()
    walk_to_the_code(stage, page, cards[0]).audit.click()
    stage.hall.booth.suspend(poll.id)
    seen(page, AuditView).open.click()
    stage.idle()
    assert "suspended" in seen(page, AuditView).trouble.accessibleName()
    assert seen(page, AuditView).open.isEnabled()


def test_a_sealed_ballot_left_alone_is_forgotten(stage: Stage, page: PanelPage) -> None:
    poll, cards = stage.hall.opened_election()
    walk_to_the_code(stage, page, cards[0])
    for _ in range(stage.context.preferences.panel_seconds):
        page._tick()
    assert page.view is page.neutral
    page._controller.cast_sealed()
    page._controller.challenge()
    stage.idle()
    assert stage.hall.booth.turnout(poll.id).cast == 0


def test_another_content_than_was_chosen_is_an_alarm(stage: Stage) -> None:
    poll, _ = stage.hall.opened_election()
    judgement = Judgement(Validity.VALID, Line("ballot.none"), frozenset("AB"))
    for marks, same in ((frozenset("AB"), True), (frozenset("AC"), False)):
        view = OpenedView(stage.context, Opened(poll, "A" * 20, (marks,)), [judgement])
        stage.qtbot.addWidget(view)
        assert view.same is same
        key = "panel.opened.same" if same else "panel.opened.other"
        assert stage.context.tr(key) in view.verdict.accessibleName()
        assert code_of(view.plate.words.text()) == "A" * 20


def test_what_an_invalid_ballot_must_hold_is_its_flag_alone() -> None:
    blank = Judgement(Validity.BLANK, Line("ballot.blank"))
    assert held(blank) == {":blank"}
    assert held(replace(blank, validity=Validity.INVALID)) == {":invalid"}


def test_the_last_touch_is_taken_back(stage: Stage, page: PanelPage) -> None:
    _, cards = stage.hall.opened_election()
    page.neutral.entered.emit(cards[0].code)
    stage.idle()
    view = page.view
    assert isinstance(view, ContestView)
    assert not view.undo.isEnabled()
    view.rows[1].click()
    view.rows[2].click()
    assert view.marks == frozenset("AD")
    stage.qtbot.mouseClick(view.undo, Qt.MouseButton.LeftButton)
    assert view.marks == frozenset("ACD")
    assert view.rows[2].isChecked()
    stage.qtbot.keyClick(view.undo, Qt.Key.Key_Space)
    assert view.marks == frozenset("ABCD")
    assert not view.undo.isEnabled()


def named_election(stage: Stage, people: tuple[Person, ...]) -> tuple[Poll, tuple[Card, ...]]:
    candidates = [
        Candidate(chr(65 + at), person.name, "Minister" if at == 0 else "", person.id)
        for at, person in enumerate(people[:3])
    ]
    candidates.append(Candidate("D", "Nobody Known"))
    poll = stage.hall.booth.propose_election(
        "Committee", candidates, 3, pack_id=PARTY, rule_id="election", secrecy=Secrecy.SECRET
    )
    return stage.hall.opened_secret(poll)


def jpeg() -> bytes:
    picture = QPixmap(30, 40)
    picture.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPEG")
    return bytes(buffer.data().data())


@pytest.mark.parametrize("kept", [True, False])
def test_who_a_candidate_is_is_told_on_demand(stage: Stage, kept: bool) -> None:
    people = stage.hall.people.persons
    _, cards = named_election(stage, people)

    def portraits(persons: object) -> dict[object, bytes]:
        if not kept:
            raise RefusedError("role.not_allowed")
        return {people[0].id: jpeg()}

    controller = PanelController(
        stage.context,
        stage.hall.booth,
        lambda _: None,
        people=stage.hall.people,
        portraits=portraits,  # type: ignore[arg-type]
    )
    page = PanelPage(stage.context, controller)
    stage.show(page, size=(1280, 800))
    page.neutral.entered.emit(cards[0].code)
    stage.idle()
    view = page.view
    assert isinstance(view, ContestView)
    beside = [row.findChild(Button) for row in view.rows if isinstance(row, BallotRow)]
    assert beside[3] is None
    assert beside[0] is not None
    assert beside[0].accessibleName() == f"About {people[0].name}"
    before = view.marks
    stage.qtbot.mouseClick(beside[0], Qt.MouseButton.LeftButton)
    stage.idle()
    assert view.marks == before
    assert page._about is not None
    assert ("Delegation", people[0].delegation) in page._about.facts
    assert ("On the ballot paper", "Minister") in page._about.facts
    page._forget()
    assert page._about is None


def test_large_type_and_high_contrast_are_a_touch_away(stage: Stage, page: PanelPage) -> None:
    stage.qtbot.mouseClick(page.neutral.large, Qt.MouseButton.LeftButton)
    assert stage.around.preferred[-1].text_scale == 1.3
    stage.qtbot.keyClick(page.neutral.sharp, Qt.Key.Key_Space)
    assert stage.around.preferred[-1].contrast
