"""The window for the hall: nothing is cut, whatever its size and language."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from PySide6.QtWidgets import QApplication

from congress.kernel.settings import QuorumRule, Settings
from congress.ui.pages.hall_quorum import HallQuorum
from congress.ui.widgets.figure import Bar
from tests.helpers.faces import person
from tests.ui.rollcall.conftest import Door

SECTIONS = (
    "Denmark",
    "France",
    "Germany",
    "Low Countries",
    "United Kingdom",
    "Việt Nam",
    "پاکستان",
)
RULE = QuorumRule(Fraction(1, 2), strict=True, by_section=Fraction(1, 2))


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
@pytest.mark.parametrize("size", [(1280, 800), (1280, 720), (1024, 768), (1920, 1080)])
def test_every_word_has_its_room(
    make: Callable[..., Door], lang: str, size: tuple[int, int]
) -> None:
    people = [
        person(f"{at}{number}", delegation=name)
        for at, name in enumerate(SECTIONS)
        for number in range(4)
    ]
    door = make(lang=lang, people=people, enrolled=False, settings=Settings("C", quorum=RULE))
    door.open()
    hall = door.page.open_hall()
    assert isinstance(hall, HallQuorum)
    hall.resize(*size)
    door.doors.check_in(people[0].id)
    door.wait(lambda: hall.number.text() == door.context.tr.number(1))
    door.settle()
    QApplication.processEvents()
    for text in (hall.session, hall.verdict, hall.label, hall.rule, hall.short):
        assert text.isVisible()
        assert text.height() >= text.heightForWidth(text.width()) - 2, text.text()
    bars = hall.findChildren(Bar)
    assert len(bars) == 1 + len(SECTIONS)
    for bar in bars:
        assert bar.height() >= bar.minimumSizeHint().height()
        assert hall.rect().contains(bar.mapTo(hall, bar.rect().bottomRight()))
