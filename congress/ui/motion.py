"""Short movements that show where a thing comes from; none where a person wants none."""

from collections.abc import Callable

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation
from PySide6.QtWidgets import QWidget

from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import MOTION_FAST, SPACE_3

_NAME = "slide"


def slide_in(
    widget: QWidget, theme: Theme, settle: Callable[[], object], length: int = MOTION_FAST
) -> QPropertyAnimation | None:
    """Let ``widget`` slide up into its place.

    Args:
        widget: Lies where it is to end.
        theme: Knows whether things may move.
        settle: Lays the widget out once more at the end, in case its place has changed.
        length: Milliseconds.

    Returns:
        The movement, a child of ``widget``, or ``None`` if nothing moves.
    """
    if not theme.motion:
        return None
    # One movement a widget, used again: a movement that ends by deleting itself through its
    # own signal brings PySide down.
    movement = widget.findChild(QPropertyAnimation, _NAME)
    if movement is None:
        movement = QPropertyAnimation(widget, b"pos", widget)
        movement.setObjectName(_NAME)
        movement.setEasingCurve(QEasingCurve.Type.OutCubic)
        movement.finished.connect(settle)
    movement.stop()
    movement.setDuration(length)
    movement.setStartValue(widget.pos() + QPoint(0, SPACE_3))
    movement.setEndValue(widget.pos())
    movement.start()
    return movement
