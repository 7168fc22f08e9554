"""Every attack on the bundle of a secret poll is refused by the check that is there for it."""

from pathlib import Path

import pytest

from congress.verifier.inspection import inspect
from tests.attacks.secret_polls import ATTACKS, Attack
from tests.helpers.bundles import electronic, hints_of


def test_the_poll_that_is_attacked_holds(tmp_path: Path) -> None:
    script = electronic()
    assert inspect(script.write(tmp_path / "without"), processes=1).holds
    hinted = inspect(script.write(tmp_path / "with", hints=hints_of(script)), processes=1)
    assert hinted.holds
    assert (hinted.hinted, hinted.false_hints) == (True, 0)
    assert [(verdict.outcome, verdict.elected) for verdict in hinted.verdicts] == [
        ("filled", ("c1", "c2"))
    ]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=list(ATTACKS))
def test_attack(attack: Attack, tmp_path: Path) -> None:
    report = inspect(attack.make().write(tmp_path / "bundle"), processes=1)
    assert not report.holds
    assert attack.check in report.failed
    assert report.checks[attack.check].faults[0][1].reason == attack.reason
