"""The key ceremony: what holds, and who is at fault where it does not."""

from dataclasses import replace

import pytest

from congress.kernel.errors import InputError
from congress.kernel.signing import Signer
from congress.voting.crypto import dkg
from congress.voting.crypto.ceremony import (
    PURPOSE,
    Approval,
    Ceremony,
    Reveal,
    Trustee,
    share_label,
)
from congress.voting.crypto.dkg import Polynomial
from congress.voting.crypto.envelope import box_key, seal, unseal
from congress.voting.crypto.group import (
    ORDER,
    Point,
    base,
    decode_scalar,
    encode_scalar,
    required,
    subtract,
    total,
)
from congress.voting.crypto.rehearsal import hold
from tests.helpers.trustees import NAMES, board

CEREMONY, SHARES = board()


def fault(ceremony: Ceremony) -> tuple[str, int]:
    """Return why a ceremony does not hold and whose part does not; nothing if it holds."""
    try:
        ceremony.check()
    except InputError as error:
        return str(error.params["reason"]), int(str(error.params.get("trustee", 0)))
    return "", 0


def with_trustee(index: int, /, **changes: object) -> Ceremony:
    trustees = list(CEREMONY.trustees)
    trustees[index - 1] = replace(trustees[index - 1], **changes)  # type: ignore[arg-type]
    return replace(CEREMONY, trustees=tuple(trustees))


def with_reveal(index: int, reveal: Reveal) -> Ceremony:
    reveals = list(CEREMONY.reveals)
    reveals[index - 1] = reveal
    return replace(CEREMONY, reveals=tuple(reveals))


def test_a_ceremony_holds_and_survives_the_ledger() -> None:
    assert fault(CEREMONY) == ("", 0)
    again = Ceremony.from_json(CEREMONY.to_json())
    assert again == CEREMONY
    assert again.hash == CEREMONY.hash
    assert [item.name for item in again.trustees] == list(NAMES)


def test_shares_belong_to_the_public_shares_and_to_the_joint_key() -> None:
    for share in SHARES:
        assert base(share.share) == CEREMONY.public_share(share.index)
    for pair in ((0, 1), (0, 2), (1, 2), (2, 0)):
        indices = [SHARES[place].index for place in pair]
        key = sum(dkg.at_zero(indices, SHARES[place].index) * SHARES[place].share for place in pair)
        assert base(key) == CEREMONY.joint_key


def test_fewer_than_the_threshold_know_nothing_of_the_key() -> None:
    ceremony, shares = hold(("A", "B", "C", "D", "E"), 3)
    indices = [share.index for share in shares[:2]]
    key = sum(dkg.at_zero(indices, share.index) * share.share for share in shares[:2])
    assert base(key) != ceremony.joint_key


@pytest.mark.parametrize(("count", "usual"), [(3, 2), (4, 3), (5, 3), (7, 4), (15, 8)])
def test_more_than_half_decrypt_by_default(count: int, usual: int) -> None:
    assert dkg.usual_threshold(count) == usual


def test_the_most_trustees_can_hold_a_ceremony() -> None:
    ceremony, shares = hold([f"T{number}" for number in range(15)])
    ceremony.check()
    assert ceremony.threshold == 8
    assert base(shares[14].share) == ceremony.public_share(15)


@pytest.mark.parametrize(
    ("names", "threshold"),
    [(("A", "B"), 2), (tuple(map(str, range(16))), 9), (("A", "B", "C"), 1), (("A", "B", "C"), 4)],
)
def test_too_few_or_too_many_hold_none(names: tuple[str, ...], threshold: int) -> None:
    with pytest.raises(InputError, match="bad_ceremony"):
        hold(names, threshold)


def test_no_secret_is_printed() -> None:
    text = repr(SHARES) + repr(Polynomial((123456789,)))
    assert str(SHARES[0].share) not in text
    assert "123456789" not in text
    assert repr(SHARES[0].seed) not in text


# Those who cheat


def test_a_rushing_trustee_that_cancels_the_others_keys_is_refused() -> None:
    """The last to reveal picks its key so that the joint key is one that it knows."""
    wanted = 4242
    others = required(total(points[0] for points in CEREMONY.commitments[:2]))
    chosen = required(subtract(base(wanted), others))
    mine = CEREMONY.reveals[2]
    false = replace(mine, points=(chosen.encode(), *mine.points[1:]))
    assert dkg.joint_key([*CEREMONY.commitments[:2], [chosen]]) == base(wanted)
    assert fault(with_reveal(3, false)) == ("commitment", 3)
    # If it could also have chosen its hash last, it still does not know its own part.
    points = tuple(map(Point.decode, false.points))
    late = with_trustee(3, commitment_hash=dkg.commitment_hash(CEREMONY.id, 3, points))
    late = replace(late, reveals=with_reveal(3, false).reveals)
    assert fault(late) == ("knowledge", 3)


def test_a_copied_commitment_with_its_proofs_is_refused() -> None:
    copied = replace(CEREMONY.reveals[0], index=3)
    points = tuple(map(Point.decode, copied.points))
    ceremony = with_trustee(3, commitment_hash=dkg.commitment_hash(CEREMONY.id, 3, points))
    ceremony = replace(ceremony, reveals=with_reveal(3, copied).reveals)
    assert fault(ceremony) == ("knowledge", 3)


def test_a_proof_of_another_ceremony_is_refused() -> None:
    polynomial = Polynomial.random(2)
    points = polynomial.points()
    hashed = dkg.commitment_hash(CEREMONY.id, 3, points)
    for ceremony_id, expected in ((CEREMONY.id, ("signature", 1)), ("old", ("knowledge", 3))):
        reveal = Reveal(
            3, tuple(point.encode() for point in points), polynomial.prove(ceremony_id, 3)
        )
        ceremony = with_trustee(3, commitment_hash=hashed)
        ceremony = replace(ceremony, reveals=with_reveal(3, reveal).reveals)
        assert fault(ceremony) == expected


def test_an_equivocating_trustee_gets_no_signatures_for_its_second_face() -> None:
    """It shows one commitment to some and another to others: nobody signs both."""
    polynomial = Polynomial.random(2)
    points = polynomial.points()
    reveal = Reveal(
        3,
        tuple(point.encode() for point in points),
        polynomial.prove(CEREMONY.id, 3),
    )
    hashed = dkg.commitment_hash(CEREMONY.id, 3, points)
    second = with_trustee(3, commitment_hash=hashed)
    second = replace(second, reveals=with_reveal(3, reveal).reveals)
    second.check_unsigned()
    signature = Signer(SHARES[2].seed).sign(PURPOSE, second.to_sign())
    own = replace(second, signatures=(*second.signatures[:2], Approval(3, signature)))
    assert fault(own) == ("signature", 1)


def test_keys_made_again_after_the_ceremony_are_another_ceremony() -> None:
    other, shares = hold(NAMES, 2)
    mixed = replace(other, signatures=CEREMONY.signatures)
    assert fault(mixed) == ("signature", 1)
    assert other.hash != CEREMONY.hash
    assert base(shares[0].share) != CEREMONY.public_share(1)


@pytest.mark.parametrize("wrong", [0, 1, -1, ORDER])
def test_a_bad_share_is_seen_by_whom_it_is_for(wrong: int) -> None:
    polynomial = Polynomial.random(3)
    points = polynomial.points()
    good = polynomial.share_for(2)
    assert dkg.share_fits(points, 2, good)
    assert not dkg.share_fits(points, 1, good)
    assert not dkg.share_fits(points, 2, good + wrong if wrong else 0)


def test_shares_that_cancel_out_are_refused() -> None:
    with pytest.raises(InputError, match="bad_share"):
        dkg.share_of([5, ORDER - 5])


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_every_trustee_must_sign(missing: int) -> None:
    kept = tuple(item for item in CEREMONY.signatures if item.index != missing)
    assert fault(replace(CEREMONY, signatures=kept)) == ("signatures", 0)


def test_a_signature_for_another_counts_for_nobody() -> None:
    one, two, three = CEREMONY.signatures
    swapped = (one, replace(two, signature=three.signature), three)
    assert fault(replace(CEREMONY, signatures=swapped)) == ("signature", 2)


@pytest.mark.parametrize(
    ("ceremony", "reason"),
    [
        (with_trustee(2, name="An"), "name"),
        (with_trustee(2, signing_key=CEREMONY.trustees[0].signing_key), "signing_key"),
        (with_trustee(2, box_key=CEREMONY.trustees[0].box_key), "box_key"),
        (with_trustee(2, box_key=b"short"), "keys"),
        (with_trustee(2, index=3), "trustees"),
        (replace(CEREMONY, trustees=CEREMONY.trustees[:2]), "trustees"),
        (replace(CEREMONY, threshold=1), "threshold"),
        (replace(CEREMONY, threshold=4), "threshold"),
        (replace(CEREMONY, threshold=3), "points"),
        (replace(CEREMONY, reveals=CEREMONY.reveals[:2]), "reveals"),
        (replace(CEREMONY, shares=CEREMONY.shares[1:]), "shares"),
        (replace(CEREMONY, shares=CEREMONY.shares[::-1]), "shares"),
        (replace(CEREMONY, id="another"), "commitment"),
        (with_reveal(1, replace(CEREMONY.reveals[0], points=(bytes(33), bytes(33)))), "points"),
        (with_reveal(1, replace(CEREMONY.reveals[0], proofs=(bytes(64),))), "knowledge"),
        (with_reveal(1, replace(CEREMONY.reveals[0], proofs=(b"", b""))), "knowledge"),
        (with_trustee(1, name="An B."), "signature"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_does_not_fit_is_refused(ceremony: Ceremony, reason: str) -> None:
    assert fault(ceremony)[0] == reason


@pytest.mark.parametrize(
    "change",
    [{"v": 2}, {"extra": 0}, {"trustees": [{}]}, {"reveals": 3}, {"shares": [{"from": 1}]}],
    ids=str,
)
def test_what_is_no_transcript_cannot_be_read(change: dict[str, object]) -> None:
    with pytest.raises(InputError, match="bad_ceremony"):
        Ceremony.from_json(CEREMONY.to_json() | change)


@pytest.mark.parametrize("index", [0, 4, -1])
def test_there_are_no_other_trustees(index: int) -> None:
    with pytest.raises(InputError, match="no_such_trustee"):
        CEREMONY.public_share(index)


def test_trustees_are_told_apart() -> None:
    assert isinstance(CEREMONY.trustee(1), Trustee)
    assert CEREMONY.trustee(3).name == "Chi"


# Envelopes


def test_an_envelope_opens_for_its_receiver_as_what_it_is() -> None:
    one, other = bytes(range(32)), bytes(range(1, 33))
    label = share_label("c", 1, 2)
    sealed = seal(box_key(one), label, encode_scalar(99))
    assert decode_scalar(unseal(one, label, sealed)) == 99
    for seed, name, data in (
        (other, label, sealed),
        (one, share_label("c", 2, 1), sealed),
        (one, share_label("d", 1, 2), sealed),
        (one, label, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (one, label, bytes([sealed[0] ^ 1]) + sealed[1:]),
        (one, label, sealed[:20]),
        (one, label, bytes(32) + sealed[32:]),
    ):
        with pytest.raises(InputError, match="bad_share"):
            unseal(seed, name, data)


@pytest.mark.parametrize("key", [b"short", bytes(32)])
def test_nothing_is_sealed_for_a_key_that_is_none(key: bytes) -> None:
    with pytest.raises(InputError, match="bad_encoding"):
        seal(key, "label", b"secret")
