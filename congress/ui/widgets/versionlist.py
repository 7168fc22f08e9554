"""The versions of a paper, the newest first: when each came, what it is, what to do with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from congress.docs.model import Version
from congress.kernel.ids import VersionId
from congress.ui.context import UiContext
from congress.ui.theme.tokens import SPACE_1, SPACE_2, SPACE_4, Tone, Type
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.layout import boxed, clear, column, hairline, row
from congress.ui.widgets.text import Text


class VersionList(QWidget):
    """The versions of one paper."""

    open_asked = Signal(object)
    """"Open this version" was pressed; carries the ``Version``."""
    changes_asked = Signal(object, object)
    """"What changed" was pressed; carries the ``Version`` before and this one."""

    def __init__(self, context: UiContext, *, compare: bool = True) -> None:
        """Begin empty; ``compare`` offers to show what changed."""
        super().__init__()
        self._context, self._compare = context, compare
        self._shown: tuple[Sequence[Version], VersionId | None] = ((), None)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE_4)

    def show_versions(self, versions: Sequence[Version], opened: VersionId | None = None) -> None:
        """Show ``versions``, the newest first; ``opened`` is the one in front, if any.

        With none in front, opening the newest is left to whoever shows the list.
        """
        if (tuple(versions), opened) == self._shown:
            return
        self._shown = (tuple(versions), opened)
        clear(self._box)
        for at, version in enumerate(versions):
            before = versions[at + 1] if at + 1 < len(versions) else None
            if at:
                self._box.addWidget(hairline())
            self._box.addWidget(self._entry(version, before, versions[0], opened))

    def _entry(
        self, version: Version, before: Version | None, newest: Version, opened: VersionId | None
    ) -> QWidget:
        context, tr = self._context, self._context.tr
        name = tr("paper.version", number=version.number)
        head = row(Text(context, name, Type.STRONG, wrap=False), None)
        if version.id == opened:
            head.addWidget(Chip(context, tr("paper.version.open"), Tone.ACCENT, "book-open"))
        if version.id == newest.id and before is not None:
            head.addWidget(Chip(context, tr("paper.version.current"), Tone.GOOD))
        when = tr.datetime(version.imported_at.astimezone())
        facts = tr.joined(
            when,
            tr(f"library.kind.{version.kind}"),
            tr("library.summary.pages", count=version.pages),
        )
        lines: list[QWidget] = [boxed(head), Text(context, facts, Type.LABEL, "muted")]
        if version.note:
            lines.append(Text(context, version.note, Type.LABEL).selectable())
        lines.append(Text(context, version.file, Type.CAPTION, "muted").selectable())
        buttons = self._buttons(version, before, newest, opened)
        if buttons:
            lines.append(boxed(column(*(row(each, None) for each in buttons), space=SPACE_1)))
        entry = boxed(column(*lines, space=SPACE_2 // 2))
        entry.setAccessibleName(tr.listed((name, facts, version.note or version.file)))
        return entry

    def _buttons(
        self, version: Version, before: Version | None, newest: Version, opened: VersionId | None
    ) -> list[QWidget]:
        tr, buttons = self._context.tr, list[QWidget]()
        if version.id != (newest.id if opened is None else opened):
            number = tr("paper.version", number=version.number)
            read = Button(
                self._context, tr("paper.version.read"), Kind.QUIET, "book-open", name=number
            )
            read.setAccessibleName(f"{tr('paper.version.read')}: {number}")
            read.clicked.connect(lambda: self.open_asked.emit(version))
            buttons.append(read)
        if before is not None and self._compare:
            changes = Button(self._context, tr("paper.newer.changes"), Kind.QUIET, "git-diff")
            changes.setAccessibleName(tr("paper.version.changes", number=before.number))
            changes.clicked.connect(lambda: self.changes_asked.emit(before, version))
            buttons.append(changes)
        return buttons
