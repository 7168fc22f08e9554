"""Short movements that show where a thing comes from; none where a person wants none."""

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import MOTION_SLOW


def appear(widget: QWidget, theme: Theme, length: int = MOTION_SLOW) -> QPropertyAnimation | None:
    """Let ``widget`` fade in over ``length`` milliseconds; return the movement, if any."""
    if not theme.motion:
        return None
    effect = QGraphicsOpacityEffect(widget)
    effect.setOpacity(0.0)
    widget.setGraphicsEffect(effect)
    movement = QPropertyAnimation(effect, b"opacity", widget)
    movement.setDuration(length)
    movement.setStartValue(0.0)
    movement.setEndValue(1.0)
    movement.setEasingCurve(QEasingCurve.Type.OutCubic)
    movement.finished.connect(lambda: widget.setGraphicsEffect(None))  # type: ignore[arg-type]
    movement.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
    return movement
