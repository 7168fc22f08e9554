"""Writes the numbers of HTML lists into their items.

The number of a paragraph is part of what it says: resolutions are quoted by it. As a word of the
text it is searched, compared, copied and read out like any other, and whoever draws the text
need not count. A list whose items bear their numbers is ``<ul type="none">``, which the HTML
standard lays out without bullets (section 15.3.8, Lists).
"""

from typing import Any

from congress.docs.text.numerals import Numeral, marker, written

OWN_NUMBERS = "none"
"""Type of a list whose items bear their numbers as words."""

_NUMERALS = {
    "1": Numeral.DECIMAL,
    "a": Numeral.LOWER_LETTER,
    "A": Numeral.UPPER_LETTER,
    "i": Numeral.LOWER_ROMAN,
    "I": Numeral.UPPER_ROMAN,
    OWN_NUMBERS: Numeral.NONE,
}
_MOST = 999_999_999
_BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6")


def mark_items(root: Any) -> None:
    """Write the numbers of all numbered lists in a tree of HTML into their items.

    Follows the attributes ``start``, ``reversed`` and ``type`` of lists, ``value`` and ``type`` of
    items (HTML standard, section 4.4.5); none of them is left.
    """
    for list_ in list(root.iter("ol")):
        items = [each for each in list_ if each.tag == "li"]
        backwards = list_.get("reversed") is not None
        number = _number(list_.get("start"), len(items) if backwards else 1)
        for item in items:
            number = _number(item.get("value"), number)
            numeral = _NUMERALS.get(item.get("type") or list_.get("type") or "1", Numeral.DECIMAL)
            if label := written(number, numeral):
                put_first(item, marker(f"{label}."))
            number += -1 if backwards else 1
        bear_own_numbers(list_)
    for each in root.iter("li", "ol", "ul"):
        for name in ("value", "start", "reversed", *(() if each.tag == "ul" else ("type",))):
            each.attrib.pop(name, None)


def bear_own_numbers(list_: Any) -> None:
    """Say of a list that its items bear their numbers as words."""
    list_.tag = "ul"
    list_.set("type", OWN_NUMBERS)


def put_first(item: Any, words: str) -> None:
    """Put words before all others of an item: into its first paragraph, if it begins with one."""
    first = next(iter(item), None)
    inside = first is not None and first.tag in _BLOCKS and not (item.text or "").strip()
    goal = first if first is not None and inside else item
    goal.text = words + (goal.text or "").lstrip()


def _number(text: str | None, otherwise: int) -> int:
    digits = (text or "").strip().removeprefix("+")
    plain = digits.removeprefix("-")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(_MOST)):
        return otherwise
    return int(digits)
