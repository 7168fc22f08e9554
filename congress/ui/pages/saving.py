"""Asks where a file goes, writes it, and says so."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from congress.storage.faults import naming
from congress.storage.files import write_whole
from congress.ui.page import Page
from congress.ui.theme.tokens import Tone


def write_file(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all.

    Raises:
        EnvironmentFault: The disk is full or failed, or the folder cannot be written to.
    """
    with naming(path):
        write_whole(path, data)


def save_as(page: Page, name: str, data: bytes) -> None:
    """Ask where to save ``data`` under the proposed ``name``, save it, and say so."""
    context = page.context
    chosen, _ = QFileDialog.getSaveFileName(page, context.tr("saving.title"), name)
    if not chosen:
        return
    path = Path(chosen)

    def saved(_: None) -> None:
        text = context.tr("saving.saved", file=path.name)
        context.toasts.show_toast(text, Tone.GOOD)

    context.tasks.free(lambda _: write_file(path, data)).success(saved).start()
