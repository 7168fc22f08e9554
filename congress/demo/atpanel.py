"""Delegates at the voting panel: each votes by touch, and one of them checks the machine."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from congress.app import OpenCongress
from congress.demo.walker import Walker
from congress.kernel.errors import BugError
from congress.kernel.ids import new_id
from congress.ui.pages.panel import PanelPage
from congress.ui.pages.panel_ballot import ContestView
from congress.ui.pages.panel_door import ReceiptView
from congress.ui.pages.panel_review import ReviewView
from congress.ui.pages.panel_sealed import AuditView, OpenedView, SealedView
from congress.voting.ballots import untouched
from congress.voting.methods.forms import FORMS
from congress.voting.model import Ballot, Contest

AT_THE_PANEL = 2
"""How many vote by touch at the panel; the others' ballots go to the same service at once."""


def vote(
    walker: Walker,
    congress: OpenCongress,
    contest: Contest,
    codes: Sequence[str],
    ballots: Sequence[Ballot],
    name: str,
    *,
    audit: bool = False,
) -> str:
    """Let everybody vote, and return the tracking code of the first who did at the panel.

    Args:
        walker: The person at the window.
        congress: The congress.
        contest: The one contest of the poll.
        codes: Of cards or badges, one for each ballot.
        ballots: Those of the last are cast at the panel.
        name: How the pictures are called; empty for none.
        audit: Whether the first at the panel has a ballot opened before another is cast.
    """
    page = walker.page(PanelPage)
    if name:
        walker.picture(name)
    tracking = []
    ordinary = len(codes) - AT_THE_PANEL
    for at in range(ordinary, len(codes)):
        first = at == ordinary
        code = _at_the_panel(
            walker,
            page,
            contest,
            codes[at],
            ballots[at],
            name if first else "",
            audit=audit and first,
        )
        tracking.append(code)

    def others(_: object) -> None:
        for code, ballot in zip(codes[:ordinary], ballots[:ordinary], strict=True):
            prepared = congress.booth.prepare(congress.booth.admit(code), ballot)
            congress.booth.cast(prepared, new_id())

    walker.done(others)
    return tracking[0]


def _at_the_panel(
    walker: Walker,
    page: PanelPage,
    contest: Contest,
    code: str,
    ballot: Ballot,
    name: str,
    *,
    audit: bool,
) -> str:
    """Vote as a delegate does: card or badge, marks, preview, code, cast, receipt."""
    walker.type(page.neutral.code.editor, code)
    _mark(walker, page, contest, ballot, name)
    if audit:
        _open(walker, page, name)
        _mark(walker, page, contest, ballot, "")
    if name and isinstance(page.view, SealedView):
        walker.picture(f"{name}-sealed")
    if isinstance(page.view, SealedView):
        walker.click(page.view.cast)
    walker.until(lambda: isinstance(page.view, ReceiptView), "the receipt")
    receipt = page.view
    if not isinstance(receipt, ReceiptView):
        raise BugError("there is no receipt")
    if name:
        walker.picture(f"{name}-receipt")
    tracking = receipt.plate.code.text()
    QTest.keyClick(receipt.finish, Qt.Key.Key_Space)
    walker.until(lambda: page.view is page.neutral, "the neutral panel")
    return tracking


def _mark(walker: Walker, page: PanelPage, contest: Contest, ballot: Ballot, name: str) -> None:
    """Fill in the ballot paper and confirm the preview."""
    walker.until(lambda: isinstance(page.view, ContestView), "the ballot paper")
    view = page.view
    if not isinstance(view, ContestView):
        raise BugError("there is no ballot paper")
    cells = FORMS[contest.method].cells(contest)
    for cell in sorted(untouched(contest) ^ ballot.marks[0]):
        QTest.keyClick(view.rows[cells.index(cell)], Qt.Key.Key_Space)
    if name:
        walker.picture(f"{name}-ballot")
    walker.click(view.next)
    walker.until(lambda: isinstance(page.view, ReviewView), "the preview")
    if name:
        walker.picture(f"{name}-review")
    if isinstance(page.view, ReviewView):
        walker.click(page.view.cast)
    walker.until(lambda: isinstance(page.view, SealedView | ReceiptView), "the code")


def _open(walker: Walker, page: PanelPage, name: str) -> None:
    """Have the encrypted ballot opened instead of cast, and go back to a new one."""
    if isinstance(page.view, SealedView):
        walker.click(page.view.audit)
    walker.until(lambda: isinstance(page.view, AuditView), "the question of the audit")
    walker.picture(f"{name}-audit")
    if isinstance(page.view, AuditView):
        walker.click(page.view.open)
    walker.until(lambda: isinstance(page.view, OpenedView), "the opened ballot")
    walker.picture(f"{name}-opened")
    view = page.view
    if not isinstance(view, OpenedView) or not view.same:
        raise BugError("an opened ballot holds something else than was chosen")
    walker.click(view.again)
