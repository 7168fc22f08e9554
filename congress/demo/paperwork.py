"""What the secretariat does with papers on the day: a group, versions, amendments, the hall."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit

from congress.app import OpenCongress
from congress.demo.walker import Walker
from congress.docs.amendments.model import Kind
from congress.docs.model import Paper, PaperType
from congress.kernel.errors import BugError
from congress.kernel.ids import PaperId
from congress.kernel.roles import Clearance
from congress.ui.pages.amendment_decisions import DraftDialog
from congress.ui.pages.amendment_dialogs import ProposalDialog
from congress.ui.pages.amendments import AmendmentsPage
from congress.ui.pages.changes import ChangesPage
from congress.ui.pages.group_dialog import GroupDialog
from congress.ui.pages.library import LibraryPage
from congress.ui.pages.paper_panel import PaperPanel
from congress.ui.pages.reader import ReaderPage
from congress.ui.pages.setting_policy import ClearanceChecks, PolicySetting
from congress.ui.pages.settings import SettingsPage
from congress.ui.readerpresenting import PresentPart

GROUP_MEMBER = "committee"
"""Who is of the group besides the secretariat."""
ASKED, WANTED = "75", "90"
"""Thousands in the travelling fund: in the draft, and as the amendment wants them."""


def draft_resolution(congress: OpenCongress, lang: str) -> Paper:
    """Return the draft resolution in one language."""
    return next(
        paper
        for paper in congress.library.papers()
        if paper.type is PaperType.DRAFT and paper.language == lang
    )


def closed_papers(congress: OpenCongress) -> Sequence[Paper]:
    """Return the papers that must reach no delegate: restricted and secret ones."""
    return [
        paper
        for paper in congress.library.papers()
        if paper.clearance in (Clearance.RESTRICTED, Clearance.SECRET)
    ]


def work_on_papers(walker: Walker, congress: OpenCongress, lang: str) -> dict[str, int]:
    """Walk through everything the secretariat does with papers; return what can be counted."""
    _policy(walker)
    _group(walker, congress)
    draft = draft_resolution(congress, lang)
    _compare(walker, draft)
    amendments = _amend(walker, congress, draft.id)
    _present(walker, congress, lang)
    versions = sum(len(congress.library.versions(each.id)) for each in congress.library.papers())
    return {"versions": versions, **amendments, "groups": len(congress.groups.all())}


def _policy(walker: Walker) -> None:
    """Let papers for delegates be printed no more."""
    page = walker.page(SettingsPage)
    walker.type(page.search, walker.window.context.tr("settings.group.policy"), enter=False)
    printing = walker.part(PolicySetting, page).fields["printing"]
    QTest.keyClick(
        walker.part(ClearanceChecks, printing).boxes[Clearance.DELEGATES], Qt.Key.Key_Space
    )
    walker.picture("settings-policy")
    page.search.clear()


def _group(walker: Walker, congress: OpenCongress) -> None:
    """Make a group, and give it a restricted paper that the secretariat had to itself."""
    tr = walker.window.context.tr
    settings = walker.page(SettingsPage)
    walker.click(settings.paper_groups.new)
    dialog = walker.dialog(GroupDialog)
    walker.type(dialog.name.editor, tr("demo.group"), enter=False)
    walker.type(dialog.members.search, GROUP_MEMBER)
    walker.picture("group", dialog)
    walker.click(dialog.yes)
    walker.until(congress.groups.all, "the group")
    paper = next(each for each in closed_papers(congress) if each.clearance != Clearance.SECRET)
    panel = _details(walker, paper)
    walker.agree("paper-to-group")
    QTest.keyClick(panel.shelf.editor, Qt.Key.Key_Down)
    walker.until(lambda: congress.library.paper(paper.id).group, "the paper to move")
    walker.picture("paper-in-group")


def _details(walker: Walker, paper: Paper) -> PaperPanel:
    """Click on a paper in the library, and return the panel with its details."""
    library = walker.page(LibraryPage)
    library.search.clear()
    walker.current(LibraryPage)
    view = library.papers_view
    index = view.papers.index(view.papers.row_of(paper.id))
    view.scrollTo(index)
    where = view.visualRect(index).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    walker.current(LibraryPage)
    return walker.part(PaperPanel)


def _compare(walker: Walker, draft: Paper) -> None:
    """See the details of the draft resolution, and what its second version changed."""
    tr = walker.window.context.tr
    panel = _details(walker, draft)
    walker.picture("paper-details")
    walker.press(panel.versions, tr("paper.newer.changes"))
    page = walker.current(ChangesPage)
    walker.until(lambda: page.stack.currentWidget() is page.view, "the comparison")
    walker.picture("changes")
    walker.shortcut(page.view, "Ctrl+E")
    walker.picture("changes-tracked")


def _amend(walker: Walker, congress: OpenCongress, paper_id: PaperId) -> dict[str, int]:
    """Enter two amendments, show one in the hall, accept them, and make the next version."""
    tr = walker.window.context.tr
    page = walker.page(AmendmentsPage, paper_id)
    _enter(walker, page, Kind.REPLACE)
    walker.until(lambda: _rows(page) == 1, "the amendment")
    _enter(walker, page, Kind.INSERT_AFTER)
    walker.until(lambda: _rows(page) == 2, "the second amendment")
    walker.picture("amendments")
    walker.agree("amendment-hall-question")
    walker.press(page.cards[0].rows[0], tr("amendments.do.show"))
    hall = page.hall
    if hall is None:
        raise BugError("the hall sees nothing")
    walker.picture("amendment-hall", hall)
    hall.close()
    for at in range(2):
        walker.press(page.cards[0].rows[at], tr("amendments.do.accept"))
        walker.until(partial(_accepted, page, at + 1), "the decision")
    walker.click(page.next_version)
    draft = walker.dialog(DraftDialog)
    walker.picture("amendment-version", draft)
    walker.click(draft.yes)
    before = congress.library.paper(paper_id).version
    walker.until(lambda: congress.library.paper(paper_id).version > before, "the next version")
    walker.picture("amendments-applied")
    return {"amendments": congress.amendments.count(paper_id), "accepted": _taken(page)}


def _rows(page: AmendmentsPage) -> int:
    return sum(len(card.rows) for card in page.cards)


def _taken(page: AmendmentsPage) -> int:
    found = page.controller.amended
    return sum(each.amendment.state == "accepted" for each in found.amendments) if found else 0


def _accepted(page: AmendmentsPage, count: int) -> bool:
    return _taken(page) >= count


def _enter(walker: Walker, page: AmendmentsPage, kind: Kind) -> None:
    """Fill in the form of an amendment to the paragraph on the travelling fund."""
    tr = walker.window.context.tr
    walker.click(page.enter)
    dialog = walker.dialog(ProposalDialog)
    walker.type(dialog.picker.search, ASKED, enter=False)
    walker.press(dialog.kind, tr(f"amendments.kind.{kind.value}"))
    words, reason = dialog.text.editor, dialog.reason.editor
    if not isinstance(words, QPlainTextEdit) or not isinstance(reason, QPlainTextEdit):
        raise BugError("there is nothing to write into")
    if kind is Kind.REPLACE:
        words.find(ASKED)
        walker.keys(words, WANTED)
        walker.keys(reason, tr("demo.reason"))
    else:
        walker.keys(words, tr("demo.insertion"))
    walker.type(dialog.mover.editor, tr("demo.mover"), enter=False)
    walker.type(dialog.seconders.editor, tr("demo.seconder"), enter=False)
    if kind is Kind.REPLACE:
        walker.rest(0.3)
        walker.picture("amendment-entered", dialog)
    walker.click(dialog.yes)


def _present(walker: Walker, congress: OpenCongress, lang: str) -> None:
    """Show the hall the pages of a public paper, one after the other."""
    public = [
        paper
        for paper in congress.library.papers()
        if paper.clearance is Clearance.PUBLIC and paper.language == lang
    ]
    page = walker.page(ReaderPage, max(public, key=lambda paper: paper.pages).id)
    walker.until(lambda: page.opened_paper is not None, "the paper")
    part = walker.part(PresentPart, page)
    walker.shortcut(page.view, "Ctrl+Shift+P")
    walker.until(lambda: part.window is not None, "the window for the hall")
    window = part.window
    if window is None:
        raise BugError("the hall sees nothing")
    walker.until(lambda: window.page.shown is not None, "the page in the hall")
    walker.rest(0.6)
    walker.picture("presenting")
    walker.picture("projector", window)
    walker.click(part.stop_button)
