import pytest

from congress.kernel.canonical import decode, encode
from congress.kernel.errors import InputError, RefusedError
from congress.voting.trustees import sharefile
from congress.voting.trustees.passphrases import Strength, strength
from tests.helpers.ceremonies import CHEAP, NAMES, PASSPHRASE, board, board_holders, lock_for_tests


def test_a_share_file_opens_with_its_passphrase_alone() -> None:
    data = board()[1][0]
    holder, under = sharefile.unseal(data, PASSPHRASE)
    assert holder == board_holders()[0]
    assert sharefile.unseal(sharefile.seal(holder, under), PASSPHRASE)[0] == holder
    with pytest.raises(InputError, match=r"trustees\.wrong_passphrase"):
        sharefile.unseal(data, PASSPHRASE + " ")


def test_a_passphrase_is_the_same_however_its_letters_are_composed() -> None:
    composed, apart = "sông Hồng mùa lũ", "so\u0302ng Ho\u0302\u0300ng mu\u0300a lu\u0303"
    under = sharefile.lock(composed, CHEAP)
    data = sharefile.seal(board_holders()[1], under)
    assert sharefile.unseal(data, apart)[0] == board_holders()[1]


def test_the_outside_says_whose_file_it_is_and_holds_no_secret() -> None:
    data, holder = board()[1][1], board_holders()[1]
    label = sharefile.label_of(data)
    assert (label.index, label.name) == (2, holder.name)
    assert holder.seed not in data
    assert str(holder.seed) not in repr(holder)
    assert "key=" not in repr(lock_for_tests())


def test_two_files_of_one_holder_differ() -> None:
    under = lock_for_tests()
    holder = board_holders()[0]
    assert sharefile.seal(holder, under) != sharefile.seal(holder, under)


def test_a_relabelled_file_does_not_open() -> None:
    value = decode(board()[1][0])
    assert isinstance(value, dict)
    with pytest.raises(InputError, match=r"trustees\.wrong_passphrase"):
        sharefile.unseal(encode({**value, "name": "Somebody else"}), PASSPHRASE)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_share"),
        (b"\x00\xff", "not_a_share"),
        (b'{"format":"another"}', "not_a_share"),
        (board()[1][0][:-20], "share_damaged"),
        (b"x" * (sharefile.LARGEST + 1), "not_a_share"),
    ],
)
def test_what_is_no_share_file_says_so(data: bytes, code: str) -> None:
    with pytest.raises(InputError, match=f"trustees.{code}"):
        sharefile.unseal(data, PASSPHRASE)


def test_a_tampered_cost_cannot_take_gigabytes() -> None:
    value = decode(board()[1][0])
    assert isinstance(value, dict)
    dear = {"memory": 1 << 30, "iterations": 1, "lanes": 1}
    with pytest.raises(InputError, match=r"trustees\.share_damaged"):
        sharefile.unseal(encode({**value, "kdf": dear}), PASSPHRASE)


def test_a_later_version_says_so() -> None:
    value = decode(board()[1][0])
    assert isinstance(value, dict)
    with pytest.raises(RefusedError, match=r"trustees\.share_newer"):
        sharefile.unseal(encode({**value, "v": 2}), PASSPHRASE)


def test_the_name_of_a_file_is_fit_for_any_stick() -> None:
    for given in (*NAMES, 'A/B\\C: "D"?', "..", ""):
        name = sharefile.file_name(given, 3)
        assert name.endswith(".pctrustee")
        assert not set(name) & set('/\\:*?"<>|')
        assert not name.startswith(".")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("short", Strength.SHORT),
        ("aaaaaaaaaaaaaaa", Strength.WEAK),
        ("123456789012", Strength.WEAK),
        ("abcdefghijklmnop", Strength.WEAK),
        ("river stone", Strength.WEAK),
        ("river stone lamp", Strength.FAIR),
        ("correct horse battery staple", Strength.STRONG),
        ("sông Hồng mùa nước lũ", Strength.STRONG),
        ("دریا کنارے پرانا درخت", Strength.STRONG),
    ],
)
def test_the_hint_grows_with_the_passphrase(typed: str, hint: Strength) -> None:
    assert strength(typed) is hint


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(InputError, match=r"trustees\.short_passphrase"):
        sharefile.lock("too short", CHEAP)
