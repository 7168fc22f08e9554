"""Small helpers that lay widgets out with the spaces of the tokens."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from congress.ui.theme.tokens import SPACE_2, SPACE_3

Item = QWidget | QLayout | None
"""A widget, a layout, or ``None`` for space that takes what is left."""


def _fill(box: QHBoxLayout | QVBoxLayout, items: tuple[Item, ...]) -> None:
    for item in items:
        if item is None:
            box.addStretch(1)
        elif isinstance(item, QLayout):
            box.addLayout(item)
        else:
            box.addWidget(item)


def row(*items: Item, space: int = SPACE_2, margin: int = 0) -> QHBoxLayout:
    """Return a row of ``items``, centred on one line."""
    box = QHBoxLayout()
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(space)
    _fill(box, items)
    return box


def column(*items: Item, space: int = SPACE_3, margin: int = 0) -> QVBoxLayout:
    """Return a column of ``items`` from the top down."""
    box = QVBoxLayout()
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(space)
    _fill(box, items)
    return box


def set_margins(layout: QLayout, rtl: bool, start: int, top: int, end: int, bottom: int) -> None:
    """Set margins by the direction of the layout; Qt's own are always left and right."""
    left, right = (end, start) if rtl else (start, end)
    layout.setContentsMargins(left, top, right, bottom)


def boxed(layout: QLayout) -> QWidget:
    """Return a widget without look of its own that holds ``layout``."""
    widget = QWidget()
    widget.setObjectName("clear")
    widget.setLayout(layout)
    return widget


def hairline(orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> QFrame:
    """Return a line one pixel wide."""
    line = QFrame()
    line.setObjectName("hairline")
    if orientation is Qt.Orientation.Horizontal:
        line.setFixedHeight(1)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    else:
        line.setFixedWidth(1)
        line.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
    return line


def clear(layout: QLayout) -> None:
    """Take everything out of ``layout`` and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
