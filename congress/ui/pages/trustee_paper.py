"""A trustee's copy on paper: shown to its owner, printed from memory, never kept as a file."""

from collections.abc import Callable
from io import BytesIO

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from congress.docs.pdfium import Pdf
from congress.kernel import codes
from congress.kernel.errors import EnvironmentFault
from congress.kernel.progress import Progress
from congress.ui.context import UiContext
from congress.ui.printing import Choose, choose_printer
from congress.ui.printsheets import Job, PdfSheets, print_sheets
from congress.ui.theme.tokens import SPACE_3, SPACE_4, SPACE_5, Tone, Type
from congress.ui.widgets.banner import Banner
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.layout import boxed, row
from congress.ui.widgets.qr import QrCode
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet
from congress.voting.trustees.holder import Holder

Copy = Callable[[Holder], bytes]
"""Makes the PDF of a trustee's copy."""


class PaperDialog(Dialog):
    """Shows the lines to write down, and prints them."""

    def __init__(
        self,
        context: UiContext,
        holder: Holder,
        copy: Copy,
        parent: QWidget | None = None,
        choose: Choose = choose_printer,
    ) -> None:
        """Show the secret of ``holder``, who stands at the machine."""
        tr = context.tr
        super().__init__(context, tr("trustees.paper.title"), parent)
        self._holder, self._copy, self._choose = holder, copy, choose
        paper = holder.paper
        self.column.addWidget(
            Banner(
                context,
                tr("trustees.paper.alone.why"),
                Tone.CAUTION,
                title=tr("trustees.paper.alone", name=holder.name),
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_3)
        for number, line in enumerate(paper.lines, start=1):
            label = Text(context, tr("trustees.paper.line", number=number), Type.LABEL, "muted")
            shown = Text(context, codes.grouped(line), Type.NAME, wrap=False, figures=True)
            shown.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            grid.addWidget(label, number, 0)
            grid.addWidget(shown, number, 1)
        code = QrCode(context, paper.payload, name=tr("trustees.paper.alt"), side=200)
        self.column.addLayout(row(code, boxed(grid), None, space=SPACE_5))
        self.no = self.add_button(tr("dialog.close"))
        self.print_button = self.add_button(tr("trustees.paper.print"), Kind.PRIMARY, "printer")
        self.no.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._print)
        self.print_button.setFocus()

    def _print(self) -> None:
        context, tr = self.context, self.context.tr
        try:
            chosen = self._choose(self, 1, 1)
        except EnvironmentFault as fault:
            context.show_error(fault)
            return
        if chosen is None:
            return
        holder, copy, font = self._holder, self._copy, context.theme.font(Type.LABEL)

        def work(progress: Progress) -> int:
            with Pdf(BytesIO(copy(holder))) as pdf:
                job = Job([1], (), font)
                sheets = PdfSheets(pdf)
                return print_sheets(
                    chosen.device, sheets, job, progress, tr("trustees.paper.title")
                )

        sheet = WorkSheet(context, tr("print.title"), parent=self)
        sheet.run(context.tasks.free(work), lambda count: tr("print.done", count=count))
