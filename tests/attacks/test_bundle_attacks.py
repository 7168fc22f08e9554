"""The bad bundles that ship are refused, each by the check that is there for its attack.

They are built by ``tests/data/bundles/build.py``, and again here for the attacks of one module
after the other, so that those that ship are what is made of today's code.
"""

import json
from pathlib import Path

import pytest

from congress.verifier.inspection import inspect
from congress.verifier.report import Report
from congress.verifier.telling import lines, values
from tests.attacks import other_polls, secret_polls
from tests.attacks.damaged_files import DAMAGES, Damage
from tests.attacks.registry import Attack
from tests.data.bundles.build import FOLDER, TOO_BIG
from tests.helpers.bundles import electronic, hints_of

ATTACKS = {**secret_polls.ATTACKS, **other_polls.ATTACKS}
AGAIN = [
    attack
    for number, attack in enumerate(ATTACKS.values())
    if number % 16 == 0 or attack.name.startswith("replay")
]


def refused(report: Report, check: str, reason: str) -> None:
    assert not report.holds
    assert check in report.failed
    assert report.checks[check].faults[0][1].reason == reason
    assert json.dumps(values(report))
    assert list(lines(report))[-1] == "This bundle does NOT hold."


def test_the_poll_that_is_attacked_holds(tmp_path: Path) -> None:
    script = electronic()
    assert inspect(script.write(tmp_path / "without"), processes=1).holds
    hinted = inspect(script.write(tmp_path / "with", hints=hints_of(script)), processes=1)
    assert hinted.holds
    assert (hinted.hinted, hinted.false_hints) == (True, 0)
    assert [(verdict.outcome, verdict.elected) for verdict in hinted.verdicts] == [
        ("filled", ("c1", "c2"))
    ]


def test_the_good_bundle_that_ships_holds() -> None:
    assert inspect(FOLDER / "good.bundle", processes=1).holds


def test_the_open_poll_that_is_attacked_holds(tmp_path: Path) -> None:
    report = inspect(other_polls.weighed().write(tmp_path / "bundle"))
    assert report.holds, list(lines(report))
    assert "trustees" not in report.checks
    assert any("measured against 1001/2; needed: 501/2" in line for line in lines(report))


def test_the_poll_on_paper_that_is_attacked_holds(tmp_path: Path) -> None:
    report = inspect(other_polls.on_paper().write(tmp_path / "bundle"))
    assert report.holds, list(lines(report))
    assert report.checks["paper"].counted == 6
    assert "ballots" not in report.checks


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_attack(attack: Attack) -> None:
    report = inspect(FOLDER / f"{attack.name}.bundle", processes=1)
    refused(report, attack.check, attack.reason)


@pytest.mark.parametrize("attack", AGAIN, ids=[attack.name for attack in AGAIN])
def test_attack_of_today(attack: Attack, tmp_path: Path) -> None:
    report = inspect(attack.make().write(tmp_path / "bundle"), processes=1)
    refused(report, attack.check, attack.reason)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=list(DAMAGES))
def test_damage(damage: Damage, tmp_path: Path) -> None:
    path = FOLDER / f"{damage.name}.bundle"
    if damage.name in TOO_BIG:
        path = damage.make(tmp_path / "bundle")
    refused(inspect(path, processes=1), damage.check, damage.reason)


def test_every_attack_ships() -> None:
    told = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    made: list[Attack | Damage] = [*ATTACKS.values(), *DAMAGES.values()]
    expected = {
        item.name: {"check": item.check, "reason": item.reason}
        for item in made
        if item.name not in TOO_BIG
    }
    assert told == expected
