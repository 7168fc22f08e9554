"""Leads an export: what, in which languages and forms, and into which folder."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal

from congress.app import OpenCongress
from congress.kernel.progress import Progress
from congress.kernel.settings import LANGUAGES
from congress.secretariat.exports import Format, Kind
from congress.ui.context import UiContext
from congress.ui.tasks import Task

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be exported.

    Attributes:
        kinds: The papers.
        languages: ``en``, ``vi``, ``ur``.
        formats: The forms.
        folder: The new folder.
    """

    kinds: frozenset[Kind]
    languages: frozenset[str]
    formats: frozenset[Format]
    folder: Path

    @property
    def papers(self) -> int:
        """How many papers this makes, whatever their forms; 0 while something is missing."""
        return len(self.kinds) * len(self.languages) if self.formats else 0


class ExportController(QObject):
    """One export after another.

    Attributes:
        choice: What is to be exported now.
        written: The files of the last export.
    """

    changed = Signal()
    """``choice`` changed."""
    exported = Signal()
    """``written`` changed."""

    def __init__(
        self, context: UiContext, congress: OpenCongress, parent: QObject | None = None
    ) -> None:
        """Begin with every paper in the person's language, as PDF and spreadsheet."""
        super().__init__(parent)
        self._context, self._congress = context, congress
        self.written: tuple[Path, ...] = ()
        self.choice = Choice(
            frozenset(Kind),
            frozenset({context.tr.lang}),
            frozenset({Format.PDF, Format.XLSX}),
            self._free(_documents()),
        )

    def _free(self, place: Path) -> Path:
        """Return a folder in ``place`` that is not there yet, named by the day."""
        day = self._congress.clock.now().astimezone().date().isoformat()
        name = self._context.tr("exports.folder_name", date=day)
        name = "".join(char for char in name if char.isprintable())
        names = (name, *(f"{name} ({number})" for number in range(2, 1000)))
        return next((place / each for each in names if not (place / each).exists()), place / name)

    def set_kind(self, kind: Kind, wanted: bool) -> None:
        """Take ``kind`` in or leave it out."""
        self._change(replace(self.choice, kinds=_with(self.choice.kinds, kind, wanted)))

    def set_language(self, lang: str, wanted: bool) -> None:
        """Take the language ``lang`` in or leave it out."""
        self._change(replace(self.choice, languages=_with(self.choice.languages, lang, wanted)))

    def set_format(self, form: Format, wanted: bool) -> None:
        """Take the form ``form`` in or leave it out."""
        self._change(replace(self.choice, formats=_with(self.choice.formats, form, wanted)))

    def set_place(self, place: Path) -> None:
        """Make the new folder in ``place``."""
        self._change(replace(self.choice, folder=self._free(place)))

    def _change(self, choice: Choice) -> None:
        self.choice = choice
        self.changed.emit()

    def exporting(self) -> Task[tuple[Path, ...]]:
        """Return the export as a task that is not started yet."""
        choice = self.choice

        def work(progress: Progress) -> tuple[Path, ...]:
            return self._congress.exports.write(
                choice.folder,
                *(lang for lang in LANGUAGES if lang in choice.languages),
                kinds=choice.kinds,
                formats=choice.formats,
                progress=progress,
            )

        return self._context.tasks.free(work)

    def finished(self, written: Collection[Path]) -> None:
        """Keep the files of an export, and propose another folder for the next."""
        self.written = tuple(written)
        self.exported.emit()
        self.set_place(self.choice.folder.parent)


def _documents() -> Path:
    kind = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(kind) or Path.home())


def _with(whole: frozenset[T], part: T, wanted: bool) -> frozenset[T]:
    return whole | {part} if wanted else whole - {part}
