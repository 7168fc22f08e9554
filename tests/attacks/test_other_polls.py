"""Open polls and polls on paper hold, and every attack on them is refused by its check."""

from pathlib import Path

import pytest

from congress.verifier.inspection import inspect
from congress.verifier.telling import lines
from tests.attacks.other_polls import ATTACKS, on_paper, weighed
from tests.attacks.secret_polls import Attack


def test_the_open_poll_that_is_attacked_holds(tmp_path: Path) -> None:
    report = inspect(weighed().write(tmp_path / "bundle"))
    assert report.holds, list(lines(report))
    assert "trustees" not in report.checks
    assert any("measured against 1001/2; needed: 501/2" in line for line in lines(report))


def test_the_poll_on_paper_that_is_attacked_holds(tmp_path: Path) -> None:
    report = inspect(on_paper().write(tmp_path / "bundle"))
    assert report.holds, list(lines(report))
    assert report.checks["paper"].counted == 6
    assert "ballots" not in report.checks


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_attack(attack: Attack, tmp_path: Path) -> None:
    report = inspect(attack.make().write(tmp_path / "bundle"))
    assert not report.holds
    assert attack.check in report.failed
    assert report.checks[attack.check].faults[0][1].reason == attack.reason
