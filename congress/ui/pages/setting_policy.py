"""What may leave the screen, on the settings page: copying, printing, and being captured."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from congress.kernel.roles import Clearance
from congress.ui.capture import Shield
from congress.ui.context import UiContext
from congress.ui.pages.setting_rows import SettingGroup, SettingRow
from congress.ui.theme.tokens import SPACE_1, SPACE_4, Tone
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Check

FIELDS = ("copying", "printing")
_TONES = {Shield.LEFT_OUT: Tone.GOOD, Shield.ASKED: Tone.CAUTION, Shield.NONE: Tone.NEUTRAL}


class ClearanceChecks(QWidget):
    """A box to tick for each clearance, in two columns.

    Attributes:
        boxes: By clearance.
    """

    chosen = Signal(object)
    """The clearances that are ticked (``frozenset[Clearance]``)."""

    def __init__(self, context: UiContext, name: str) -> None:
        """Offer every clearance, none ticked; ``name`` says what for."""
        super().__init__()
        tr = context.tr
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_4)
        grid.setVerticalSpacing(SPACE_1)
        self.boxes: dict[Clearance, Check] = {}
        for place, clearance in enumerate(Clearance):
            box = Check(context, tr(f"clearance.{clearance}"))
            box.setAccessibleName(f"{name}: {box.text()}")
            box.clicked.connect(lambda: self.chosen.emit(self.value))
            grid.addWidget(box, place // 2, place % 2)
            self.boxes[clearance] = box
        self.setFocusProxy(self.boxes[Clearance.PUBLIC])

    @property
    def value(self) -> frozenset[Clearance]:
        """What is ticked."""
        return frozenset(each for each, box in self.boxes.items() if box.isChecked())

    def set_value(self, value: frozenset[Clearance]) -> None:
        """Tick these, without a signal."""
        for clearance, box in self.boxes.items():
            box.setChecked(clearance in value)


class PolicySetting(SettingGroup):
    """For each clearance whether it may be copied and printed, and what keeps captures out.

    Attributes:
        fields: The rows by the name of the field of ``Settings``.
    """

    def __init__(
        self, context: UiContext, shield: Shield, change: Callable[[str, object], None]
    ) -> None:
        """Lay out the rows.

        Args:
            context: The surroundings.
            shield: What this system does against captures.
            change: Told the field and the value a person chose.
        """
        tr = context.tr
        super().__init__(context, tr("settings.group.policy"))
        self.fields: dict[str, SettingRow] = {}
        for field in FIELDS:
            label = tr(f"settings.{field}")
            editor = ClearanceChecks(context, label)
            editor.chosen.connect(partial(change, field))
            row = SettingRow(context, label, tr(f"settings.{field}.means"), editor)
            self.fields[field] = self.add(row)
        self.shield = Chip(context, tr(f"capture.{shield}"), _TONES[shield])
        self.add(
            SettingRow(context, tr("capture.title"), tr(f"capture.{shield}.means"), self.shield)
        )
