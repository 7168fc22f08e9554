from dataclasses import replace

import pytest

from congress.kernel.canonical import decode_bytes, encode_bytes
from congress.kernel.errors import InputError, RefusedError
from congress.voting.crypto.ceremony import Ceremony
from congress.voting.trustees import messages
from congress.voting.trustees.invitation import invite
from congress.voting.trustees.messages import Message, Round
from congress.voting.trustees.session import Fault, Reason, Session, Stage
from tests.helpers.ceremonies import NAMES, holders_of, one_round, rounds, seed, whole


@pytest.fixture
def session() -> Session:
    return Session(invite("Congress", NAMES[:3]))


def added(session: Session, said: list[Message]) -> Session:
    for message in said:
        session = session.add(message)
    return session


def test_a_ceremony_goes_through_its_rounds_and_holds() -> None:
    session = Session(invite("Congress", NAMES))
    holders = holders_of(session.invitation)
    stages = [each.stage for each in rounds(session, holders)]
    assert stages == [Stage.REVEAL, Stage.SHARES, Stage.SIGNATURE, Stage.COMPLETE]
    *_, session = rounds(session, holders_of(session.invitation))
    ceremony = session.ceremony()
    assert ceremony.threshold == 3
    assert Ceremony.from_json(ceremony.to_json()).hash == ceremony.hash


def test_who_is_awaited_is_named_in_each_round(session: Session) -> None:
    holders = holders_of(session.invitation)
    said = one_round(session, holders)
    assert session.waiting == (1, 2, 3)
    assert session.add(said[1]).waiting == (1, 3)


def test_every_share_is_what_the_transcript_says() -> None:
    session, holders = whole(5)
    ceremony = session.ceremony()
    for holder in holders:
        assert holder.ready.ceremony_hash == ceremony.hash
        assert holder.ready.index == holder.index


def test_rushing_nothing_is_taken_before_all_have_committed(session: Session) -> None:
    holders = holders_of(session.invitation)
    committed = added(session, one_round(session, holders))
    reveal = one_round(committed, holders)[0]
    early = added(session, list(committed.messages[:2]))
    with pytest.raises(RefusedError, match=r"trustees\.too_early"):
        early.add(reveal)


def test_the_same_message_again_changes_nothing(session: Session) -> None:
    said = one_round(session, holders_of(session.invitation))
    once = session.add(said[0])
    assert once.add(said[0]) == once


def test_a_second_commitment_is_left_aside(session: Session) -> None:
    one = one_round(session, holders_of(session.invitation))[0]
    other = one_round(session, holders_of(session.invitation, salt=9))[0]
    with pytest.raises(InputError, match=r"trustees\.second_version"):
        session.add(one).add(other)


def test_an_equivocating_trustee_is_named_by_what_others_have_seen(session: Session) -> None:
    holders = holders_of(session.invitation)
    said = one_round(session, holders)
    other = one_round(session, holders_of(session.invitation, salt=9))[0]
    ours = added(session, said)
    theirs = added(session, [other, *said[1:]])
    _, reveal = holders[1].step(theirs)
    assert reveal is not None
    broken = ours.add(reveal)
    assert broken.stage is Stage.BROKEN
    assert broken.fault == Fault(1, Reason.TWO_VERSIONS, by=2)


def test_two_signed_versions_of_one_message_break_the_ceremony(session: Session) -> None:
    holders = holders_of(session.invitation)
    committed = added(session, one_round(session, holders))
    _, one = holders[0].step(committed)
    _, other = holders[0].step(committed)
    assert one is not None
    assert other is not None
    assert committed.add(one).add(other).fault == Fault(1, Reason.TWO_VERSIONS)


def test_a_holder_sends_the_same_message_when_asked_again(session: Session) -> None:
    holders = holders_of(session.invitation)
    committed = added(session, one_round(session, holders))
    kept, one = holders[0].step(committed)
    assert kept.step(committed) == (kept, one)


@pytest.mark.parametrize("part", ["points", "proofs"])
def test_a_reveal_that_is_not_what_was_committed_breaks_the_ceremony(
    session: Session, part: str
) -> None:
    holders = holders_of(session.invitation)
    committed = added(session, one_round(session, holders))
    reveal = one_round(committed, holders)[2]
    stranger = holders_of(session.invitation, salt=9)[2]
    other = stranger._reveal(committed)
    body = {**reveal.body, part: other[part]}
    forged = messages.write(holders[2].secrets.signer, session.invitation.id, Round.REVEAL, 3, body)
    assert committed.add(forged).fault == Fault(3, Reason.BAD_REVEAL)


def cheated(session: Session) -> tuple[Session, list[Message]]:
    """Return the ceremony in which trustee 1 sends trustee 2 a share for nobody."""
    holders = holders_of(session.invitation)
    for _ in range(2):
        session = added(session, one_round(session, holders))
    said = one_round(session, holders)
    shares = list(said[0].body["shares"])
    sealed = bytearray(decode_bytes(shares[0]))
    sealed[40] ^= 1
    body = {**said[0].body, "shares": [encode_bytes(bytes(sealed)), *shares[1:]]}
    number = session.invitation.id
    said[0] = messages.write(holders[0].secrets.signer, number, Round.SHARES, 1, body)
    holders[0] = replace(holders[0], sent={**holders[0].sent, "shares": said[0].to_bytes()})
    session = added(session, said)
    return session, one_round(session, holders)


def test_a_bad_share_is_complained_of_and_its_sender_named(session: Session) -> None:
    session, said = cheated(session)
    complaint = said[1]
    assert complaint.round is Round.COMPLAINT
    broken = session.add(complaint)
    assert broken.fault == Fault(1, Reason.BAD_SHARE, by=2)
    with pytest.raises(RefusedError, match=r"trustees\.broken"):
        broken.add(said[2])


def test_who_complained_never_signs(session: Session) -> None:
    holders = holders_of(session.invitation)
    session, said = cheated(session)
    complaint = said[1]
    over = replace(holders[1], over=True, sent={"complaint": complaint.to_bytes()})
    own = {m.round.value: m.to_bytes() for m in session.messages if m.sender == 2}
    with pytest.raises(RefusedError, match=r"trustees\.complained"):
        replace(over, sent={**own, **over.sent}).step(session)


@pytest.mark.parametrize("key", ["own", "another"])
def test_a_false_complaint_falls_back_on_who_makes_it(session: Session, key: str) -> None:
    holders = holders_of(session.invitation)
    for _ in range(3):
        session = added(session, one_round(session, holders))
    secrets = holders[1].secrets
    private = secrets.box_seed if key == "own" else bytes(range(32))
    complaint = messages.write(
        secrets.signer,
        session.invitation.id,
        Round.COMPLAINT,
        2,
        {"accused": 1, "box_private": private},
    )
    assert session.add(complaint).fault == Fault(2, Reason.FALSE_COMPLAINT)


def test_who_has_signed_cannot_complain_any_more() -> None:
    session, _ = whole()
    holder = holders_of(session.invitation)[1]
    body = {"accused": 1, "box_private": holder.secrets.box_seed}
    complaint = messages.write(
        holder.secrets.signer, session.invitation.id, Round.COMPLAINT, 2, body
    )
    with pytest.raises(InputError, match=r"trustees\.bad_message"):
        session.add(complaint)


def test_a_signature_of_another_transcript_breaks_the_ceremony(session: Session) -> None:
    holders = holders_of(session.invitation)
    for _ in range(3):
        session = added(session, one_round(session, holders))
    signer = holders[0].secrets.signer
    other = signer.sign("ceremony", {**session.transcript(), "threshold": 3})
    message = messages.write(
        signer, session.invitation.id, Round.SIGNATURE, 1, {"signature": other}
    )
    assert session.add(message).fault == Fault(1, Reason.OTHER_TRANSCRIPT)


def test_a_key_of_somebody_else_is_not_taken(session: Session) -> None:
    holders = holders_of(session.invitation)
    first = holders[0].step(session)[1]
    assert first is not None
    twin = replace(holders[1], seed=seed(1)).step(session)[1]
    assert twin is not None
    with pytest.raises(InputError, match=r"trustees\.copied_key"):
        session.add(first).add(twin)


def test_a_message_of_another_ceremony_or_trustee_is_not_taken(session: Session) -> None:
    other = Session(invite("Congress", NAMES[:3]))
    foreign = one_round(other, holders_of(other.invitation))[0]
    with pytest.raises(InputError, match=r"trustees\.foreign_message"):
        session.add(foreign)
    own = one_round(session, holders_of(session.invitation))[0]
    with pytest.raises(InputError, match=r"trustees\.bad_message"):
        session.add(replace(own, sender=2))
    with pytest.raises(InputError, match=r"trustees\.bad_message"):
        session.add(replace(own, sender=4))


def test_a_holder_refuses_a_ceremony_where_somebody_speaks_in_its_name(session: Session) -> None:
    stranger = one_round(session, holders_of(session.invitation, salt=9))[0]
    with pytest.raises(InputError, match=r"trustees\.replaced"):
        holders_of(session.invitation)[0].step(session.add(stranger))


def test_the_others_go_on_without_who_is_missing(session: Session) -> None:
    over = Session(invite("Congress", NAMES[:4])).given_up(2)
    assert over.stage is Stage.BROKEN
    assert over.fault == Fault(2, Reason.MISSING)
    again = over.invitation.without([2])
    assert again.names == (NAMES[0], NAMES[2], NAMES[3])
    assert again.id != over.invitation.id
    with pytest.raises(InputError, match=r"trustees\.too_few"):
        again.without([1])


def test_a_ceremony_is_nothing_before_everybody_has_signed() -> None:
    session, _ = whole()
    with pytest.raises(RefusedError, match=r"trustees\.not_complete"):
        replace(session, messages=session.messages[:-1]).ceremony()


def test_a_ceremony_seen_again_may_only_have_grown(session: Session) -> None:
    holders = holders_of(session.invitation)
    said = one_round(session, holders)
    one = session.add(said[0])
    assert one.agrees(added(session, said))
    assert one.agrees(session.add(said[1]))
    stranger = one_round(session, holders_of(session.invitation, salt=9))[0]
    assert not one.agrees(session.add(stranger))
    assert not one.agrees(Session(invite("Congress", NAMES[:3])))
