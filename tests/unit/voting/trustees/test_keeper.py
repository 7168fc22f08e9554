from pathlib import Path

import pytest

from congress.kernel.errors import EnvironmentFault, InputError, RefusedError
from congress.voting.trustees import decryption, folder, log, messages, rehearsal, sharefile
from congress.voting.trustees.fingerprint import same
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.keeper import Done, Keeper
from congress.voting.trustees.log import What
from congress.voting.trustees.messages import Round
from congress.voting.trustees.session import Fault, Reason, Stage
from tests.helpers.ceremonies import CHEAP, NAMES, PASSPHRASE, board, board_holders
from tests.helpers.encryptedpolls import chained, steps
from tests.helpers.vaults import MORNING


def keepers(place: Path) -> list[Keeper]:
    invitation = invite("Congress", NAMES[:3])
    folder.begin(place, invitation)
    return [
        Keeper.create(
            place / sharefile.file_name(name, index), invitation, index, PASSPHRASE, kdf=CHEAP
        )
        for index, name in enumerate(invitation.names, start=1)
    ]


def reopened(keeper: Keeper) -> Keeper:
    assert keeper.path is not None
    return Keeper.open(keeper.path, PASSPHRASE)


def test_a_stick_goes_round_until_the_board_is_ready(tmp_path: Path) -> None:
    everyone = keepers(tmp_path)
    seen = []
    for _ in range(4):
        everyone = [reopened(each) for each in everyone]
        seen.append([each.step(tmp_path).done for each in everyone])
    assert seen == [[Done.SAID] * 3] * 4
    assert [reopened(each).step(tmp_path).done for each in everyone] == [Done.KEPT] * 3
    session = folder.gather(tmp_path).session
    assert session.stage is Stage.COMPLETE
    test = rehearsal.prepare(session.ceremony())
    folder.put(tmp_path / folder.REHEARSAL, test.to_bytes())
    done = [reopened(each).step(tmp_path).done for each in everyone]
    assert done == [Done.REHEARSED] * 3
    assert [reopened(each).step(tmp_path).done for each in everyone] == [Done.READY] * 3
    assert rehearsal.is_passed(test, folder.gather(tmp_path).answers)


def test_who_is_ahead_waits_for_the_others_by_name(tmp_path: Path) -> None:
    first, *_ = keepers(tmp_path)
    assert first.step(tmp_path).waiting == NAMES[1:3]
    outcome = first.step(tmp_path)
    assert (outcome.done, outcome.waiting) == (Done.WAITS, NAMES[1:3])


def test_a_cheat_is_complained_of_and_named_to_everybody(tmp_path: Path) -> None:
    everyone = keepers(tmp_path)
    for _ in range(2):
        for keeper in everyone:
            keeper.step(tmp_path)
    session = folder.gather(tmp_path).session
    honest = everyone[0].holder.step(session)[1]
    assert honest is not None
    swapped = {**honest.body, "shares": list(reversed(honest.body["shares"]))}
    bad = messages.write(
        everyone[0].holder.secrets.signer, session.invitation.id, Round.SHARES, 1, swapped
    )
    folder.put_message(tmp_path, bad)
    for keeper in everyone[1:]:
        keeper.step(tmp_path)
    assert everyone[1].step(tmp_path).done is Done.COMPLAINED
    gathered = folder.gather(tmp_path)
    assert gathered.session.fault == Fault(1, Reason.BAD_SHARE, by=2)
    with pytest.raises(RefusedError, match=r"trustees\.broken"):
        everyone[2].step(tmp_path)
    with pytest.raises(RefusedError, match=r"trustees\.broken"):
        reopened(everyone[1]).step(tmp_path)
    told = log.followed((), gathered.session, MORNING)
    assert [line.what for line in told][-2:] == [What.COMPLAINT, What.BROKEN]
    assert (told[-1].who, told[-1].reason) == (NAMES[0], "bad_share")


def test_a_lost_message_is_written_again_as_it_was(tmp_path: Path) -> None:
    everyone = keepers(tmp_path)
    for keeper in everyone:
        keeper.step(tmp_path)
    everyone[0].step(tmp_path)
    (file,) = tmp_path.glob("2-reveal-01*")
    before = file.read_bytes()
    file.unlink()
    reopened(everyone[0]).step(tmp_path)
    assert file.read_bytes() == before


def test_nothing_goes_out_when_the_share_file_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *_ = keepers(tmp_path)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write_whole", full)
    with pytest.raises(EnvironmentFault, match=r"disk\.full"):
        first.step(tmp_path)
    assert not list(tmp_path.glob("*.pcround"))


def test_no_secret_takes_the_place_of_another(tmp_path: Path) -> None:
    first, *_ = keepers(tmp_path)
    assert first.path is not None
    with pytest.raises(InputError, match=r"trustees\.file_there"):
        Keeper.create(first.path, first.holder.invitation, 1, PASSPHRASE, kdf=CHEAP)


def test_a_ceremony_is_broken_off_and_held_again_in_the_same_folder(tmp_path: Path) -> None:
    everyone = keepers(tmp_path)
    everyone[0].step(tmp_path)
    session = folder.gather(tmp_path).session
    folder.set_aside(tmp_path, session)
    folder.begin(tmp_path, invite("Congress", NAMES[1:5]))
    assert folder.gather(tmp_path).session.messages == ()
    with pytest.raises(InputError, match=r"trustees\.foreign_message"):
        everyone[0].step(tmp_path)
    assert len(list(tmp_path.glob("broken-*/*"))) == 2


def test_the_file_remembers_the_tally_it_decrypted(tmp_path: Path) -> None:
    path = tmp_path / "share.pctrustee"
    path.write_bytes(board()[1][0])
    part = Keeper.open(path, PASSPHRASE).decrypt(decryption.examine(chained(steps())))
    assert part.trustee == 1
    again = Keeper.open(path, PASSPHRASE)
    with pytest.raises(RefusedError, match=r"trustees\.second_tally"):
        again.decrypt(decryption.examine(chained(steps(4))))


def test_paper_decrypts_and_leaves_nothing_behind(tmp_path: Path) -> None:
    examined = decryption.examine(chained(steps()))
    keeper = Keeper.from_paper(board_holders()[1].paper, examined, examined.seal)
    assert keeper.decrypt(examined).trustee == 2
    assert keeper.path is None


def test_paper_that_remembers_nothing_decrypts_no_second_tally() -> None:
    """The hall saw one seal at the close, and a ledger with a ballot less has another."""
    copy = board_holders()[1].paper
    whole, fewer = (decryption.examine(chained(steps(count))) for count in (5, 4))
    for seal in ("", "AAAA", whole.fingerprint, whole.seal[:-1], whole.seal):
        with pytest.raises(InputError, match=r"trustees\.other_seal"):
            Keeper.from_paper(copy, fewer, seal)
    assert Keeper.from_paper(copy, whole, whole.seal).decrypt(whole).trustee == 2


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("oi2b-oi2b", True),
        ("0128 ۰۱۲۸", True),
        ("OI2BOI2B", True),
        ("OI2B-OI2", False),
        ("OI2B-OI3B", False),
        ("", False),
    ],
)
def test_a_seal_is_understood_as_people_type_it(typed: str, right: bool) -> None:
    assert same(typed, "OI2B-OI2B") is right
    assert not same("", "")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.pctrustee", tmp_path):
        with pytest.raises(InputError, match=r"trustees\.no_file"):
            Keeper.open(path, PASSPHRASE)
