"""What the independent verifier found in a bundle: failed checks, and what is to be looked at."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from congress.i18n.translator import Translator
from congress.ui.context import UiContext
from congress.ui.controllers.verifying import Checked, Inspection, Wrong
from congress.ui.theme.tokens import SPACE_1, SPACE_3, Type
from congress.ui.widgets.layout import column
from congress.ui.widgets.text import Text
from congress.verifier.faults import Fault
from congress.verifier.wording import reason

_MOST = 3
"""Reasons shown of one check; a thousand bad ballots of one kind need no thousand lines."""
_MOST_CAUTIONS = 10
"""Cautions shown; each names other candidates, so more of them are worth reading."""


def told(tr: Translator, wrong: Wrong) -> str:
    """Return in the person's language why a check failed, and where in the ledger."""
    why = _sentence(tr, wrong)
    if wrong.entry:
        return tr("checking.reason.entry", entry=wrong.entry, reason=why)
    return tr("checking.reason", reason=why)


def cautions(tr: Translator, found: Inspection) -> tuple[str, ...]:
    """Return in the person's language what somebody should look at, though nothing is wrong."""
    lines = [_sentence(tr, each) for each in found.warnings[:_MOST_CAUTIONS]]
    if left := len(found.warnings) - len(lines):
        lines.append(tr("verify.line.more", count=left))
    if found.false_hints:
        lines.append(tr("verify.line.false_hints", count=found.false_hints))
    return tuple(lines)


def _sentence(tr: Translator, wrong: Wrong) -> str:
    fault = Fault(wrong.reason, **wrong.details)
    return reason(fault, lambda key, **details: tr(f"verify.{key}", **details))


def technical(check: str, wrong: Wrong, lang: str) -> str:
    """Return the verifier's own words, by which an expert finds the place in its source.

    Args:
        check: Name of the check.
        wrong: What it found.
        lang: In English the sentence is the person's own already, so it is not said again.
    """
    name = f"{check}.{wrong.reason}"
    return name if lang == "en" else f"{name}: {reason(Fault(wrong.reason, **wrong.details))}"


class FailedCheck(QWidget):
    """A check that failed: what was checked, why it failed, and the verifier's own words.

    Attributes:
        reasons: The reasons in the person's language.
        words: The verifier's own words for each of them.
    """

    def __init__(self, context: UiContext, check: Checked, parent: QWidget | None = None) -> None:
        """Lay out what is wrong with ``check``."""
        super().__init__(parent)
        tr = context.tr
        title = tr(f"verify.check.{check.name}")
        mark = QLabel()
        mark.setPixmap(context.theme.pixmap("x-circle", 22, "danger"))
        lines = column(Text(context, title, Type.NAME), space=SPACE_1)
        self.reasons: list[Text] = []
        self.words: list[Text] = []
        for wrong in check.wrong[:_MOST]:
            self.reasons.append(Text(context, told(tr, wrong)).selectable())
            own = tr.isolated(technical(check.name, wrong, tr.lang))
            self.words.append(Text(context, own, Type.CAPTION, "muted").selectable())
            lines.addWidget(self.reasons[-1])
            lines.addWidget(self.words[-1])
        if check.failed > _MOST:
            more = tr("verify.line.more", count=check.failed - _MOST)
            lines.addWidget(Text(context, more, Type.LABEL, "muted"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(SPACE_3)
        box.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        box.addLayout(lines, 1)
        self.setAccessibleName(", ".join([title, *(each.text() for each in self.reasons)]))
