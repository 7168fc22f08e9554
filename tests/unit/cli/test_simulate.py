"""``congress simulate`` and ``congress poll bundle``."""

from pathlib import Path

import pytest

from congress.verifier.inspection import inspect
from tests.unit.cli.conftest import answer, invoke

MOTION = """
title = "Adopt"
pack = "roberts"
rule = "majority"
trustees = ["A", "B", "C"]
"""


@pytest.fixture
def motion(tmp_path: Path) -> Path:
    path = tmp_path / "poll.toml"
    path.write_text(MOTION, encoding="utf-8")
    return path


def test_simulates_a_motion_and_writes_its_bundle(motion: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    told = answer(invoke("simulate", motion, "--ballots", 6, "--out", out, "--json"))
    assert (told["ballots"], told["trustees"], told["threshold"]) == (6, 3, 2)
    (contest,) = told["contests"]
    assert contest["cast"] == 6
    assert sum(contest["totals"].values()) + contest["blank"] + contest["invalid"] == 6
    assert set(told["seconds"]) == {"ceremony", "vote", "sum", "decrypt", "bundle"}
    bundle = Path(told["bundle"])
    assert bundle.parent == out
    assert inspect(bundle, processes=1).holds


@pytest.mark.parametrize("lang", ["en", "vi", "ur"])
def test_says_the_totals_and_the_times(motion: Path, tmp_path: Path, lang: str) -> None:
    done = invoke("simulate", motion, "--ballots", 3, "--out", tmp_path, lang=lang)
    assert done.exit_code == 0
    assert "Adopt" in done.stdout
    assert "bundle.zip" in done.stdout


def test_prints_the_example() -> None:
    shown = invoke("simulate", "--example")
    assert "[[contests]]" in shown.stdout
    assert "seats = 10" in shown.stdout


@pytest.mark.parametrize("text", [b"title = ", b"\xff\xfe", b'title = "x"\n', b" " * 1_000_001])
def test_a_bad_description_is_named(motion: Path, tmp_path: Path, text: bytes) -> None:
    motion.write_bytes(text)
    done = invoke("simulate", motion, "--out", tmp_path / "out")
    assert done.exit_code == 2
    assert "poll.toml" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_and_a_file_that_is_there_are_needed(motion: Path, tmp_path: Path) -> None:
    assert invoke("simulate", motion).exit_code == 2
    assert invoke("simulate", tmp_path / "none.toml", "--out", tmp_path).exit_code != 0


def test_a_congress_without_the_poll_says_so(vault: Path, tmp_path: Path) -> None:
    done = invoke("poll", "bundle", vault, 7, "--out", tmp_path / "b.zip")
    assert done.exit_code == 2
    assert not (tmp_path / "b.zip").exists()
