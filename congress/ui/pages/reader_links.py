"""Addresses that a paper names: shown, copied if one likes, and opened only when asked to."""

from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from congress.ui.context import UiContext
from congress.ui.theme.tokens import Type
from congress.ui.widgets.button import Kind
from congress.ui.widgets.dialog import Dialog
from congress.ui.widgets.text import Text

_WEB, _MAIL = ("http", "https"), "mailto"


class AddressDialog(Dialog):
    """Says where a link leads, and lets the person decide."""

    def __init__(self, context: UiContext, uri: str, parent: QWidget) -> None:
        """Show ``uri``."""
        tr = context.tr
        super().__init__(context, tr("reader.address.title"), parent)
        self._uri = uri
        address = Text(context, uri, Type.NAME).selectable()
        address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.column.addWidget(address)
        self.column.addWidget(Text(context, tr("reader.address.text"), Type.BODY, "muted"))
        self.close_button = self.add_button(tr("dialog.close"))
        self.copy_button = self.add_button(tr("reader.address.copy"), icon="copy")
        self.open_button = self.add_button(
            tr("reader.address.open"), Kind.SECONDARY, "arrow-square-out"
        )
        self.open_button.setVisible(openable(uri))
        self.close_button.clicked.connect(self.reject)
        self.copy_button.clicked.connect(self._copy)
        self.open_button.clicked.connect(self._open)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._uri)
        self.accept()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._uri))
        self.accept()


def openable(uri: str) -> bool:
    """Return whether an address is one of the web or of mail: nothing else is ever opened."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    scheme = parts.scheme.lower()
    return (scheme in _WEB and bool(parts.hostname)) or (scheme == _MAIL and "@" in parts.path)


def ask_to_leave(context: UiContext, uri: str, parent: QWidget) -> AddressDialog:
    """Show where a link leads."""
    dialog = AddressDialog(context, uri, parent)
    dialog.open()
    return dialog
