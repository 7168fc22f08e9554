"""The quorum on the settings page, and the same rule in words for the hall."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from congress.i18n.translator import Translator
from congress.kernel.ids import PersonId
from congress.kernel.people import Person
from congress.kernel.settings import QuorumBase, QuorumRule
from congress.rollcall.quorum import count
from congress.ui.context import UiContext
from congress.ui.controllers.quorum import QuorumController
from congress.ui.pages.hall_quorum import rule_in_words, short_in_words, verdict
from congress.ui.pages.setting_quorum import QuorumRows
from congress.ui.pages.setting_rows import SettingGroup
from congress.ui.widgets.choice import SegmentedControl, Select
from tests.helpers.uicontext import ui_context

HALF = QuorumRule(Fraction(1, 2), strict=True)
BY_SECTION = QuorumRule(Fraction(1, 2), base=QuorumBase.REGISTERED, by_section=Fraction(1, 2))


class Hall:
    def current(self) -> None:
        return None


@pytest.fixture
def changes() -> list[tuple[str, object]]:
    return []


@pytest.fixture
def rows(
    qtbot: QtBot, context: UiContext, changes: list[tuple[str, object]]
) -> Iterator[QuorumRows]:
    group = SettingGroup(context, "Rules")
    qtbot.addWidget(group)
    controller = QuorumController(context, Hall())  # type: ignore[arg-type]
    controller.setParent(group)
    yield QuorumRows(context, group, controller, lambda *each: changes.append(each), 300)
    group.close()


def people(*delegations: str) -> list[Person]:
    return [
        Person(PersonId(f"p{at}"), f"S{at}", f"Name {at}", name)
        for at, name in enumerate(delegations)
    ]


def test_three_settings_change_one_rule(
    rows: QuorumRows, changes: list[tuple[str, object]]
) -> None:
    rows.show(HALF)
    base, section, share = (
        rows.rows[key].editor for key in ("quorum_base", "quorum_section", "quorum")
    )
    assert isinstance(base, SegmentedControl)
    assert isinstance(section, Select)
    assert isinstance(share, Select)
    assert (share.value, base.value, section.value) == (HALF, QuorumBase.SUMMONED, None)
    base.chosen.emit(QuorumBase.REGISTERED)
    section.chosen.emit(Fraction(1, 2))
    section.chosen.emit(None)
    share.chosen.emit(BY_SECTION)
    assert changes == [
        ("quorum", QuorumRule(Fraction(1, 2), strict=True, base=QuorumBase.REGISTERED)),
        ("quorum", QuorumRule(Fraction(1, 2), strict=True, by_section=Fraction(1, 2))),
        ("quorum", HALF),
        ("quorum", BY_SECTION),
    ]


def test_a_rule_of_its_own_is_offered_too(rows: QuorumRows) -> None:
    odd = QuorumRule(Fraction(3, 5), by_section=Fraction(2, 5))
    rows.show(odd)
    section = rows.rows["quorum_section"].editor
    assert isinstance(section, Select)
    assert section.value == Fraction(2, 5)
    assert section.currentText() == "At least 2/5"


def test_it_says_what_the_rule_comes_to(rows: QuorumRows) -> None:
    house = count(people("North", "North", "South"), {PersonId("p0"): None}, HALF)
    rows.show_house(house)
    assert "Now: 2 of 3 delegates must be present." in rows.rows["quorum"].consequence.text()
    rule = QuorumRule(Fraction(1, 3), by_section=Fraction(1, 2))
    rows.show_house(count(people("North", "South"), {PersonId("p0"): None}, rule))
    assert "1 delegation is too few" in rows.rows["quorum_section"].consequence.text()


def test_the_hall_reads_the_rule_and_who_is_too_few(context: UiContext) -> None:
    assert rule_in_words(context, BY_SECTION) == (
        "At least 1/2 of the delegates registered so far must be present. "
        "Of each delegation at least 1/2."
    )
    rule = QuorumRule(Fraction(1, 3), by_section=Fraction(1, 2))
    house = count(people("North", "North", "South"), {PersonId("p0"): None}, rule)
    assert verdict(context, house) == "1 delegation is too few for a quorum"
    assert "South: 1 needed" in short_in_words(context, house)
    full = count(people("North"), {PersonId("p0"): None}, rule)
    assert verdict(context, full) == "There is a quorum"
    assert short_in_words(context, full) == ""


def test_many_delegations_are_counted_rather_than_named(context: UiContext) -> None:
    rule = QuorumRule(Fraction(1, 3), by_section=Fraction(1, 1))
    house = count(people(*(f"Section {at}" for at in range(9))), {}, rule)
    assert "and 3 more" in short_in_words(context, house)


@pytest.mark.parametrize("lang", ["vi", "ur"])
def test_the_rule_is_said_in_every_language(lang: str, qtbot: QtBot) -> None:
    with ui_context(lang) as (context, _):
        assert Translator("en")("hall.rule.sections", share="1/2") not in rule_in_words(
            context, BY_SECTION
        )
        assert "1/2" in rule_in_words(context, BY_SECTION)
