"""The steps of the ballots on paper: the stock, the pile, the check, the count."""

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from congress.kernel.errors import CongressError
from congress.ui.context import UiContext
from congress.ui.controllers.slips import PaperView, SlipsController
from congress.ui.tasks import Step
from congress.ui.theme.tokens import SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.approval import ApprovalFields
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import Bar, Stat
from congress.ui.widgets.layout import boxed, column, row
from congress.ui.widgets.number import NumberEdit
from congress.ui.widgets.text import Text
from congress.voting.model import Channel, State
from congress.voting.paperstock import MOST_SLIPS

_SAMPLE_SHARE, _SAMPLE_LEAST = 20, 10


def _figures(context: UiContext, texts: str, numbers: Mapping[str, int]) -> QHBoxLayout:
    """Return a row of numbers, each over its name; ``texts`` begins the keys of the names."""
    tr = context.tr
    stats = [
        Stat(context, tr.number(number), tr(f"{texts}.{name}"), role=Type.TITLE)
        for name, number in numbers.items()
    ]
    return row(*stats, None, space=SPACE_5)


class StockCard(Card):
    """How many ballot papers there are, the sheet to print, and handing them out."""

    def __init__(
        self,
        context: UiContext,
        controller: SlipsController,
        view: PaperView,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the stock of ``view``."""
        super().__init__(context, context.tr("slips.stock"), parent=parent)
        tr, poll, stock = context.tr, view.poll, view.stock
        numbers = {"issued": stock.issued, "spoiled": stock.spoiled}
        if poll.plan.channel is Channel.PAPER:
            numbers["drawn"] = view.figures.drawn
        if view.counted:
            numbers |= {"counted": stock.counted, "unused": stock.unused}
        self.column.addLayout(_figures(context, "slips.stock", numbers))
        if view.counted:
            self.column.addWidget(self._balance(context, view))
        self.print_sheet = Button(context, tr("slips.print"), Kind.SECONDARY, "printer")
        self.print_sheet.clicked.connect(lambda: controller.print_sheet(poll.id))
        buttons = row(self.print_sheet)
        self.column.addWidget(Text(context, tr("slips.print.why"), Type.LABEL, "muted"))
        if poll.state in (State.FIXED, State.KEYED):
            usual = view.voters + -(-view.voters // 10)
            self.number = NumberEdit(context, 1, MOST_SLIPS, max(1, usual - stock.issued))
            self.column.addWidget(Field(context, tr("slips.issue.number"), self.number))
            kind = Kind.SECONDARY if stock.issued else Kind.PRIMARY
            self.issue = Button(context, tr("slips.issue"), kind)
            self.issue.clicked.connect(lambda: controller.issue(poll.id, self.number.value))
            buttons.addWidget(self.issue)
        if poll.state in (State.KEYED, State.OPEN, State.SUSPENDED) and stock.issued:
            self.everyone = Button(context, tr("slips.hand_out"), Kind.SECONDARY, "users-three")
            self.everyone.clicked.connect(lambda: controller.hand_out(poll.id))
            self.spoil = Button(context, tr("slips.spoil"), Kind.QUIET, "prohibit")
            self.spoil.clicked.connect(lambda: controller.spoil(poll.id, 1))
            buttons.addWidget(self.everyone)
            buttons.addWidget(self.spoil)
        buttons.addStretch(1)
        self.column.addLayout(buttons)

    def _balance(self, context: UiContext, view: PaperView) -> Banner:
        tr, stock = context.tr, view.stock
        balanced = stock.issued == stock.counted + stock.spoiled + stock.unused
        text = tr(
            "slips.sum",
            issued=stock.issued,
            counted=stock.counted,
            spoiled=stock.spoiled,
            unused=stock.unused,
        )
        key = "slips.balanced" if balanced else "slips.unbalanced"
        return Banner(context, text, Tone.GOOD if balanced else Tone.DANGER, title=tr(key))


class PileCard(Card):
    """The slips from the box: scanned or typed, and how far they are settled."""

    def __init__(
        self,
        context: UiContext,
        controller: SlipsController,
        view: PaperView,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the pile of ``view``."""
        super().__init__(context, context.tr("slips.pile"), parent=parent)
        self._context = context
        tr, pile, poll_id = context.tr, view.pile, view.poll.id
        self.column.addWidget(Text(context, tr("slips.pile.why"), Type.BODY, "muted"))
        numbers = {
            "slips": pile.slips,
            "settled": pile.settled,
            "first": pile.first,
            "second": pile.second,
            "third": pile.third,
        }
        self.column.addLayout(_figures(context, "slips.pile", numbers))
        share = pile.settled / pile.slips if pile.slips else 0.0
        words = tr.percent(pile.settled, pile.slips)
        self.bar = Bar(context, tr("slips.pile.settled"), words, share)
        self.column.addWidget(self.bar)
        self.progress = Bar(context, tr("slips.scan.running"), "", 0.0)
        self.progress.hide()
        self.column.addWidget(self.progress)
        self.files = Button(context, tr("slips.scan.files"), Kind.SECONDARY, "file")
        self.folder = Button(context, tr("slips.scan.folder"), Kind.SECONDARY, "folder-open")
        waiting = pile.first + pile.second + pile.third
        key = "slips.read" if waiting else "slips.type"
        self.read = Button(context, tr(key), Kind.PRIMARY if waiting else Kind.SECONDARY)
        self.read.clicked.connect(lambda: controller.next(poll_id))
        self.stop = Button(context, tr("slips.scan.stop"), Kind.QUIET)
        self.stop.clicked.connect(controller.stop_scanning)
        self.stop.hide()
        self.column.addLayout(row(self.read, self.files, self.folder, self.stop, None))

    def show_step(self, step: Step | None) -> None:
        """Show how far the scanning is; ``None`` when it is over."""
        running = step is not None
        self.progress.setVisible(running)
        self.stop.setVisible(running)
        self.files.setEnabled(not running)
        self.folder.setEnabled(not running)
        if step is not None:
            tr = self._context.tr
            share = step.done / step.total if step.total else 0.0
            self.progress.set(tr("slips.scan.of", done=step.done, count=step.total), share)


class CheckCard(Card):
    """A sample of the settled slips is held against the paper again."""

    def __init__(
        self,
        context: UiContext,
        controller: SlipsController,
        view: PaperView,
        sample: tuple[int, ...],
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the check; ``sample`` are the slips chosen, if they are."""
        super().__init__(context, context.tr("slips.check"), parent=parent)
        tr, pile, poll_id = context.tr, view.pile, view.poll.id
        self.column.addWidget(Text(context, tr("slips.check.why"), Type.BODY, "muted"))
        if pile.checked:
            bad = pile.differing > 0
            words = tr("slips.check.done", count=pile.checked, differing=pile.differing)
            self.column.addWidget(Banner(context, words, Tone.DANGER if bad else Tone.GOOD))
        if sample:
            numbers = tr.listed(tr.number(number) for number in sample)
            self.column.addWidget(Text(context, tr("slips.check.these", numbers=numbers)))
            self.begin = Button(context, tr("slips.check.begin"), Kind.PRIMARY)
            self.begin.clicked.connect(lambda: controller.slip(poll_id, sample[0]))
            self.column.addLayout(row(self.begin, None))
            return
        usual = min(pile.slips, max(_SAMPLE_LEAST, pile.slips // _SAMPLE_SHARE))
        self.number = NumberEdit(context, 1, max(1, pile.slips), usual)
        self.seed = Field(context, tr("slips.check.seed"), help_text=tr("slips.check.seed.help"))
        size = Field(context, tr("slips.check.size"), self.number)
        fields = row(size, self.seed, space=SPACE_4)
        fields.setStretch(1, 1)
        self.column.addLayout(fields)
        self.choose = Button(context, tr("slips.check.choose"), Kind.SECONDARY)
        self.choose.clicked.connect(
            lambda: controller.sample(poll_id, self.number.value, self.seed.value)
        )
        self.column.addLayout(row(self.choose, None))


class CountCard(Card):
    """Two people put the paper count on the ledger, or begin again with the pile."""

    def __init__(
        self,
        context: UiContext,
        controller: SlipsController,
        view: PaperView,
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the count of ``view``."""
        super().__init__(context, context.tr("slips.count"), parent=parent)
        tr, poll_id, stock, pile = context.tr, view.poll.id, view.stock, view.pile
        self._context, self._ready = context, pile.slips == pile.settled and not pile.differing
        self.column.addWidget(Text(context, tr("slips.count.why"), Type.BODY, "muted"))
        if not self._ready:
            key = "slips.count.differing" if pile.differing else "slips.count.waiting"
            self.column.addWidget(Banner(context, tr(key), Tone.CAUTION))
        left = max(0, stock.issued - stock.spoiled - pile.slips)
        self.unused = NumberEdit(context, 0, MOST_SLIPS, left)
        self.column.addWidget(
            Field(
                context,
                tr("slips.count.unused"),
                self.unused,
                help_text=tr("slips.count.unused.help"),
            )
        )
        self.approval = ApprovalFields(context, controller.members())
        self.approval.changed.connect(self._allow)
        self.column.addWidget(self.approval)
        self.go = Button(context, tr("slips.count.go"), Kind.PRIMARY)
        self.go.clicked.connect(
            lambda: controller.count(poll_id, self.unused.value, self.approval.approval)
        )
        self.again = Button(context, tr("slips.again"), Kind.QUIET)
        self.again.clicked.connect(lambda: controller.again(poll_id, self.approval.approval))
        self.again.setVisible(pile.slips > 0)
        self.column.addWidget(boxed(column(row(self.go, self.again, None))))
        self._allow()

    def _allow(self) -> None:
        signed = self.approval.approval is not None
        self.go.setEnabled(signed and self._ready)
        self.again.setEnabled(signed)

    def show_error(self, error: CongressError) -> None:
        """Say that the second person's passphrase is wrong."""
        if error.code == "vault.wrong_passphrase":
            self.approval.show_error(self._context.tr.error(error).what)
            self._allow()
