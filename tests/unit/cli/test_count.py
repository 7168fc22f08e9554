import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from congress.cli.main import main

EQUAL = '3 1\n5 1 0\n3 2 1 0\n3 3 1 0\n0\n"Ann"\n"Ben"\n"Chi"\n"Chair"\n'


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["count", *map(str, arguments)])


@pytest.fixture
def equal(tmp_path: Path) -> Path:
    path = tmp_path / "equal.blt"
    path.write_text(EQUAL, encoding="utf-8")
    return path


def test_a_tie_stands_still_until_a_lot_is_drawn(equal: Path) -> None:
    waiting = run(equal, "--json")
    assert waiting.exit_code == 3
    answer = json.loads(waiting.stdout)
    assert (answer["elected"], answer["tie"], answer["tied"]) == ([], True, [2, 3])
    drawn = run(equal, "--json", "--lot", 3)
    assert drawn.exit_code == 0
    answer = json.loads(drawn.stdout)
    assert (answer["elected"], answer["tie"]) == ([1], False)
    assert answer["stages"][1]["candidate"] == 3
    assert answer["stages"][0]["votes"] == ["5", "3", "3"]


@pytest.mark.parametrize("method", ["scottish", "meek"])
def test_every_stage_is_printed(equal: Path, method: str) -> None:
    done = run(equal, "--method", method, "--lot", 2)
    assert done.exit_code == 0, done.output
    assert "Chair" in done.stdout
    assert "Stage 1" in done.stdout
    assert "Elected:" in done.stdout


def test_other_seats_can_be_asked_for(equal: Path) -> None:
    assert json.loads(run(equal, "--seats", 3, "--json").stdout)["elected"] == [1, 2, 3]
    refused = run(equal, "--seats", 4)
    assert refused.exit_code == 2
    assert "3" in refused.stderr


def test_bad_files_are_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.blt"
    bad.write_text("2 1\n1 7 0\n", encoding="utf-8")
    done = run(bad)
    assert done.exit_code == 2
    assert "bad.blt" in done.stderr
    assert run(tmp_path / "none.blt").exit_code == 2
