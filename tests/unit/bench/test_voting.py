"""The measurements of secret ballots, on little."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from congress.bench import voting, voting_peer
from congress.bench.voting import Bench, Whole, election, motion
from congress.bench.voting_peer import Absent, Peer
from congress.cli.main import main
from congress.kernel.progress import Silent

EQUAL = '3 1\n5 1 0\n3 2 1 0\n2 3 1 0\n0\n"Ann"\n"Ben"\n"Chi"\n"Chair"\n'


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench()


def test_a_ballot_of_forty_names_is_within_nine_kilobytes(bench: Bench) -> None:
    taken = bench.ballots(election(40, 30), 1)
    assert taken.length <= 9 * 1024
    assert min(taken.encrypt, taken.verify) > 0


def test_sums_and_batches_are_measured(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voting, "_TOGETHER", 6)
    monkeypatch.setattr(voting, "NAMES", 4)
    monkeypatch.setattr(voting, "SEATS", 2)
    assert bench.summed() > 0
    assert bench.batched() > 0


def test_a_whole_poll_is_verified() -> None:
    taken = voting.whole(motion(), 3, Silent())
    assert (taken.ballots, taken.size > 3_000) == (3, True)
    assert min(taken.vote, taken.bundle, taken.verify, taken.verify_cpu) > 0


def test_what_every_poll_takes_is_not_multiplied() -> None:
    few, some = Whole(2, 1.0, 1.0, 4.0, 4.0, 100), Whole(12, 6.0, 1.0, 5.0, 6.0, 200)
    assert voting.extrapolated(few, some, 102) == Whole(102, 51.0, 1.0, 14.0, 24.0, 1100)


def test_real_elections_are_compared(tmp_path: Path) -> None:
    for name in ("right.blt", "wrong.blt"):
        (tmp_path / name).write_text(EQUAL)
    winners = {"right.blt": {"elected": [1]}, "wrong.blt": {"elected": [2]}}
    (tmp_path / "scottish_winners.json").write_text(json.dumps(winners))
    found = voting.scottish_agreement(tmp_path)
    assert (found.elections, found.agreed) == (2, 1)


def peer(monkeypatch: pytest.MonkeyPatch, answer: object) -> Peer | Absent:
    def run(*_: object, **__: object) -> "subprocess.CompletedProcess[str]":
        if isinstance(answer, Exception):
            raise answer
        return subprocess.CompletedProcess([], 0, str(answer), "")

    monkeypatch.setattr(voting_peer, "_environment", lambda folder: Path(sys.executable))
    monkeypatch.setattr(subprocess, "run", run)
    return voting_peer.measure(3, 1, 1)


def test_the_figures_of_the_peer_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    told = '{"encrypt_ms": 900.5, "verify_ms": 1800, "add_ms": 1}'
    assert peer(monkeypatch, told) == Peer(900.5, 1800, 1)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (subprocess.TimeoutExpired("pip", 1), "it took too long"),
        (subprocess.CalledProcessError(1, "pip", "", "a\nno such package\n"), "no such package"),
        (subprocess.CalledProcessError(1, "pip", "", ""), "it said nothing"),
        (FileNotFoundError(), "FileNotFoundError"),
        ("no figures", "JSONDecodeError"),
    ],
)
def test_a_peer_that_does_not_run_is_left_out_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, answer: object, reason: str
) -> None:
    assert peer(monkeypatch, answer) == Absent(reason)


def test_the_peer_is_kept_in_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert tmp_path in voting_peer.environment_folder().parents


def test_every_target_has_a_flat_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "one.blt").write_text(EQUAL)
    (tmp_path / "scottish_winners.json").write_text('{"one.blt": {"elected": [1]}}')
    monkeypatch.setattr(voting, "_TOGETHER", 6)
    monkeypatch.setattr(voting, "whole", lambda *_: Whole(100, 1.0, 2.0, 3.0, 4.0, 5))
    monkeypatch.setattr("congress.cli.bench_voting.measure", lambda *_: Peer(5_000.0, 5_000.0, 1.0))
    done = CliRunner().invoke(
        main, ["bench", "voting", "--json", "--full", "--elections", str(tmp_path)]
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert set(told["met"]) == {
        "encrypt_40_ms",
        "verify_40_ms",
        "ballot_40_bytes",
        "encrypt_motion_ms",
        "verify_motion_ms",
        "sum_1000x40_ms",
        "batch_ratio",
        "verify_1600x200_s",
        "verify_5000_motion_s",
        "electionguard_encrypt_ratio",
        "electionguard_verify_ratio",
        "stv_agreement",
    }
    assert told["verify_1600x200_s"] == 3.0
    assert told["electionguard_encrypt_ratio"] > 10
    assert all(not isinstance(value, dict) for name, value in told.items() if name != "met")


def test_what_is_left_out_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voting, "_TOGETHER", 6)
    monkeypatch.setattr(voting, "whole", lambda _, cast, __: Whole(cast, 1.0, 2.0, 3.0, 4.0, 5))
    done = CliRunner().invoke(main, ["bench", "voting", "--no-peer"])
    assert done.exit_code == 0, done.output
    assert "electionguard_skipped" in done.stdout
    assert "stv_skipped" in done.stdout
