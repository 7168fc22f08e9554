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


BLOCK = '4 2\n-4\n4 1 2 3 0\n3 4 2 0\n2 3 1 0\n1 4 0\n0\n"Ann"\n"Ben"\n"Chi"\n"Dan"\n"Two"\n'


@pytest.mark.parametrize(
    ("method", "seats", "votes", "elected", "tied"),
    [
        ("plurality", 1, ["4", "3", "2", "0"], [1], []),
        ("plurality", 2, ["6", "7", "2", "0"], [2, 1], []),
        ("approval", 2, ["6", "7", "6", "0"], [2], [1, 3]),
        ("approval", 3, ["6", "7", "6", "0"], [2, 1, 3], []),
    ],
)
def test_ranked_ballots_are_counted_without_transfers(
    tmp_path: Path, method: str, seats: int, votes: list[str], elected: list[int], tied: list[int]
) -> None:
    path = tmp_path / "block.blt"
    path.write_text(BLOCK, encoding="utf-8")
    done = run(path, "--method", method, "--seats", seats, "--json")
    answer = json.loads(done.stdout)
    (stage,) = answer["stages"]
    assert (stage["votes"], stage["exhausted"], stage["quota"]) == (votes, "1", None)
    assert (answer["elected"], answer["tied"], answer["tie"]) == (elected, tied, bool(tied))
    assert stage["elected"] == elected
    assert done.exit_code == (3 if tied else 0)


def test_a_lot_fills_the_seat_that_a_tie_leaves_open(tmp_path: Path) -> None:
    path = tmp_path / "block.blt"
    path.write_text(BLOCK, encoding="utf-8")
    waiting = run(path, "--method", "approval")
    assert waiting.exit_code == 3
    assert "Ann, Chi have the same number of votes" in waiting.stdout
    stranger = run(path, "--method", "approval", "--lot", 2)
    assert stranger.exit_code == 3
    drawn = run(path, "--method", "approval", "--lot", 3, "--json")
    assert drawn.exit_code == 0
    assert json.loads(drawn.stdout)["elected"] == [2, 3]
