"""The form of an election: several offices on one ballot, and biographies of candidates."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from congress.kernel.ids import PollId
from congress.ui.controllers.panel import About
from congress.ui.pages.biography import BiographyDialog
from congress.ui.pages.panel_about import AboutDialog
from congress.ui.pages.poll_form import PollFormPage
from congress.ui.pages.poll_list import ListCard
from congress.ui.widgets.dialog import ConfirmDialog
from congress.ui.widgets.proseedit import ProseEdit
from congress.voting.biographies import LONGEST
from congress.voting.model import Candidate, Contest, Kind, Method, Plan, Secrecy
from tests.helpers.hall import PARTY
from tests.ui.voting.conftest import Stage
from tests.ui.voting.forms.conftest import checked, form


def listed(card: ListCard, *names: str) -> None:
    for name in names:
        card.candidates.other.value = name
        card.candidates.other.submitted.emit()


def after(widget: QWidget, other: QWidget, page: PollFormPage) -> bool:
    """Whether Tab reaches ``widget`` between ``other`` and the button that saves."""
    at: QWidget | None = other.nextInFocusChain()
    while at is not None and at not in (widget, page.save, other):
        at = at.nextInFocusChain()
    return at is widget


def test_one_office_is_as_plain_as_it_ever_was(stage: Stage) -> None:
    page = form(stage, "election")
    (card,) = page.offices.cards
    page.title.value = "Committee"
    assert not any(widget.isVisible() for widget in (card.name, card.up, card.down, card.remove))
    assert page.plan.contests[0].title == "Committee"
    assert page.plan.contests[0].id == "election"


def test_several_offices_are_named_moved_and_taken_off(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = form(stage, "election")
    page.title.value = "Chair"
    listed(page.offices.cards[0], "An")
    page.offices.add.click()
    page.title.value = "Elections of the congress"
    first, second = page.offices.cards
    assert first.name.value == "Chair"
    assert "Say what office 2 is called" in checked(stage, page)
    assert "Office 2: " in checked(stage, page)
    second.name.value = "Secretary"
    listed(second, "Chi", "Dũng")
    second.candidates.other.value = "half-typed"
    assert "Secretary: " in checked(stage, page)
    assert after(second.name.editor, first.seats.edit, page)
    assert after(page.offices.add, second.seats.edit, page)
    second.candidates._remove(1)
    second.up.click()
    assert [(item.id, item.title) for item in page.plan.contests] == [
        ("office-2", "Secretary"),
        ("election", "Chair"),
    ]
    assert [item.candidates[0].name for item in page.plan.contests] == ["Chi", "An"]
    assert first.candidates.other.value == "half-typed"
    assert page.focusWidget() is first.down
    assert checked(stage, page) == stage.context.tr("chair.form.ready")
    asked: list[str] = []

    def decline(_: object, title: str, *__: object, **___: object) -> bool:
        asked.append(title)
        return False

    monkeypatch.setattr(ConfirmDialog, "ask", decline)
    first.remove.click()
    assert asked == ["Take Secretary off the ballot?"]
    assert len(page.offices.cards) == 2
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_, **__: True)
    first.remove.click()
    (contest,) = page.plan.contests
    assert (contest.id, contest.title) == ("election", "Chair")
    page.offices.cards[0].name.value = ""
    assert page.plan.contests[0].title == "Elections of the congress"


def test_a_draft_of_several_offices_keeps_what_each_of_them_is(stage: Stage) -> None:
    names = tuple(Candidate(name, f"Name {name}", biography="About") for name in "AB")
    offices = (
        Contest("chair", "Chair", Method.STRIKE_OUT, 1, names, again=True),
        Contest("board", "Board", Method.AGREE_DISAGREE, 2, names, 1),
    )
    plan = Plan(
        "Two",
        Kind.ELECTION,
        Secrecy.SECRET,
        PARTY,
        "election",
        offices,
        round=2,
        follows=PollId("before"),
    )
    poll = stage.hall.booth.propose(plan)
    page = form(stage, poll.id)
    assert page.plan == plan
    page.save.click()
    stage.idle()
    assert stage.hall.booth.poll(poll.id).plan == plan


def test_what_is_left_of_several_offices_keeps_its_name(stage: Stage) -> None:
    names = tuple(Candidate(name, f"Name {name}") for name in "AB")
    office = Contest("board", "Board", Method.STRIKE_OUT, 1, names, again=True)
    plan = Plan("Two", Kind.ELECTION, Secrecy.SECRET, PARTY, "election", (office,), round=2)
    page = form(stage, stage.hall.booth.propose(plan).id)
    assert page.offices.cards[0].name.isVisible()
    assert page.plan == plan


def test_a_biography_is_written_measured_and_kept(stage: Stage) -> None:
    page = form(stage, "election")
    candidates = page.offices.cards[0].candidates
    listed(page.offices.cards[0], "An; Teacher")
    candidates._write(0)
    dialog = candidates.writing
    assert isinstance(dialog, BiographyDialog)
    dialog.text.value = "x" * (LONGEST + 1)
    assert not dialog.keep.isEnabled()
    assert dialog.left.text() == "1 character too many"
    editor = dialog.text.editor
    assert isinstance(editor, ProseEdit)
    for text, side in (
        ("۱۹۷۱ میں پیدا ہوئیں", Qt.AlignmentFlag.AlignRight),
        ("Born in 1971", Qt.AlignmentFlag.AlignLeft),
    ):
        dialog.text.value = text
        assert editor.document().defaultTextOption().alignment() & side
    dialog.text.value = "Teacher.\n\n\n\n\u202eSince 2019. "
    assert dialog.left.text() == "1,979 characters left"
    dialog.keep.click()
    assert page.plan.contests[0].candidates[0].biography == "Teacher.\n\nSince 2019."
    assert "with biography" in candidates.rows.rows[0].subtitle.text()


def test_a_long_biography_scrolls_where_a_voter_reads_it(stage: Stage) -> None:
    page = form(stage, "election")
    text = "\n\n".join(["Một đoạn văn dài về ứng cử viên. " * 6] * 8)
    dialog = AboutDialog(stage.context, About(Candidate("a", "Ánh", biography=text)), page)
    stage.qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.biography is not None
    bar = dialog.biography.verticalScrollBar()
    assert bar.maximum() > 0
    assert dialog.height() <= page.window().height()
