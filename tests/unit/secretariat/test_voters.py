"""Who could vote in an open poll, and the proxies, as tables."""

from dataclasses import replace
from fractions import Fraction

import pytest

from congress.i18n.translator import Translator
from congress.secretariat import resultpaper, voters
from congress.secretariat.worksheet import Sheet
from congress.voting.electors import Electorate, Proxy, ProxyStanding, UsedProxy
from tests.helpers.smallcongress import SmallCongress

EN = Translator("en")


@pytest.fixture(scope="module")
def held() -> SmallCongress:
    congress = SmallCongress()
    congress.hold()
    return congress


def rows(sheet: Sheet) -> list[dict[str, object]]:
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in sheet.rows]


def test_a_poll_of_one_vote_each_needs_no_list_of_electors(held: SmallCongress) -> None:
    report = held.gather.results()
    assert rows(voters.electors_sheet(EN, report)) == []
    assert rows(voters.proxies_sheet(EN, report)) == []


def test_weights_and_proxies_are_itemised(held: SmallCongress) -> None:
    report = held.gather.results()
    motion = report.results[0]
    first, second, *others = motion.electorate.electors
    one, other = held.persons["D011"].id, held.persons["D012"].id
    electorate = Electorate(
        (replace(first, weight=Fraction(5, 2)), replace(second, by=first.person), *others),
        (
            UsedProxy(Proxy(second.person, first.person, "Committee"), ProxyStanding.COUNTED),
            UsedProxy(Proxy(one, other, "Committee"), ProxyStanding.HOLDER_ABSENT),
        ),
    )
    told = replace(report, results=(replace(motion, electorate=electorate),))
    lines = rows(voters.electors_sheet(EN, told))
    assert len(lines) == len(electorate.electors)
    assert lines[0]["weight"] == Fraction(5, 2)
    assert lines[1]["weight"] == 1
    assert lines[1]["cast_by"] == report.people[first.person].name
    standings = [line["standing"] for line in rows(voters.proxies_sheet(EN, told))]
    assert standings == ["Counted", "Void: the holder is absent"]
    titles = [getattr(block, "text", "") for block in resultpaper.paper(EN, told).blocks]
    assert {"Electors", "Proxies"} <= set(titles)
    gone = replace(told, people={})
    assert rows(voters.electors_sheet(EN, gone))[0]["name"] == ""
