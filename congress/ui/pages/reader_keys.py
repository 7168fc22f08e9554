"""What the keyboard does in the reader: the shortcuts, and the words for the sheet of keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from congress.ui.context import UiContext
from congress.ui.widgets.keysheet import Group


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys and what they do.

    Attributes:
        keys: One or two, parted by `` / ``.
        text: Key of the words in the catalogue.
        actions: Names of what they do on the page, one for each; empty where the view or the
            window answers them.
    """

    keys: str
    text: str
    actions: tuple[str, ...] = ()


GROUPS: tuple[tuple[str, tuple[Keys, ...]], ...] = (
    (
        "reader.keys.moving",
        (
            Keys("Space / Shift+Space", "reader.key.page"),
            Keys("Left / Right", "reader.key.turn"),
            Keys("Home / End", "reader.key.ends"),
            Keys("Ctrl+G", "reader.key.go", ("go",)),
            Keys("Alt+Left / Alt+Right", "reader.key.ways"),
        ),
    ),
    (
        "reader.keys.looking",
        (
            Keys("Ctrl++ / Ctrl+-", "reader.key.zoom", ("larger", "smaller")),
            Keys("Ctrl+0", "reader.key.hundred", ("hundred",)),
            Keys("Ctrl+1 / Ctrl+2", "reader.key.fit", ("width", "whole")),
            Keys("Ctrl+3 / Ctrl+4", "reader.key.lie", ("lie", "spreads")),
            Keys("Ctrl+R / Ctrl+Shift+R", "reader.key.rotate", ("right", "left")),
            Keys("Ctrl+E", "reader.key.view", ("view",)),
            Keys("Ctrl+I", "reader.key.look", ("look",)),
            Keys("Ctrl+T", "reader.key.side", ("side",)),
            Keys("F11", "reader.key.full"),
        ),
    ),
    (
        "reader.keys.finding",
        (
            Keys("Ctrl+F", "reader.key.find", ("find",)),
            Keys("F3 / Shift+F3", "reader.key.hits", ("next", "previous")),
        ),
    ),
    (
        "reader.keys.text",
        (
            Keys("F7", "reader.key.caret"),
            Keys("Shift+Left / Shift+Right", "reader.key.select"),
            Keys("Ctrl+A / Ctrl+C", "reader.key.copy"),
            Keys("H / U / N", "notes.keys.mark"),
            Keys("1 / 2 / 3 / 4 / 5", "notes.keys.colours"),
            Keys("L / Return", "reader.key.links"),
            Keys("Esc", "reader.key.escape"),
        ),
    ),
    (
        "reader.keys.two",
        (
            Keys("F9", "reader.key.beside", ("beside",)),
            Keys("F6", "reader.key.other", ("other",)),
            Keys("Ctrl+Y", "reader.key.together", ("together",)),
        ),
    ),
)
ALSO = (("Ctrl+=", "larger"), ("F1", "keys"), ("?", "keys"))
"""Further keys and what they do."""


def shortcuts() -> list[tuple[str, str]]:
    """Return keys and names of the actions that the page answers."""
    found = [
        (key, action)
        for _, rows in GROUPS
        for row in rows
        for key, action in zip(row.keys.split(" / "), row.actions, strict=False)
    ]
    return [*found, *ALSO]


def sheet(context: UiContext, more: Sequence[tuple[str, str]]) -> list[Group]:
    """Return what the sheet of keys shows; ``more`` are keys and words of added buttons."""
    tr = context.tr
    groups: list[Group] = [
        (tr(heading), [(row.keys, tr(row.text)) for row in rows]) for heading, rows in GROUPS
    ]
    added = [(keys, words) for keys, words in more]
    return [*groups, (tr("reader.keys.more"), added)] if added else groups
