"""The board of trustees of the sample congress: their ceremony, and their decryptions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from congress.app import OpenCongress
from congress.demo.walker import Walker
from congress.kernel.errors import BugError
from congress.kernel.ids import PollId
from congress.ui.pages.decrypt import DecryptPage
from congress.ui.pages.poll import PollPage
from congress.ui.pages.trustee_paper import PaperDialog
from congress.ui.pages.trustees import TrusteesPage
from congress.ui.pages.trustees_table import TableView
from congress.voting.model import State
from congress.voting.trustees.sharefile import file_name

TRUSTEES = ("S03", "V03", "P02")
"""Badges of three delegates whom the congress trusts with a share each; two decrypt."""


@dataclass(frozen=True, slots=True)
class Keyholder:
    """A trustee of the sample congress.

    Attributes:
        index: Their number, from 1.
        name: Their name.
        file: Their share file, on their own stick.
        passphrase: What opens it.
    """

    index: int
    name: str
    file: Path
    passphrase: str = field(repr=False)


def hold_ceremony(walker: Walker, congress: OpenCongress, folder: Path) -> Sequence[Keyholder]:
    """Hold a key ceremony for three delegates at one machine; their files go into ``folder``."""
    folder.mkdir(parents=True)
    listed = [congress.people.by_badge(badge) for badge in TRUSTEES]
    keyholders = [
        Keyholder(
            index, person.name, folder / file_name(person.name, index), f"trustee {index} of three"
        )
        for index, person in enumerate(filter(None, listed), start=1)
    ]
    page = walker.page(TrusteesPage)
    walker.picture("trustees-none")
    table = _begin(walker, page, keyholders)
    for keyholder in keyholders:
        _give_passphrase(walker, table, keyholder)
    for keyholder in keyholders:
        _take_file(walker, table, keyholder)
    walker.until(lambda: table.primary is not None and table.primary.isEnabled(), "the last step")
    walker.picture("ceremony-end")
    _press(walker, table)
    walker.until(
        lambda: page.table is None and congress.boards.current() is not None,
        "the board in office",
    )
    walker.picture("trustees-board")
    bar = page.scroll_area.verticalScrollBar()
    bar.setValue(bar.maximum())
    walker.picture("trustees-log")
    return keyholders


def _begin(walker: Walker, page: TrusteesPage, keyholders: Sequence[Keyholder]) -> TableView:
    page.begin()
    if page.form is None:
        raise BugError("the form of the ceremony did not open")
    for keyholder in keyholders:
        walker.type(page.form.name.editor, keyholder.name)
    walker.picture("ceremony-form")
    walker.click(page.form.begin)
    walker.until(lambda: page.table is not None, "the ceremony")
    walker.picture("ceremony-call")
    if page.table is None:
        raise BugError("the ceremony did not begin")
    return page.table


def _press(walker: Walker, table: TableView) -> None:
    if table.primary is None:
        raise BugError("the ceremony offers no step")
    walker.click(table.primary)


def _give_passphrase(walker: Walker, table: TableView, keyholder: Keyholder) -> None:
    """Sit down at the machine, think of a passphrase, and stand up."""
    _press(walker, table)
    fields = table.passphrase
    if fields is None:
        raise BugError("nobody asks for a passphrase")
    for field_ in (fields.first, fields.again):
        walker.type(field_.editor, keyholder.passphrase, enter=False)
    if keyholder.index == 1:
        walker.picture("ceremony-passphrase")
    _press(walker, table)
    walker.until(lambda: table.passphrase is not fields, "the passphrase to be taken")


def _take_file(walker: Walker, table: TableView, keyholder: Keyholder) -> None:
    """Take the share file away, once it has decrypted the test ballots."""
    first = keyholder.index == 1
    if first:
        walker.picture("ceremony-held")
    _press(walker, table)
    line, again = table.file, table.again
    if line is None or again is None:
        raise BugError("nobody asks where the share file goes")
    line.set_path(keyholder.file)
    walker.type(again.editor, keyholder.passphrase, enter=False)
    if first:
        walker.picture("ceremony-file")
    _press(walker, table)
    walker.until(lambda: table.again is not again, "the share file")
    if first:
        walker.picture("ceremony-kept")
        walker.press(table.card, walker.window.context.tr("trustees.paper.verb"))
        dialog = walker.dialog(PaperDialog)
        walker.picture("ceremony-paper", dialog)
        walker.click(dialog.no)
    _press(walker, table)


def decrypt(
    walker: Walker,
    congress: OpenCongress,
    poll_id: PollId,
    keyholders: Sequence[Keyholder],
    *,
    pictures: bool,
) -> None:
    """Let as many trustees as are needed decrypt, each with their own file, and have it counted."""
    page = walker.page(DecryptPage, poll_id)
    needed = congress.booth.trustees(poll_id).threshold
    for keyholder in keyholders[:needed]:
        _decrypt_part(walker, congress, page, poll_id, keyholder, pictures=pictures)
        if pictures and keyholder is keyholders[0]:
            walker.picture("decrypt-first")
    if pictures:
        walker.picture("decrypt-enough")
    walker.click(page.count)
    walker.until(lambda: walker.window.shell.path == f"{PollPage.key}/{poll_id}", "the count")
    walker.until(lambda: congress.booth.poll(poll_id).state is State.TALLIED, "the result")


def _decrypt_part(
    walker: Walker,
    congress: OpenCongress,
    page: DecryptPage,
    poll_id: PollId,
    keyholder: Keyholder,
    *,
    pictures: bool,
) -> None:
    tr, before = walker.window.context.tr, len(congress.booth.partials(poll_id))
    pictures = pictures and not before
    if pictures:
        walker.picture("decrypt")
    page.call(keyholder.index)
    if page.fields is None:
        raise BugError("no trustee is asked for a share file")
    page.fields.file.set_path(keyholder.file)
    walker.type(page.fields.passphrase.editor, keyholder.passphrase, enter=False)
    if pictures:
        walker.scroll(page, page.turn)
        walker.picture("decrypt-turn")
    walker.press(page.turn, tr("trustees.decrypt.check"))
    walker.until(lambda: page.checked is not None, "the check of the ledger")
    if pictures:
        walker.picture("decrypt-checked")
    walker.press(page.turn, tr("trustees.decrypt.verb"))
    walker.until(lambda: len(congress.booth.partials(poll_id)) > before, "the part of a trustee")
    walker.until(lambda: page.fields is None, "the end of the turn")
