"""The style sheet of Qt, written from the tokens. Fonts are set on widgets, not here."""

from congress.ui.theme.tokens import (
    RADIUS_CARD,
    RADIUS_CONTROL,
    SCROLL_BAR,
    SPACE_1,
    SPACE_2,
    SPACE_3,
    TARGET,
    Palette,
    Tone,
    mixed,
)

CAPTION_LINE, CAPTION_LINE_URDU = 15.2, 22.4
"""Height of a line of captions at text scale 1: in Be Vietnam Pro, in Naskh."""


def stylesheet(palette: Palette, scale: float, *, rtl: bool = False) -> str:
    """Return the style sheet for one palette at one text scale."""
    parts = (_ground, _text, _buttons, _fields, _choices, _cards, _tables, _bars, _menus)
    made = [part(palette, scale) for part in parts]
    corners = _corners("first", "left") if rtl else _corners("last", "right")
    return "\n".join([*made, corners, _pills(rtl, scale)])


def _pale(p: Palette) -> str:
    return mixed(p.muted, p.surface, 0.45)


def _ground(p: Palette, scale: float) -> str:
    handle = mixed(p.edge, p.paper, 0.35)
    return f"""
QMainWindow, QDialog, Page, #ground {{ background: {p.paper}; }}
QWidget {{ color: {p.ink}; }}
QScrollArea, QScrollArea > #qt_scrollarea_viewport, #clear {{
    background: transparent; border: none; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {SCROLL_BAR}px; margin: 0; }}
QScrollBar:horizontal {{ height: {SCROLL_BAR}px; margin: 0; }}
QScrollBar::handle {{ background: {handle}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {round(40 * scale)}px; }}
QScrollBar::handle:horizontal {{ min-width: {round(40 * scale)}px; }}
QScrollBar::handle:hover {{ background: {p.edge}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {p.ink}; color: {p.paper}; border: none; padding: {SPACE_1}px
    {SPACE_2}px; }}
QSplitter::handle {{ background: {p.line}; }}
#hairline {{ background: {p.line}; border: none; }}
"""


def _text(p: Palette, scale: float) -> str:
    tones = "\n".join(f'Text[tone="{tone}"] {{ color: {p.of(tone)}; }}' for tone in Tone)
    return f"""
Text {{ background: transparent; }}
{tones}
Text[tone="muted"] {{ color: {p.muted}; }}
Text[tone="on_accent"] {{ color: {p.on_accent}; }}
Text:disabled {{ color: {_pale(p)}; }}
"""


def _buttons(p: Palette, scale: float) -> str:
    down = mixed(p.accent, p.ink, 0.18)
    hover = mixed(p.accent, p.on_accent, 0.1)
    red_hover = mixed(p.danger, p.on_danger, 0.1)
    rim = SPACE_3 - 2
    return f"""
Button {{
    min-height: {TARGET - 16}px; padding: 6px {SPACE_3 + 2}px; border-radius: {RADIUS_CONTROL}px;
    border: 2px solid transparent; background: transparent; color: {p.ink}; }}
Button[iconOnly="true"] {{ min-width: {TARGET - 16}px; padding: 6px 6px; }}
Button[kind="primary"] {{ background: {p.accent}; color: {p.on_accent}; }}
Button[kind="primary"]:hover {{ background: {hover}; }}
Button[kind="primary"]:pressed {{ background: {down}; }}
Button[kind="primary"]:focus {{ border-color: {p.ink}; }}
Button[kind="secondary"] {{ background: {p.surface}; border: 1px solid {p.edge};
    padding: 7px {SPACE_3 + 3}px; }}
Button[kind="secondary"]:hover {{ background: {p.hover}; }}
Button[kind="secondary"]:pressed {{ background: {p.sunken}; }}
Button[kind="quiet"] {{ color: {p.accent}; }}
Button[kind="quiet"]:hover {{ background: {p.accent_soft}; }}
Button[kind="quiet"]:checked {{ background: {p.accent_soft}; }}
Button[kind="danger"] {{ background: {p.surface}; color: {p.danger};
    border: 1px solid {p.danger}; padding: 7px {SPACE_3 + 3}px; }}
Button[kind="danger"]:hover {{ background: {p.danger_soft}; }}
Button[kind="danger"][sure="true"] {{ background: {p.danger}; color: {p.on_danger}; }}
Button[kind="danger"][sure="true"]:hover {{ background: {red_hover}; }}
Button[kind="secondary"]:focus, Button[kind="quiet"]:focus {{
    border: 2px solid {p.accent}; padding: 6px {SPACE_3 + 2}px; }}
Button[kind="danger"]:focus {{ border: 2px solid {p.ink}; padding: 6px {SPACE_3 + 2}px; }}
Button[iconOnly="true"][kind="secondary"] {{ padding: 7px; }}
Button[iconOnly="true"]:focus {{ padding: 6px; }}
Button:disabled, Button[kind="primary"]:disabled, Button[kind="danger"]:disabled {{
    background: {p.sunken}; color: {_pale(p)}; border-color: {p.line}; }}
Button[kind="quiet"]:disabled {{ background: transparent; border-color: transparent; }}
Button::menu-indicator {{ image: none; width: 0; }}
#railItem {{ text-align: left; padding: {rim}px {SPACE_3}px; border: 2px solid transparent;
    border-radius: {RADIUS_CONTROL}px; background: transparent; color: {p.muted};
    min-height: {TARGET - 2 * rim - 4}px; }}
#railItem[narrow="true"] {{ text-align: center; padding: {rim}px 0; }}
#railItem:hover {{ background: {p.hover}; color: {p.ink}; }}
#railItem:checked {{ background: {p.accent_soft}; color: {p.accent}; }}
#railItem:focus {{ border-color: {p.accent}; }}
"""


def _fields(p: Palette, scale: float) -> str:
    names = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QComboBox", "QAbstractSpinBox")
    box, focus = ", ".join(names), ", ".join(f"{name}:focus" for name in names)
    off = ", ".join(f"{name}:disabled" for name in names)
    return f"""
{box} {{
    background: {p.surface}; color: {p.ink}; border: 1px solid {p.edge};
    border-radius: {RADIUS_CONTROL}px; padding: 7px {SPACE_3 - 1}px;
    min-height: {TARGET - 16}px; selection-background-color: {p.accent};
    selection-color: {p.on_accent}; }}
{focus} {{ border: 2px solid {p.accent}; padding: 6px {SPACE_3 - 2}px; }}
{off} {{ background: {p.sunken}; color: {_pale(p)}; border-color: {p.line}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"],
QAbstractSpinBox[wrong="true"] {{ border-color: {p.danger}; }}
QLineEdit[bare="true"] {{ background: transparent; border: none; padding: 8px 0; }}
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 32px; }}
AgendaBox::drop-down {{ width: {TARGET}px; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ background: transparent; border: none;
    padding: 0; min-height: 0; }}
QComboBox::down-arrow {{ image: none; }}
QAbstractItemView[drops="true"] {{ background: {p.surface}; border: 1px solid {p.edge};
    border-radius: 0; outline: none; padding: {SPACE_1}px;
    selection-background-color: {p.accent_soft}; selection-color: {p.ink}; }}
QAbstractItemView[drops="true"]::item {{ min-height: {TARGET}px; padding: 0 {SPACE_2}px;
    border-radius: 6px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}
"""


def _choices(p: Palette, scale: float) -> str:
    box = round(20 * scale)
    return f"""
QCheckBox, QRadioButton {{ spacing: {SPACE_2}px; min-height: {TARGET - 8}px;
    padding: 2px; border: 2px solid transparent; border-radius: {RADIUS_CONTROL}px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {p.accent}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {_pale(p)}; }}
QCheckBox::indicator {{ width: {box}px; height: {box}px; border: none; }}
QRadioButton::indicator {{ width: {box - 2}px; height: {box - 2}px;
    border: 1px solid {p.edge}; border-radius: {box // 2}px; background: {p.surface}; }}
QRadioButton::indicator:checked {{ width: {box - 10}px; height: {box - 10}px;
    border: 5px solid {p.accent}; background: {p.surface}; }}
#segments {{ background: {p.sunken}; border: 1px solid {p.line};
    border-radius: {RADIUS_CONTROL + 2}px; }}
#segment {{ min-height: {TARGET - 16}px; padding: 3px {SPACE_3}px; border: 2px solid transparent;
    margin: 3px 1px; border-radius: {RADIUS_CONTROL - 1}px; background: transparent;
    color: {p.muted}; }}
#segment:hover {{ color: {p.ink}; }}
#segment:checked {{ background: {p.surface}; color: {p.ink}; border: 1px solid {p.edge};
    padding: 4px {SPACE_3 + 1}px; }}
#segment:focus, #segment:checked:focus {{ border: 2px solid {p.accent};
    padding: 3px {SPACE_3}px; }}
#segment:disabled {{ color: {_pale(p)}; }}
"""


def _cards(p: Palette, scale: float) -> str:
    tones = "\n".join(
        f'Chip[tone="{tone}"], Banner[tone="{tone}"] {{ background: {p.soft(tone)};'
        f" border: 1px solid {mixed(p.soft(tone), p.of(tone), 0.22)}; }}"
        for tone in Tone
    )
    return f"""
Card {{ background: {p.surface}; border: 1px solid {p.line}; border-radius: {RADIUS_CARD}px; }}
Card[flat="true"] {{ background: transparent; }}
Card[clickable="true"]:hover {{ border-color: {p.edge}; background: {p.hover}; }}
Card[clickable="true"]:focus {{ border: 2px solid {p.accent}; }}
ListRow {{ background: transparent; border: 2px solid transparent;
    border-bottom: 1px solid {p.line}; }}
ListRow[last="true"] {{ border-bottom: 2px solid transparent; }}
ListRow[clickable="true"]:hover {{ background: {p.hover}; }}
ListRow[lit="true"] {{ background: {p.accent_soft}; border-color: transparent;
    border-radius: {RADIUS_CONTROL}px; }}
ListRow[clickable="true"]:focus {{ border: 2px solid {p.accent};
    border-radius: {RADIUS_CONTROL}px; }}
Banner {{ border-radius: {RADIUS_CONTROL}px; }}
{tones}
#floating {{ background: {p.surface}; border: 1px solid {p.line};
    border-radius: {RADIUS_CARD}px; }}
Toast {{ background: {p.ink}; border-radius: {RADIUS_CONTROL}px; }}
Toast Text[tone] {{ color: {p.paper}; }}
Toast Button[kind] {{ color: {p.paper}; background: transparent;
    border: 1px solid {mixed(p.ink, p.paper, 0.4)}; padding: 7px {SPACE_3 + 3}px; }}
Toast Button[kind]:hover {{ background: {mixed(p.ink, p.paper, 0.14)}; }}
Toast Button[kind]:focus {{ border: 2px solid {p.paper}; padding: 6px {SPACE_3 + 2}px; }}
"""


def _tables(p: Palette, scale: float) -> str:
    return f"""
QTableView, QListView, QTreeView {{
    background: {p.surface}; border: 1px solid {p.line}; border-radius: {RADIUS_CARD}px;
    gridline-color: {p.line}; outline: none; alternate-background-color: {p.surface};
    selection-background-color: {p.accent_soft}; selection-color: {p.ink}; }}
QTableView:focus, QListView:focus, QTreeView:focus {{ border-color: {p.accent}; }}
QTableView::item {{ padding: {SPACE_2}px {SPACE_3}px; border: none;
    border-bottom: 1px solid {p.line}; }}
QListView::item, QTreeView::item {{ padding: {SPACE_2}px; border: none; }}
QTableView::item:hover, QListView::item:hover {{ background: {p.hover}; }}
QTreeView::indicator {{ width: {round(20 * scale)}px; height: {round(20 * scale)}px;
    border: none; background: transparent; }}
QTableView::item:selected, QListView::item:selected, QTreeView::item:selected {{
    background: {p.accent_soft}; color: {p.ink}; }}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
    background: {p.sunken}; color: {p.muted}; border: none;
    border-bottom: 1px solid {p.line}; padding: {SPACE_2}px {SPACE_3 + 3}px; }}
QHeaderView[scrolled="true"] {{ background: {p.sunken}; }}
#headCorner {{ background: {p.sunken}; border-bottom: 1px solid {p.line}; }}
QHeaderView::section:hover {{ color: {p.ink}; }}
QTableCornerButton::section {{ background: {p.sunken}; border: none; }}
"""


def _pills(rtl: bool, scale: float) -> str:
    """Round chips as far as their height allows; Qt draws a larger radius as none at all."""
    line = CAPTION_LINE_URDU if rtl else CAPTION_LINE
    return f"Chip {{ border-radius: {int((line * scale + SPACE_2) / 2) - 1}px; }}"


def _corners(last: str, end: str) -> str:
    """Round the corners of a head; to Qt its first section is always the one on the left."""
    radius = RADIUS_CARD - 1
    return f"""
QHeaderView::section:first, QHeaderView::section:only-one {{
    border-top-left-radius: {radius}px; }}
QHeaderView::section:last, QHeaderView::section:only-one {{
    border-top-right-radius: {radius}px; }}
#headCorner {{ border-top-{end}-radius: {radius}px; }}
QHeaderView[scrolled="true"]::section:{last} {{ border-top-{end}-radius: 0; }}
#gridHead::section:first, #gridHead::section:last, #gridHead::section:only-one {{
    border-radius: 0; }}
"""


def _bars(p: Palette, scale: float) -> str:
    return f"""
QProgressBar {{ background: {p.sunken}; border: 1px solid {p.line}; border-radius: 5px;
    max-height: 8px; min-height: 8px; text-align: center; }}
QProgressBar::chunk {{ background: {p.accent}; border-radius: 4px; }}
#rail {{ background: {p.paper}; border: none; }}
#topbar {{ background: {p.paper}; border: none; border-bottom: 1px solid {p.line}; }}
#topbar Button[kind="quiet"] {{ color: {p.ink}; }}
#footbar {{ background: {p.paper}; border: none; border-top: 1px solid {p.line}; }}
#keys {{ background: {p.sunken}; color: {p.ink}; border: 1px solid {p.line};
    border-radius: 5px; padding: 2px 6px; }}
#inspector {{ background: {p.surface}; border: none; }}
"""


def _menus(p: Palette, scale: float) -> str:
    return f"""
QMenu {{ background: {p.surface}; border: 1px solid {p.line}; padding: {SPACE_1}px; }}
QMenu::item {{ padding: {SPACE_2}px {SPACE_3}px; min-height: {TARGET - 2 * SPACE_2}px;
    border-radius: 6px; color: {p.ink}; }}
QMenu::item:selected {{ background: {p.accent_soft}; }}
QMenu::item:disabled {{ color: {_pale(p)}; }}
QMenu::separator {{ height: 1px; background: {p.line}; margin: {SPACE_1}px {SPACE_2}px; }}
QMenu::icon {{ margin: 0 {SPACE_2}px; }}
"""
