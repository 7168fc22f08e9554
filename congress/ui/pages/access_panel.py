"""Who has read one paper, or what one person has read, at the end side of the window."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from congress.ui.context import UiContext
from congress.ui.controllers.access import Meeting
from congress.ui.models.access import meeting_text
from congress.ui.theme.tokens import SPACE_3, Type
from congress.ui.widgets.card import ListRow, RowList
from congress.ui.widgets.fingers import Fingers
from congress.ui.widgets.readstates import Mark
from congress.ui.widgets.text import Text

MOST = 200
"""Lines that are laid out; the rest is counted below them."""


class MeetingsPanel(QWidget):
    """A title, a line below it, and a row for each paper and reader that meet."""

    def __init__(
        self,
        context: UiContext,
        title: str,
        about: str,
        met: Sequence[Meeting],
        name: Callable[[Meeting], str],
        parent: QWidget | None = None,
    ) -> None:
        """Lay out the rows.

        Args:
            context: The surroundings.
            title: The paper or the person.
            about: A line below the title.
            met: What to show, in order.
            name: Names the other side of a row.
            parent: The Qt parent.
        """
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addWidget(Text(context, title, Type.HEADING))
        box.addWidget(Text(context, about, Type.LABEL, "muted"))
        self.rows = RowList()
        for each in met[:MOST]:
            self.rows.add(
                ListRow(
                    context,
                    name(each),
                    meeting_text(context.tr, each),
                    leading=Mark(context, each.state),
                    clickable=False,
                )
            )
        held = QWidget()
        held.setObjectName("clear")
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.rows)
        if len(met) > MOST:
            more = context.tr("access.more", count=len(met) - MOST)
            inner.addWidget(Text(context, more, Type.LABEL, "muted"))
        inner.addStretch(1)
        area = QScrollArea()
        Fingers(area)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(held)
        box.addWidget(area, 1)
