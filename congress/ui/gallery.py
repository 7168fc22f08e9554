"""Shows every component in every state: ``python -m congress.ui.gallery``.

With ``--out DIR`` it draws them without a screen and writes one PNG a section, language and
mode; used to look at the components after a change.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QProgressBar,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from congress.i18n.translator import Translator
from congress.kernel.errors import InputError
from congress.kernel.ids import PersonId
from congress.kernel.people import Person, Standing
from congress.kernel.settings import LANGUAGES
from congress.ui.bridge import Bridge
from congress.ui.context import UiContext
from congress.ui.models.rows import Column
from congress.ui.tasks import Tasks
from congress.ui.theme.theme import Theme
from congress.ui.theme.tokens import MEASURE, SPACE_4, SPACE_6, Mode, Tone, Type
from congress.ui.widgets.banner import Banner, Toast
from congress.ui.widgets.button import Button, Kind
from congress.ui.widgets.card import Card, ListRow, RowList
from congress.ui.widgets.chip import Chip
from congress.ui.widgets.choice import Check, SegmentedControl, Select
from congress.ui.widgets.dialog import ConfirmDialog, ErrorView
from congress.ui.widgets.empty import EmptyState
from congress.ui.widgets.field import Field
from congress.ui.widgets.figure import Bar, Stat, StepLine
from congress.ui.widgets.layout import boxed, column, row
from congress.ui.widgets.picker import PersonPicker
from congress.ui.widgets.proseedit import ProseEdit
from congress.ui.widgets.table import DataTable
from congress.ui.widgets.text import Text
from congress.ui.widgets.worksheet import WorkSheet


@dataclass(frozen=True)
class Section:
    """One part of the gallery.

    Attributes:
        key: Its name in file names, and ``gallery.<key>`` in the catalogues.
        build: Makes its widgets.
    """

    key: str
    build: Callable[[UiContext], QWidget]


class _Quiet:
    """Toasts that nobody reads."""

    def show_toast(
        self, text: str, tone: Tone = Tone.GOOD, undo: Callable[[], object] | None = None
    ) -> None:
        """Show nothing."""


def _people(tr: Translator) -> list[Person]:
    names = tr("gallery.names").split("\n")
    sections = tr("gallery.delegations").split("\n")
    standings = list(Standing)
    return [
        Person(
            PersonId(f"{at:026d}"),
            badge=f"A-{at + 101}",
            name=name,
            delegation=sections[at % len(sections)],
            standing=standings[at % 4 % 3],
            seat=f"{at % 9 + 1}-{at + 3}",
            weight=Fraction(at % 3 + 1),
        )
        for at, name in enumerate(names)
    ]


def _type(context: UiContext) -> QWidget:
    sample = context.tr("gallery.sample")
    roles = (Type.DISPLAY, Type.TITLE, Type.HEADING, Type.LEAD, Type.NAME, Type.BODY)
    rest = (Type.READING, Type.STRONG, Type.LABEL, Type.CAPTION)
    items: list[QWidget] = [Text(context, sample, role) for role in roles + rest]
    items.append(Text(context, context.tr("gallery.paragraph"), Type.READING))
    items.append(Text(context, context.tr("gallery.paragraph"), Type.BODY, "muted"))
    return boxed(column(*items, space=SPACE_4))


def _buttons(context: UiContext) -> QWidget:
    tr, rows = context.tr, []
    for kind in Kind:
        usual = Button(context, tr("gallery.verb"), kind)
        with_icon = Button(context, tr("gallery.verb"), kind, "upload-simple")
        icon_only = Button(context, kind=kind, icon="x", name=tr("dialog.close"))
        disabled = Button(context, tr("gallery.verb"), kind, "upload-simple")
        disabled.setEnabled(False)
        rows.append(row(usual, with_icon, icon_only, disabled, None))
    sure = Button(context, tr("gallery.verb"), Kind.DANGER)
    sure.setProperty("sure", True)
    rows.append(row(sure, None))
    return boxed(column(*rows))


def _fields(context: UiContext) -> QWidget:
    tr = context.tr
    label, hint = tr("gallery.field"), tr("gallery.help")
    wrong = Field(context, label, value=tr("gallery.sample"), help_text=hint)
    wrong.set_error(tr("gallery.wrong"))
    off = Field(context, label, value=tr("gallery.sample"))
    off.setEnabled(False)
    modes = [(at, tr(f"tone.{tone}")) for at, tone in enumerate((Tone.NOTE, Tone.GOOD))]
    select = Select(
        context, [(at, name) for at, name in enumerate(tr("gallery.names").split("\n"))]
    )
    ticked, plain = Check(context, tr("gallery.sample"), ticked=True), Check(context, label)
    grey = Check(context, label, ticked=True)
    grey.setEnabled(False)
    radio = QRadioButton(tr("gallery.sample"))
    radio.setChecked(True)
    long_text = ProseEdit(context, 120)
    long_text.setPlainText(tr("gallery.paragraph"))
    grid = QGridLayout()
    grid.setSpacing(SPACE_4)
    cells = (
        Field(context, label, help_text=hint, placeholder=tr("gallery.sample")),
        Field(context, label, value=tr("gallery.sample"), help_text=hint),
        wrong,
        off,
        Field.secret(context, label, help_text=hint),
        Field(context, label, select),
        Field(context, label, long_text),
        boxed(column(SegmentedControl(context, modes), ticked, plain, grey, radio)),
    )
    for at, cell in enumerate(cells):
        grid.addWidget(cell, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
    return boxed(grid)


def _marks(context: UiContext) -> QWidget:
    tr = context.tr
    chips = row(*(Chip(context, tr(f"tone.{tone}"), tone) for tone in Tone), None)
    banners = [Banner(context, tr("gallery.paragraph"), tone) for tone in Tone]
    banners[1].buttons.addWidget(Button(context, tr("gallery.verb")))
    toast = Toast(context, tr("gallery.sample"), Tone.GOOD, lambda: None)
    return boxed(column(chips, *banners, toast))


def _figures(context: UiContext) -> QWidget:
    tr = context.tr
    stats = row(
        Stat(context, tr.number(1187), tr("gallery.field")),
        Stat(context, tr.percent(2, 3), tr("gallery.field"), Tone.GOOD),
        Stat(context, tr.number(0), tr("gallery.field"), Tone.DANGER),
        space=SPACE_6,
    )
    bars = [
        Bar(context, name, tr.percent(at, 8), at / 8, tone, mark=2 / 3)
        for at, (name, tone) in enumerate(
            zip(tr("gallery.delegations").split("\n"), (*Tone,), strict=False), 3
        )
    ]
    steps = [tr("gallery.verb"), tr("gallery.field"), tr("dialog.close"), tr("tone.good")]
    progress = QProgressBar()
    progress.setTextVisible(False)
    progress.setValue(62)
    return boxed(column(stats, *bars, progress, StepLine(context, steps, 2), space=SPACE_4))


def _lists(context: UiContext) -> QWidget:
    tr, people = context.tr, _people(context.tr)
    card = Card(context, tr("gallery.lists"))
    rows = RowList()
    for at, person in enumerate(people[:5]):
        item = rows.add(ListRow(context, person.name, person.delegation, icon="user"))
        if at < 2:
            item.trailing.addWidget(Chip(context, tr("tone.good"), Tone.GOOD))
    card.column.addWidget(rows)
    pressable = Card(context, tr("gallery.verb"), clickable=True)
    pressable.column.addWidget(Text(context, tr("gallery.paragraph"), Type.LABEL, "muted"))
    flat = Card(context, tr("gallery.field"), flat=True)
    flat.column.addWidget(Text(context, tr("gallery.paragraph"), Type.LABEL, "muted"))
    cards = row(pressable, flat, space=SPACE_4)
    return boxed(column(card, cards, space=SPACE_4))


def _table(context: UiContext) -> QWidget:
    tr = context.tr
    columns: list[Column[Person]] = [
        Column(tr("gallery.badge"), lambda p: p.badge),
        Column(tr("gallery.name"), lambda p: p.name, strong=True, stretch=True),
        Column(tr("gallery.delegation"), lambda p: p.delegation),
        Column(
            tr("gallery.field"),
            lambda p: tr(f"standing.{p.standing}"),
            tone=lambda p: Tone.GOOD if p.standing is Standing.OFFICIAL else Tone.NEUTRAL,
            icon=lambda p: "check-circle" if p.standing is Standing.OFFICIAL else "circle",
        ),
        Column(tr("gallery.votes"), lambda p: tr.number(p.weight), lambda p: p.weight, number=True),
    ]
    table = DataTable(context, columns, _people(tr), name=tr("gallery.lists"), exporting=True)
    table.view.setCurrentIndex(table.view.model().index(1, 0))
    table.setMinimumHeight(context.theme.px(420))
    return table


def _dialogs(context: UiContext) -> QWidget:
    tr = context.tr
    ask = ConfirmDialog(context, tr("gallery.verb"), tr("gallery.paragraph"), tr("gallery.verb"))
    sheet = WorkSheet(context, tr("gallery.verb"))
    sheet.bar.setRange(0, 100)
    sheet.bar.setValue(40)
    sheet.time.setText(tr("work.remaining_seconds", count=12))
    sheet.label.setText(tr("work.step", done=40, total=100))
    error = Card(context)
    error.column.addWidget(
        ErrorView(context, InputError("theme.accent_contrast", accent="#FFF000"))
    )
    picker = PersonPicker(context, lambda _: _people(tr))
    dialogs: list[QWidget] = []
    for dialog in (ask, sheet):
        frame = Card(context)
        frame.column.addWidget(dialog)
        dialog.setWindowFlags(Qt.WindowType.Widget)
        dialog.show()
        dialogs.append(frame)
    return boxed(column(*dialogs, error, picker, space=SPACE_4))


def _empty(context: UiContext) -> QWidget:
    tr, card = context.tr, Card(context)
    card.column.addWidget(
        EmptyState(
            context,
            tr("gallery.empty"),
            tr("gallery.paragraph"),
            tr("gallery.verb"),
            icon="users-three",
        )
    )
    return card


SECTIONS = (
    Section("type", _type),
    Section("buttons", _buttons),
    Section("fields", _fields),
    Section("marks", _marks),
    Section("figures", _figures),
    Section("lists", _lists),
    Section("table", _table),
    Section("dialogs", _dialogs),
    Section("empty", _empty),
)


@contextmanager
def standing_alone(lang: str, mode: Mode, scale: float = 1.0) -> Iterator[UiContext]:
    """Yield a context that belongs to no window and no congress, the application dressed."""
    application = QApplication.instance()
    theme = Theme.of(mode, lang, scale=scale, motion=False)
    if isinstance(application, QApplication):
        theme.dress(application)
    tasks, bridge = Tasks(), Bridge()
    try:
        yield UiContext(
            tr=Translator(lang),
            theme=theme,
            tasks=tasks,
            bridge=bridge,
            toasts=_Quiet(),
            navigate=lambda _: None,
            show_error=lambda _: None,
        )
    finally:
        tasks.shutdown()


def sheet(context: UiContext, sections: tuple[Section, ...] = SECTIONS) -> QWidget:
    """Return the given sections below each other, each with its heading."""
    ground = QWidget()
    ground.setObjectName("ground")
    box = QVBoxLayout(ground)
    box.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
    box.setSpacing(SPACE_4)
    for section in sections:
        box.addWidget(Text(context, context.tr(f"gallery.{section.key}"), Type.TITLE))
        box.addWidget(section.build(context))
        box.addSpacing(SPACE_6)
    box.addStretch(1)
    return ground


def draw(out: Path, langs: tuple[str, ...] = LANGUAGES, modes: tuple[Mode, ...] = (*Mode,)) -> int:
    """Write one PNG a section, language and mode to ``out``; return how many."""
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for lang in langs:
        for mode in modes:
            with standing_alone(lang, mode) as context:
                for section in SECTIONS:
                    shown = sheet(context, (section,))
                    shown.resize(MEASURE + 2 * SPACE_6, 200)
                    shown.show()
                    QApplication.processEvents()
                    width = MEASURE + 2 * SPACE_6
                    shown.resize(width, shown.heightForWidth(width))
                    QApplication.processEvents()
                    shown.grab().save(str(out / f"{section.key}-{lang}-{mode}.png"))
                    shown.close()
                    shown.deleteLater()
                    count += 1
    return count


def main() -> None:
    """Show the gallery in a window, or draw it into files."""
    parser = argparse.ArgumentParser(description="Every component in every state.")
    parser.add_argument("--lang", choices=LANGUAGES, default="en")
    parser.add_argument("--mode", type=Mode, choices=list(Mode), default=Mode.LIGHT)
    parser.add_argument("--out", type=Path, help="write PNG files here, without a screen")
    arguments = parser.parse_args()
    if arguments.out is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(sys.argv[:1])
    if arguments.out is not None:
        sys.stdout.write(f"{draw(arguments.out)} pictures\n")
        return
    with standing_alone(arguments.lang, arguments.mode) as context:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(sheet(context))
        area.resize(1280, 800)
        area.show()
        application.exec()


if __name__ == "__main__":
    main()
