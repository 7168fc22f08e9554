"""What the tables of the page of readers show."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from congress.docs.access import ReadState
from congress.docs.agenda import natural
from congress.docs.model import Paper
from congress.i18n.translator import Translator
from congress.secretariat.readership import reader_name, state_text
from congress.ui.controllers.access import Meeting, PaperLine, ReaderLine, Readership
from congress.ui.models.rows import VALUE_ROLE, Column
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import Tone, Type

Index = QModelIndex | QPersistentModelIndex
STATE_ROLE = Qt.ItemDataRole.UserRole + 2
_SEEN = (ReadState.OPENED, ReadState.PART, ReadState.WHOLE)


def _missing_tone(missing: int) -> Tone:
    return Tone.CAUTION if missing else Tone.NEUTRAL


def paper_columns(tr: Translator) -> tuple[Column[PaperLine], ...]:
    """Return the columns of the list by paper; the third is drawn as a bar."""
    return (
        Column(
            tr("access.column.number"),
            lambda line: line.paper.number,
            sort=lambda line: natural(line.paper.number),
        ),
        Column(tr("access.column.title"), lambda line: line.paper.title, strong=True, stretch=True),
        Column(tr("access.column.state"), lambda line: "", sort=lambda line: -_share(line)),
        Column(
            tr("access.column.opened"),
            lambda line: tr("access.of", count=_opened(line), all=line.expected),
            sort=_opened,
            number=True,
        ),
        Column(
            tr("access.column.unopened"),
            lambda line: tr.number(line.missing),
            sort=lambda line: line.missing,
            number=True,
            tone=lambda line: _missing_tone(line.missing),
        ),
    )


def reader_columns(tr: Translator) -> tuple[Column[ReaderLine], ...]:
    """Return the columns of the list by person; the third is drawn as a bar."""
    return (
        Column(
            tr("access.column.member"),
            lambda line: reader_name(tr, line.reader),
            strong=True,
            stretch=True,
        ),
        Column(
            tr("access.column.role"),
            lambda line: tr(f"role.{line.reader.role.value}") if line.reader.role else "",
        ),
        Column(tr("access.column.state"), lambda line: "", sort=lambda line: -_share(line)),
        Column(
            tr("access.column.opened"),
            lambda line: tr("access.of", count=_opened(line), all=line.expected),
            sort=_opened,
            number=True,
        ),
        Column(
            tr("access.column.unopened"),
            lambda line: tr.number(line.missing),
            sort=lambda line: line.missing,
            number=True,
            tone=lambda line: _missing_tone(line.missing),
        ),
        Column(
            tr("access.column.last"),
            lambda line: tr.datetime(line.last.astimezone()) if line.last else "",
            sort=lambda line: line.last.timestamp() if line.last else 0.0,
        ),
    )


def _opened(line: PaperLine | ReaderLine) -> int:
    return sum(line.counts.get(state, 0) for state in _SEEN)


def _share(line: PaperLine | ReaderLine) -> float:
    return _opened(line) / line.expected if line.expected else 1.0


def meeting_text(tr: Translator, met: Meeting) -> str:
    """Return what is known of one paper and one reader, in words."""
    parts = [state_text(tr, met.state)]
    if met.state is ReadState.PART:
        parts.append(tr("access.pages", seen=met.seen, count=met.paper.pages))
    if met.reading is not None:
        parts.append(tr("access.times", count=met.reading.opened))
        parts.append(tr.datetime(met.reading.last.astimezone()))
    return tr.joined(*parts)


class GridModel(QAbstractTableModel):
    """People down, papers across; each cell the state of one with the other."""

    def __init__(self, tr: Translator, theme: Theme, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._tr = tr
        self._font, self._strong = theme.font(Type.LABEL), theme.font(Type.STRONG)
        self._shown: Readership | None = None
        self._papers: list[int] = []
        self._readers: list[int] = []

    def set_shown(self, shown: Readership, *, missing_only: bool) -> None:
        """Show a readership; with ``missing_only`` just where something was not opened."""
        self.beginResetModel()
        self._shown = shown
        self._papers = [
            at for at, line in enumerate(shown.papers) if line.missing or not missing_only
        ]
        self._readers = [
            at for at, line in enumerate(shown.readers) if line.missing or not missing_only
        ]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many people there are."""
        return 0 if parent.isValid() else len(self._readers)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many papers there are."""
        return 0 if parent.isValid() else len(self._papers)

    def meeting(self, index: Index) -> Meeting | None:
        """Return what a cell stands for."""
        if self._shown is None or not index.isValid():
            return None
        report = self._shown.report
        return self._shown.meeting(
            report.papers[self._papers[index.column()]],
            report.readers[self._readers[index.row()]],
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what Qt asks of a cell."""
        if self._shown is None or not index.isValid():
            return None
        if role == STATE_ROLE:
            return self._shown.states[self._papers[index.column()]][self._readers[index.row()]]
        if role == VALUE_ROLE:
            return self.meeting(index)
        if role == Qt.ItemDataRole.AccessibleTextRole and (met := self.meeting(index)):
            return self._tr.joined(
                reader_name(self._tr, met.reader), met.paper.title, meeting_text(self._tr, met)
            )
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a person, or the number of a paper."""
        if self._shown is None or role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return reader_name(self._tr, self._shown.report.readers[self._readers[section]])
        return paper_mark(self._shown.report.papers[self._papers[section]], section)


def paper_mark(paper: Paper, place: int) -> str:
    """Return the number of a paper, or its place in the list where it has none."""
    return paper.number or f"({place + 1})"
