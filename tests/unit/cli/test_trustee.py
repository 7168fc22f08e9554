import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from congress.cli.main import main
from congress.cli.passphrase import VARIABLE
from congress.storage.header import KdfParameters
from congress.voting.trustees import decryption, folder, sharefile, tallyfile
from congress.voting.trustees.fingerprint import of_key
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.session import Stage
from tests.helpers.ceremonies import CHEAP, NAMES, PASSPHRASE, board, board_holders
from tests.helpers.encryptedpolls import chained, steps


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    make = sharefile.lock

    def lock(passphrase: str, kdf: KdfParameters | None = None) -> sharefile.Lock:
        return make(passphrase, CHEAP)

    monkeypatch.setattr(sharefile, "lock", lock)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["trustee", *map(str, arguments)])


def test_three_trustees_hold_a_ceremony_with_files(tmp_path: Path) -> None:
    folder.begin(tmp_path, invite("Congress", NAMES[:3]))
    files = [tmp_path / f"{index}.pctrustee" for index in range(1, 4)]
    for name, file in zip(NAMES, files, strict=False):
        told = run("init", tmp_path, "--name", name, "--out", file, "--json")
        assert json.loads(told.stdout)["done"] == "said", told.output
    for _ in range(3):
        for file in files:
            assert run("round", tmp_path, file).exit_code == 0
    assert folder.gather(tmp_path).session.stage is Stage.COMPLETE
    told = run("round", tmp_path, files[0], "--json")
    ceremony = folder.gather(tmp_path).session.ceremony()
    assert json.loads(told.stdout) == {
        "fingerprint": of_key(ceremony.joint_key),
        "done": "kept",
        "trustee": 1,
        "share": str(files[0]),
        "waiting": [],
    }


def test_a_part_is_decrypted_and_the_fingerprint_expected(tmp_path: Path) -> None:
    share, tally = tmp_path / "2.pctrustee", tmp_path / "poll.pctally"
    share.write_bytes(board()[1][1])
    tally.write_bytes(tallyfile.write_tally(chained(steps())))
    refused = run("decrypt", tally, share, "--expect", "AAAA-BBBB-CCCC-DDDD-EEEE")
    assert refused.exit_code == 2
    assert not (tmp_path / "02.pcpartial").exists()
    told = run("decrypt", tally, share, "--json")
    answer = json.loads(told.stdout)
    assert (answer["trustee"], answer["ballots"]) == (2, 5)
    assert answer["seal"] == decryption.examine(chained(steps())).seal
    _, part = tallyfile.read_partial((tmp_path / "02.pcpartial").read_bytes())
    assert part.trustee == 2
    again = run("decrypt", tally, share, "--expect", answer["fingerprint"].lower())
    assert again.exit_code == 0


def test_a_copy_on_paper_decrypts_only_the_ledger_that_the_hall_saw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = tmp_path / "poll.pctally"
    tally.write_bytes(tallyfile.write_tally(chained(steps())))
    seal = decryption.examine(chained(steps())).seal
    lines = " ".join(board_holders()[1].paper.lines)
    monkeypatch.setenv(VARIABLE, lines)
    for wrong in (("--paper",), (), ("--paper", tmp_path / "2.pctrustee", "--seal", seal)):
        assert run("decrypt", tally, *wrong).exit_code == 2
    other = run("decrypt", tally, "--paper", "--seal", "A" * 20)
    assert other.exit_code == 2
    assert "not the seal of this ledger" in other.stderr
    assert seal not in other.output
    assert not (tmp_path / "02.pcpartial").exists()
    told = run("decrypt", tally, "--paper", "--seal", seal.lower(), "--json")
    assert (told.exit_code, json.loads(told.stdout)["trustee"]) == (0, 2)
    monkeypatch.setenv(VARIABLE, lines[:-1] + ("0" if lines[-1] != "0" else "1"))
    assert "Line 6" in run("decrypt", tally, "--paper", "--seal", seal).stderr


def test_what_goes_wrong_is_said_and_exits_not_with_nought(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.begin(tmp_path, invite("Congress", NAMES[:3]))
    assert run("init", tmp_path, "--name", "Nobody").exit_code == 2
    assert run("round", tmp_path, tmp_path / "gone.pctrustee").exit_code == 2
    share = tmp_path / "1.pctrustee"
    share.write_bytes(board()[1][0])
    monkeypatch.setenv(VARIABLE, "not the passphrase")
    told = run("round", tmp_path, share)
    assert told.exit_code == 2
    assert "does not open" in told.stderr
